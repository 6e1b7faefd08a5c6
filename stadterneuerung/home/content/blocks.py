"""Bodies of pages: a list of one-entry mappings ("text: …", "notice: {…}") becomes a stream value."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from stadterneuerung.home.content.errors import ContentError
from stadterneuerung.home.content.lookup import Directory
from stadterneuerung.home.content.richtext import to_rich_text


def to_stream_value(stream_block: blocks.BaseStreamBlock, parts: list[dict], directory: Directory) -> StreamValue:
    """Return the stream of `parts`; raise ContentError for an unknown block or a value its block refuses."""
    raw = []
    for part in parts:
        if not isinstance(part, dict) or len(part) != 1:
            raise ContentError(f"Jeder Teil nennt genau einen Baustein: {part!r}")
        ((name, value),) = part.items()
        if name not in stream_block.child_blocks:
            raise ContentError(f"Den Baustein „{name}“ gibt es nicht.")
        raw.append({"type": name, "value": _raw(stream_block.child_blocks[name], value, directory)})
    stream = StreamValue(stream_block, raw, is_lazy=True)
    try:
        stream_block.clean(stream)
    except ValidationError as error:
        raise ContentError(f"Ein Baustein ist unvollständig: {error}") from error
    return StreamValue(stream_block, raw, is_lazy=True)


def _raw(block: blocks.Block, value: Any, directory: Directory) -> Any:
    """Return `value` as the block keeps it in JSON."""
    match block:
        case blocks.RichTextBlock():
            return to_rich_text(value, block.features or [], directory.page_id)
        case blocks.StructBlock():
            if unknown := sorted(set(value) - set(block.child_blocks)):
                raise ContentError(f"Der Baustein kennt „{unknown[0]}“ nicht.")
            return {name: _raw(block.child_blocks[name], item, directory) for name, item in value.items()}
        case blocks.ListBlock():
            return [_raw(block.child_block, item, directory) for item in value]
        case BaseTypedTableBlock():
            return _table(value)
        case SnippetChooserBlock():
            return directory.find(block.target_model, value).pk
        case _:
            return value


def _table(value: dict) -> dict:
    """Return a table of text columns; `value`: columns (headings) and rows (lists of text)."""
    columns = value["columns"]
    if any(len(row) != len(columns) for row in value["rows"]):
        raise ContentError("Jede Zeile der Tabelle braucht so viele Zellen, wie es Spalten gibt.")
    return {
        "columns": [{"type": "text", "heading": heading} for heading in columns],
        "rows": [{"values": row} for row in value["rows"]],
        "caption": "",
    }

"""Compiles locale/*/LC_MESSAGES/*.po to .mo without the gettext programs, in the format of the GNU gettext manual."""

import ast
import re
import struct
import sys
from pathlib import Path

from tools.paths import ROOT

MAGIC = 0x950412DE
HEADER_BYTES = 28
CONTEXT_SEPARATOR = "\x04"
PLURAL_SEPARATOR = "\0"
KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+(".*")$')


class CatalogueError(Exception):
    """A .po file that cannot be read: file, line and reason."""


class _Entry:
    def __init__(self):
        self.fuzzy = False
        self.context: str | None = None
        self.source: str | None = None
        self.plural: str | None = None
        self.translations: dict[int, str] = {}

    def add(self, field: str, index: int, text: str) -> None:
        if field == "msgctxt":
            self.context = (self.context or "") + text
        elif field == "msgid":
            self.source = (self.source or "") + text
        elif field == "msgid_plural":
            self.plural = (self.plural or "") + text
        else:
            self.translations[index] = self.translations.get(index, "") + text


def _entries(path: Path):
    entry, field, index = _Entry(), "", 0
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        starts_new = line.startswith(("msgid ", "msgctxt ", "#")) and not line.startswith("#~")
        if starts_new and field == "msgstr":
            yield entry
            entry, field = _Entry(), ""
        if line.startswith("#,"):
            entry.fuzzy = entry.fuzzy or "fuzzy" in line
        if not line or line.startswith("#"):
            continue
        found = KEYWORD.match(line)
        try:
            if found:
                field, index = found[1], int(found[2] or 0)
                entry.add(field, index, ast.literal_eval(found[3]))
            elif line.startswith('"') and field:
                entry.add(field, index, ast.literal_eval(line))
            else:
                raise CatalogueError(f"{path}:{number}: unerwartete Zeile")
        except (SyntaxError, ValueError) as error:
            raise CatalogueError(f"{path}:{number}: {error}") from None
    if field == "msgstr":
        yield entry


def read_catalogue(path: Path) -> dict[str, str]:
    """Return key → translation in the keys of .mo files; fuzzy, obsolete and empty entries are left out."""
    catalogue: dict[str, str] = {}
    for entry in _entries(path):
        if entry.source is None or not any(entry.translations.values()):
            continue
        if entry.fuzzy and entry.source:
            continue
        key = entry.source
        if entry.plural is not None:
            key += PLURAL_SEPARATOR + entry.plural
        if entry.context is not None:
            key = entry.context + CONTEXT_SEPARATOR + key
        if key in catalogue:
            raise CatalogueError(f"{path}: „{entry.source}“ steht doppelt im Katalog")
        catalogue[key] = PLURAL_SEPARATOR.join(entry.translations[number] for number in sorted(entry.translations))
    return catalogue


def encode(catalogue: dict[str, str]) -> bytes:
    """Return the bytes of a .mo file: header, two tables of (length, offset), then the strings, sorted by key."""
    pairs = sorted((key.encode(), value.encode()) for key, value in catalogue.items())
    table_bytes = 8 * len(pairs)
    position = HEADER_BYTES + 2 * table_bytes
    tables, strings = [], b""
    for column in (0, 1):
        table = b""
        for pair in pairs:
            text = pair[column]
            table += struct.pack("<II", len(text), position + len(strings))
            strings += text + b"\0"
        tables.append(table)
    header = struct.pack("<7I", MAGIC, 0, len(pairs), HEADER_BYTES, HEADER_BYTES + table_bytes, 0, position)
    return header + b"".join(tables) + strings


def sources() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_all() -> list[Path]:
    """Write each .mo beside its .po and return the paths."""
    written = []
    for source in sources():
        target = source.with_suffix(".mo")
        target.write_bytes(encode(read_catalogue(source)))
        written.append(target)
    return written


if __name__ == "__main__":
    try:
        for path in compile_all():
            print(f"{path.relative_to(ROOT)} geschrieben")
    except CatalogueError as problem:
        sys.exit(str(problem))

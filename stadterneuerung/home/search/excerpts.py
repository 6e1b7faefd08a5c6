"""A piece of text around the hit, with the searched words marked."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from stadterneuerung.organisation.text import FOLDED_MARK, fold_german

LENGTH = 240  # characters
BEFORE = 70  # characters before the first hit

_WORD = re.compile(r"[^\W_]+")
_FOLDED = re.compile(f"{FOLDED_MARK}[^{FOLDED_MARK}]*{FOLDED_MARK}")
_JOINT = re.compile(r"(?<=[.!?:;,]), ")  # the index joins paragraphs by commas


def readable(indexed: str) -> str:
    """Return the text of an index entry without its folded twin."""
    return " ".join(_JOINT.sub(" ", _FOLDED.sub(" ", indexed)).split())


def folded_part(indexed: str) -> str:
    """Return the folded twin of an index entry, in which words can be counted as they are."""
    return " ".join(part.strip(FOLDED_MARK) for part in _FOLDED.findall(indexed))


def excerpt(text: str, folded_words: tuple[str, ...]) -> SafeString:
    """Return up to LENGTH characters of `text` as safe HTML; everything but our own <mark> is escaped."""
    hits = [match for match in _WORD.finditer(text) if _is_hit(match.group(), folded_words)]
    start, end = _window(text, hits[0].start() if hits else 0)
    parts, position = ["… " if start else ""], start
    for match in hits:
        if start <= match.start() and match.end() <= end:
            parts.append(conditional_escape(text[position : match.start()]))
            parts.append(format_html("<mark>{}</mark>", match.group()))
            position = match.end()
    parts.append(conditional_escape(text[position:end]))
    parts.append(" …" if end < len(text) else "")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _is_hit(word: str, folded_words: tuple[str, ...]) -> bool:
    """Whether a word of the text is one of the searched ones, begins with it, is its stem, or holds it (compounds)."""
    folded = fold_german(word)
    return any(
        folded.startswith(searched)
        or (len(searched) > 3 and searched in folded)
        or (len(folded) > 3 and searched.startswith(folded))
        for searched in folded_words
    )


def _window(text: str, hit: int) -> tuple[int, int]:
    """Return where the excerpt begins and ends: at spaces, and from the start of the text when the hit is near it."""
    start = 0
    if hit > LENGTH - BEFORE:
        start = text.find(" ", hit - BEFORE, hit) + 1 or hit
    end = start + LENGTH
    if end >= len(text):
        return start, len(text)
    space = text.rfind(" ", start, end)
    return start, space if space > start else end

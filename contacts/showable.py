"""Text as a PDF for office and citizen can show it."""

import re
import unicodedata
from typing import Any

# What the fonts at hand can show: Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, currencies, arrows. PDF/UA
# forbids signs without a shape, and a file must not pass over one in silence.
_WITHOUT_SHAPE = re.compile(
    "[^\n\x20-\x7e\xa0-\u024f\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff"
    "\u05d0-\u05ea\u0621-\u063a\u0640-\u064a\u0660-\u0669\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u20a0-\u20bf"
    "\u2190-\u21ff]"
)
_LONG_WORD = re.compile(r"\S{40}")  # may be broken after it, or it would run off the paper


def showable(text: str) -> str:
    """Return text with a note instead of each sign that the fonts cannot show: "[U+1F600]"."""

    def note(match: re.Match) -> str:
        # Marks that only join or vary other signs have no shape of their own to miss.
        invisible = unicodedata.category(match[0]) in ("Cf", "Cc") or "\ufe00" <= match[0] <= "\ufe0f"
        return "" if invisible else f"[U+{ord(match[0]):04X}]"

    shown = _WITHOUT_SHAPE.sub(note, unicodedata.normalize("NFC", text))
    return _LONG_WORD.sub("\\g<0>\u200b", shown)


def all_showable(data: Any) -> Any:
    """Return lists and dicts of text with every text made showable."""
    match data:
        case str():
            return showable(data)
        case list():
            return [all_showable(each) for each in data]
        case dict():
            return {key: all_showable(value) for key, value in data.items()}
        case other:
            raise TypeError(type(other))

"""Bytes of a mail as text. Nothing raises, whatever a mail says about its charset."""

import codecs
import re

# Codecs for text, by the names Python gives them; others (idna, unicode_escape, punycode …) are none for a mail.
_TEXT = re.compile(r"(utf|ascii|iso8859|iso2022|cp\d|koi8|gb|big5|euc|shift_jis|mac|hz|ptcp|kz|tis)")


def decoded(content: bytes, charset: str | None = None) -> str:
    """Return text without lone surrogates. A charset that is missing, unknown or wrong is UTF-8, else Windows-1252."""
    codec = _codec(charset)
    if codec and not codec.startswith(("utf-8", "ascii")):
        return sound(content.decode(codec, "replace"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def sound(text: str) -> str:
    """Return text that every database takes: bytes that a parser smuggled in as surrogates are read as UTF-8."""
    return text.encode("utf-8", "surrogateescape" if _only_escapes(text) else "replace").decode("utf-8", "replace")


def _only_escapes(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" and not "\udc80" <= each <= "\udcff" for each in text)


def _codec(charset: str | None) -> str:
    try:
        name = codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return ""
    return name if _TEXT.match(name) else ""

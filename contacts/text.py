"""Cleaning of what people type, before it is stored or put into the head of a mail."""

import re

from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email

# C0 and C1 controls, and the characters that turn the direction of text, with which one word can pose as another.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_DIRECTION}\ufeff]")
_LINE_BREAKS = re.compile("\r\n|\r|\u2028|\u2029|\x85|\x0b|\x0c")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def clean_lines(text: str) -> str:
    """Return text of several lines with plain line feeds and without control characters."""
    return _CONTROLS.sub("", _LINE_BREAKS.sub("\n", text)).strip()


def clean_line(text: str) -> str:
    """Return text as one line without control characters."""
    return " ".join(clean_lines(text).split())


def header_text(text: str, length: int) -> str:
    """Return text that is safe as part of a mail's head: one line, no longer than `length` characters."""
    line = clean_line(text)
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def quoted(text: str) -> str:
    """Return a citizen's words marked as theirs, line by line, so that they cannot pose as what the office says."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def count_links(*texts: str) -> int:
    return sum(len(_LINK.findall(text)) for text in texts)


def is_mail_address(text: str) -> bool:
    """Whether a mail can be sent to `text`. Quoted local parts are legal, but nobody has one and much breaks on it."""
    if len(text) > 254 or '"' in text or text != clean_line(text):
        return False
    try:
        validate_email(text)
        sanitize_address(text, "utf-8")
    except (ValidationError, ValueError):  # the latter also when a domain has no ASCII form
        return False
    return True

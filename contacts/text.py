"""Cleaning of what people type, before it is stored or put into the head of a mail."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.utils.encoding import punycode

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # C0 and C1
_JOINERS = "\u200c\u200d"  # Persian and Indian scripts and emoji need them; within a name they only hide
_VARIED = "\ufe0f"  # a sign as an emoji
# Letters that fill a place (Korean, Khmer), Braille without a dot, joiners and variation selectors that are marks: none
# of them is in category Cf, and none is seen by itself.
_BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_LINE_BREAKS = re.compile("\r\n|\r|\u2028|\u2029|\x85|\x0b|\x0c")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def clean_lines(text: str) -> str:
    """Return text of several lines with plain line feeds and without control characters and invisible ones."""
    return _without_invisible(_CONTROLS.sub("", _LINE_BREAKS.sub("\n", text)), _JOINERS + _VARIED).strip()


def clean_line(text: str) -> str:
    """Return text as one line without control characters and invisible ones."""
    return " ".join(_without_invisible(clean_lines(text)).split())


def _without_invisible(text: str, kept: str = "") -> str:
    """Drop what is not seen, or turns the direction of text (category Cf): with it, one word can pose as another.

    Halves of a pair (category Cs), which broken encodings leave behind, go as well: no database and no mail takes them.
    """
    return "".join(each for each in text if each in kept or not _is_invisible(each))


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cs") or _BLANKS.match(sign) is not None


def header_text(text: str, length: int) -> str:
    """Return text that is safe as part of a mail's head: one line, no longer than `length` characters.

    Whoever reads the mail decodes what stands between "=?" and "?=" (RFC 2047), line breaks included.
    """
    line = clean_line(text).replace("=?", "= ?")
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def quoted(text: str) -> str:
    """Return a citizen's words marked as theirs, line by line, so that they cannot pose as what the office says."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def count_links(*texts: str) -> int:
    return sum(len(_LINK.findall(text)) for text in texts)


def is_mail_address(text: str) -> bool:
    """Whether a mail can be sent to `text`.

    Quoted local parts are legal, but nobody has one and much breaks on it; programs decode "=?" (RFC 2047) even within
    an address, and the mail would go to another one.
    """
    if len(text) > 254 or '"' in text or "=?" in text or text != clean_line(text):
        return False
    try:
        validate_email(text)
        sanitize_address(text, "utf-8")
    except (ValidationError, ValueError):  # the latter also when a domain has no ASCII form
        return False
    return True


def ascii_domain(address: str) -> str:
    """Return the domain of a mail address as mail servers write it, if that differs: "а" (Cyrillic) looks like "a"."""
    domain = address.rpartition("@")[2]
    if domain.isascii():
        return ""
    try:
        return punycode(domain)
    except UnicodeError:
        return ""

"""What a mail says and what is attached to it."""

import re
from dataclasses import dataclass, field
from email.message import Message

from contacts.inbound.charsets import decoded, sound
from contacts.inbound.heads import words
from contacts.inbound.markup import text_of
from contacts.text import clean_line, clean_lines, header_text

_DEEPEST = 20  # parts within parts
_MOST_FILES = 100
_LONGEST = 1_000_000  # characters of a part; of what is left when quotes are cut, less is kept
_SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}


@dataclass(frozen=True)
class MailFile:
    """An attachment. The content is empty for a mail within the mail, which is not read."""

    name: str
    content: bytes = field(repr=False)
    is_attached: bool = True  # else it is part of what is shown: the logo of a signature, for instance


@dataclass(frozen=True)
class Body:
    """`is_cut`: there is more than was read. Files come in the order in which somebody would miss them."""

    text: str = field(default="", repr=False)
    files: list[MailFile] = field(default_factory=list, repr=False)
    is_cut: bool = False


def body_of(message: Message) -> Body:
    """Return text and attachments. Of alternatives, plain text is read if it says anything, else the last that does."""
    reader = _Reader()
    text = clean_lines(sound(reader.text(message, 0)))
    files = sorted(reader.files, key=lambda file: not file.is_attached)
    return Body(text, files[:_MOST_FILES], reader.is_cut or len(files) > _MOST_FILES)


def content_of(part: Message) -> bytes:
    """Return the bytes of a part; what is not in the encoding that it claims comes as it can be read."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return content if isinstance(content, bytes) else b""


def parts_of(part: Message) -> list[Message]:
    """Return the parts of a part in any form: a broken one may call itself multipart and have none."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def text_of_part(part: Message) -> str:
    return decoded(content_of(part)[: 4 * _LONGEST], _charset(part))[:_LONGEST]


class _Reader:
    """Goes through the parts of one mail. Of all texts together no more than `_LONGEST` characters are read."""

    def __init__(self):
        self.files: list[MailFile] = []
        self.is_cut = False
        self._left = _LONGEST

    def text(self, part: Message, depth: int) -> str:
        kind = part.get_content_type()
        if kind.startswith("message/"):
            self.files.append(MailFile(_name(part), b""))
            return ""
        if part.is_multipart():
            if depth < _DEEPEST:
                return self._text_of_parts(part, depth)
            self.is_cut = True
            return ""
        # What calls itself multipart and has no parts is what somebody wrote, all the same.
        if (kind in ("text/plain", "text/html") or kind.startswith("multipart/")) and not _is_attached(part):
            whole = text_of_part(part)
            said = whole[: self._left]
            self._left -= len(said)
            self.is_cut |= len(whole) == _LONGEST or len(said) < len(whole)
            return (text_of(said) if kind == "text/html" else said).strip()
        if kind not in _SIGNATURES:
            self.files.append(MailFile(_name(part), content_of(part), _is_attached(part)))
        return ""

    def _text_of_parts(self, part: Message, depth: int) -> str:
        said = [(each, self.text(each, depth + 1)) for each in parts_of(part)]
        if part.get_content_type() == "multipart/alternative":
            return _best(said)
        return "\n\n".join(text for _part, text in said if text)


def _best(alternatives: list[tuple[Message, str]]) -> str:
    said = [(part, text) for part, text in alternatives if text]
    plain = [text for part, text in said if part.get_content_type() == "text/plain"]
    return plain[0] if plain else said[-1][1] if said else ""


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError):
        return None


def _name(part: Message) -> str:
    """Return what a file is called, else its type, as one short line."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError):
        name = ""
    name = re.split(r"[/\\]", clean_line(words(sound(name))))[-1]
    return header_text(name or part.get_content_type(), 60)

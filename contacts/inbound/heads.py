"""The fields of a mail's head, read so that nothing in them can do harm: bounded, decoded, without line breaks."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from contacts.inbound.charsets import decoded, sound
from contacts.inbound.links import without_secrets
from contacts.inbound.weighing import shortened
from contacts.text import clean_line, is_mail_address

_MOST = 20  # fields of one name
_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,250}>")  # PostgreSQL takes no NUL, not even to compare it
_MOST_IDS = 100
_ADDRESS = re.compile(r"[^\s<>\[\]():,;]{1,64}@[^\s<>\[\]():,;]{1,255}")


class Head:
    """Fields by name, in any case; each as often as it stands there."""

    def __init__(self, message: Message):
        self._fields: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            values = self._fields.setdefault(name.lower(), [])
            if len(values) < _MOST:
                values.append(re.sub(r"[\r\n]+", " ", sound(shortened(name, str(value)))))

    def values(self, *names: str) -> list[str]:
        return [value for name in names for value in self._fields.get(name, [])]

    def text(self, name: str) -> str:
        """Return the first field of this name as one line for people."""
        return words(next(iter(self.values(name)), ""))

    def token(self, name: str) -> str:
        """Return the first field of this name for comparison: its first word in lower case, without parameters."""
        return re.split(r"[\s;(]", next(iter(self.values(name)), "").strip().casefold(), maxsplit=1)[0]

    def ids(self, *names: str) -> list[str]:
        """Return the Message-IDs that stand in these fields, the last of many."""
        return [each for value in self.values(*names) for each in _ID.findall(value)][-_MOST_IDS:]

    def people(self, name: str) -> list[tuple[str, str]]:
        """Return (name, address) for each address; the address is empty when no mail can be sent to it.

        Where only one address can be meant, all the rest is a name: "Müller, Hans <hans@example.org>".
        """
        values = self.values(name)
        try:
            pairs = getaddresses(values)
        except (ValueError, IndexError, RecursionError):
            pairs = []
        said = [(words(person), address.strip()) for person, address in pairs if person or address]
        usable = {address for _person, address in said if is_mail_address(address)}
        usable = usable or {
            address for value in values for address in _ADDRESS.findall(value) if is_mail_address(address)
        }
        if len(usable) == 1:
            [address] = usable
            return [(", ".join(part for pair in said if (part := _name_in(pair, address))), address)]
        return [(person, address if address in usable else "") for person, address in said]


def _name_in(pair: tuple[str, str], address: str) -> str:
    """Return what is a name in a pair of name and address, one of which may be what follows a comma in a name."""
    person, other = pair
    name = person or other
    return "" if address in name else name


def words(value: str) -> str:
    """Return a field with its encoded words (RFC 2047) as clean text in one line, without the secret of any case."""
    try:
        chunks = decode_header(value)
    except (HeaderParseError, ValueError):
        return without_secrets(clean_line(value))
    text = "".join(each if isinstance(each, str) else _chunk(each, charset) for each, charset in chunks)
    return without_secrets(clean_line(sound(text)))


def _chunk(content: bytes, charset: str | None) -> str:
    # Between encoded words, decode_header gives text in Python's own escapes.
    return decoded(content, charset) if charset else content.decode("raw_unicode_escape", "replace")

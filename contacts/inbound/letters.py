"""A mail as it matters here. `read` takes any bytes: what is broken comes as far as it can be read."""

import hashlib
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from contacts.inbound.bodies import Body, MailFile, body_of
from contacts.inbound.heads import Head
from contacts.inbound.weighing import ShortFields
from contacts.intake import key_of

# Where a server writes to whom a mail was delivered, beside what the mail says itself.
_TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")


@dataclass(frozen=True)
class Letter:
    """`email` is empty unless the mail has exactly one sender to whom a mail can be sent."""

    key: str  # one value for each mail, however often it is delivered
    head: Head = field(repr=False)
    message: Message = field(repr=False)
    name: str = ""
    email: str = ""
    subject: str = ""
    text: str = field(default="", repr=False)
    files: list[MailFile] = field(default_factory=list, repr=False)
    is_too_large: bool = False  # then there is a head alone
    is_cut: bool = False  # there is more than was read

    @property
    def recipients(self) -> list[str]:
        return self.head.values(*_TO)

    @property
    def senders(self) -> str:
        """Who sent it, as it stands there."""
        said = (address or name for name, address in self.head.people("from"))
        return ", ".join(filter(None, said)) or self.head.text("from")


def read(raw: bytes, *, is_too_large: bool = False) -> Letter:
    message = message_from_bytes(raw, policy=ShortFields())
    head = Head(message)
    people = head.people("from")
    name, email = people[0] if len(people) == 1 else ("", "")
    body = Body() if is_too_large else body_of(message)
    return Letter(
        key=_key(raw, head),
        head=head,
        message=message,
        name=name,
        email=email,
        subject=head.text("subject"),
        text=body.text,
        files=body.files,
        is_too_large=is_too_large,
        is_cut=body.is_cut,
    )


def _key(raw: bytes, head: Head) -> str:
    """Return the same for two copies of a mail, whose trace of servers (Received) differs. The Message-ID alone would
    let somebody who knows it send another mail ahead and have the real one taken for a copy.
    """
    said = [value for name in ("message-id", "from", "subject", "date") for value in [name, *head.values(name)]]
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return key_of("contacts.inbound", *said, hashlib.sha256(body).hexdigest())

"""What each party of the drill says it did. Nobody's word is taken for another's: the books compare them."""

import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"Kennung ([0-9a-f]{12})")


def tokens_in(text: str) -> set[str]:
    return set(TOKEN.findall(text))


@dataclass
class Sent:
    """A message as its sender knows it. `reference` is what the page of confirmation showed, empty without one."""

    token: str
    kind: str  # "question" or "barrier"
    text: str
    email: str
    network: str
    reference: str = ""
    tries: int = 0
    answers: list[str] = field(default_factory=list)  # what came instead of success: "500", "cut", …

    @property
    def confirmed(self) -> bool:
        return bool(self.reference)


@dataclass(frozen=True)
class Stored:
    """A row of the enquiries."""

    reference: str
    kind: str
    text: str
    email: str
    status_digest: str = ""  # SHA-256 of the secret of the sender's own page


@dataclass(frozen=True)
class Queued:
    """A row of the outbox."""

    message_id: str
    reference: str  # of its enquiry
    kind: str
    to: str
    subject: str
    body: str
    state: str


@dataclass(frozen=True)
class Delivered:
    """A mail that the mail server took. `answered` is False when its answer never reached the sender in time."""

    message_id: str
    to: tuple[str, ...]  # of the envelope
    subject: str
    body: str
    answered: bool = True


@dataclass
class Faults:
    """What was done to the installation."""

    web_kills: int = 0
    loop_kills: int = 0
    database_restarts: int = 0
    refusals: int = 0
    stalls: int = 0
    hang_ups: int = 0  # before the mail was taken


@dataclass
class Ledger:
    office: str  # the mailbox that gets all messages
    sent: list[Sent] = field(default_factory=list)
    stored: list[Stored] = field(default_factory=list)
    queued: list[Queued] = field(default_factory=list)
    delivered: list[Delivered] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    complaints: list[str] = field(default_factory=list)  # German sentences; what else went wrong meanwhile
    log: str = ""  # what all processes wrote while it happened

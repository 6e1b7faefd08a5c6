"""What kind of mail it is, decided before all else: what a machine sent is never answered by another (RFC 3834)."""

import re
from enum import Enum

from contacts.inbound.addresses import office_mailboxes, own_senders
from contacts.inbound.bodies import parts_of
from contacts.inbound.letters import Letter
from contacts.inbound.own_mails import is_ours

_MACHINES = {"bulk", "junk", "list", "auto_reply"}  # of the field Precedence
# Names of mailboxes behind which there is no person (RFC 3834, section 2).
_NOBODY = re.compile(
    r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|owner-.*|.*-request|.*-bounces)(\+.*)?", re.IGNORECASE
)
_MARKS = (
    "list-id",
    "list-unsubscribe",
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-response-suppress",
)


class Sort(Enum):
    OWN = "unsere eigene Mail"
    REPORT = "Bericht über eine Zustellung"
    AUTOMATIC = "automatische Mail"
    PERSONAL = "Mail eines Menschen"


def sort_of(letter: Letter) -> Sort:
    if is_ours(letter):
        return Sort.OWN
    if _is_report(letter):
        return Sort.REPORT
    return Sort.AUTOMATIC if is_automatic(letter) else Sort.PERSONAL


def is_automatic(letter: Letter) -> bool:
    """Whether a program sent it, or it went to many: answers of absence, receipts, lists, newsletters."""
    head = letter.head
    return (
        _says_automatic(letter)
        or head.token("precedence") in _MACHINES
        or bool(head.values(*_MARKS))
        or "<>" in (value.replace(" ", "") for value in head.values("return-path"))
        or letter.message.get_content_type() == "multipart/report"  # a receipt, for instance (RFC 8098)
    )


def is_from_nobody(letter: Letter) -> bool:
    """Whether its address is one that programs use. A person may answer in a case by such a system, but begins none."""
    return bool(_NOBODY.fullmatch(letter.email.rpartition("@")[0]))


def suspicion_of(letter: Letter) -> str:
    """Say why a mail that belongs to no case goes into quarantine although a person may have sent it; else empty."""
    if letter.head.token("x-spam-flag") == "yes":
        return "vom Mailserver als Spam markiert"
    return ""


def is_from_the_office(letter: Letter) -> bool:
    """Whether a mailbox sent it to which we would write because of it: a machine behind it could go on for ever."""
    return letter.email.lower() in office_mailboxes() | own_senders()


def _says_automatic(letter: Letter) -> bool:
    return letter.head.token("auto-submitted") not in ("", "no")


def _is_report(letter: Letter) -> bool:
    """Whether a mail server tells what became of a mail (RFC 3464)."""
    if letter.message.get_content_type() != "multipart/report":
        return False
    return any(part.get_content_type() == "message/delivery-status" for part in parts_of(letter.message))

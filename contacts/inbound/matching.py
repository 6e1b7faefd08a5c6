"""Which case a mail belongs to. Only what nobody can guess counts: the code in the address to which it was sent, or the
Message-ID of a mail of ours. The number of a case in the subject is no secret and matches nothing.
"""

from dataclasses import dataclass

from contacts.inbound.addresses import references_in
from contacts.inbound.letters import Letter
from contacts.models import Enquiry, OutboxMessage


@dataclass(frozen=True)
class Match:
    """`is_internal`: it answers a mail to a unit or the office, so a colleague may have written it."""

    enquiry: Enquiry
    is_internal: bool

    def is_from_sender(self, letter: Letter) -> bool:
        return bool(letter.email) and letter.email.lower() == self.enquiry.email.lower()


def find(letter: Letter) -> Match | None:
    """Return the case, or None. An erased one is found no more."""
    answered = _answered_mail(letter)
    if answered:
        return Match(answered.enquiry, answered.kind in OutboxMessage.INTERNAL_KINDS)
    numbers = references_in(letter.recipients)
    enquiry = Enquiry.objects.kept().filter(reference__in=numbers).order_by("pk").last()
    return Match(enquiry, is_internal=False) if enquiry else None


def _answered_mail(letter: Letter) -> OutboxMessage | None:
    """Return the mail of ours that is answered: the one named by In-Reply-To, else the last one of the conversation."""
    ids = [*letter.head.ids("references"), *letter.head.ids("in-reply-to")]
    ours = OutboxMessage.objects.select_related("enquiry").filter(enquiry__isnull=False, enquiry__erased_at=None)
    known = {mail.message_id: mail for mail in ours.filter(message_id__in=ids)}
    return next((known[each] for each in reversed(ids) if each in known), None)

"""Mails of ours, told from those that only bear our name: everybody can write that.

What is in the outbox is known by its Message-ID, what is no longer there by the code in its Reply-To. A mail that never
was there, since nothing of it may be stored (the link for a new password), carries a signature in its Message-ID.
"""

from django.core.signing import BadSignature, Signer

from contacts.inbound.addresses import own_senders, references_in
from contacts.inbound.letters import Letter
from contacts.models import OutboxMessage
from contacts.models.outbox import new_message_id

_SALT = "contacts.inbound.own_mails"


def new_signed_id() -> str:
    """Return a Message-ID by which a mail that is not stored is known to be ours."""
    name, _at, domain = new_message_id().strip("<>").partition("@")
    return f"<{_signer().sign(name)}@{domain}>"


def is_ours(letter: Letter) -> bool:
    ids = letter.head.ids("message-id")
    if OutboxMessage.objects.filter(message_id__in=ids).exists() or any(map(_is_signed, ids)):
        return True
    return letter.email.lower() in own_senders() and bool(references_in(letter.head.values("reply-to")))


def reference_of_ours(letter: Letter) -> str:
    """Return the case of a mail of ours: it holds words of it, so they go together."""
    ours = OutboxMessage.objects.filter(message_id__in=letter.head.ids("message-id"), enquiry__isnull=False)
    known = ours.values_list("enquiry__reference", flat=True).first()
    return known or next(iter(references_in(letter.head.values("reply-to"))), "")


def _is_signed(message_id: str) -> bool:
    try:
        _signer().unsign(message_id.strip("<>").partition("@")[0])
    except BadSignature:
        return False
    return True


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")

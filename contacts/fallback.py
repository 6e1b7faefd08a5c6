"""What becomes of a unit's mail that does not get through: the office has it, once. For answers see `unread`."""

import hashlib
import smtplib

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from contacts.models.enquiries import Enquiry
from contacts.models.outbox import OutboxMessage

Kind = OutboxMessage.Kind


def refused_for_good(error: Exception) -> bool:
    """Whether the server said that it will never take mail for this address (a 5xx answer to RCPT TO)."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _text in error.recipients.values())


def ensure_office_has(message: OutboxMessage, *, refused: bool) -> OutboxMessage | None:
    """Queue the office's copy of a mail to a unit that does not get through; return it, or None if none is needed.

    `refused`: a server said no, for good or by sending it back; else a copy is needed once it was tried again and
    again. The unit's mail stays in the queue either way: a mailbox that is mended gets it after all. The copy's
    Message-ID comes from what the mail says, so each further attempt, and the mail of a deputy that fails as well, find
    it there.

    What was erased while its mail was under way has no copy: `message` is then a memory of a row that is gone.
    """
    tried = message.attempts >= settings.OUTBOX["alarm_after"]
    if message.kind != Kind.UNIT or not (tried or refused):
        return None
    office = settings.ENQUIRY_MAILBOX
    if message.to.lower() == office.lower():
        return None
    with transaction.atomic():
        # Erasure locks the enquiry as well, so the copy is either made before it, and goes along, or not at all.
        kept = Enquiry.objects.select_for_update().filter(pk=message.enquiry_id, erased_at=None).first()
        if kept is None or not OutboxMessage.objects.filter(pk=message.pk).exists():
            return None
        return _copy_for(office, message)


def _copy_for(office: str, message: OutboxMessage) -> OutboxMessage | None:
    same = OutboxMessage.objects.filter(enquiry_id=message.enquiry_id, kind=Kind.OFFICE, body_text=message.body_text)
    if same.exists():
        return None
    copy, is_new = OutboxMessage.objects.get_or_create(
        message_id=_message_id(message),
        defaults={
            "enquiry_id": message.enquiry_id,
            "kind": Kind.OFFICE,
            "to": office,
            "reply_to": message.reply_to,
            "subject": message.subject,
            "body_text": render_to_string("emails/undelivered.txt", {"mail": message}).strip() + "\n",
        },
    )
    return copy if is_new else None


def _message_id(message: OutboxMessage) -> str:
    said = "\x00".join([str(message.enquiry_id), message.subject, message.body_text])
    domain = message.message_id.rpartition("@")[2]
    return f"<{hashlib.sha256(said.encode()).hexdigest()[:32]}@{domain}"

"""Taking a person's words out of everything that is kept; the row itself stays for the statistics."""

from django.db import transaction
from django.utils import timezone

from contacts import audit
from contacts.mail_files import forget_files
from contacts.models import Enquiry, EnquiryEvent
from contacts.pictures import forget


def erase(enquiry: Enquiry, *, reason: str, actor=None) -> None:
    """Empty an enquiry, its steps, mails and pictures. `reason` holds nothing that a citizen wrote."""
    with transaction.atomic():
        message_ids = list(enquiry.outbox.values_list("message_id", flat=True))
        enquiry.outbox.all().delete()
        enquiry.events.update(text="", detail="", actor=None)
        for name in ("message", "name", "email", "phone", "url", "wanted_alternative", "suspicion"):
            setattr(enquiry, name, "")
        enquiry.erased_at = timezone.now()
        enquiry.closed_at = enquiry.closed_at or enquiry.erased_at
        enquiry.state = Enquiry.State.CLOSED
        enquiry.status_digest = None
        enquiry.assignee = None
        enquiry.version += 1
        enquiry.save()
        EnquiryEvent.objects.create(enquiry=enquiry, kind=EnquiryEvent.Kind.ERASED, actor=actor, detail=reason)
        audit.record(audit.Action.ERASED, actor, enquiry, detail=reason)
        forget(enquiry.attachments.all())
    forget_files(message_ids)

"""The desk's act on the sender's status page."""

from django.db import transaction

from contacts import audit, mails, status
from contacts.models import Enquiry, EnquiryEvent, OutboxMessage

DETAIL = "neuer Link zur Statusseite"


def renew_link(enquiry: Enquiry, by) -> bool:
    """Make all links so far worthless; mail the new one where there is an address. Return whether a mail was stored."""
    with transaction.atomic():
        status.renew(enquiry)
        EnquiryEvent.objects.create(enquiry=enquiry, kind=EnquiryEvent.Kind.NOTED, actor=by, detail=DETAIL)
        audit.record(audit.Action.CHANGED, by, enquiry, detail=DETAIL)
        return bool(OutboxMessage.objects.bulk_create(mails.new_link_mails(enquiry)))

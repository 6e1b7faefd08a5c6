"""How many new cases come by mail before the rest waits for a person.

Of a machine that answers our mails from another address, without a word of what it answers, each answer is a new case
with new mails. Nothing in one such mail gives it away; that there are many does.
"""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from contacts.models import Enquiry


def is_too_many(sender: str) -> bool:
    """Whether one case more with mails would be too many, from this address or altogether."""
    now = timezone.now()
    limits = settings.INBOUND
    of_sender = Enquiry.objects.mailed_since(now - dt.timedelta(days=1)).filter(email__iexact=sender)
    if sender and of_sender.count() >= limits["cases_per_sender"]:
        return True
    return Enquiry.objects.mailed_since(now - dt.timedelta(hours=1)).count() >= limits["cases_per_hour"]

"""A mailbox that is read, and a case with mails of each kind."""

import pytest
from django.utils import timezone

from contacts.intake import store
from contacts.models import Enquiry, OutboxMessage
from contacts.routing import Topic
from tests.contacts.inbound.letters import INBOUND, SENDER
from tests.factories import UnitFactory


@pytest.fixture(autouse=True)
def inbound(settings):
    """The settings of an installation that reads a mailbox; no test here goes there by itself."""
    settings.INBOUND_IMAP_URL = "imap://eingang:geheim@127.0.0.1:1/INBOX"
    settings.INBOUND_ADDRESS = INBOUND
    settings.INBOUND_SUBADDRESS = True
    settings.DEFAULT_FROM_EMAIL = "Amt für Stadterneuerung <website@stadtdo.example>"


@pytest.fixture
def unit(home_page):
    return UnitFactory(name="Stab A", mailbox="a@stadtdo.example", mailbox_confirmed_at=timezone.now())


@pytest.fixture
def enquiry(unit) -> Enquiry:
    """A case from the form, with its mails: one to the unit, one to the sender."""
    row = Enquiry(submission_key="1", email=SENDER, name="Frieda Beispiel", message="Wann beginnt der Umbau?")
    return store(row, Topic(), unit=unit)


@pytest.fixture
def acknowledgement(enquiry) -> OutboxMessage:
    return enquiry.outbox.get(kind="acknowledgement")


@pytest.fixture
def unit_mail(enquiry) -> OutboxMessage:
    return enquiry.outbox.get(kind="unit")

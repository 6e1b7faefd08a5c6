"""A message with its status page, and a browser that sends the forms on it."""

import pytest
from django.db import DatabaseError, connection

from contacts import status
from contacts.models import Enquiry, EnquiryEvent
from contacts.models.pages import STAMP_FIELD
from contacts.views import FORM_NAME
from stadterneuerung.base.http import issue_stamp
from stadterneuerung.users.models import User
from tests.contacts.factories import EnquiryFactory
from tests.factories import UnitFactory

Kind = EnquiryEvent.Kind


@pytest.fixture
def clerk(home_page):
    return User.objects.create_user("frau-geheim", first_name="Gerda", last_name="Geheim")


def with_page(enquiry: Enquiry) -> Enquiry:
    """Give an enquiry made by a factory what arrival gives it: its link and its first step."""
    status.issue(enquiry)
    enquiry.save()
    EnquiryEvent.objects.create(enquiry=enquiry, kind=Kind.RECEIVED, at=enquiry.created_at)
    return enquiry


@pytest.fixture
def enquiry(home_page):
    return with_page(EnquiryFactory(name="Frieda Beispiel", unit=UnitFactory(name="Stabsstelle Citymanagement")))


def send(client, path: str, data: dict, *, stamp: str | None = None, **headers):
    stamp = issue_stamp(FORM_NAME) if stamp is None else stamp
    return client.post(path, {STAMP_FIELD: stamp, **data}, headers={"Sec-Fetch-Site": "same-origin", **headers})


def fail(*args):
    raise DatabaseError("row with words of people")


def everything_stored() -> str:
    """Return all rows of all tables as text."""
    with connection.cursor() as cursor:
        text = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names come from the database itself
            text.append(str(cursor.fetchall()))
    return "\n".join(text)

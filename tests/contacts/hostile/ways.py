"""The public ways in, and the form in which the staff write down what they heard: fields come from the forms."""

import datetime as dt
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from contacts import status
from contacts.admin.recording import RecordForm
from contacts.forms import BarrierForm, EnquiryForm
from contacts.models.pages import STAMP_FIELD
from contacts.status_form import AdditionForm
from contacts.views import FORM_NAME
from stadterneuerung.base.dates import today
from stadterneuerung.base.http import issue_stamp
from tests.contacts.accounts import lead
from tests.contacts.conftest import stamp_for
from tests.contacts.factories import BarrierReportPageFactory, ContactPageFactory, EnquiryFactory, SubjectFactory
from tests.contacts.status_page.conftest import with_page

FORMS = {"contact": EnquiryForm, "barrier": BarrierForm, "addition": AdditionForm, "record": RecordForm}
ACTS = {"withdraw": "zurueckziehen/", "renew": "neuer-link/"}
PUBLIC = ["contact", "barrier", "addition"]
OWN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Way:
    """Where a form is sent to, and what a browser would send when all is well. `text` names the field for words."""

    client: Client
    path: str
    data: dict
    text: str = ""

    def send(self, **changes):
        return self.client.post(self.path, self.data | changes, headers=OWN)

    def send_bytes(self, body: bytes, content_type: str, **environ):
        """Send a body as it is."""
        return self.client.generic("POST", self.path, body, content_type, headers=OWN, **environ)


def way(name: str, *, stamp: str | None = None) -> Way:
    """Make one of the ways of `FORMS` and `ACTS`, with all that it needs."""
    client = Client()
    if name == "contact":
        page, subject = ContactPageFactory(), SubjectFactory(slug="allgemeines")
        data = {"subject": subject.slug, "zu": "", "name": "Frieda Beispiel", "email": "frieda@example.org"}
        return Way(client, page.get_url(), data | {"message": "Gruß", STAMP_FIELD: stamp or stamp_for(page)}, "message")
    if name == "barrier":
        page = BarrierReportPageFactory()
        data = {"description": "Gruß", "contact": "frieda@example.org", STAMP_FIELD: stamp or stamp_for(page)}
        return Way(client, page.get_url(), data, "description")
    if name == "record":
        client.force_login(lead())
        subject, day = SubjectFactory(slug="allgemeines"), today() - dt.timedelta(days=1)
        data = {"nonce": "einmal", "kind": "question", "channel": "phone", "day": day.isoformat(), "time": "14:30"}
        data |= {"subject": subject.slug, "message": "Gruß", "email": "frieda@example.org", "acknowledge": "on"}
        return Way(client, reverse("contacts_record"), data, "message")
    path = status.path_for(with_page(EnquiryFactory()))
    data = {STAMP_FIELD: stamp or issue_stamp(FORM_NAME)}
    if name == "addition":
        return Way(client, path, {"message": "Gruß"} | data, "message")
    return Way(client, path + ACTS[name], data)


def in_parts(data: dict, boundary: str = "b") -> bytes:
    """Return the body of a form in parts; values are text or bytes."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + (value if isinstance(value, bytes) else value.encode())
        + b"\r\n"
        for name, value in data.items()
    ]
    return b"".join(parts) + f"--{boundary}--\r\n".encode()

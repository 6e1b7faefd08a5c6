"""The desk's quieter pages – privacy, mail, links – and the form given back: no barriers, and nothing out of reach."""

import json

import pytest
from django.test import RequestFactory

from contacts.models.pages import STAMP_FIELD
from contacts.unsent import handed_back
from tools.audit import chromium

PAGES = {
    "home": "/admin/",
    "person": "/admin/anfragen/auskunft/",
    "requests": "/admin/anfragen/loeschantraege/",
    "holds": "/admin/anfragen/aussetzen/",
    "audit": "/admin/anfragen/protokoll/",
    "deletions": "/admin/anfragen/loeschprotokoll/",
    "purposes": "/admin/anfragen/zwecke/",
    "mailboxes": "/admin/postfaecher/",
    "outbox": "/admin/outbox/",
    "mail": "/admin/outbox/inspect/{mail}/",
    "new link": "/admin/anfragen/{enquiry}/statusseite/",
    "mailbox confirmed": "{confirm}",
}
# One of each that the pages show, and an account that may see them all.
MAKE = """
import json
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from contacts.admin.views import _signer
from contacts.models import DeletionRun, Enquiry, EnquirySubject, ErasureRequest, OutboxMessage
from contacts.intake import record_enquiry
from stadterneuerung.organisation.models import OrganisationUnit
from stadterneuerung.users.models import User
from django.utils import timezone
officer = User.objects.create_user("datenschutz-und-administration")
officer.groups.set(Group.objects.filter(name__in=["Administration", "Datenschutz"]))
enquiry = record_enquiry({
    "kind": "question", "channel": "phone", "received": timezone.now(), "nonce": "axe", "page": None, "unit": None,
    "subject": EnquirySubject.objects.first(), "name": "Frieda Axe", "email": "frieda.axe@example.org", "phone": "",
    "message": "Wann wird gebaut?", "url": "", "wanted_alternative": "", "acknowledge": True,
}, officer)
mail = OutboxMessage.objects.filter(enquiry=enquiry).first()
OutboxMessage.objects.filter(pk=mail.pk).update(state="failed", last_error="SMTPDataError 554")
made = ErasureRequest.objects.create(digest="x", identity="mail", note="Antwort kam am 3. November", cases=1)
made.enquiries.add(enquiry)
Enquiry.objects.filter(pk=enquiry.pk).update(hold="legal", hold_reason="Ein Verfahren läuft")
DeletionRun.objects.create(at=timezone.now(), questions=2)
unit = OrganisationUnit.objects.exclude(mailbox="").first() or OrganisationUnit.objects.first()
client = Client()
client.force_login(officer)
print(json.dumps({
    "session": client.cookies["sessionid"].value, "mail": mail.pk, "enquiry": enquiry.pk,
    "confirm": reverse("contacts_confirm_mailbox", args=[_signer.sign_object([unit.pk, unit.mailbox])]),
}))
"""


@pytest.fixture(scope="module")
def made(site):
    return json.loads(site.manage("shell", "--no-imports", "-c", MAKE).splitlines()[-1])


@pytest.fixture
def officer(visit, site, made):
    page = visit()
    page.context.add_cookies([{"name": "sessionid", "value": made["session"], "url": site.url}])
    return page


def barriers(page, axe) -> list:
    """Return what axe finds in a wide, light and in a narrow, dark window; and whether the narrow one would scroll."""
    found = []
    for width, scheme in [(1280, "light"), (320, "dark")]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.reload()  # colours may be on their way from the other scheme
        found += [(width, violation) for violation in chromium.violations_here(page, axe)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((width, "wider than the window"))
    return found


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_page_has_no_barriers(officer, made, axe, address):
    assert officer.goto(address.format(**made)).status == 200

    assert barriers(officer, axe) == []


def test_person_that_was_found_has_no_barriers(officer, axe):
    officer.goto(PAGES["person"])
    officer.get_by_label("E-Mail-Adresse").fill("frieda.axe@example.org")
    officer.get_by_role("button", name="Suchen", exact=True).click()
    officer.get_by_role("heading", name="Gefunden: 1").wait_for()

    assert chromium.violations_here(officer, axe) == []


def test_form_given_back_has_no_barriers(visit, axe):
    typed = {STAMP_FIELD: "x", "message": "Wann wird gebaut?", "email": "frieda@example.org"}
    body = handed_back(RequestFactory().post("/kontakt/", typed)).content
    page = visit()
    page.route("**/kontakt/", lambda route: route.fulfill(status=503, content_type="text/html", body=body))
    page.goto("/kontakt/")
    page.get_by_role("button", name="Noch einmal absenden").wait_for()

    assert barriers(page, axe) == []

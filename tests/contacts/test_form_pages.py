"""What both form pages promise: no cookie, no lost text, few queries, and no 5xx whatever is thrown at them."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from contacts.models import Enquiry
from contacts.models.pages import STAMP_FIELD, FormPage
from kataster.models import AddressCheckPage
from tests.contacts.conftest import post, stamp_for
from tests.contacts.factories import SubjectFactory
from tests.factories import AreaPageFactory, ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_no_cookie_on_any_step(client, contact_page, enquiry_data):
    shown = client.get(contact_page.get_url())
    wrong = post(client, contact_page, enquiry_data | {"message": ""})
    sent = post(client, contact_page, enquiry_data)
    confirmed = client.get(sent.url)

    assert [response.status_code for response in (shown, wrong, sent, confirmed)] == [200, 422, 303, 200]
    assert [dict(response.cookies) for response in (shown, wrong, sent, confirmed)] == [{}, {}, {}, {}]


def test_confirmation_shows_the_reference_and_nothing_personal(client, contact_page, enquiry_data):
    sent = post(client, contact_page, enquiry_data)

    response = client.get(sent.url)

    enquiry = Enquiry.objects.get()
    assert enquiry.reference in response.text
    for personal in ("Frieda", "frieda@", "Umbau"):
        assert personal not in sent.url
        assert personal not in response.text
    assert '<meta name="robots" content="noindex' in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("next_steps", ["", "<p>Ihre Nachricht geht an die Einheit.</p>"])
def test_confirmation_of_quarantine_names_no_unit_and_no_day_but_the_law_s(
    client, contact_page, barrier_page, enquiry_data, next_steps
):
    unit = UnitFactory(name="Team Nordstadt")
    for page in (contact_page, barrier_page):
        page.next_steps = next_steps
        page.save()
    asked = post(client, contact_page, enquiry_data, stamp=stamp_for(contact_page, seconds=0))
    told = post(client, barrier_page, {"description": "Kein Name"}, stamp=stamp_for(barrier_page, seconds=0))
    Enquiry.objects.update(unit=unit)

    question, barrier = client.get(asked.url).text, client.get(told.url).text

    assert Enquiry.objects.filter(is_suspicious=True).count() == 2
    for text in (question, barrier):
        assert "liegt beim Amt für Stadterneuerung. Dort wird sie zuerst angesehen." in text
        assert [word in text for word in ("Team Nordstadt", "geht an die Einheit", "Spam")] == [False] * 3
    assert [word in question for word in ("Sie bekommen bis zum", "Die Antwort geht an")] == [False, False]
    assert "Sie erhalten bis zum" in barrier


def test_confirmation_needs_a_signature(client, contact_page, barrier_page, enquiry_data):
    sent = post(client, contact_page, enquiry_data)
    token = sent.url.rstrip("/").rpartition("/")[2]
    reference = Enquiry.objects.get().reference

    statuses = [
        client.get(path).status_code
        for path in (
            f"/kontakt/gesendet/{reference}/",
            f"/kontakt/gesendet/{token[:-4]}AAAA/",
            f"/barriere-melden/gesendet/{token}/",
            "/kontakt/gesendet/__/",
        )
    ]

    assert statuses == [404, 404, 404, 404]


def test_confirmation_ends_with_the_enquiry(client, contact_page, enquiry_data):
    sent = post(client, contact_page, enquiry_data)
    Enquiry.objects.all().delete()

    assert client.get(sent.url).status_code == 404


FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
LONG = b"message=" + b"a" * (10 * 1024 * 1024)
MANY = b"&".join(b"f%d=1" % number for number in range(10_001))


def part(body: bytes, more: bytes = b"", end: bytes = b"\r\n--x--\r\n") -> bytes:
    """Return a body of one part, the message."""
    return b'--x\r\nContent-Disposition: form-data; name="message"' + more + b"\r\n\r\n" + body + end


HOSTILE = [
    ("10 MB", LONG, FORM, 413),
    ("10 MB in parts", part(LONG), PARTS, 413),
    ("10,001 fields", MANY, FORM, 400),
    ("100 fields", MANY[:600], FORM, 400),
    ("no boundary", part(b"Hallo"), "multipart/form-data", 400),
    ("empty boundary", part(b"Hallo"), "multipart/form-data; boundary=", 400),
    ("cut off", part(b"Hal", end=b""), PARTS, 422),
    ("base64 that is none", part(b"!", b"\r\nContent-Transfer-Encoding: base64"), PARTS, 422),
    ("a file as message", part(b"Hallo", b'; filename="a.txt"'), PARTS, 422),
    ("NUL bytes", b"message=%00&subject=%00&zu=%00&stempel=%00&name=%00&email=%00", FORM, 422),
    ("bytes that are no UTF-8", b"message=%ff%fe&subject=%c3%28&zu=%ed%a0%80", FORM, 422),
    ("JSON", b'{"message": "Hallo"}', "application/json", 422),
    ("nothing", b"", FORM, 422),
]


@pytest.mark.parametrize("fixture", ["contact_page", "barrier_page"])
@pytest.mark.parametrize(
    ("body", "content_type", "status"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE]
)
def test_hostile_bodies(client, request, fixture, body, content_type, status):
    page = request.getfixturevalue(fixture)

    # generic(): post() would re-encode the body in the charset that is to be tested.
    response = client.generic("POST", page.get_url(), body, content_type, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == status
    assert response["Content-Type"].startswith("text/")
    assert Enquiry.objects.count() == 0


def test_hostile_values_behind_a_good_stamp(client, contact_page, subject):
    values = {"subject": "\x00", "zu": "9" * 400, "message": "\x00", "name": "\x00" * 10, "email": "a@b\r\nBcc: c@d.e"}

    response = post(client, contact_page, values)

    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["email", "message", "subject", "zu"]


def test_same_field_twice(client, contact_page, subject):
    data = {STAMP_FIELD: stamp_for(contact_page), "subject": [subject.slug, "x"], "message": ["eins", "zwei"]}

    response = client.post(contact_page.get_url(), data, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 422


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods(client, contact_page, method):
    assert getattr(client, method)(contact_page.get_url()).status_code == 405


def test_only_pages_with_a_form_take_posts(client, home_page):
    takers = {
        model for model in apps.get_models() if issubclass(model, Page) and "POST" in model.allowed_http_method_names()
    }

    assert takers - {Page} == {*FormPage.__subclasses__(), AddressCheckPage}
    assert client.post(home_page.get_url(), {"a": "b"}).status_code == 405


def test_contact_page_asks_few_questions(client, contact_page, django_assert_max_num_queries):
    client.get(contact_page.get_url())  # fills what is kept for all pages, such as content types

    with django_assert_max_num_queries(15):
        client.get(contact_page.get_url())


def test_contact_page_asks_the_same_for_one_and_many(client, contact_page, django_assert_num_queries):
    SubjectFactory()
    project, area = ProjectPageFactory(), AreaPageFactory()
    client.get(f"/kontakt/?zu={project.pk}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/kontakt/?zu={project.pk}")
    SubjectFactory.create_batch(5)
    ProjectPageFactory.create_batch(5, parent=project.get_parent())
    AreaPageFactory.create_batch(5, parent=area.get_parent())

    with django_assert_num_queries(len(one)):
        client.get(f"/kontakt/?zu={project.pk}")


def test_barrier_page_asks_few_questions(client, barrier_page, django_assert_max_num_queries):
    client.get(barrier_page.get_url())

    with django_assert_max_num_queries(15):
        client.get(barrier_page.get_url())

"""Who asks for what is not theirs learns nothing: same answer, same head, same number of questions to the database."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts import status, status_acts
from contacts.models import Attachment, Enquiry
from stadterneuerung.users.models import User
from tests.contacts.accounts import CLERK, account, clerk
from tests.contacts.factories import EnquiryFactory, OutboxFactory
from tests.contacts.hostile.ways import ACTS, way
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

_SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"CSRF_TOKEN": "\w+"|nonce-[\w+/=-]+|nonce="[\w+/=-]+"')


def told(client: Client, method: str, path: str, data: dict | None = None) -> tuple:
    """Return all that an answer tells: status, text and head without one-time values, number of queries."""
    with CaptureQueriesContext(connection) as queries:
        response = client.generic(method, path) if data is None else client.post(path, data)
    head = {name: _SECRETS.sub("", value) for name, value in response.items() if name != "Expires"}  # the second
    return response.status_code, _SECRETS.sub("", response.text), head, len(queries)


def links_that_lead_nowhere(enquiry: Enquiry) -> dict[str, str]:
    """Return tokens; the enquiry is erased afterwards."""
    replaced = status.token_for(enquiry)
    status.renew(enquiry)
    erased = status.token_for(enquiry)
    status_acts.withdraw(enquiry)
    return {
        "replaced": replaced,
        "erased": erased,
        "unknown": "A" * 43,
        "malformed": "x",
        "number": enquiry.reference,
    }


def methods_of(name: str) -> list[str]:
    return ["POST"] if name == "renew" else ["GET", "HEAD", "POST"]


@pytest.mark.parametrize(
    ("name", "method"), [(name, each) for name in ["addition", *ACTS] for each in methods_of(name)]
)
def test_links_that_lead_nowhere(home_page, name, method):
    there = way(name)
    suffix = ACTS.get(name, "")
    tokens = links_that_lead_nowhere(Enquiry.objects.get())
    told(there.client, method, f"/kontakt/vorgang/zuerst/{suffix}")  # fills caches

    answers = [told(there.client, method, f"/kontakt/vorgang/{token}/{suffix}") for token in tokens.values()]

    assert answers[0][0] == 404
    assert [answer for answer in answers if answer != answers[0]] == []


@pytest.fixture
def hashings(monkeypatch):
    """The names of nobody, but how often a password was hashed."""
    counted = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args, **kw: (counted.append(1), real(*args, **kw))[1])
    return counted


def test_signing_in_tells_no_account(home_page, hashings):
    url = reverse("wagtailadmin_login")
    User.objects.create_superuser("bekannt", password="richtig-und-lang")
    User.objects.create_user("inaktiv", password="richtig-und-lang", is_active=False)
    User.objects.create_user("zwecklos", password="richtig-und-lang")
    User.objects.create_user("verzeichnis")  # signs in elsewhere, without a password of ours
    told(Client(), "POST", url, {"username": "zuerst", "password": "falsch"})
    answers, counts = [], []

    for name in ("bekannt", "inaktiv", "zwecklos", "verzeichnis", "erdacht"):
        hashings.clear()
        code, text, head, queries = told(Client(), "POST", url, {"username": name, "password": "falsch"})
        answers.append((code, text.replace(name, "NAME"), head.keys(), queries))
        counts.append(len(hashings))

    assert [answer for answer in answers if answer != answers[0]] == []
    assert counts == [1, 1, 1, 1, 1]


def test_forgotten_password_tells_no_account(home_page, hashings, mailoutbox):
    url = reverse("wagtailadmin_password_reset")
    password = "richtig-und-lang"
    User.objects.create_superuser("bekannt", email="bekannt@example.org", password=password)
    User.objects.create_user("inaktiv", email="inaktiv@example.org", password=password, is_active=False)
    User.objects.create_user("zwecklos", email="zwecklos@example.org", password=password)
    User.objects.create_user("verzeichnis", email="verzeichnis@example.org")
    told(Client(), "POST", url, {"email": "zuerst@example.org"})
    hashings.clear()

    answers = [
        told(Client(), "POST", url, {"email": f"{name}@example.org"})
        for name in ("bekannt", "inaktiv", "zwecklos", "verzeichnis", "erdacht")
    ]

    code, text, head, queries = answers[0]
    assert (code, text, head["Location"], queries) == (302, "", reverse("wagtailadmin_password_reset_done"), 1)
    assert [answer for answer in answers if answer != answers[0]] == []
    assert (hashings, mailoutbox) == ([], [])


@pytest.fixture
def clerk_of_another_unit(home_page):
    client = Client()
    client.force_login(clerk(UnitFactory()))
    return client


PLACES = {
    "page": "enquiry:edit",
    "feedback": "contacts_feedback",
    "file": "contacts_case_file",
    "link": "contacts_renew_link",
    "picture": "contacts_attachment",
}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("place", PLACES)
def test_what_belongs_to_others_is_as_if_it_were_not_there(clerk_of_another_unit, method, place):
    foreign = EnquiryFactory(unit=UnitFactory())
    key = foreign.pk
    if place == "picture":
        key = Attachment.objects.create(enquiry=foreign, extension="jpg", file="x.jpg", size=1, width=1, height=1).pk
    told(clerk_of_another_unit, method, reverse(PLACES[place], args=[999_998]))

    theirs, nobodys = [
        told(clerk_of_another_unit, method, reverse(PLACES[place], args=[each])) for each in (key, 999_999)
    ]

    assert theirs == nobodys
    assert theirs[0] in {404, 405}


def test_acts_on_many_do_not_tell_others_from_none(clerk_of_another_unit):
    foreign = EnquiryFactory(unit=UnitFactory())
    url = reverse("desk_bulk")

    answers = [
        told(clerk_of_another_unit, "POST", url, {"act": "uebernehmen", "item": f"{key}:1", "note": ""})
        for key in (foreign.pk, 999_999)
    ]

    assert answers[0] == answers[1]
    assert foreign.events.count() == 0


def test_the_outbox_is_closed_to_clerks(home_page):
    client = Client()
    client.force_login(account(*CLERK))
    OutboxFactory(to="frieda@example.org")

    answers = [client.get(reverse("outbox:index"), {"q": words}) for words in ("frieda@example.org", "niemand")]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, reverse("wagtailadmin_home"))] * 2

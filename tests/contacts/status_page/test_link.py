"""The secret of the sender's page: kept nowhere, unknown to whoever guesses, in no log and no cache."""

import hashlib
import io
import logging
import re

import pytest
from django.conf import settings

from contacts import status, status_acts
from contacts.desk import actions
from contacts.models import Enquiry
from contacts.outbox import deliver_due
from stadterneuerung.base.log_filter import SecretPaths
from tests.contacts.conftest import post
from tests.contacts.status_page.conftest import everything_stored, fail, send

pytestmark = pytest.mark.django_db


def test_only_a_digest_of_the_secret_is_stored(client, contact_page, enquiry_data):
    sent = post(client, contact_page, enquiry_data)

    token = sent.url.rstrip("/").rpartition("/")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)  # 256 bits
    assert Enquiry.objects.get().status_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in everything_stored()


def test_mail_to_the_sender_has_the_link_and_mail_to_the_office_has_not(client, contact_page, enquiry_data, mailoutbox):
    post(client, contact_page, enquiry_data)
    link = status.link_for(Enquiry.objects.get())

    deliver_due()

    with_link = {mail.to[0]: link in mail.body for mail in mailoutbox}
    assert client.get(link).status_code == 200
    assert with_link == {"frieda@example.org": True, "stadterneuerung@stadtdo.de": False}
    assert link not in everything_stored()


def test_answer_brings_the_link_too(enquiry, clerk, mailoutbox):
    actions.answer(enquiry, clerk, "Im Mai.")

    deliver_due()

    assert status.link_for(enquiry) in mailoutbox[0].body


def test_key_of_the_installation_is_replaced(client, enquiry, settings, mailoutbox):
    link = status.path_for(enquiry)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    assert client.get(link).status_code == 200
    assert status.path_for(enquiry) == link


def test_key_that_is_gone_leaves_links_working_but_no_new_mail_has_one(client, enquiry, clerk, settings, mailoutbox):
    link = status.path_for(enquiry)
    settings.SECRET_KEY = "new"
    actions.answer(enquiry, clerk, "Im Mai.")

    deliver_due()

    assert client.get(link).status_code == 200
    assert "vorgang" not in mailoutbox[0].body


@pytest.mark.parametrize("make", ["unknown", "replaced", "erased", "reference", "digest", "long", "odd"])
def test_whatever_is_no_link_is_answered_alike(client, enquiry, make):
    token = status.token_for(enquiry)
    if make == "replaced":
        status.renew(enquiry)
    if make == "erased":
        status_acts.withdraw(enquiry)
    tried = {
        "unknown": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "reference": enquiry.reference,
        "digest": enquiry.status_digest,
        "long": "a" * 3000,
        "odd": "%F0%9F%98%80",
    }.get(make, token)

    response = client.get(f"/kontakt/vorgang/{tried}/")

    expected = client.get("/kontakt/vorgang/gibt-es-nicht/")
    assert (response.status_code, response.text) == (404, expected.text)
    assert "Kein Vorgang zu diesem Link" in response.text


def test_many_misses_are_held_back(client, enquiry, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"misses_per_hour": 2}

    codes = [client.get(f"/kontakt/vorgang/{number}/").status_code for number in range(3)]

    assert codes == [404, 404, 429]
    assert client.get(status.path_for(enquiry)).status_code == 200  # neighbours of a guesser keep their pages
    assert client.get("/kontakt/vorgang/0/", REMOTE_ADDR="198.51.100.7").status_code == 404


def test_secret_stands_in_no_log(client, enquiry, monkeypatch):
    """Whatever goes to the console passes the filter; Django names the path of an answer of 503."""
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(SecretPaths())
    monkeypatch.setattr(status_acts.mails, "addition_mails", fail)
    logging.getLogger().addHandler(handler)

    response = send(client, status.path_for(enquiry), {"message": "Wichtig"})

    logging.getLogger().removeHandler(handler)
    written = handler.stream.getvalue()
    assert response.status_code == 503
    assert "/kontakt/vorgang/…/" in written
    assert status.token_for(enquiry) not in written
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secret_paths"]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("PUT", "/kontakt/vorgang/{}/", 405),
        ("GET", "/kontakt/vorgang/{}/neuer-link/", 405),
        ("GET", "/kontakt/vorgang/{}", 301),
        ("GET", "/kontakt/gesendet/{}", 301),
        ("GET", "/kontakt/gesendet/{}/", 200),
        ("GET", "/kontakt/gesendet/{}x/", 404),
        ("GET", "/kontakt/vorgang/{}/x/", 404),
        ("GET", "/kontakt/vorgang/geloescht/", 200),
    ],
)
def test_every_answer_at_a_secret_address_is_sealed(client, contact_page, enquiry, method, path, code):
    response = client.generic(method, path.format(status.token_for(enquiry)))

    assert response.status_code == code
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("suffix", ["", "zurueckziehen/"])
def test_pages_are_kept_by_nobody_and_set_no_cookie(client, enquiry, suffix):
    response = client.get(status.path_for(enquiry) + suffix)

    assert response.status_code == 200
    assert dict(response.cookies) == {}
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex' in response.text
    for forbidden in ('rel="canonical"', "og:", "twitter:"):
        assert forbidden not in response.text

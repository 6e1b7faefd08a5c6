"""A server that fails while somebody sends: what was typed comes back, whatever broke, and no log repeats it."""

import logging

import pytest
from django.db import OperationalError
from django.test import Client
from wagtail.models import Site

from contacts.models import Enquiry
from tests.contacts.conftest import post, stamp_for
from tests.contacts.pictures_support import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    """A client that shows the page of an error, as people see it."""
    return Client(raise_request_exception=False)


def fail(*args, **kwargs):
    raise OperationalError('DETAIL: row contains ("Frieda Beispiel", "Wann beginnt der Umbau?")')


@pytest.fixture
def no_database(monkeypatch, contact_page, barrier_page, enquiry_data):
    """All is prepared, and then the database goes away."""
    monkeypatch.setattr("stadterneuerung.base.routing.find_frame", fail)
    monkeypatch.setattr(Site, "find_for_request", fail)


def test_storing_fails(client, contact_page, enquiry_data, monkeypatch, caplog):
    monkeypatch.setattr("contacts.intake.mails.mails_on_arrival", fail)
    stamp = stamp_for(contact_page)

    with caplog.at_level(logging.DEBUG):
        response = post(client, contact_page, enquiry_data | {"pictures": upload()}, stamp=stamp)

    assert response.status_code == 503
    assert "Ihre Nachricht ist noch nicht abgeschickt" in response.text
    assert "stadterneuerung@stadtdo.de" in response.context["problem"]["text"]
    for typed in ("Wann beginnt der Umbau?", "Frieda Beispiel", "frieda@example.org", "foto.jpg ist schon da"):
        assert typed in response.text
    assert response.context["stamp"] == stamp
    assert [record.getMessage() for record in caplog.records if record.name.startswith("contacts")] == [
        "Eine Nachricht ließ sich nicht speichern"
    ]
    assert Enquiry.objects.count() == 0


def test_after_the_failure_the_same_form_makes_one_message(client, contact_page, enquiry_data, monkeypatch):
    stamp = stamp_for(contact_page)
    with monkeypatch.context() as broken:
        broken.setattr("contacts.intake.mails.mails_on_arrival", fail)
        post(client, contact_page, enquiry_data, stamp=stamp)

    for _ in range(2):
        assert post(client, contact_page, enquiry_data, stamp=stamp).status_code == 303
    assert Enquiry.objects.count() == 1


def test_without_database_everything_comes_back(browser, no_database, contact_page, enquiry_data):
    stamp = stamp_for(contact_page)

    response = post(browser, contact_page, enquiry_data | {"pictures": upload()}, stamp=stamp)

    assert response.status_code == 503
    assert response["Cache-Control"] == "private, no-store"
    for kept in ("Wann beginnt der Umbau?", "Frieda Beispiel", "frieda@example.org", f'value="{stamp}"'):
        assert kept in response.text
    assert 'action="/kontakt/"' in response.text
    assert '<input type="hidden" name="subject" value="allgemeines">' in response.text
    assert "Bitte wählen Sie Ihre Dateien noch einmal aus." in response.text


def test_where_a_scanner_is_set_up_pdfs_can_be_chosen_again(browser, no_database, contact_page, enquiry_data, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"

    response = post(browser, contact_page, enquiry_data | {"pictures": upload()})

    assert '<label class="kern-label" for="id_pictures">Bilder und PDF</label>' in response.text
    assert 'accept="image/jpeg,image/png,image/webp,application/pdf"' in response.text


def test_barrier_report_without_database(browser, no_database, barrier_page):
    typed = {"description": "<b>Kein</b> Name", "wanted_alternative": "als Text", "contact": "0231 0", "url": "/x/"}

    response = post(browser, barrier_page, typed)

    for kept in ("&lt;b&gt;Kein&lt;/b&gt; Name", "als Text", "0231 0", "/x/"):
        assert kept in response.text


def test_error_that_is_ours_comes_back_too(browser, contact_page, enquiry_data, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("contacts.models.pages.take_enquiry", fail)

    response = post(browser, contact_page, enquiry_data)

    assert response.status_code == 503
    assert "Wann beginnt der Umbau?" in response.text


def test_other_failures_are_told_as_before(browser, no_database):
    assert browser.get("/kontakt/").status_code == 500
    assert browser.post("/kontakt/", {"a": "b"}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 500
    assert "Da ist etwas schiefgegangen" in browser.get("/kontakt/").text


def test_strangers_get_nothing_repeated(browser, no_database, contact_page, enquiry_data):
    response = post(browser, contact_page, enquiry_data, **{"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 500
    assert "Umbau" not in response.text

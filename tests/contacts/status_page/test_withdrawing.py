"""Withdrawing takes every word along, and those who have a mail are told."""

import pytest
from django.urls import reverse

from contacts import status, status_acts
from contacts.desk import actions
from contacts.models import Enquiry, OutboxMessage
from tests.contacts.factories import EnquiryFactory
from tests.contacts.pictures_support import upload
from tests.contacts.status_page.conftest import everything_stored, send, with_page

pytestmark = pytest.mark.django_db


def test_withdrawing_deletes_every_word(client, enquiry, clerk, attachment_dir, django_capture_on_commit_callbacks):
    send(client, status.path_for(enquiry), {"message": "Mein Zaunkönig", "pictures": upload()})
    enquiry.refresh_from_db()
    actions.answer(enquiry, clerk, "Ihr Zaunkönig ist bekannt.")
    other = with_page(EnquiryFactory(message="Der Zaun der anderen"))
    path = status.path_for(enquiry)

    asked = client.get(path + "zurueckziehen/")
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, path + "zurueckziehen/", {})

    assert "Ihr Bild" in asked.text
    assert (response.status_code, response.url) == (303, reverse("status_withdrawn"))
    stored = everything_stored()
    for word in ("Zaunkönig", "Frieda Beispiel"):
        assert word not in stored
    assert "Der Zaun der anderen" in stored
    assert list(attachment_dir.iterdir()) == []
    assert set(enquiry.events.values_list("kind", flat=True)) >= {"withdrawn", "erased"}
    assert client.get(path).status_code == 404
    assert client.get(status.path_for(other)).status_code == 200


def test_unit_is_told_without_a_word(client, enquiry):
    send(client, status.path_for(enquiry) + "zurueckziehen/", {})

    mail = OutboxMessage.objects.get()
    assert mail.subject == f"Zurückgezogen und gelöscht: {enquiry.reference}"
    assert (mail.to, mail.reply_to) == ("stadterneuerung@stadtdo.de", "")
    for word in ("Frieda", "frage@", "Umbau"):
        assert word not in mail.body_text


def test_everybody_who_has_the_mail_is_told(client, enquiry):
    for kind, to in [
        ("office", "Stadterneuerung@stadtdo.de"),
        ("unit", "vorher@stadtdo.example"),
        ("answer", "a@b.de"),
    ]:
        OutboxMessage.objects.create(enquiry=enquiry, kind=kind, to=to, subject="x", body_text="Umbau")

    send(client, status.path_for(enquiry) + "zurueckziehen/", {})

    told = [(mail.kind, mail.to) for mail in OutboxMessage.objects.order_by("pk")]
    assert told == [("office", "stadterneuerung@stadtdo.de"), ("unit", "vorher@stadtdo.example")]


def test_withdrawing_twice_is_once(client, enquiry):
    path = status.path_for(enquiry) + "zurueckziehen/"

    codes = [send(client, path, {}).status_code for _ in range(2)]

    assert codes == [303, 404]
    assert OutboxMessage.objects.count() == 1


def test_looking_does_not_delete(client, enquiry):
    path = status.path_for(enquiry) + "zurueckziehen/"

    client.get(path)
    client.head(path)
    send(client, path, {}, stamp="alt")
    send(client, path, {}, **{"Sec-Fetch-Site": "cross-site"})

    assert Enquiry.objects.get().erased_at is None


def test_what_must_be_kept_is_not_deleted(client, enquiry):
    Enquiry.objects.update(hold=Enquiry.Hold.LEGAL)

    response = send(client, status.path_for(enquiry) + "zurueckziehen/", {})

    assert response.status_code == 409
    assert "aus einem rechtlichen Grund" in response.text
    assert Enquiry.objects.get().message == "Wann beginnt der Umbau?"


def test_hold_that_comes_in_between(client, enquiry, monkeypatch):
    def hold_first(case):
        Enquiry.objects.update(hold=Enquiry.Hold.LEGAL)
        withdraw(case)

    withdraw = status_acts.withdraw
    monkeypatch.setattr(status_acts, "withdraw", hold_first)

    response = send(client, status.path_for(enquiry) + "zurueckziehen/", {})

    assert response.status_code == 409
    assert response.context["problem"]["title"] == "Es ist noch nichts gelöscht"
    assert "aus einem rechtlichen Grund" in response.text
    assert "Alles löschen" not in response.text

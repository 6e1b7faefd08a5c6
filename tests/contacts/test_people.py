"""Answers to persons (DSGVO Art. 15): what is found about somebody, and what is handed out."""

import base64
import json
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from contacts.desk.actions import pass_on
from contacts.erasure import erase
from contacts.models import Attachment, AuditEntry, ErasureRequest
from contacts.people import Wanted, digits, find
from contacts.person_report import as_pdf
from tests.contacts.conftest import ask
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory
from tests.contacts.pdf_text import text_of
from tests.factories import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]


def found(**wanted) -> list[tuple[str, bool, list[str]]]:
    return [(row.enquiry.reference, row.own, row.places) for row in find(Wanted(**wanted))]


# --- Finding ---------------------------------------------------------------------------------------------------------
def test_persons_own_cases_come_before_those_that_mention_them():
    own = EnquiryFactory(email="ÖZLEM@example.org", reference="SE-1")
    mentioned = EnquiryFactory(email="nachbar@example.org", message="Wie özlem@example.org schrieb", reference="SE-2")
    noted = EnquiryFactory(email="x@example.org", reference="SE-3")
    noted.events.create(kind="noted", text="Rückfrage an özlem@example.org")
    OutboxFactory(enquiry=mentioned, body_text="özlem@example.org")
    EnquiryFactory(email="andere@example.org", reference="SE-4")

    assert found(email="Özlem@example.org") == [
        (own.reference, True, ["E-Mail-Adresse"]),
        ("SE-2", False, ["Text der Nachricht", "Mail"]),
        ("SE-3", False, ["Vermerk oder Antwort"]),
    ]


def test_namesakes_are_found_and_not_taken_for_the_person(client, officer):
    EnquiryFactory(name="Frieda Schmidt", email="frieda@example.org", reference="SE-1")
    EnquiryFactory(name="Frieda Schmidt", email="andere@example.org", reference="SE-2")

    text = ask(client, name="frieda schmidt").text

    rows = find(Wanted(email="frieda@example.org", name="frieda schmidt"))
    assert [(row.enquiry.reference, row.own) for row in rows] == [("SE-1", True), ("SE-2", False)]
    ticked = [row.partition(" auswählen")[0] for row in text.split('aria-label="')[1:] if 'auswählen" checked' in row]
    assert ticked == ["SE-1"]


@pytest.mark.parametrize("asked", ["0231 / 123-45", "+49 231 12345", "004923112345", "(0231) 12345"])
def test_telephone_numbers_are_the_same_however_written(asked):
    BarrierReportFactory(phone="0231 12345", email="", reference="BF-1")
    BarrierReportFactory(phone="0231 12346", email="", reference="BF-2")

    assert found(phone=asked)[0][:2] == ("BF-1", True)
    assert len(found(phone=asked)) == 1


@pytest.mark.parametrize("typed", ["+31 6 1234567", "0231/1234567+8", "++49 6 1234567"])
def test_numbers_of_elsewhere_and_odd_ones_are_looked_for(typed):
    EnquiryFactory(message=f"Rückruf: {typed.replace(' ', '-')}", reference="SE-1")

    assert found(phone=typed) == [("SE-1", False, ["Text der Nachricht"])]


@pytest.mark.parametrize(
    ("text", "stands_there"),
    [
        ("Rufen Sie 0231/4711-23 an.", True),
        ("+49 (231) 47 11 23", True),
        ("0231/4711-234", False),
        ("0231 4711 ist belegt, 23 Mal", False),
    ],
)
def test_telephone_numbers_in_texts_are_found_however_written(text, stands_there):
    EnquiryFactory(message=text, reference="SE-1")

    assert found(phone="0231 471123") == ([("SE-1", False, ["Text der Nachricht"])] if stands_there else [])


def test_few_digits_are_no_number():
    EnquiryFactory(message="Am 12.3.45 war es", reference="SE-1")

    assert found(phone="12345") == []


def test_reasons_and_open_requests_are_searched():
    held = EnquiryFactory(hold="legal", hold_reason="Klage von Frieda Schmidt", reference="SE-1")
    asked = EnquiryFactory(reference="SE-2")
    request = ErasureRequest.objects.create(digest="x", identity="mail", note="Frieda Schmidt rief an", cases=1)
    request.enquiries.add(asked)

    assert found(name="Frieda Schmidt") == [
        (held.reference, False, ["Grund der Aussetzung"]),
        ("SE-2", False, ["Vermerk eines Löschantrags"]),
    ]


def test_digits_of_no_number():
    assert digits("keine") == ""


def test_erased_cases_are_not_found():
    enquiry = EnquiryFactory(name="Frieda", reference="SE-1")
    assert [row[0] for row in found(reference="se-1")] == ["SE-1"]

    erase(enquiry, reason="Antrag 1")

    assert found(reference="se-1") == []


def test_what_is_printed_names_no_key_and_tells_what_cannot_be_printed(by):
    source, target = UnitFactory.create_batch(2, name="")
    enquiry = EnquiryFactory(unit=source, message="Gruß 😀")
    pass_on(enquiry, by, target)
    enquiry.outbox.all().delete()  # mails are handed out as they were sent, those between colleagues too

    text = text_of(as_pdf([enquiry]))

    assert re.findall(r"\[U\+.*?\]", text) == ["[U+…]", "[U+1F600]"]
    assert "Zuständig:Stabsstelle–Bezeichnungfolgt" in text.replace(" ", "")
    assert source.key not in text
    assert target.key not in text


def test_digest_tells_nothing_and_is_the_same_for_the_same_person():
    one, same, other = (Wanted(email=email) for email in ("a@b.de", "A@b.de", "c@b.de"))

    assert one.digest == same.digest
    assert one.digest != other.digest
    assert "a@b.de" not in one.digest


# --- Handing out -----------------------------------------------------------------------------------------------------
def test_search_shows_cases_and_the_trail_names_nobody(client, officer):
    EnquiryFactory(email="frieda@example.org", reference="SE-1")
    EnquiryFactory(email="andere@example.org", reference="SE-2")

    response = ask(client)

    entry = AuditEntry.objects.get()
    assert "SE-1" in response.text
    assert "SE-2" not in response.text
    assert "no-store" in response["Cache-Control"]
    assert (entry.action, entry.actor) == ("searched", "schuetzer")
    assert "1 Treffer" in entry.detail
    assert "frieda" not in entry.detail


@pytest.mark.parametrize("data", [{"email": ""}, {"email": "ab"}, {"email": "x" * 300}])
def test_search_for_too_little_or_too_much_is_explained(client, officer, data):
    response = ask(client, **data)

    assert response.status_code == 422
    assert AuditEntry.objects.count() == 0


def test_json_holds_all_but_colleagues(client, officer):
    enquiry = EnquiryFactory(
        email="frieda@example.org", name="Frieda", message="Meine Worte", phone="0231 1", assignee=officer
    )
    enquiry.events.create(kind="noted", text="Ein Vermerk", actor=officer)
    OutboxFactory(enquiry=enquiry, to="frieda@example.org", subject="Antwort", body_text="Guten Tag")
    Attachment.objects.create(
        enquiry=enquiry, extension="png", size=4, width=2, height=1, file=ContentFile(b"bild", name="x.png")
    )

    response = ask(client, [enquiry], was="json")

    [case] = json.loads(response.content)["vorgaenge"]
    assert (case["name"], case["email"], case["phone"], case["message"]) == (
        "Frieda",
        "frieda@example.org",
        "0231 1",
        "Meine Worte",
    )
    assert [step["text"] for step in case["verlauf"]] == ["Ein Vermerk"]
    assert [(mail["to"], mail["body_text"]) for mail in case["mails"]] == [("frieda@example.org", "Guten Tag")]
    assert [base64.b64decode(file["inhalt_base64"]) for file in case["anhaenge"]] == [b"bild"]
    assert case["zweck"]["aufbewahrung_tage"] == 183
    assert "schuetzer" not in response.text
    assert response["Content-Disposition"] == 'attachment; filename="auskunft.json"'
    assert [(entry.action, entry.label) for entry in AuditEntry.objects.order_by("number")] == [
        ("searched", ""),
        ("exported", enquiry.reference),
    ]


def test_pdf_is_made_whatever_people_wrote(client, officer):
    enquiry = EnquiryFactory(
        email="frieda@example.org", message="#set text(red)\n\n= Titel $x$ *fett* \\ <a> [b] @c „ß“"
    )

    response = ask(client, [enquiry], was="pdf")

    assert response.content.startswith(b"%PDF-")
    assert b"pdfuaid" in response.content
    assert [entry.detail for entry in AuditEntry.objects.filter(action="exported")] == ["PDF"]


def test_only_what_the_search_shows_is_handed_out(client, officer):
    EnquiryFactory(email="frieda@example.org")
    other = EnquiryFactory(email="andere@example.org", message="Fremde Worte")

    response = ask(client, [other], was="json")

    assert response.status_code == 422
    assert "Fremde Worte" not in response.text
    assert [entry.action for entry in AuditEntry.objects.all()] == ["searched"]


@pytest.mark.parametrize("was", ["json", "pdf", "loeschen"])
def test_search_that_ends_in_a_refused_act_is_in_the_trail(client, officer, was):
    EnquiryFactory(email="frieda@example.org", reference="SE-1")

    response = ask(client, was=was)

    assert response.status_code == 422
    assert "SE-1" in response.text
    assert [(entry.action, entry.actor) for entry in AuditEntry.objects.all()] == [("searched", "schuetzer")]


@pytest.mark.parametrize(
    ("group", "status"),
    [("Datenschutz", 200), ("Administration", 200), ("Freigabe", 302), ("Redaktion", 302), ("Sachbearbeitung", 302)],
)
def test_who_may_answer(client, account, group, status):
    client.force_login(account("konto", group))

    for place in ("contacts_people", "contacts_erasure_requests"):
        assert client.get(reverse(place)).status_code == status
        if status != 200:
            assert client.post(reverse(place), {"email": "frieda@example.org"}).status_code == 302

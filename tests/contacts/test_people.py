"""Answers to persons (DSGVO Art. 15) and requests to be forgotten (Art. 17), as data protection works with them."""

import base64
import datetime as dt
import json

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.erasure import erase
from contacts.models import Attachment, AuditEntry, Enquiry, ErasureRequest, OutboxMessage
from contacts.people import Wanted, digits, find
from contacts.requests import approve, finish_approved, finish_open
from stadterneuerung.users.models import User
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]


@pytest.fixture
def groups(home_page):
    call_command("setup_site", verbosity=0)


@pytest.fixture
def account(groups):
    """Make an account of a group."""

    def account(name: str, group: str = "Datenschutz") -> User:
        user = User.objects.create_user(name)
        user.groups.add(Group.objects.get(name=group))
        return user

    return account


@pytest.fixture
def officer(client, account):
    """An account of data protection, signed in."""
    user = account("schuetzer")
    client.force_login(user)
    return user


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


def test_digits_of_no_number():
    assert digits("keine") == ""


def test_erased_cases_are_not_found():
    enquiry = EnquiryFactory(name="Frieda", reference="SE-1")
    assert [row[0] for row in found(reference="se-1")] == ["SE-1"]

    erase(enquiry, reason="Antrag 1")

    assert found(reference="se-1") == []


def test_digest_tells_nothing_and_is_the_same_for_the_same_person():
    one, same, other = (Wanted(email=email) for email in ("a@b.de", "A@b.de", "c@b.de"))

    assert one.digest == same.digest
    assert one.digest != other.digest
    assert "a@b.de" not in one.digest


# --- Handing out -----------------------------------------------------------------------------------------------------
def ask(client, enquiries=(), **data):
    numbers = [enquiry.pk for enquiry in enquiries]
    return client.post(reverse("contacts_people"), {"email": "frieda@example.org", "vorgang": numbers, **data})


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


# --- Erasing ---------------------------------------------------------------------------------------------------------
IDENTITY = {"was": "loeschen", "identity": "mail", "note": "Antwort am 3. März von frieda@example.org"}


def decide(client, made: ErasureRequest, was: str) -> str:
    """Decide on a request and return what the page says."""
    data = {"antrag": made.pk, "was": was}
    return client.post(reverse("contacts_erasure_requests"), data, follow=True).text


@pytest.fixture
def open_request(officer):
    """A request that nobody has decided."""
    made = ErasureRequest.objects.create(requested_by=officer, cases=1, digest="x", identity="mail", note="Frieda B.")
    made.enquiries.add(EnquiryFactory())
    return made


def test_two_accounts_erase_and_the_record_names_nobody(client, officer, account):
    mine = EnquiryFactory(email="frieda@example.org", message="Meine Worte")
    kept = EnquiryFactory(email="andere@example.org", message="Andere Worte")
    ask(client, [mine], **IDENTITY)
    made = ErasureRequest.objects.get()
    assert (made.state, made.requested_by, list(made.enquiries.all())) == ("open", officer, [mine])
    second = account("zweite", "Administration")
    client.force_login(second)

    decide(client, made, "zustimmen")

    made.refresh_from_db()
    assert (made.state, made.decided_by, made.cases, made.erased, made.note) == ("done", second, 1, 1, "")
    assert list(made.enquiries.all()) == []
    assert list(Enquiry.objects.exclude(message="").values_list("pk", flat=True)) == [kept.pk]
    assert [(entry.action, entry.actor, entry.label) for entry in AuditEntry.objects.filter(action="erased")] == [
        ("erased", "zweite", "")
    ]


def test_whoever_has_the_mail_is_asked_to_delete_it(open_request, account):
    enquiry = open_request.enquiries.get()
    OutboxFactory(enquiry=enquiry, kind="unit", to="vorher@stadtdo.example", body_text="Meine Worte")

    approve(open_request, account("zweite"))

    told = OutboxMessage.objects.order_by("pk")
    assert [(mail.to, mail.subject) for mail in told] == [
        ("stadterneuerung@stadtdo.de", f"Auf Antrag gelöscht: {enquiry.reference}"),
        ("vorher@stadtdo.example", f"Auf Antrag gelöscht: {enquiry.reference}"),
    ]
    assert told[0].body_text.startswith(f"{enquiry.reference} ist auf Antrag gelöscht.")


def test_same_account_does_not_agree(client, officer):
    enquiry = EnquiryFactory(email="frieda@example.org")
    ask(client, [enquiry], **IDENTITY)

    said = decide(client, ErasureRequest.objects.get(), "zustimmen")

    enquiry.refresh_from_db()
    assert "ein anderes Konto" in said
    assert (ErasureRequest.objects.get().state, enquiry.erased_at) == ("open", None)


@pytest.mark.parametrize("left_out", ["identity", "note"])
def test_identity_has_to_be_checked_and_noted(client, officer, left_out):
    enquiry = EnquiryFactory(email="frieda@example.org")

    response = ask(client, [enquiry], **IDENTITY | {left_out: ""})

    assert response.status_code == 422
    assert ErasureRequest.objects.count() == 0
    # Nothing that was chosen is lost.
    assert f'value="{enquiry.pk}" aria-label="{enquiry.reference} auswählen" checked' in response.text


def test_legal_hold_blocks_the_request_with_a_sentence(client, officer):
    enquiry = EnquiryFactory(email="frieda@example.org", hold="legal", hold_reason="Klage", reference="SE-1")

    response = ask(client, [enquiry], **IDENTITY)

    assert response.status_code == 409
    assert "aus rechtlichem Grund ausgesetzt: SE-1" in response.text
    assert ErasureRequest.objects.count() == 0


def test_legal_hold_set_later_blocks_the_agreement(client, officer, account):
    enquiry = EnquiryFactory(email="frieda@example.org")
    ask(client, [enquiry], **IDENTITY)
    Enquiry.objects.update(hold="legal", hold_reason="Klage")
    client.force_login(account("zweite"))

    said = decide(client, ErasureRequest.objects.get(), "zustimmen")

    assert "aus rechtlichem Grund ausgesetzt" in said
    assert ErasureRequest.objects.get().state == "open"


def test_what_was_agreed_to_and_not_finished_is_finished_later(officer, account):
    enquiry = EnquiryFactory(hold="legal", hold_reason="Klage")
    made = ErasureRequest.objects.create(
        state="approved", requested_by=officer, decided_by=account("zweite"), cases=1, digest="x", identity="mail"
    )
    made.enquiries.add(enquiry)
    finish_approved()
    assert ErasureRequest.objects.get().state == "approved"
    Enquiry.objects.update(hold="none", hold_reason="")

    finish_approved()

    enquiry.refresh_from_db()
    assert (ErasureRequest.objects.get().state, enquiry.message) == ("done", "")


def test_open_request_ends_with_its_note_when_all_its_cases_are_erased(open_request):
    finish_open()
    assert ErasureRequest.objects.get().note == "Frieda B."
    erase(open_request.enquiries.get(), reason="Frist abgelaufen")

    finish_open()

    made = ErasureRequest.objects.get()
    assert (made.state, made.note, made.enquiries.count()) == ("done", "", 0)


def test_request_that_nobody_decides_lapses_with_its_note(open_request):
    finish_open(timezone.now() + dt.timedelta(days=91))
    assert ErasureRequest.objects.get().state == "open"

    finish_open(timezone.now() + dt.timedelta(days=93))

    made = ErasureRequest.objects.get()
    assert (made.state, made.note, made.enquiries.count()) == ("lapsed", "", 0)
    assert Enquiry.objects.get().erased_at is None
    assert [entry.detail for entry in AuditEntry.objects.all()] == [f"{made}: verfallen, niemand hat entschieden"]


def test_note_goes_when_a_request_is_agreed_to_and_a_case_is_held(open_request, account, monkeypatch):
    monkeypatch.setattr("contacts.requests.carry_out", lambda request: None)

    approve(open_request, account("zweite"))

    assert (open_request.state, open_request.note) == ("approved", "")


@pytest.mark.parametrize(("who", "decided_by"), [("schuetzer", None), ("zweite", "zweite")])
def test_refused_or_withdrawn_request_erases_nothing(client, officer, account, who, decided_by):
    account("zweite")
    enquiry = EnquiryFactory(email="frieda@example.org")
    ask(client, [enquiry], **IDENTITY)
    client.force_login(User.objects.get(username=who))

    decide(client, ErasureRequest.objects.get(), "ablehnen")

    made = ErasureRequest.objects.get()
    enquiry.refresh_from_db()
    assert (made.state, made.note, made.enquiries.count()) == ("refused", "", 0)
    assert (made.decided_by and made.decided_by.username) == decided_by
    assert enquiry.erased_at is None


def test_decided_is_decided(client, officer, account):
    ask(client, [EnquiryFactory(email="frieda@example.org")], **IDENTITY)
    client.force_login(account("zweite"))
    decide(client, ErasureRequest.objects.get(), "ablehnen")

    assert "schon entschieden" in decide(client, ErasureRequest.objects.get(), "zustimmen")


@pytest.mark.parametrize("data", [{}, {"antrag": "x"}, {"antrag": "9" * 40, "was": "zustimmen"}, {"antrag": "1"}])
def test_invented_requests_are_told(client, officer, data):
    response = client.post(reverse("contacts_erasure_requests"), data, follow=True)

    assert "Diesen Antrag gibt es nicht." in response.text


def test_search_asks_the_same_for_one_and_many(client, officer, django_assert_num_queries):
    EnquiryFactory(email="frieda@example.org")
    ask(client)
    with CaptureQueriesContext(connection) as one:
        ask(client)
    EnquiryFactory.create_batch(2, email="frieda@example.org")

    with django_assert_num_queries(len(one)):
        ask(client)

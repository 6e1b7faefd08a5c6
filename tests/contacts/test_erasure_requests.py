"""Requests to be forgotten (DSGVO Art. 17), as data protection works with them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.erasure import erase
from contacts.models import AuditEntry, Enquiry, ErasureRequest, OutboxMessage
from contacts.requests import approve, finish_approved, finish_open
from stadterneuerung.users.models import User
from tests.contacts.conftest import ask
from tests.contacts.factories import EnquiryFactory, OutboxFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]


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


@pytest.mark.parametrize("held", [0, 1, 2])
def test_case_that_is_held_keeps_none_of_the_others(officer, account, held):
    made = ErasureRequest.objects.create(
        state="approved", requested_by=officer, decided_by=account("zweite"), cases=3, digest="x", identity="mail"
    )
    cases = [EnquiryFactory(hold="legal" if number == held else "none") for number in range(3)]
    made.enquiries.set(cases)

    finish_approved()

    kept = [number for number, case in enumerate(cases) if Enquiry.objects.get(pk=case.pk).message]
    assert (kept, ErasureRequest.objects.get().state) == ([held], "approved")


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

"""Additions need a solution, too, or a wait; acts without words need none."""

import pytest
from django.urls import reverse

from contacts import status
from contacts.models import EnquiryEvent
from contacts.models.pages import STAMP_FIELD
from contacts.proof_of_work import SOLUTION_FIELD
from contacts.views import FORM_NAME
from stadterneuerung.base.http import issue_stamp, read_stamp
from tests.contacts.proof_of_work.conftest import add, fail, hidden_in, solve

pytestmark = pytest.mark.django_db


def test_addition_with_and_without_a_solution(client, enquiry, switched_on, clock):
    stamp = issue_stamp(FORM_NAME)
    solution = solve(read_stamp(FORM_NAME, stamp).nonce)

    told = add(client, enquiry, {STAMP_FIELD: issue_stamp(FORM_NAME), "message": "Ohne Aufgabe"})
    sent = add(client, enquiry, {STAMP_FIELD: stamp, SOLUTION_FIELD: solution, "message": "Mit Aufgabe"})
    early = add(client, enquiry, hidden_in(told) | {"message": "Ohne Aufgabe"})
    clock.move(seconds=20)
    late = add(client, enquiry, hidden_in(told) | {"message": "Ohne Aufgabe"})

    assert [response.status_code for response in (told, sent, early, late)] == [422, 303, 422, 303]
    assert told.context["form"]["message"].value() == "Ohne Aufgabe"
    added = enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).values_list("text", flat=True)
    assert sorted(added) == ["Mit Aufgabe", "Ohne Aufgabe"]


def test_one_solution_is_good_for_one_addition(client, enquiry, switched_on):
    stamp = issue_stamp(FORM_NAME)
    fields = {STAMP_FIELD: stamp, SOLUTION_FIELD: solve(read_stamp(FORM_NAME, stamp).nonce)}

    codes = [add(client, enquiry, fields | {"message": text}).status_code for text in ("eins", "eins", "zwei")]

    assert codes == [303, 303, 422]


def test_addition_that_could_not_be_stored_may_be_changed(client, enquiry, switched_on, monkeypatch):
    stamp = issue_stamp(FORM_NAME)
    fields = {STAMP_FIELD: stamp, SOLUTION_FIELD: solve(read_stamp(FORM_NAME, stamp).nonce)}
    with monkeypatch.context() as broken:
        broken.setattr("contacts.status_acts.mails.addition_mails", fail)
        failed = add(client, enquiry, fields | {"message": "Lang"})

    sent = add(client, enquiry, hidden_in(failed) | {"message": "Kurz"})

    assert (failed.status_code, sent.status_code) == (503, 303)


def test_addition_while_the_cache_fails(client, enquiry, switched_on, full_disk):
    stamp = issue_stamp(FORM_NAME)
    fields = {STAMP_FIELD: stamp, SOLUTION_FIELD: solve(read_stamp(FORM_NAME, stamp).nonce)}
    failed = add(client, enquiry, fields | {"message": "Seit Montag."})
    full_disk.undo()

    sent = add(client, enquiry, hidden_in(failed) | {"message": "Seit Montag."})

    assert (failed.status_code, sent.status_code) == (503, 303)
    assert failed.context["form"]["message"].value() == "Seit Montag."


def test_acts_without_words_need_no_solution(client, enquiry, switched_on):
    fields = {STAMP_FIELD: issue_stamp(FORM_NAME)}
    token = status.token_for(enquiry)

    response = client.post(reverse("status_withdraw", args=[token]), fields, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 303

"""What a solution may be and what it is good for: one message, of one copy of one form."""

import pytest
from django.utils import timezone

from contacts import proof_of_work
from contacts.models import Enquiry
from contacts.models.pages import STAMP_FIELD
from contacts.proof_of_work import SOLUTION_FIELD
from stadterneuerung.base.http import FormStamp, read_stamp
from tests.contacts.conftest import post
from tests.contacts.pictures_support import upload
from tests.contacts.proof_of_work.conftest import NONCE, hidden_in, request_to_wait, solve, solved

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("bits", "solution", "good"),
    [
        (0, "0", True),
        (33, "0", False),
        (0, "", False),
        (0, "-1", False),
        (0, " 1", False),
        (0, "٣", False),
        (0, "1e3", False),
        (0, "\x00", False),
        (0, "9" * 13, False),
    ],
)
def test_what_a_solution_may_be(easy, settings, bits, solution, good):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"work_bits": bits}

    assert proof_of_work._solves(FormStamp(NONCE, timezone.now(), False), solution) is good


def test_each_bit_halves_what_fits(easy, settings):
    stamp = FormStamp(NONCE, timezone.now(), False)
    fitting = []
    for bits in (0, 1, 2, 3):
        settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"work_bits": bits}
        fitting.append({n for n in range(800) if proof_of_work._solves(stamp, str(n))})

    assert fitting[0] > fitting[1] > fitting[2] > fitting[3]
    assert [round(len(numbers) / 100) for numbers in fitting] == [8, 4, 2, 1]


def test_solved_message_is_taken_the_usual_way(client, contact_page, enquiry_data, switched_on):
    response = post(client, contact_page, enquiry_data | solved(contact_page))

    assert response.status_code == 303
    assert not Enquiry.objects.get().is_suspicious


@pytest.mark.parametrize("solution", ["", "0x10", "9" * 2000, "\x00", "wrong"])
def test_no_solution_and_no_good_one_lead_to_waiting(client, contact_page, enquiry_data, switched_on, clock, solution):
    fields = solved(contact_page, wrong=True)
    if solution != "wrong":
        fields[SOLUTION_FIELD] = solution

    response = post(client, contact_page, enquiry_data | fields)

    assert response.status_code == 422
    assert response.context["problem"] == request_to_wait("20 Sekunden")
    assert "Wann beginnt der Umbau?" in response.text
    assert Enquiry.objects.count() == 0


def test_solution_for_another_copy_of_the_form_is_none(client, contact_page, enquiry_data, switched_on):
    fields = solved(contact_page)
    mine = FormStamp(read_stamp("contactpage", fields[STAMP_FIELD]).nonce, timezone.now(), False)
    theirs = FormStamp(NONCE, timezone.now(), False)
    solves = proof_of_work._solves
    fields[SOLUTION_FIELD] = next(str(n) for n in range(10_000) if solves(theirs, str(n)) and not solves(mine, str(n)))

    assert post(client, contact_page, enquiry_data | fields).status_code == 422


def test_solution_and_stamp_of_another_form_are_none(client, contact_page, barrier_page, enquiry_data, switched_on):
    response = post(client, contact_page, enquiry_data | solved(barrier_page))

    assert response.status_code == 422
    assert "zu lange offen" in response.context["problem"]["text"]
    assert Enquiry.objects.count() == 0


def test_one_solution_is_good_for_one_message(client, contact_page, enquiry_data, switched_on):
    fields = enquiry_data | solved(contact_page)
    post(client, contact_page, fields)

    twice = post(client, contact_page, fields)
    another = post(client, contact_page, fields | {"message": "Noch eine Frage"})
    renamed = post(client, contact_page, fields | {"email": "kim@example.org"})

    assert [response.status_code for response in (twice, another, renamed)] == [303, 422, 422]
    assert another.context["form"]["message"].value() == "Noch eine Frage"
    assert Enquiry.objects.count() == 1


def test_who_changes_the_text_afterwards_gets_a_form_of_their_own(client, contact_page, enquiry_data, switched_on):
    fields = enquiry_data | solved(contact_page)
    post(client, contact_page, fields)
    told = post(client, contact_page, fields | {"message": "Noch eine Frage"})
    nonce = told.context["task"].nonce

    fresh = {STAMP_FIELD: told.context["stamp"], SOLUTION_FIELD: solve(nonce), "message": "Noch eine Frage"}
    sent = post(client, contact_page, enquiry_data | fresh)

    assert nonce != read_stamp("contactpage", fields[STAMP_FIELD]).nonce
    assert sent.status_code == 303
    assert list(Enquiry.objects.values_list("is_suspicious", flat=True)) == [False, False]


def test_shown_again_for_an_error_it_asks_for_no_new_solution(client, contact_page, enquiry_data, switched_on):
    wrong = post(client, contact_page, enquiry_data | {"message": ""} | solved(contact_page))

    sent = post(client, contact_page, enquiry_data | hidden_in(wrong))

    assert wrong.status_code == 422
    assert wrong.context["task"] is None
    assert "proof-of-work.js" not in wrong.text
    assert sent.status_code == 303


def test_pictures_count_by_what_they_show(client, contact_page, enquiry_data, switched_on):
    fields = enquiry_data | solved(contact_page)

    codes = [post(client, contact_page, fields | {"pictures": upload()}).status_code for _ in range(2)]

    assert codes == [303, 303]
    assert post(client, contact_page, fields).status_code == 422
    assert Enquiry.objects.count() == 1

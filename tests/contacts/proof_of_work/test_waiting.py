"""Who has no solution waits once: not too short, not for ever, and for one message."""

import re

import pytest

from contacts.models import Enquiry
from contacts.models.pages import STAMP_FIELD
from contacts.proof_of_work import SOLUTION_FIELD
from tests.contacts.conftest import post
from tests.contacts.pictures_support import upload
from tests.contacts.proof_of_work.conftest import hidden_in, request_to_wait, solve, solved

pytestmark = pytest.mark.django_db


def test_early_and_late(client, contact_page, enquiry_data, switched_on, clock):
    told = post(client, contact_page, enquiry_data | {"pictures": upload()})
    kept = re.search(r'name="pictures-da" value="([^"]+)"', told.text)[1]
    fields = enquiry_data | hidden_in(told) | {"pictures-da": kept}

    clock.move(seconds=19)
    early = post(client, contact_page, fields)
    clock.move(seconds=1)
    late = post(client, contact_page, fields)

    assert (early.status_code, late.status_code) == (422, 303)
    assert told.context["problem"] == request_to_wait("20 Sekunden")
    assert early.context["problem"] == request_to_wait("1 Sekunde")
    assert early.context["stamp"] == told.context["stamp"]
    assert "foto.jpg ist schon da" in early.text
    enquiry = Enquiry.objects.get()
    assert (enquiry.is_suspicious, enquiry.attachments.count()) == (False, 1)


@pytest.mark.parametrize(("minutes", "code"), [(30, 303), (31, 422)])
def test_a_form_that_waited_is_good_for_half_an_hour(
    client, contact_page, enquiry_data, switched_on, clock, minutes, code
):
    told = post(client, contact_page, enquiry_data)
    clock.move(minutes=minutes)

    assert post(client, contact_page, enquiry_data | hidden_in(told)).status_code == code


def test_who_is_too_slow_waits_once_more(client, contact_page, enquiry_data, switched_on, clock):
    told = post(client, contact_page, enquiry_data)
    clock.move(hours=11)
    again = post(client, contact_page, enquiry_data | hidden_in(told))
    clock.move(seconds=20)

    assert again.context["problem"] == request_to_wait("20 Sekunden")
    assert again.context["form"]["message"].value() == enquiry_data["message"]
    assert post(client, contact_page, enquiry_data | hidden_in(again)).status_code == 303


def test_a_solution_is_good_as_long_as_its_form(client, contact_page, enquiry_data, switched_on, clock):
    wrong = post(client, contact_page, enquiry_data | {"message": ""} | solved(contact_page))
    clock.move(hours=11)

    assert post(client, contact_page, enquiry_data | hidden_in(wrong)).status_code == 303


def test_waiting_is_good_for_one_message(client, contact_page, enquiry_data, switched_on, clock):
    told = post(client, contact_page, enquiry_data)
    clock.move(seconds=20)

    texts = ("eins", "eins", "zwei")
    codes = [
        post(client, contact_page, enquiry_data | hidden_in(told) | {"message": text}).status_code for text in texts
    ]

    assert codes == [303, 303, 422]
    assert Enquiry.objects.count() == 1


def test_an_error_costs_no_second_wait(client, contact_page, enquiry_data, switched_on, clock):
    wrong = post(client, contact_page, enquiry_data | {"message": ""})
    clock.move(seconds=20)

    assert post(client, contact_page, enquiry_data | hidden_in(wrong)).status_code == 303


def test_a_solution_ends_the_waiting(client, contact_page, enquiry_data, switched_on):
    told = post(client, contact_page, enquiry_data)

    solution = {STAMP_FIELD: told.context["stamp"], SOLUTION_FIELD: solve(told.context["task"].nonce)}

    assert post(client, contact_page, enquiry_data | solution).status_code == 303


def test_the_moment_cannot_be_forged(client, contact_page, enquiry_data, switched_on):
    told = post(client, contact_page, enquiry_data)
    payload, _, signature = told.context["stamp"].partition(":")

    response = post(client, contact_page, enquiry_data | {STAMP_FIELD: f"{payload[:-3]}AAA:{signature}"})

    assert response.status_code == 422
    assert Enquiry.objects.count() == 0

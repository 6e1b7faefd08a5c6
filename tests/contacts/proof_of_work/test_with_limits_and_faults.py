"""Stale forms, limits, quarantine, a database or a cache that fails: nobody loses what was earned."""

import pytest
from django.test import Client
from wagtail.models import Site

from contacts.models import Enquiry
from contacts.models.pages import STAMP_FIELD
from contacts.proof_of_work import SOLUTION_FIELD
from tests.contacts.conftest import post, stamp_for
from tests.contacts.proof_of_work.conftest import fail, hidden_in, solve, solved

pytestmark = pytest.mark.django_db


def test_stale_form_has_a_new_task(client, contact_page, enquiry_data, switched_on):
    stale = post(client, contact_page, enquiry_data, stamp=stamp_for(contact_page, seconds=13 * 3600))

    solution = {STAMP_FIELD: stale.context["stamp"], SOLUTION_FIELD: solve(stale.context["task"].nonce)}

    assert stale.context["problem"]["title"] == "Bitte noch einmal absenden"
    assert post(client, contact_page, enquiry_data | solution).status_code == 303


def test_limit_comes_before_the_task(client, contact_page, enquiry_data, switched_on, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 1}
    post(client, contact_page, enquiry_data | solved(contact_page))

    assert post(client, contact_page, enquiry_data | solved(contact_page)).status_code == 429


def test_second_click_is_confirmed_whatever_limit_is_reached(client, contact_page, enquiry_data, switched_on, settings):
    fields = enquiry_data | solved(contact_page)
    first = post(client, contact_page, fields)
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 0}

    second = post(client, contact_page, fields)
    without_solution = post(client, contact_page, fields | {SOLUTION_FIELD: ""})

    assert [each.status_code for each in (second, without_solution)] == [303, 303]
    assert {second.url, without_solution.url} == {first.url}


def test_limit_takes_away_nothing_that_was_earned(client, contact_page, enquiry_data, switched_on, settings):
    limits = settings.PUBLIC_FORMS
    settings.PUBLIC_FORMS = limits | {"per_hour": 0}
    refused = post(client, contact_page, enquiry_data | solved(contact_page))
    settings.PUBLIC_FORMS = limits

    sent = post(client, contact_page, enquiry_data | hidden_in(refused))

    assert (refused.status_code, sent.status_code) == (429, 303)


def test_quarantine_is_as_before(client, contact_page, enquiry_data, switched_on):
    post(client, contact_page, enquiry_data | {"trap": "x"} | solved(contact_page))

    assert Enquiry.objects.get().suspicion == "das unsichtbare Feld ist ausgefüllt"


def test_what_could_not_be_stored_may_be_changed(client, contact_page, enquiry_data, switched_on, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("contacts.intake.mails.mails_on_arrival", fail)
        failed = post(client, contact_page, enquiry_data | solved(contact_page))

    sent = post(client, contact_page, enquiry_data | hidden_in(failed) | {"message": "Kürzer"})

    assert (failed.status_code, sent.status_code) == (503, 303)


def test_the_page_that_needs_no_database_keeps_stamp_and_solution(contact_page, enquiry_data, switched_on, monkeypatch):
    fields = solved(contact_page)
    with monkeypatch.context() as broken:
        broken.setattr("stadterneuerung.base.routing.find_frame", fail)
        broken.setattr(Site, "find_for_request", fail)
        response = post(Client(raise_request_exception=False), contact_page, enquiry_data | fields)

    assert response.status_code == 503
    for name, value in fields.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in response.text


def test_cache_that_fails_is_said_and_costs_no_solution(client, contact_page, enquiry_data, switched_on, full_disk):
    failed = post(client, contact_page, enquiry_data | solved(contact_page))
    full_disk.undo()

    sent = post(client, contact_page, enquiry_data | hidden_in(failed))

    assert (failed.status_code, sent.status_code) == (503, 303)
    assert failed.context["problem"]["title"] == "Ihre Nachricht ist noch nicht abgeschickt"
    assert failed.context["form"]["message"].value() == enquiry_data["message"]
    assert Enquiry.objects.count() == 1

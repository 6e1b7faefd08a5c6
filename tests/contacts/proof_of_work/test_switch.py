"""Off, nothing is asked and nothing counted; on, forms get one field and one script."""

import re

import pytest
from django.urls import reverse

from contacts import status
from contacts.checks import check_forms
from stadterneuerung.base import http
from stadterneuerung.base.models import SiteSettings
from tests.contacts.conftest import post, stamp_for
from tests.contacts.proof_of_work.conftest import hidden_in, switch

pytestmark = pytest.mark.django_db


def test_off_by_default(home_page):
    assert SiteSettings.load().proof_of_work is False


@pytest.fixture
def same_stamp(monkeypatch, clock):
    stamp = http.new_stamp()
    for module in ("contacts.models.pages", "contacts.views"):
        monkeypatch.setattr(f"{module}.new_stamp", lambda renewed=False: stamp)


ADDED = [
    re.compile(r'<input type="hidden" name="loesung" data-nonce="[^"]+" data-rounds="10" [^>]+>\n'),
    re.compile(r'<script type="module" src="/static/js/proof-of-work.js"></script>'),
]


@pytest.mark.parametrize("where", ["contact_page", "barrier_page", "enquiry"])
def test_the_switch_adds_a_field_and_a_script_and_nothing_else(client, request, easy, same_stamp, where):
    place = request.getfixturevalue(where)
    address = status.path_for(place) if where == "enquiry" else place.get_url()
    off = client.get(address).text
    switch(True)

    on = client.get(address).text

    without = on
    for pattern in ADDED:
        without, count = pattern.subn("", without)
        assert count == 1
    assert without == off


def test_same_queries_on_or_off(client, contact_page, easy, django_assert_num_queries, django_assert_max_num_queries):
    client.get(contact_page.get_url())
    with django_assert_max_num_queries(15) as off:
        client.get(contact_page.get_url())
    switch(True)

    with django_assert_num_queries(len(off)):
        client.get(contact_page.get_url())


def test_off_nobody_waits_and_nothing_is_counted(client, contact_page, enquiry_data, easy):
    stamp = stamp_for(contact_page)

    sent = [post(client, contact_page, enquiry_data | {"message": text}, stamp=stamp) for text in ("eins", "zwei")]

    assert [response.status_code for response in sent] == [303, 303]


def test_a_form_that_had_to_wait_goes_through_once_it_is_switched_off(client, contact_page, enquiry_data, switched_on):
    told = post(client, contact_page, enquiry_data)
    switch(False)

    assert post(client, contact_page, enquiry_data | hidden_in(told)).status_code == 303


@pytest.mark.parametrize(("group", "code"), [("Administration", 200), ("Sachbearbeitung", 302)])
def test_the_administration_has_the_switch(client, member, group, code):
    member(group)
    url = reverse("wagtailsettings:edit", args=["base", "sitesettings", SiteSettings.load().pk])

    response = client.get(url)

    assert response.status_code == code
    assert ("Zusätzlicher Schutz der Formulare" in response.text) is (code == 200)


def test_numbers_are_written_for_programs(client, contact_page, easy, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"work_rounds": 2000, "work_bits": 1100, "wait_seconds": 1200}
    switch(True)

    html = client.get(contact_page.get_url()).text

    assert 'data-rounds="2000" data-bits="1100" data-patience="1200"' in html


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"work_bits": 1, "wait_seconds": 1}, []),
        ({"work_bits": 24, "wait_seconds": 300}, []),
        ({"work_bits": 0}, ["FORM_WORK_BITS muss zwischen 1 und 24 liegen."]),
        ({"work_bits": 25}, ["FORM_WORK_BITS muss zwischen 1 und 24 liegen."]),
        ({"wait_seconds": 0}, ["FORM_WAIT_SECONDS muss zwischen 1 und 300 liegen."]),
        ({"wait_seconds": 301}, ["FORM_WAIT_SECONDS muss zwischen 1 und 300 liegen."]),
    ],
)
def test_settings_that_would_shut_people_out_are_refused(easy, settings, changes, messages):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | changes

    found = check_forms(None)

    assert [error.msg for error in found] == messages
    assert {error.id for error in found} <= {"contacts.E006"}

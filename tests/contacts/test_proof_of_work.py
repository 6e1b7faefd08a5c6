"""The task of the forms: who may send, what a solution is good for, and that nobody is refused for good."""

import datetime as dt
import errno
import re
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from contacts import proof_of_work, status
from contacts.checks import check_forms
from contacts.models import Enquiry, EnquiryEvent
from contacts.models.pages import STAMP_FIELD
from contacts.proof_of_work import SOLUTION_FIELD
from contacts.views import FORM_NAME
from stadterneuerung.base import http
from stadterneuerung.base.http import FormStamp, issue_stamp, read_stamp
from stadterneuerung.base.models import SiteSettings
from tests.contacts.conftest import post, stamp_for
from tests.contacts.factories import EnquiryFactory
from tests.contacts.pictures_support import upload

pytestmark = pytest.mark.django_db

NONCE = "gBq4b0mSxJr2Wc8y"


@pytest.fixture
def clock(monkeypatch):
    """Time that stands still until it is moved."""
    state = SimpleNamespace(now=timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: state.now)
    state.move = lambda **span: setattr(state, "now", state.now + dt.timedelta(**span))
    return state


@pytest.fixture
def easy(settings):
    """A task of some twenty tries."""
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"work_bits": 4, "work_rounds": 10, "wait_seconds": 20}


@pytest.fixture
def switched_on(home_page, easy):
    switch(True)


@pytest.fixture
def enquiry(home_page):
    enquiry = EnquiryFactory(name="Frieda Beispiel")
    status.issue(enquiry)
    enquiry.save()
    return enquiry


def switch(on: bool) -> None:
    facts = SiteSettings.load()
    facts.proof_of_work = on
    facts.save()


def solve(nonce: str, *, wrong: bool = False) -> str:
    """Return the first number that solves the task, or the first that does not."""
    stamp = FormStamp(nonce, timezone.now(), False)
    return next(str(n) for n in range(10_000) if proof_of_work._solves(stamp, str(n)) is not wrong)


def solved(page, *, wrong: bool = False) -> dict:
    """Return the hidden fields of a form that was open for a minute while the browser worked."""
    stamp = stamp_for(page)
    nonce = read_stamp(page._meta.model_name, stamp).nonce
    return {STAMP_FIELD: stamp, SOLUTION_FIELD: solve(nonce, wrong=wrong)}


def hidden_in(response) -> dict:
    """Return the hidden fields of a form that came back, as a browser without JavaScript sends them."""
    return {STAMP_FIELD: response.context["stamp"], SOLUTION_FIELD: ""}


def request_to_wait(span: str) -> dict:
    return {
        "title": "Bitte noch einmal absenden",
        "text": f"Ihre Angaben stehen unten. Bitte warten Sie etwa {span} und senden Sie das Formular dann noch "
        "einmal ab.",
    }


def add(client, enquiry, data: dict):
    return client.post(status.path_for(enquiry), data, headers={"Sec-Fetch-Site": "same-origin"})


# --- The switch -----------------------------------------------------------------------------------------------------
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


# --- Solutions ------------------------------------------------------------------------------------------------------
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


# --- Waiting --------------------------------------------------------------------------------------------------------
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


# --- With all else that may happen ----------------------------------------------------------------------------------
def test_stale_form_has_a_new_task(client, contact_page, enquiry_data, switched_on):
    stale = post(client, contact_page, enquiry_data, stamp=stamp_for(contact_page, seconds=13 * 3600))

    solution = {STAMP_FIELD: stale.context["stamp"], SOLUTION_FIELD: solve(stale.context["task"].nonce)}

    assert stale.context["problem"]["title"] == "Bitte noch einmal absenden"
    assert post(client, contact_page, enquiry_data | solution).status_code == 303


def test_limit_comes_before_the_task(client, contact_page, enquiry_data, switched_on, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 1}
    post(client, contact_page, enquiry_data | solved(contact_page))

    assert post(client, contact_page, enquiry_data | solved(contact_page)).status_code == 429


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


def fail(*args, **kwargs):
    raise OperationalError("weg")


@pytest.fixture
def full_disk(monkeypatch):
    def add(*args, **kwargs):
        raise OSError(errno.ENOSPC, "voll")

    with monkeypatch.context() as broken:
        broken.setattr(proof_of_work.cache, "add", add)
        yield broken


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


# --- The status page ------------------------------------------------------------------------------------------------
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

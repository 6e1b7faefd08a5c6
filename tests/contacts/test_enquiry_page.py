"""The page of one enquiry: who sees it and what it shows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.desk import actions
from contacts.models import AuditEntry, Enquiry, EnquiryEvent
from tests.contacts.accounts import account, clerk
from tests.contacts.desk_page import address, offered, send
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

Action = AuditEntry.Action
Kind = EnquiryEvent.Kind
State = Enquiry.State


# --- Who sees it ------------------------------------------------------------------------------------------------------
def test_a_unit_sees_its_own_and_nobody_learns_of_others(client, home_page):
    mine, other = UnitFactory(), UnitFactory()
    own, foreign = EnquiryFactory(unit=mine), EnquiryFactory(unit=other)
    client.force_login(clerk(mine))

    assert client.get(address(own)).status_code == 200
    assert client.get(address(foreign)).status_code == 404
    assert client.post(address(foreign), {"act": "take", "version": 1}).status_code == 404
    assert client.get(reverse("contacts_feedback", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("contacts_case_file", args=[foreign.pk])).status_code == 404
    assert client.get(address(own).replace(str(own.pk), "999999")).status_code == 404


def test_an_account_without_the_right_is_sent_away(client, home_page):
    client.force_login(account("access_admin", units=[unit := UnitFactory()]))
    enquiry = EnquiryFactory(unit=unit)

    response = client.get(address(enquiry))

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert AuditEntry.objects.count() == 0


def test_who_may_only_look_is_offered_nothing(client, home_page):
    client.force_login(account("access_admin", "view_enquiry", "view_all_enquiries"))
    enquiry = EnquiryFactory()

    shown, refused = client.get(address(enquiry)), send(client, enquiry, "note", text="Vermerk")

    assert (offered(shown), refused.status_code) == ([], 302)
    assert enquiry.events.count() == 0


def test_reading_is_recorded_once_in_a_while(desk, user):
    enquiry, other = EnquiryFactory(), EnquiryFactory()
    for each in (enquiry, enquiry, other):
        desk.get(address(each))

    read = AuditEntry.objects.filter(action=Action.READ).order_by("number").values_list("enquiry_id", "actor")
    assert list(read) == [(enquiry.pk, user.username), (other.pk, user.username)]

    AuditEntry.objects.update(at=timezone.now() - dt.timedelta(minutes=11))
    desk.get(address(enquiry))
    assert AuditEntry.objects.filter(action=Action.READ, enquiry_id=enquiry.pk).count() == 2


def test_the_page_is_kept_by_no_cache(desk):
    assert {"private", "no-store"} <= set(desk.get(address(EnquiryFactory()))["Cache-Control"].split(", "))


# --- What it shows ----------------------------------------------------------------------------------------------------
def test_the_timeline_merges_steps_and_mails(desk, user):
    start = timezone.now() - dt.timedelta(hours=5)
    enquiry = EnquiryFactory(created_at=start, reference="SE-1")
    hours = iter(range(5))

    def later() -> dt.datetime:
        return start + dt.timedelta(hours=next(hours))

    EnquiryEvent.objects.create(enquiry=enquiry, kind=Kind.RECEIVED, at=later())
    OutboxFactory(enquiry=enquiry, created_at=later(), state="failed", last_error="SMTPDataError 554", attempts=1)
    EnquiryEvent.objects.create(enquiry=enquiry, kind=Kind.NOTED, at=later(), text="Ich frage nach.", actor=user)
    EnquiryEvent.objects.create(enquiry=enquiry, kind=Kind.ANSWERED, at=later(), text="Im Mai.", is_public=True)
    OutboxFactory(enquiry=enquiry, created_at=later(), kind="answer", to="a@example.org", attempts=3, last_error="x")

    entries = desk.get(address(enquiry)).context["timeline"]

    assert [(entry.title, entry.who, entry.detail, entry.reader) for entry in entries] == [
        ("eingegangen", "", "", ""),
        ("Mail: an das Amt", "", "an stadterneuerung@stadtdo.de, nicht zustellbar (SMTPDataError 554)", ""),
        ("vermerkt", "Rosa Amt", "", "intern"),
        ("beantwortet", "", "", "an die anfragende Person"),
        ("Mail: Antwort", "", "an a@example.org, noch nicht gesendet nach 3 Versuchen (x)", ""),
    ]


@pytest.mark.parametrize("enquiries", [EnquiryFactory, BarrierReportFactory])
def test_the_page_asks_the_same_however_much_happened(desk, enquiries):
    few, many = enquiries(unit=UnitFactory()), enquiries(unit=UnitFactory())
    for enquiry, count in ((few, 1), (many, 30)):
        for number in range(count):
            actions.add_note(enquiry, clerk(), f"Vermerk {number}")
            OutboxFactory(enquiry=enquiry)
        desk.get(address(enquiry))  # reading is recorded, caches are warm

    queries = []
    for enquiry in (few, many):
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(address(enquiry)).status_code == 200
        queries.append(len(seen))

    assert queries[0] == queries[1]
    assert queries[1] <= 20


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("{{ 7|add:7 }} {% now 'Y' %}", "{{ 7|add:7 }} {% now &#x27;Y&#x27; %}"),
    ],
)
def test_words_are_never_markup(desk, words, shown):
    enquiry = EnquiryFactory(message=words, name=words, page_title=words)
    actions.add_note(enquiry, clerk(), words)

    html = desk.get(address(enquiry)).text

    assert words not in html
    assert html.count(shown) == 4


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "seit 2 Tagen überfällig"),
        (-1, "seit 1 Tag überfällig"),
        (0, "heute"),
        (1, "morgen"),
        (5, "in 5 Tagen"),
    ],
)
def test_the_due_day_is_said_in_words(desk, days, words):
    enquiry = EnquiryFactory(due_on=timezone.localdate() + dt.timedelta(days=days))

    assert desk.get(address(enquiry)).context["due"].startswith(f"{words} (")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "; wird am "),
        ({"hold": "legal", "hold_reason": "Klage 12 K 3/26"}, "ausgesetzt (rechtlicher Grund): Klage 12 K 3/26"),
        ({"hold": "offered", "offered_on": timezone.localdate()}, "dem Stadtarchiv angeboten"),
    ],
)
def test_the_page_promises_no_deletion_that_is_held_back(desk, fields, words):
    enquiry = EnquiryFactory(state="closed", closed_at=timezone.now(), **fields)

    text = desk.get(address(enquiry)).content.decode()

    assert words in text
    assert ("; wird am " in text) == (enquiry.delete_on is not None) == (not fields)


def test_what_is_erased_says_so_and_offers_nothing(desk):
    enquiry = EnquiryFactory(
        message="", email="", erased_at=timezone.now(), state=State.CLOSED, closed_at=timezone.now()
    )

    response = desk.get(address(enquiry))

    assert "gelöscht worden" in response.text
    assert offered(response) == []

"""What the sender's page tells, and what it keeps to itself."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts import status, status_text
from contacts.closing import close_forgotten
from contacts.desk import actions
from contacts.models import Enquiry
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.contacts.status_page.conftest import with_page
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

State = Enquiry.State


def test_page_tells_what_is_public_and_nothing_else(client, enquiry, clerk):
    actions.take(enquiry, clerk, "Notiz beim Übernehmen")
    actions.add_note(enquiry, clerk, "Ganz interner Vermerk")
    actions.wait(enquiry, clerk, "Welche Straße meinen Sie?")
    actions.answer(enquiry, clerk, "Im Mai geht es los.")
    actions.close(enquiry, clerk, "Vermerk am Ende")

    text = client.get(status.path_for(enquiry)).text

    for shown in (enquiry.reference, "Stabsstelle Citymanagement", "Welche Straße meinen Sie?", "Im Mai geht es los."):
        assert shown in text
    hidden = ["Notiz beim", "interner Vermerk", "Vermerk am Ende", "Geheim", "Gerda", "frau-geheim"]
    # The link may have gone to a mistyped address: what was typed at first is not repeated.
    for secret in [*hidden, "Frieda", "frage@example.org", "Wann beginnt"]:
        assert secret not in text


@pytest.mark.parametrize(
    ("state", "changes", "title"),
    [
        ("new", {}, "Eingegangen"),
        ("taken", {}, "In Arbeit"),
        ("waiting", {}, "Wir warten auf Sie"),
        ("answered", {}, "Beantwortet"),
        ("closed", {"closed_at": timezone.now()}, "Abgeschlossen"),
        ("new", {"mail_only": True}, "Weitergegeben"),
        ("new", {"is_suspicious": True}, "Eingegangen"),
    ],
)
def test_states_in_plain_words(client, home_page, state, changes, title):
    enquiry = with_page(EnquiryFactory(state=state, **changes))

    assert f"<h1>{title}</h1>" in client.get(status.path_for(enquiry)).text


def test_days_by_which_an_answer_comes(client, home_page):
    question = with_page(EnquiryFactory(due_on=dt.date(2099, 3, 5)))
    late = with_page(EnquiryFactory(due_on=dt.date(2026, 1, 5)))
    barrier = with_page(BarrierReportFactory())

    texts = [client.get(status.path_for(each)).text for each in (question, late, barrier)]

    assert "5. März 2099" in texts[0]
    assert "dieser Tag ist vorbei, die Antwort steht noch aus" in texts[1]
    assert "Antwort oder Zwischennachricht bis" in texts[2]
    assert "Antwort spätestens am" in texts[2]


def test_quarantine_promises_nothing_and_accuses_nobody(client, home_page):
    unit = UnitFactory(name="Team Nordstadt")
    question = with_page(EnquiryFactory(unit=unit, is_suspicious=True, due_on=dt.date(2099, 3, 5)))
    by_mail = with_page(EnquiryFactory(unit=unit, is_suspicious=True, mail_only=True))
    barrier = with_page(BarrierReportFactory(unit=unit, is_suspicious=True))

    texts = [client.get(status.path_for(each)).text for each in (question, by_mail, barrier)]

    for text in texts:
        assert "Ihre Nachricht liegt beim Amt für Stadterneuerung. Dort wird sie zuerst angesehen." in text
        assert [word in text for word in ("Team Nordstadt", "Spam", "Quarantäne")] == [False] * 3
    assert ["Antwort bis" in text or "März 2099" in text for text in texts[:2]] == [False, False]
    assert "Antwort spätestens am" in texts[2]


def test_what_closed_by_itself_in_quarantine_was_not_answered(client, home_page):
    enquiry = with_page(EnquiryFactory(is_suspicious=True, created_at=timezone.now() - dt.timedelta(days=31)))
    close_forgotten(timezone.now())

    text = client.get(status.path_for(enquiry)).text

    assert "<h1>Abgeschlossen</h1>" in text
    assert "Auf diese Nachricht haben wir nicht geantwortet." in text
    assert "Ist doch noch etwas offen?" not in text


def test_a_question_back_stops_the_clock_of_a_question_alone(client, home_page):
    past = {"state": "waiting", "due_on": dt.date(2026, 1, 5)}
    question, barrier = with_page(EnquiryFactory(**past)), with_page(BarrierReportFactory(**past))

    told = ["dieser Tag ist vorbei" in client.get(status.path_for(each)).text for each in (question, barrier)]

    assert told == [False, True]


def test_words_of_others_are_text(client, enquiry, clerk):
    actions.answer(enquiry, clerk, "<script>alert(1)</script> & Grüße")

    text = client.get(status.path_for(enquiry)).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Grüße" in text


def test_page_asks_the_same_for_few_and_many_steps(client, enquiry, clerk, django_assert_num_queries):
    path = status.path_for(enquiry)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(5):
        actions.answer(enquiry, clerk, f"Antwort {number}")

    assert len(few) <= 15
    with django_assert_num_queries(len(few)):
        client.get(path)


@pytest.mark.parametrize(
    ("duty", "days", "hold", "offered", "said"),
    [
        (False, 0, "none", None, "nach dem 10. Mai 2026"),
        (False, 0, "legal", None, "ausgesetzt aus einem rechtlichen Grund"),
        (True, 30, "none", None, "nach dem 9. Juni 2026, wenn das Stadtarchiv es nicht übernimmt"),
        (True, 30, "offered", dt.date(2026, 5, 12), "nach dem 11. Juni 2026, wenn das Stadtarchiv es nicht übernimmt"),
        (True, 30, "none", dt.date(2026, 4, 12), "nach dem 10. Mai 2026"),
    ],
)
def test_day_of_deletion_is_the_one_on_which_it_happens(enquiry, duty, days, hold, offered, said):
    enquiry.state, enquiry.hold, enquiry.offered_on = State.CLOSED, hold, offered
    enquiry.purpose.archive_duty, enquiry.purpose.archive_days = duty, days
    closed = dt.date(2026, 5, 10) - dt.timedelta(days=enquiry.purpose.retention_days)
    enquiry.closed_at = timezone.make_aware(dt.datetime.combine(closed, dt.time(12)))

    assert dict(status_text.facts(enquiry))["Wird gelöscht"] == said

"""When an answer was in time: questions by their day, barriers by the law's two and six weeks."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts.figures.counts import overall
from contacts.figures.outcomes import Outcome, with_outcomes
from contacts.models import Enquiry
from stadterneuerung.base.dates import today
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory

pytestmark = pytest.mark.django_db


def at(day: dt.date, hour: int = 12, minute: int = 0) -> dt.datetime:
    """Return a moment in Dortmund."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def outcome() -> str:
    return with_outcomes(Enquiry.objects.counted()).get().outcome


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (23, 59)])
@pytest.mark.parametrize(("days", "expected"), [(0, Outcome.FIRST), (1, Outcome.LATE)])
def test_a_question_is_in_time_until_the_end_of_its_day(days, expected, hour, minute):
    due = dt.date(2026, 3, 29)  # the clocks go forward
    EnquiryFactory(
        created_at=at(dt.date(2026, 3, 13)),
        due_on=due,
        first_answer_at=at(due + dt.timedelta(days=days), hour, minute),
    )

    assert outcome() == expected


@pytest.mark.parametrize(
    ("answered", "interim", "expected"),
    [
        (14, None, Outcome.FIRST),
        (15, None, Outcome.LATE),
        (14, 5, Outcome.FIRST),
        (15, 14, Outcome.LAST),
        (42, 14, Outcome.LAST),
        (43, 14, Outcome.LATE),
        (20, 15, Outcome.LATE),
    ],
)
@pytest.mark.parametrize("hour", [0, 23])
def test_a_barrier_is_in_time_within_two_weeks_or_six_after_an_interim_notice(answered, interim, expected, hour):
    received = dt.date(2026, 3, 2)
    BarrierReportFactory(
        created_at=at(received, hour, 30),
        first_answer_at=at(received + dt.timedelta(days=answered), 23 - hour),
        interim_at=received + dt.timedelta(days=interim) if interim else None,
        ombuds_named=True,
    )

    assert outcome() == expected


@pytest.mark.parametrize(
    ("age", "interim", "expected"),
    [
        (14, None, Outcome.OPEN),
        (15, None, Outcome.LATE),
        (15, 14, Outcome.OPEN),
        (42, 14, Outcome.OPEN),
        (43, 14, Outcome.LATE),
        (20, 15, Outcome.LATE),
    ],
)
def test_an_unanswered_barrier_is_open_until_the_law_says_late(age, interim, expected):
    received = today() - dt.timedelta(days=age)
    BarrierReportFactory(created_at=at(received), interim_at=received + dt.timedelta(days=interim) if interim else None)

    assert outcome() == expected


@pytest.mark.parametrize(("days_left", "expected"), [(0, Outcome.OPEN), (-1, Outcome.LATE)])
def test_an_unanswered_question_is_open_until_its_day_is_over(days_left, expected):
    EnquiryFactory(due_on=today() + dt.timedelta(days=days_left))

    assert outcome() == expected


@pytest.mark.parametrize(
    "known",
    [
        {"mail_only": True},
        {"state": "closed", "closed_at": timezone.now()},
        {"erased_at": timezone.now(), "message": "", "email": ""},
    ],
)
def test_nothing_is_claimed_where_the_desk_cannot_know(known):
    EnquiryFactory(due_on=today() - dt.timedelta(days=30), **known)

    assert outcome() == Outcome.UNKNOWN


def test_a_question_that_waits_for_the_citizen_is_not_late():
    EnquiryFactory(due_on=today() - dt.timedelta(days=30), state="waiting")

    assert outcome() == Outcome.OPEN


@pytest.mark.parametrize(("age", "expected"), [(14, Outcome.OPEN), (15, Outcome.LATE)])
def test_a_barrier_that_waits_for_its_reporter_is_late_when_the_law_says_so(age, expected):
    BarrierReportFactory(created_at=at(today() - dt.timedelta(days=age)), state="waiting")

    assert outcome() == expected


def test_answers_are_summed_up_and_quarantine_does_not_count():
    received, due = at(dt.date(2026, 3, 2)), dt.date(2026, 3, 16)
    for days, extra in [
        (1, {}),
        (3, {}),
        (20, {}),
        (2, {"is_suspicious": True}),
        (None, {}),
        (5, {"erased_at": received, "message": "", "email": ""}),
    ]:
        answered = received + dt.timedelta(days=days) if days else None
        EnquiryFactory(created_at=received, due_on=due, first_answer_at=answered, **extra)

    found = overall(Enquiry.objects.counted())

    assert (found.received, found.answered, found.in_time, found.late, found.median) == (5, 4, 3, 2, 4.0)

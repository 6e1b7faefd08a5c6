"""The median that the database works out is that of Python's statistics, on SQLite and on PostgreSQL."""

import datetime as dt
import statistics

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.figures.counts import by_unit, overall
from contacts.models import Enquiry
from tests.contacts.factories import EnquiryFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

RECEIVED = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MICROSECONDS = st.integers(0, 400 * 24 * 3600 * 1_000_000)


@settings(max_examples=40, deadline=None)
@given(st.lists(MICROSECONDS, min_size=1, max_size=9))
def test_median_is_that_of_statistics(waits):
    Enquiry.objects.all().delete()
    Enquiry.objects.bulk_create(
        EnquiryFactory.build(
            created_at=RECEIVED, first_answer_at=RECEIVED + dt.timedelta(microseconds=wait), due_on=RECEIVED.date()
        )
        for wait in waits
    )

    expected = statistics.median(waits) / 86_400_000_000
    assert overall(Enquiry.objects.counted()).median == pytest.approx(expected, abs=1e-10)


def test_each_group_has_its_own_median_and_unanswered_ones_count_in_none():
    north, south = UnitFactory(), UnitFactory()
    for unit, days in [(north, 1), (north, 4), (north, 40), (south, 2), (south, 3), (south, None)]:
        answered = RECEIVED + dt.timedelta(days=days) if days else None
        EnquiryFactory(unit=unit, created_at=RECEIVED, first_answer_at=answered)

    found = by_unit(Enquiry.objects.counted())

    assert {unit: (each.median, each.answered) for unit, each in found.items()} == {
        north.pk: (4.0, 3),
        south.pk: (2.5, 2),
    }


def test_without_answers_there_is_no_median():
    EnquiryFactory(created_at=timezone.now())

    assert overall(Enquiry.objects.counted()).median is None
    assert overall(Enquiry.objects.none()).median is None

"""Dates in words as exact as they are known, and the period each stands for."""

import datetime as dt

import pytest
from django.utils import timezone

from stadterneuerung.base import dates

D = dt.date


@pytest.mark.parametrize(
    ("day", "precision", "tentative", "label"),
    [
        (D(2027, 4, 23), "day", False, "23. April 2027"),
        (D(2027, 4, 1), "month", False, "April 2027"),
        (D(2027, 6, 1), "season", True, "voraussichtlich Sommer 2027"),
        (D(2027, 2, 1), "season", False, "Winter 2026/27"),
        (D(2099, 12, 31), "season", False, "Winter 2099/00"),
        (D(2025, 1, 1), "year", False, "2025"),
        (None, "day", False, ""),
    ],
)
def test_label(day, precision, tentative, label):
    assert dates.date_label(day, precision, tentative) == label


@pytest.mark.parametrize(
    ("day", "precision", "first", "last"),
    [
        (D(2027, 4, 23), "day", D(2027, 4, 23), D(2027, 4, 23)),
        (D(2024, 2, 10), "month", D(2024, 2, 1), D(2024, 2, 29)),
        (D(2027, 12, 5), "month", D(2027, 12, 1), D(2027, 12, 31)),
        (D(2027, 7, 1), "season", D(2027, 6, 1), D(2027, 8, 31)),
        (D(2027, 1, 15), "season", D(2026, 12, 1), D(2027, 2, 28)),
        (D(2023, 12, 15), "season", D(2023, 12, 1), D(2024, 2, 29)),
        (D(2027, 7, 1), "year", D(2027, 1, 1), D(2027, 12, 31)),
    ],
)
def test_period(day, precision, first, last):
    assert dates.period(day, precision) == (first, last)


@pytest.mark.parametrize(
    ("utc", "berlin_day"),
    [
        (dt.datetime(2026, 1, 1, 22, 59, 59, tzinfo=dt.UTC), D(2026, 1, 1)),
        (dt.datetime(2026, 1, 1, 23, 0, 0, tzinfo=dt.UTC), D(2026, 1, 2)),
        (dt.datetime(2026, 7, 1, 21, 59, 59, tzinfo=dt.UTC), D(2026, 7, 1)),
        (dt.datetime(2026, 7, 1, 22, 0, 0, tzinfo=dt.UTC), D(2026, 7, 2)),
    ],
)
def test_today_is_the_day_in_berlin(monkeypatch, utc, berlin_day):
    monkeypatch.setattr(timezone, "now", lambda: utc)

    assert dates.today() == berlin_day

"""By when to answer: working days of Nordrhein-Westfalen, and the law's weeks for barriers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.deadlines import add_working_days, due_day, is_working_day, public_holidays
from contacts.models import Enquiry

# Feiertagsgesetz NW § 2; the movable ones are 2 days before, and 1, 39, 50 and 60 days after Easter Sunday, which was
# taken from the table of Easter: 5 April 2026, 28 March 2027.
HOLIDAYS = {
    2026: ["01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "06-04", "10-03", "11-01", "12-25", "12-26"],
    2027: ["01-01", "03-26", "03-29", "05-01", "05-06", "05-17", "05-27", "10-03", "11-01", "12-25", "12-26"],
}
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize("year", HOLIDAYS)
def test_holidays_of_the_land(year):
    weekdays = {day.strftime("%m-%d") for day in public_holidays(year) if day.weekday() != 6}

    assert weekdays == {each for each in HOLIDAYS[year] if dt.date.fromisoformat(f"{year}-{each}").weekday() != 6}


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-06-04", False),  # Fronleichnam, a Thursday
        ("2026-06-05", True),  # the day after it is a day of work
        ("2026-11-18", True),  # Buß- und Bettag is no holiday here
        ("2027-11-01", False),  # Allerheiligen, a Monday
        ("2026-12-24", False),
        ("2026-12-31", False),
        ("2026-12-30", True),
        ("2026-10-31", False),  # a Saturday; Reformationstag is no holiday here either
        ("2028-10-31", True),
        ("2026-11-22", False),  # a Sunday
    ],
)
def test_days_on_which_the_office_works(day, works):
    assert is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-25", "2026-12-09"),  # ten working days without a holiday are two weeks
        ("2026-11-28", "2026-12-11"),  # received on a Saturday
        ("2026-12-18", "2027-01-07"),  # over Christmas and New Year
        ("2026-05-28", "2026-06-12"),  # over Fronleichnam
    ],
)
def test_questions_are_due_after_ten_working_days(received, due):
    assert due_day(dt.date.fromisoformat(received), barrier=False) == dt.date.fromisoformat(due)


def test_barriers_are_due_by_the_weeks_of_the_law():
    received = dt.date(2026, 12, 18)

    assert due_day(received, barrier=True) == dt.date(2027, 1, 1)  # weeks, not working days
    assert due_day(received, barrier=True, interim=True) == dt.date(2027, 1, 29)


@given(DAYS, st.integers(1, 40))
def test_counting_ends_on_a_working_day_and_counts_each_once(day, count):
    end = add_working_days(day, count)

    between = [day + dt.timedelta(days=offset) for offset in range(1, (end - day).days + 1)]
    assert is_working_day(end)
    assert sum(is_working_day(each) for each in between) == count


@given(DAYS)
def test_no_days_later_is_the_day_itself(day):
    assert add_working_days(day, 0) == day


@pytest.mark.parametrize(
    ("moment", "received"), [("2026-11-24T22:59Z", dt.date(2026, 11, 24)), ("2026-11-24T23:00Z", dt.date(2026, 11, 25))]
)
def test_the_day_of_arrival_is_the_day_in_dortmund(moment, received):
    assert Enquiry(created_at=dt.datetime.fromisoformat(moment)).received_on == received

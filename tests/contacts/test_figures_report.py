"""The tables against hand-written rows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.figures.period import Period
from contacts.figures.report import Report, Scope, report
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit
from stadterneuerung.users.models import User
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, SubjectFactory
from tests.factories import AreaPageFactory, FundingOfferPageFactory, ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db

SPRING = Period(dt.date(2026, 3, 1), dt.date(2026, 5, 1))


def received(count: int, day: dt.date = dt.date(2026, 4, 10), **facts) -> None:
    """Make so many enquiries that came in on `day` at noon."""
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    EnquiryFactory.create_batch(count, **{"created_at": noon, **facts})


def rows(found: Report, key: str) -> list[list[str]]:
    return [[line.label, *[cell.text for cell in line.cells]] for line in found.table(key).lines]


def spring(**scope) -> Report:
    return report(Scope(SPRING, list(OrganisationUnit.objects.order_by("position", "pk")), **scope))


def test_months_count_by_the_day_in_dortmund_and_empty_ones_are_zero(home_page):
    received(6, dt.date(2026, 3, 31))
    received(5, created_at=dt.datetime(2026, 3, 31, 22, 30, tzinfo=dt.UTC))  # 1 April in Dortmund
    received(3, created_at=dt.datetime(2026, 4, 30, 21, 59, tzinfo=dt.UTC))  # still April
    received(9, dt.date(2026, 2, 28))
    received(9, dt.date(2026, 6, 1))

    found = spring()

    assert rows(found, "monate") == [["März 2026", "5"], ["April 2026", "10"], ["Mai 2026", "0"]]
    assert found.summary[0] == ("Eingegangen", "15")


def test_quarantine_does_not_count_but_what_was_erased_does(home_page):
    received(5, is_suspicious=True)
    received(8, erased_at=timezone.now(), message="", email="")

    assert rows(spring(), "monate")[1] == ["April 2026", "10"]


def test_subjects_stand_by_size_and_small_ones_by_name(home_page):
    funding, trees = SubjectFactory(name="Förderung"), SubjectFactory(name="Bäume")
    received(13, subject=funding, subject_name="Förderung (alt)")
    received(2, subject=trees, subject_name="Bäume")
    received(4, subject_name="Alter Betreff")
    received(6)
    received(5, kind="barrier")

    assert rows(spring(), "betreffe") == [
        ["Förderung", "15"],
        ["Barrieremeldung", "5"],
        ["ohne Betreff", "5"],
        ["Alter Betreff", "unter 5"],
        ["Bäume", "unter 5"],
    ]


def test_a_project_in_two_areas_counts_in_both(home_page):
    north, south, empty = [AreaPageFactory(title=title) for title in ("Nord", "Süd", "Leer")]
    project, offer = ProjectPageFactory(areas=[north, south]), FundingOfferPageFactory(areas=[south], city_wide=False)
    received(6, page_id=project.pk)
    received(7, page_id=offer.pk)
    received(9, page_id=north.pk)
    received(2, page_id=empty.pk)
    received(11)

    found = spring()

    assert rows(found, "gebiete") == [["Nord", "15"], ["Süd", "15"], ["ohne Gebiet", "10"], ["Leer", "unter 5"]]
    assert found.summary[0] == ("Eingegangen", "35")


def test_ways_in(home_page):
    received(12)
    received(3, channel="phone")

    assert rows(spring(), "wege") == [["Formular", "10"], ["Telefon", "unter 5"]]


def test_answers_of_units(home_page):
    unit, other = UnitFactory(name="Nordstadt", position=2), UnitFactory(name="Hörde", position=1)
    due, moment = dt.date(2026, 4, 24), dt.datetime(2026, 4, 10, 10, 0, tzinfo=dt.UTC)
    for days in (1, 2, 3, 4, 5, 20, 21, 22, 23, 24):
        received(1, unit=unit, due_on=due, created_at=moment, first_answer_at=moment + dt.timedelta(days=days))
    received(4, unit=other, due_on=due, created_at=moment, first_answer_at=moment + dt.timedelta(days=1))
    received(6, state="closed", closed_at=moment)

    found = spring()

    assert rows(found, "einheiten") == [
        ["Hörde", "unter 5", "unter 5", "0", "zu wenige", "zu wenige"],
        ["Nordstadt", "10", "5", "5", "50\u00a0%", "12,5"],
        ["Amt (keiner Einheit zugeordnet)", "5", "0", "0", "–", "–"],
    ]
    assert rows(found, "antworten")[1] == ["April 2026", "10", "5", "67\u00a0%", "3,5"]
    assert found.summary[1:3] == [("Rechtzeitig beantwortet", "67\u00a0%"), ("Median bis zur Antwort", "3,5\u00a0Tage")]


def test_a_unit_is_counted_with_what_lies_below_it(home_page):
    above = UnitFactory(name="Abteilung", position=1)
    below = UnitFactory(name="Team", position=2, parent=above)
    received(5, unit=above)
    received(6, unit=below)
    received(50, unit=UnitFactory())

    found = spring(unit=above)

    assert found.summary[0] == ("Eingegangen", "10")
    assert [row[:2] for row in rows(found, "einheiten")] == [["Abteilung", "5"], ["Team", "5"]]


def test_only_units_that_may_be_seen_are_named(home_page):
    own, other = UnitFactory(name="Eigene"), UnitFactory(name="Fremde")
    received(5, unit=own)
    received(6, unit=other)

    found = spring(visible=frozenset([own.pk]))

    assert found.summary[0] == ("Eingegangen", "10")
    for key in ("einheiten", "offen"):
        assert [row[0] for row in rows(found, key)] == ["Eigene"]


def test_what_is_open_and_overdue_now(home_page):
    unit = UnitFactory(name="Nordstadt")
    received(6, due_on=today() - dt.timedelta(days=1), unit=unit)
    received(7, due_on=today(), unit=unit)
    received(9, state="closed", closed_at=timezone.now())
    received(9, mail_only=True)

    found = spring()

    assert rows(found, "offen") == [["Nordstadt", "15", "5"]]
    assert found.summary[3:] == [("Jetzt offen", "15"), ("Jetzt überfällig", "5")]


def test_a_division_that_gives_a_small_number_away_is_not_shown(home_page):
    for channel in ("form", "phone", "visit", "letter"):
        received(1, channel=channel)

    found = spring()

    assert found.summary[0] == ("Eingegangen", "unter 5")
    names = ["Brief", "E-Mail", "Formular", "Telefon", "persönlich"]
    assert rows(found, "wege") == [[name, "nicht gezeigt"] for name in names]
    assert found.table("wege").plot is None


def test_nothing_received_is_a_report_of_zeros(home_page):
    found = spring()

    assert found.summary == [
        ("Eingegangen", "0"),
        ("Rechtzeitig beantwortet", "–"),
        ("Median bis zur Antwort", "–"),
        ("Jetzt offen", "0"),
        ("Jetzt überfällig", "0"),
    ]
    assert [len(table.lines) for table in found.tables] == [3, 3, 0, 0, 0, 0, 0, 0]


def test_reports_of_barriers_by_year(home_page):
    def reports(count: int, year: int, **facts) -> None:
        moment = dt.datetime(year, 3, 2, 10, 0, tzinfo=dt.UTC)
        answer = facts.pop("answered_after", None)
        if answer:
            facts |= {"first_answer_at": moment + dt.timedelta(days=answer), "ombuds_named": True}
        BarrierReportFactory.create_batch(count, created_at=moment, **facts)

    reports(6, 2025, answered_after=14, wants_alternative=True)
    reports(5, 2025, answered_after=30, interim_at=dt.date(2025, 3, 10))
    reports(7, 2025, answered_after=60)
    reports(3, 2025, state="closed", closed_at=timezone.now())
    reports(2, 2024)
    reports(9, 2024, is_suspicious=True)

    assert rows(spring(), "barrieren") == [
        ["2025", "20", "5", "5", "5", "0", "unter 5", "5"],
        ["2024", "unter 5", "0", "0", "unter 5", "0", "0", "0"],
    ]


def test_no_query_asks_for_a_person(home_page):
    user = User.objects.create_user("sachbearbeitung")
    received(6, assignee=user, unit=UnitFactory())

    with CaptureQueriesContext(connection) as queries:
        report(Scope(Period.usual(), []))

    asked = " ".join(query["sql"] for query in queries)
    assert "contacts_enquiry" in asked
    columns = ["assignee", "actor", "users_user", "contacts_enquiryevent", "contacts_auditentry"]
    assert [column for column in columns if column in asked] == []
    words = ["name", "email", "phone", "message", "url", "wanted_alternative"]
    assert [word for word in words if f'"contacts_enquiry"."{word}"' in asked] == []


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries(home_page, django_assert_num_queries, count):
    for _ in range(count):
        area = AreaPageFactory()
        page = ProjectPageFactory(areas=[area])
        received(6, unit=UnitFactory(), subject=SubjectFactory(), page_id=page.pk)
        BarrierReportFactory.create_batch(6)

    with django_assert_num_queries(8):
        spring()

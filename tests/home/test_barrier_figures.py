"""What the accessibility statement says about reports of barriers, and only when there are any."""

import datetime as dt

import pytest

from stadterneuerung.base.dates import today
from stadterneuerung.home.models import AccessibilityPage
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.html import rows_of_tables
from tests.pages import cost

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(home_page):
    return home_page.add_child(
        instance=AccessibilityPage(title="Barrierefreiheit", slug="barrierefreiheit", teaser="Was gilt.")
    )


def test_without_reports_there_is_no_table(client, statement):
    EnquiryFactory.create_batch(6)
    BarrierReportFactory.create_batch(6, is_suspicious=True)

    assert "<table" not in client.get("/barrierefreiheit/").text


def test_the_table_says_how_reports_were_answered_and_hides_small_numbers(client, statement):
    moment = dt.datetime(2025, 3, 2, 10, 0, tzinfo=dt.UTC)
    answered = {"created_at": moment, "first_answer_at": moment + dt.timedelta(days=3), "ombuds_named": True}
    BarrierReportFactory.create_batch(8, **answered, wants_alternative=True)
    BarrierReportFactory.create_batch(2, created_at=moment)
    BarrierReportFactory.create_batch(3, created_at=moment - dt.timedelta(days=365))

    html = client.get("/barrierefreiheit/").text

    assert rows_of_tables(html) == [
        ["Meldungen", "2025", "2024"],
        ["Insgesamt", "10", "unter 5"],
        ["In zwei Wochen beantwortet", "10", "0"],
        ["In sechs Wochen beantwortet, mit Zwischennachricht", "0", "0"],
        ["Verspätet", "unter 5", "unter 5"],
        ["Offen, die Frist läuft", "0", "0"],
        ["Ohne erfasste Antwort", "0", "0"],
        ["Mit Bitte um eine andere Form", "10", "0"],
    ]
    assert f"(Stand: {today().day}. " in html


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries(client, statement, count):
    for year in range(count):
        BarrierReportFactory.create_batch(2, created_at=dt.datetime(2024 + year, 3, 2, tzinfo=dt.UTC))

    assert cost(client, "/barrierefreiheit/") <= 10

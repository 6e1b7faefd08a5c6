"""The page "Zahlen" and its files: who sees whose figures, wrong questions, and names that a spreadsheet would run."""

import csv
import datetime as dt
import io
import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from contacts.figures.export import BOM
from contacts.models import AuditEntry
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import Membership
from stadterneuerung.users.models import User
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, SubjectFactory
from tests.factories import AreaPageFactory, ProjectPageFactory, UnitFactory
from tests.html import rows_of_tables, squeeze

pytestmark = pytest.mark.django_db

PAGE = "/admin/anfragen/zahlen/"


@pytest.fixture
def account(set_up_site, client, db):
    """Sign in as a member of a group that works for some units."""

    def member(group: str, *units) -> User:
        user = User.objects.create_user(f"konto-{group}")
        user.groups.add(Group.objects.get(name=group))
        Membership.objects.bulk_create(Membership(user=user, unit=unit) for unit in units)
        client.force_login(user)
        return user

    return member


def parsed(response) -> list[list[str]]:
    text = response.content.decode()
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";", strict=True))


@pytest.mark.parametrize(
    ("group", "status"),
    [("Redaktion", 200), ("Freigabe", 200), ("Administration", 200), ("Sachbearbeitung", 200), ("Datenschutz", 302)],
)
def test_whoever_sees_enquiries_sees_figures(client, account, group, status):
    account(group)

    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}monate.csv").status_code == status
    assert (PAGE in client.get("/admin/").text) is (status == 200)


def test_nobody_sees_them_without_signing_in(client, home_page):
    assert client.get(PAGE).status_code == 302
    assert client.get(f"{PAGE}monate.csv").status_code == 302


def test_a_member_sees_the_own_unit_and_the_office_but_no_other_unit(client, account):
    own, other = UnitFactory(name="Eigene"), UnitFactory(name="Fremde")
    EnquiryFactory.create_batch(6, unit=own)
    EnquiryFactory.create_batch(9, unit=other)
    account("Sachbearbeitung", own)

    whole, mine = client.get(PAGE), client.get(PAGE, {"einheit": own.pk})

    assert "Fremde" not in whole.text
    assert whole.context["report"].summary[0] == ("Eingegangen", "15")
    assert mine.context["report"].summary[0] == ("Eingegangen", "5")
    assert [row[0] for row in parsed(client.get(f"{PAGE}einheiten.csv"))] == ["Einheit", "Eigene"]


def test_leads_see_all_units(client, account):
    units = [UnitFactory(name="Eine", position=1), UnitFactory(name="Andere", position=2)]
    for unit in units:
        EnquiryFactory.create_batch(6, unit=unit)
    account("Freigabe")

    assert [row[:2] for row in parsed(client.get(f"{PAGE}einheiten.csv"))] == [
        ["Einheit", "Eingegangen"],
        ["Eine", "5"],
        ["Andere", "5"],
    ]


def test_a_unit_of_others_is_refused_with_a_sentence(client, account):
    other = UnitFactory(name="Fremde")
    account("Sachbearbeitung", UnitFactory())

    page = client.get(PAGE, {"einheit": other.pk})

    assert page.context["form"].errors == {"einheit": ["Diese Einheit gibt es nicht, oder Sie arbeiten nicht für sie."]}
    assert page.context["report"].scope.unit is None
    assert client.get(f"{PAGE}monate.csv", {"einheit": other.pk}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"von": "2026-13"},
        {"von": "1900-01"},
        {"bis": "9999-12"},
        {"einheit": "x"},
        {"einheit": "9" * 40},
        {"einheit": "-1"},
    ],
)
def test_a_wrong_question_is_told_at_its_field_and_the_usual_months_are_shown(client, account, query):
    account("Freigabe")

    page = client.get(PAGE, query)

    (name,) = query
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [name]
    assert f'id="id_{name}_error"' in page.text
    assert len(page.context["report"].scope.period.months) == 24
    assert client.get(f"{PAGE}monate.csv", query).status_code == 404


def test_a_period_that_ends_before_it_begins_keeps_what_was_chosen(client, account):
    account("Freigabe")
    this, before = f"{today():%Y-%m}", f"{today().replace(day=1) - dt.timedelta(days=1):%Y-%m}"

    page = client.get(PAGE, {"von": this, "bis": before})

    assert page.context["form"].errors == {"bis": ["Der Zeitraum endet, bevor er beginnt."]}
    assert page.context["form"]["von"].value() == this
    assert f'<option value="{this}" selected>' in page.text


def test_a_year_can_be_chosen_once_it_has_enquiries(client, account):
    EnquiryFactory.create_batch(7, created_at=dt.datetime(2021, 6, 1, tzinfo=dt.UTC))
    account("Freigabe")

    labels = {label: query for label, query, _ in client.get(PAGE).context["form"].years()}
    page = client.get(f"{PAGE}?{labels['2021']}")

    assert page.context["report"].scope.period.label == "Juni 2021 bis Dezember 2021"
    assert page.context["report"].summary[0] == ("Eingegangen", "5")
    assert 'aria-current="page">2021</a>' in page.text


def test_page_and_file_say_the_same(client, account):
    unit = UnitFactory(name="Nordstadt")
    EnquiryFactory.create_batch(6, unit=unit, subject=SubjectFactory(name="Förderung"))
    EnquiryFactory.create_batch(3, channel="phone")
    BarrierReportFactory.create_batch(5)
    account("Freigabe")

    page = client.get(PAGE)

    for table in page.context["report"].tables:
        cells = [table.head, *[[line.label, *[cell.text for cell in line.cells]] for line in table.lines]]
        (link,) = (
            re.findall(rf'href="({PAGE}{table.key}\.csv\?[^"]+)"', page.text)
            if table.lines
            else [f"{PAGE}{table.key}.csv"]
        )
        assert parsed(client.get(unescape(link))) == cells
        section = page.text.split(f'aria-labelledby="figures-{table.key}"')[1].split("</section>")[0]
        assert rows_of_tables(section) == ([[squeeze(cell) for cell in row] for row in cells] if table.lines else [])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_can_be_run_by_a_spreadsheet(client, account, sign):
    name = f'{sign}HYPERLINK("https://example.org";"Förderung")'
    area = AreaPageFactory(title=f"{sign}1+1")
    project = ProjectPageFactory(areas=[area])
    unit = UnitFactory(name=name)
    EnquiryFactory.create_batch(5, subject=SubjectFactory(name=name), unit=unit, page_id=project.pk)
    account("Freigabe")

    def labels(key: str) -> list[str]:
        return [row[0] for row in parsed(client.get(f"{PAGE}{key}.csv"))[1:]]

    assert (labels("betreffe"), labels("einheiten"), labels("gebiete")) == ([f"'{name}"], [f"'{name}"], [f"'{sign}1+1"])


def test_a_file_is_named_by_what_it_holds_and_kept_by_nobody(client, account):
    account("Freigabe")

    response = client.get(f"{PAGE}monate.csv", {"von": f"{today():%Y-%m}", "bis": f"{today():%Y-%m}"})

    month = f"{today():%Y-%m}"
    name = f"anfragen_monate_amt_{month}_{month}_stand-{today():%Y-%m-%d}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert client.get(f"{PAGE}gibt-es-nicht.csv").status_code == 404


def test_small_numbers_are_nowhere_in_page_or_file(client, account):
    EnquiryFactory.create_batch(3, subject_name="Selten")
    EnquiryFactory.create_batch(8, subject_name="Häufig")
    account("Freigabe")

    assert parsed(client.get(f"{PAGE}betreffe.csv")) == [
        ["Betreff", "Eingegangen"],
        ["Häufig", "10"],
        ["Selten", "unter 5"],
    ]
    assert "1 bis 4, wie viele genau, wird nicht gezeigt" in client.get(PAGE).text


def test_plots_have_title_and_description_and_no_style_of_their_own(client, account):
    EnquiryFactory.create_batch(6)
    account("Freigabe")

    html = client.get(PAGE).text.split("<main")[1].split("</main>")[0]

    plots = re.findall(r"<svg class=\"figures-plot figures-plot--.*?</svg>", html, re.DOTALL)
    named = re.findall(r'aria-labelledby="(plot-\w+-title) (plot-\w+-text)"', html)
    assert len(plots) == len(named) > 2
    assert all(f'<title id="{title}">' in html and f'<desc id="{text}">' in html for title, text in named)
    assert " style=" not in "".join(plots)


def test_nothing_is_recorded_about_looking_at_figures(client, account):
    EnquiryFactory()
    account("Freigabe")

    client.get(PAGE)

    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_page(client, account, django_assert_max_num_queries, count):
    units = [UnitFactory() for _ in range(count)]
    for unit in units:
        EnquiryFactory.create_batch(6, unit=unit, subject=SubjectFactory(), first_answer_at=timezone.now())
    account("Sachbearbeitung", *units)
    client.get(reverse("contacts_figures"))

    with django_assert_max_num_queries(20):
        client.get(reverse("contacts_figures"))

"""The start page, the office, its units and its organisation chart."""

import datetime as dt

import pytest

from projects.models import Milestone, ProjectPage
from stadterneuerung.base.dates import today
from stadterneuerung.home.models import OfficeCard, OfficePage, OfficeTheme, OrgChartPage
from stadterneuerung.home.org_chart_pdf import chart_data
from stadterneuerung.organisation.models import OrganisationUnit
from tests import factories
from tests.html import read
from tests.pages import cost, leaves_files_open, photo, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(home_page) -> OfficePage:
    """The office's page with one department below the office."""
    page = factories.OfficePageFactory()
    top = factories.UnitFactory(
        key="amt", kind=OrganisationUnit.Kind.OFFICE, name="Amt", head_name="Sebastian Kröger", mailbox="a@example.org"
    )
    factories.UnitFactory(kind=OrganisationUnit.Kind.DEPARTMENT, name="", parent=top)
    return page


@pytest.fixture
def org_chart(office) -> OrgChartPage:
    return office.add_child(instance=OrgChartPage(title="Organigramm", slug="organigramm", teaser="Aufbau"))


def titles(pages) -> list[str]:
    return [page.title for page in pages]


# --- start page ------------------------------------------------------------------------------------------------------
@leaves_files_open
@pytest.mark.parametrize("items", [1, 3])
def test_start_page_costs_the_same_for_one_and_many(client, home_page, items):
    for _number in range(items):
        factories.ProjectPageFactory(image=photo(), start_on=dt.date(2999, 1, 1))
        factories.FundingOfferPageFactory(confirmed_on=today())
        factories.EventPageFactory()
        factories.NewsPageFactory()
        factories.VacancyPageFactory()
        factories.AreaGeometryFactory()

    assert cost(client, "/") == 12


def test_start_page_opens_with_what_people_come_for(client, home_page):
    document = read(client.get("/"))

    assert document.headings[:2] == ["Stadt erneuern", "Was möchten Sie tun?"]
    assert {"/gebiete/", "/projekte/", "/foerderung/", "/kontakt/"} <= document.links


def test_start_page_says_when_nothing_is_announced(client, home_page):
    text = read(client.get("/")).text

    assert "Im Moment ist kein Termin angekündigt." in text
    assert "Arbeiten Sie mit" not in text


def test_start_page_leaves_out_what_is_not_for_the_public(client, home_page):
    for factory, fields in (
        (factories.ProjectPageFactory, {"start_on": dt.date(2999, 1, 1)}),
        (factories.FundingOfferPageFactory, {"confirmed_on": today()}),
        (factories.EventPageFactory, {}),
        (factories.NewsPageFactory, {}),
        (factories.VacancyPageFactory, {}),
        (factories.AreaPageFactory, {}),
    ):
        factory(live=False, **fields)
        restrict(factory(**fields))

    context = client.get("/").context

    assert [list(context[name]) for name in ("projects", "offers", "events", "news", "vacancies", "map_items")] == [
        []
    ] * 6


def test_start_page_shows_what_is_being_worked_on(client, home_page):
    factories.ProjectPageFactory(title="Geplant", start_on=dt.date(2999, 1, 1))
    factories.ProjectPageFactory(title="Läuft", start_on=dt.date(2020, 1, 1), end_on=dt.date(2999, 1, 1))
    factories.ProjectPageFactory(title="Fertig", end_on=dt.date(2020, 1, 1))
    factories.ProjectPageFactory(title="Ungewiss")

    assert titles(client.get("/").context["projects"]) == ["Läuft", "Geplant"]


# --- office ----------------------------------------------------------------------------------------------------------
@leaves_files_open
@pytest.mark.parametrize("items", [1, 3])
def test_office_costs_the_same_for_one_and_many(client, office, items):
    for _number in range(items):
        project = factories.ProjectPageFactory()
        project.milestones.add(Milestone(title="Beginn", date="2024-01-01"))
        project.save()
        area = factories.AreaGeometryFactory().area
        area.image = photo()
        area.save()
        for target in (project, area, factories.FundingOfferPageFactory(), factories.StandardPageFactory()):
            office.cards.add(OfficeCard(target=target))
            office.themes.add(OfficeTheme(target=target))
        factories.NewsPageFactory()
        factories.VacancyPageFactory()
    office.save()

    assert cost(client, "/amt/") == 14


def test_cards_keep_the_editors_order_and_words(client, office):
    pages = [factories.ProjectPageFactory(title="Park"), factories.AreaPageFactory(title="Nord")]
    office.cards.add(
        OfficeCard(target=pages[1], sort_order=0), OfficeCard(target=pages[0], heading="Grün", sort_order=1)
    )
    office.themes.add(OfficeTheme(target=pages[0], text="Andere Worte.", sort_order=0))
    office.save()

    context = client.get("/amt/").context

    assert titles(context["cards"]) == ["Nord", "Grün"]
    assert [(page.title, page.teaser) for page in context["themes"]] == [("Park", "Andere Worte.")]


def test_cards_leave_out_drafts_and_restricted_pages(client, office):
    restricted = factories.ProjectPageFactory()
    restrict(restricted)
    for target in (factories.ProjectPageFactory(live=False), restricted):
        office.cards.add(OfficeCard(target=target))
    office.save()

    assert client.get("/amt/").context["cards"] == []


def test_vacancy_teaser_stands_only_while_one_is_open(client, office):
    assert "Wir suchen Verstärkung" not in read(client.get("/amt/")).text

    factories.VacancyPageFactory(title="Gärtner*in")

    assert "Wir suchen Verstärkung" in read(client.get("/amt/")).headings


def test_units_without_a_name_say_so(client, office):
    assert "Abteilung – Bezeichnung folgt" in read(client.get("/amt/")).headings


def test_an_unconfirmed_mailbox_is_not_shown(client, office):
    OrganisationUnit.objects.exclude(key="amt").update(mailbox="neu@example.org")

    text = read(client.get("/amt/")).text

    assert "neu@example.org" not in text


# --- units -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("items", [1, 3])
def test_unit_costs_the_same_for_one_and_many(client, office, items):
    unit = factories.UnitFactory(name="Citymanagement")
    factories.UnitPageFactory(slug="city", unit=unit)
    for _number in range(items):
        for factory in (factories.ProjectPageFactory, factories.FundingOfferPageFactory, factories.NewsPageFactory,
                        factories.VacancyPageFactory):  # fmt: skip
            factory(responsible_unit=unit)
        factories.ServicePointFactory(unit=unit)

    assert cost(client, "/amt/city/") == 8


def test_unit_lists_what_is_its_own(client, office):
    unit = factories.UnitFactory()
    factories.UnitPageFactory(slug="city", unit=unit)
    factories.ProjectPageFactory(title="Unser", responsible_unit=unit)
    factories.ProjectPageFactory(title="Fremd")
    factories.ProjectPageFactory(title="Entwurf", responsible_unit=unit, live=False)

    assert titles(client.get("/amt/city/").context["projects"]) == ["Unser"]


# --- organisation chart ----------------------------------------------------------------------------------------------
def test_org_chart_is_a_nested_list_of_the_records(client, org_chart):
    html = client.get("/amt/organigramm/").content.decode()

    assert html.index("Leitung: Sebastian Kröger") < html.index("org-chart__children") < html.index("Bezeichnung folgt")


def test_org_chart_as_pdf_is_tagged_and_german(client, org_chart, settings, tmp_path):
    settings.VAR_DIR = tmp_path

    response = client.get("/amt/organigramm/organigramm.pdf")

    content = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/pdf"
    for mark in (b"%PDF-1.7", b"/StructTreeRoot", b"/Lang(de)", b"/Marked true", b"<pdfuaid:part>1</pdfuaid:part>"):
        assert mark in content


def test_pdf_is_typeset_anew_only_when_the_records_change(client, org_chart, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    runs = []
    monkeypatch.setattr("stadterneuerung.home.org_chart_pdf.typeset", lambda data: runs.append(data) or b"%PDF")

    for _time in range(2):
        client.get("/amt/organigramm/organigramm.pdf").getvalue()
    OrganisationUnit.objects.filter(key="amt").update(summary="Neu")
    client.get("/amt/organigramm/organigramm.pdf").getvalue()

    assert len(runs) == 2
    assert len(list((tmp_path / "cache" / "org_chart").iterdir())) == 1


def test_pdf_shows_the_same_units_as_the_page(org_chart):
    data = chart_data(org_chart)

    (top,) = data["units"]
    assert (top["name"], top["note"][0]) == ("Amt", "Leitung: Sebastian Kröger")
    assert [unit["name"] for unit in top["units"]] == ["Abteilung – Bezeichnung folgt"]


def test_a_unit_that_looks_like_markup_stays_text(client, org_chart, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    OrganisationUnit.objects.filter(key="amt").update(name='#panic("x") $a^b$ *fett* "]')

    response = client.get("/amt/organigramm/organigramm.pdf")

    assert response.status_code == 200
    response.close()


# --- plain pages -----------------------------------------------------------------------------------------------------
def test_standard_page_lists_its_published_children(client, home_page):
    parent = factories.StandardPageFactory(slug="konzepte")
    factories.StandardPageFactory(title="Öffentlich", parent=parent)
    factories.StandardPageFactory(title="Entwurf", parent=parent, live=False)

    assert titles(client.get("/konzepte/").context["children"]) == ["Öffentlich"]


def test_projects_without_a_place_are_drawn_by_their_milestones(home_page):
    project = factories.ProjectPageFactory()
    project.milestones.add(Milestone(title="Beginn", date="2024-01-01"))
    project.save()

    drawn = ProjectPage.objects.with_picture().get().picture

    assert (drawn.name, drawn.context["states"]) == ("milestones", ["past"])


def test_a_news_item_among_the_themes_shows_its_own_day(client, office):
    news = factories.NewsPageFactory(title="Baubeginn", date=dt.date(2024, 6, 3))
    office.themes.add(OfficeTheme(target=news))
    office.save()

    (theme,) = client.get("/amt/").context["themes"]

    assert theme.kicker == "3. Juni 2024"

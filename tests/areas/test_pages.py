"""What the pages of areas and studies say, what they leave out, and what they cost."""

import datetime as dt

import pytest
from wagtail.models import Page

from areas.models import AreaFigure, AreaPage, StudyIndexPage
from tests import factories
from tests.html import read
from tests.pages import cost, leaves_files_open, photo, restrict

pytestmark = pytest.mark.django_db


def titles(pages) -> list[str]:
    return [page.title for page in pages]


def surround(area, title: str, live: bool = True) -> None:
    """Give the area a project, an offer, a study, news, an event and more of the same title."""
    factories.StudyPageFactory(title=title, live=live, area=area)
    factories.AreaPageFactory(title=title, live=live, part_of=area)
    for factory in (
        factories.ProjectPageFactory,
        factories.ParticipationPageFactory,
        factories.NewsPageFactory,
        factories.EventPageFactory,
    ):
        page = factory(title=title, live=live)
        page.areas.add(area)
        page.save()
    offer = factories.FundingOfferPageFactory(title=title, live=live)
    offer.city_wide, offer.live = False, live
    offer.areas.add(area)
    offer.save()


@leaves_files_open
@pytest.mark.parametrize("children", [1, 3])
def test_an_area_with_everything_costs_the_same_for_one_and_many(client, home_page, children):
    area = factories.AreaPageFactory(slug="nord", image=photo())
    factories.AreaGeometryFactory(area=area)
    for number in range(children):
        surround(area, f"Nummer {number}")
        area.figures.add(AreaFigure(label="Fläche", value="75", unit="ha", as_of="2025", source="dortmund.de"))
        area.service_points.add(factories.ServicePointFactory())
    area.save()

    assert cost(client, "/gebiete/nord/") == 12


@leaves_files_open
@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(
    ("factory", "address", "queries"),
    [(factories.AreaPageFactory, "/gebiete/", 10), (factories.StudyPageFactory, "/quartiersanalysen/", 9)],
)
def test_lists_cost_the_same_for_one_and_many(client, home_page, factory, address, queries, items):
    for _number in range(items):
        factory(image=photo())

    assert cost(client, address) == queries


def test_area_shows_only_published_pages_around_it(client, home_page):
    area = factories.AreaPageFactory(slug="nord")
    surround(area, "Öffentlich")
    surround(area, "Entwurf", live=False)
    surround(area, "Intern")
    for page in Page.objects.filter(title="Intern"):
        restrict(page)

    context = client.get("/gebiete/nord/").context

    names = ("projects", "offers", "participations", "studies", "quarters", "news", "upcoming_events")
    assert {name: titles(context[name]) for name in names} == {name: ["Öffentlich"] for name in names}


def test_news_of_a_project_are_news_of_its_area(client, home_page):
    area = factories.AreaPageFactory(slug="nord")
    project = factories.ProjectPageFactory()
    project.areas.add(area)
    project.save()
    news = factories.NewsPageFactory(title="Spatenstich")
    news.projects.add(project)
    news.save()

    assert titles(client.get("/gebiete/nord/").context["news"]) == ["Spatenstich"]


def test_area_tells_its_law_and_that_its_outline_is_schematic(client, home_page):
    area = factories.AreaPageFactory(
        slug="nord",
        kind=AreaPage.Kind.REDEVELOPMENT,
        legal_basis="§ 142 BauGB",
        in_force_from=dt.date(2025, 1, 31),
        district="innenstadt-nord",
    )
    factories.AreaGeometryFactory(area=area)

    text = read(client.get("/gebiete/nord/")).text

    for words in ("Sanierungsgebiet", "§ 142 BauGB", "31. Januar 2025", "Innenstadt-Nord", "nicht parzellenscharf"):
        assert words in text


def test_area_shows_the_outline_that_is_in_force_today(client, home_page):
    area = factories.AreaPageFactory()
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2010, 1, 1), accuracy_m=300)
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2020, 1, 1), accuracy_m=None)
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2999, 1, 1), accuracy_m=900)

    listed = AreaPage.objects.with_outline().get()

    assert (listed.outline.accuracy_m, area.outline.accuracy_m) == (None, None)


def test_a_translation_shares_the_outline_of_its_source(home_page):
    area = factories.AreaPageFactory()
    factories.AreaGeometryFactory(area=area)
    twin = factories.AreaPageFactory()
    AreaPage.objects.filter(pk=twin.pk).update(translation_key=area.translation_key, locale=_english())

    outlines = [page.outline.geojson for page in AreaPage.objects.with_outline()]

    assert outlines == [factories.SQUARE, factories.SQUARE]


def _english():
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code="en")[0]


def test_map_and_list_follow_the_filter(client, home_page):
    factories.AreaGeometryFactory(area=factories.AreaPageFactory(title="Umbau"))
    factories.AreaGeometryFactory(area=factories.AreaPageFactory(title="Quartier", kind=AreaPage.Kind.QUARTER))

    context = client.get("/gebiete/?art=quarter").context

    assert [item["name"] for item in context["map_items"]] == ["Quartier"] == titles(context["page_obj"])


def test_empty_filter_fields_make_a_short_address(client, home_page):
    factories.AreaPageFactory()

    response = client.get("/gebiete/?art=&bezirk=mengede&thema=")

    assert response["Location"] == "/gebiete/?bezirk=mengede"


def test_study_says_when_its_report_is_missing(client, home_page):
    factories.StudyPageFactory(slug="analyse", findings="<p>Zu wenig Bänke.</p>")

    text = read(client.get("/quartiersanalysen/analyse/")).text

    assert "Zu wenig Bänke." in text
    assert "Der Abschlussbericht folgt." in text


def test_list_of_studies_is_honest_when_it_is_empty(client, home_page):
    factories.index_page(StudyIndexPage, "quartiersanalysen", "Quartiersanalysen")

    text = read(client.get("/quartiersanalysen/")).text

    assert "Die Berichte folgen." in text
    assert "Liste eingrenzen" not in text

"""The words of the demo content: only confirmed facts, with date and source, in language that people understand."""

import html
import re

import pytest
from django.db.models import Q
from shapely.geometry import shape
from wagtail.models import Page

from areas.models import AreaPage, StudyPage
from jobs.models import VacancyPage
from news.models import EventPage, NewsPage
from projects.models import FundingOfferPage, FundingProgramme, ParticipationPage, ProjectPage
from stadterneuerung.base.models import OpenQuestion, SiteSettings
from stadterneuerung.home.models import HomePage, ImprintPage, OfficePage, PlainLanguagePage
from stadterneuerung.organisation.models import OrganisationUnit, ServicePoint
from tests.html import read
from tools.paths import FIXTURES

pytestmark = pytest.mark.django_db

# Mistakes of the office's old page, facts that nobody confirmed, and words that only lawyers use.
DENIED = [
    "Kampstraße 47",
    "Fassdenprogramm",
    "festegelegten",
    "Stabstellen",
    "Koordinierungsstelle der",
    "Umbau Keltenstraße aus dem Amt",
    "finden in der städtischen",
    "44122 Dortmund, Kamp",
    "46,3",
    "Karree",
    "unbeschadet",
    "diesbezüglich",
    "im Rahmen von",
    "seitens",
]
# Sources that do not count for a page: press, encyclopedias, blogs.
PRESS = [
    "ruhrnachrichten",
    "WDR",
    "WAZ",
    "nordstadtblogger",
    "radio912",
    "radio 91.2",
    "mengede-intakt",
    "europesays",
    "kulturwest",
    "wikipedia",
    "abenteuer-ruhrpott",
    "gruene-do",
]
WEAK_LINKS = {"hier", "mehr", "weiter", "weiterlesen", "link", "klicken", "mehr infos", "mehr erfahren"}
PLACES = Q(areas__isnull=False) | Q(outline__isnull=False) | Q(latitude__isnull=False)


def live_pages() -> list[Page]:
    """Return all live pages of the site."""
    return [page.specific for page in HomePage.objects.get().get_descendants(inclusive=True).live()]


def place_projects() -> list[ProjectPage]:
    """Return the projects that happen at a place, and the two of the garden exhibition."""
    exhibition = Q(slug__in=["iga-metropole-ruhr-2027", "zukunftsgarten-dortmund"])
    return list(ProjectPage.objects.live().filter(PLACES | exhibition).distinct())


def words_of(page: ProjectPage) -> int:
    """Return how many words of our own stand on a project's page, figures and milestones not counted."""
    texts = [page.teaser, page.aims, page.results, page.take_part, str(page.body)]
    return len(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>", " ", " ".join(texts)))))


@pytest.fixture(scope="module")
def site(demo_content, django_db_blocker):
    """Every page of the site as readers get it: address → (HTML, Document)."""
    from django.test import Client

    with django_db_blocker.unblock():
        client = Client()
        pages = {}
        for page in live_pages():
            response = client.get(page.url)
            assert response.status_code == 200, page.url
            pages[page.url] = (response.content.decode(), read(response))
    return pages


# --- the whole site -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", DENIED)
def test_denied_words_stand_nowhere(site, words):
    assert [url for url, (_, document) in site.items() if words.lower() in document.text.lower()] == []


@pytest.mark.parametrize("source", PRESS)
def test_press_is_no_source_of_a_page(site, source):
    pattern = re.compile(rf"\b{re.escape(source)}\b", re.IGNORECASE)

    assert [url for url, (markup, _) in site.items() if pattern.search(markup)] == []


def test_no_sentence_ends_twice(site):
    assert [url for url, (_, document) in site.items() if re.search(r"\w\.\.(?!\.)", document.text)] == []


def test_no_markdown_is_left_over(site):
    left_over = re.compile(r"\]\(|page:/|\*\*|(?<=\s)##\s")

    assert {url: m[0] for url, (_, document) in site.items() if (m := left_over.search(document.text))} == {}


def test_no_link_says_nothing(site):
    anchor = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
    links = [(url, inner) for url, (markup, _) in site.items() for inner in anchor.findall(markup)]
    weak = {url for url, inner in links if re.sub(r"<[^>]+>", "", inner).strip().lower() in WEAK_LINKS}

    assert weak == set()


def test_only_the_head_of_the_office_is_named(demo_content):
    units = OrganisationUnit.objects.exclude(head_name="").values_list("key", "head_name")

    assert list(units) == [("amt", "Sebastian Kröger")]


def test_teasers_are_sentences_of_their_own(demo_content):
    teasers = [page.teaser for page in live_pages()]

    assert len(set(teasers)) >= len(teasers) - 4  # the units without name share their sentence by kind
    assert [teaser for teaser in teasers if not teaser.endswith((".", "!", "?"))] == []


# --- projects -------------------------------------------------------------------------------------------------------


def test_there_are_the_projects_that_the_office_names(demo_content):
    assert len(place_projects()) >= 12


def test_each_project_is_told_in_at_least_200_words(demo_content):
    assert {page.slug: words for page in place_projects() if (words := words_of(page)) < 200} == {}


def test_each_project_has_three_dated_steps_with_source(demo_content):
    short = {p.slug for p in place_projects() if p.milestones.exclude(source="").count() < 3}

    assert short == set()


def test_each_project_has_two_figures_with_date_and_source(demo_content):
    short = {p.slug for p in place_projects() if p.figures.exclude(source="").exclude(as_of="").count() < 2}

    assert short == set()


def test_each_project_has_something_to_do_or_to_read(demo_content):
    alone = [p.slug for p in place_projects() if not (p.offers.exists() or p.events.exists() or p.news.exists())]

    assert alone == []


def test_each_project_has_a_unit_that_answers(demo_content):
    assert list(ProjectPage.objects.live().filter(responsible_unit=None)) == []


def test_status_is_known_from_dates_or_has_a_dated_reason(demo_content):
    by_hand = ProjectPage.objects.live().exclude(status_by_hand="")

    assert list(by_hand.filter(Q(status_reason="") | Q(status_as_of=None))) == []


# --- funding, areas, office -----------------------------------------------------------------------------------------


def test_all_programmes_are_there_with_their_source(demo_content):
    assert FundingProgramme.objects.exclude(source="").count() == 7


def test_offer_is_open_only_with_a_source_for_its_end(demo_content):
    states = dict(FundingOfferPage.objects.live().with_state().values_list("slug", "current_state"))

    assert len(states) == 12
    assert {slug for slug, state in states.items() if state == "open"} == {"city-fonds"}
    assert {slug for slug, state in states.items() if state == "closed"} == {
        "hof-und-fassadenprogramm-huckarde",
        "hof-und-fassadenprogramm-oberdorstfeld",
    }


def test_each_area_has_an_outline_that_says_it_is_schematic(demo_content):
    areas = AreaPage.objects.live().with_outline()

    assert len(areas) == 11
    assert [area.slug for area in areas if area.outline is None or not area.outline.is_schematic] == []


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("hafen", "nordstadt"),
        ("nordmarkt", "nordstadt"),
        ("borsigplatz", "nordstadt"),
        ("suedliches-nordmarktquartier", "nordmarkt"),
    ],
)
def test_smaller_areas_lie_in_the_larger_ones(demo_content, inner, outer):
    outlines = {area.slug: shape(area.outline.geojson) for area in AreaPage.objects.with_outline()}

    share = outlines[inner].intersection(outlines[outer]).area / outlines[inner].area

    assert share > 0.98


def test_office_shows_eleven_cards_fifteen_themes_and_six_units_in_order(demo_content):
    office = OfficePage.objects.get()

    assert [card.heading for card in office.cards.all()] == [
        "City",
        "IGA-Zukunftsgarten",
        "Grüner Ring",
        "Nordstadt",
        "Westerfilde & Bodelschwingh",
        "Hörde",
        "Querbeet Dortmund",
        "Dorstfeld",
        "Huckarde",
        "Quartiersanalysen",
        "Gebiets- und Förderkataster",
    ]
    assert office.themes.count() == 15
    assert OrganisationUnit.objects.filter(parent__kind="office").count() == 6


# --- examples and gaps ----------------------------------------------------------------------------------------------


def test_examples_say_so_in_title_and_teaser(demo_content):
    examples = [page for page in live_pages() if page.is_example]

    assert {type(page).__name__ for page in examples} == {
        "VacancyPage",
        "StudyPage",
        "EventPage",
        "ParticipationPage",
    }
    assert [page.slug for page in examples if not page.title.startswith("Beispiel: ")] == []


def test_examples_are_not_mixed_with_real_areas_and_projects(demo_content):
    assert list(EventPage.objects.filter(Q(is_example=True), Q(areas__isnull=False) | Q(projects__isnull=False))) == []
    assert list(StudyPage.objects.filter(is_example=True, area__isnull=False)) == []
    assert list(ParticipationPage.objects.filter(is_example=True, areas__isnull=False)) == []


def test_no_real_page_calls_itself_an_example(demo_content):
    for model in (EventPage, NewsPage, VacancyPage):
        assert list(model.objects.filter(is_example=False, title__startswith="Beispiel")) == []


def test_news_and_past_events_name_their_source(demo_content):
    assert list(NewsPage.objects.filter(is_example=False, source="")) == []
    assert list(EventPage.objects.filter(is_example=False, source="")) == []


def test_service_points_name_their_source(demo_content):
    assert list(ServicePoint.objects.filter(source="")) == []


def test_open_questions_stand_in_the_handbook_too(demo_content):
    handbook = (FIXTURES.parent / "docs" / "offene-angaben.md").read_text(encoding="utf-8")

    assert [key for key in OpenQuestion.objects.values_list("key", flat=True) if f"`{key}`" not in handbook] == []


def test_imprint_says_when_its_facts_were_checked(demo_content):
    """Not the day on which somebody happened to install the site."""
    assert SiteSettings.load().as_of == ImprintPage.objects.get().as_of


def test_plain_language_is_not_called_leichte_sprache_before_it_was_checked(demo_content, client):
    page = PlainLanguagePage.objects.get()
    document = read(client.get(page.url))

    assert not page.is_checked
    assert document.headings[0] == "In einfachen Worten"
    assert "in Leichter Sprache" not in document.text
    assert "Auf dem Handy: Tippen Sie auf Menü oder Suche." in document.text

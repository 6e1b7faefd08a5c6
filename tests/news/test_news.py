"""News: lists, the archive, feeds for all and for one project, and who pays for what is reported on."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from wagtail.models import PageViewRestriction

from news.models import NewsPage
from projects.models import FundingNotice
from tests import factories

pytestmark = pytest.mark.django_db

FEEDS = ["rss", "atom"]
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response) -> list[ET.Element]:
    assert response.status_code == 200
    root = ET.fromstring(response.content)  # noqa: S314 - our own feed
    return root.findall("./channel/item") or root.findall(f"{ATOM}entry")


def titles_of(response) -> list[str]:
    return [(entry.findtext("title") or entry.findtext(f"{ATOM}title")) for entry in entries(response)]


def listed(response) -> list[str]:
    return [page.title for page in response.context["page_obj"]]


@pytest.fixture
def hidden(home_page):
    """A draft and a restricted news item beside a public one."""
    factories.NewsPageFactory(title="Entwurf", live=False)
    restricted = factories.NewsPageFactory(title="Intern")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    return factories.NewsPageFactory(title="Öffentlich")


def test_list_shows_public_news_only(client, hidden):
    assert listed(client.get("/aktuelles/")) == ["Öffentlich"]


@pytest.mark.parametrize("kind", FEEDS)
def test_feeds_show_public_news_only(client, hidden, kind):
    assert titles_of(client.get(f"/aktuelles/{kind}/")) == ["Öffentlich"]


def test_newest_comes_first(client):
    for year in (2023, 2025, 2024):
        factories.NewsPageFactory(title=str(year), date=dt.date(year, 5, 1))

    assert listed(client.get("/aktuelles/")) == ["2025", "2024", "2023"]


def test_archive_links_years_and_narrows_to_one(client):
    for day in (dt.date(2024, 1, 1), dt.date(2024, 12, 31), dt.date(2025, 1, 1)):
        factories.NewsPageFactory(title=day.isoformat(), date=day)

    response = client.get("/aktuelles/?jahr=2024")

    assert listed(response) == ["2024-12-31", "2024-01-01"]
    assert '<a href="/aktuelles/?jahr=2024" aria-current="true">2024</a>' in response.content.decode()


def test_unknown_year_is_said_and_leaves_the_list_whole(client):
    factories.NewsPageFactory(title="Da")

    response = client.get("/aktuelles/?jahr=1800")

    assert listed(response) == ["Da"]
    assert response.context["filter_form"].errors.keys() == {"jahr"}


def test_empty_fields_leave_the_address(client):
    factories.NewsPageFactory(date=dt.date(2024, 5, 1))

    response = client.get("/aktuelles/?jahr=2024&projekt=&gebiet=")

    assert (response.status_code, response["Location"]) == (302, "/aktuelles/?jahr=2024")


def test_news_of_an_area_include_those_of_its_projects(client):
    area = factories.AreaPageFactory(slug="nordstadt")
    project = factories.ProjectPageFactory(areas=[area])
    factories.NewsPageFactory(title="Zum Gebiet", areas=[area], date=dt.date(2025, 1, 2))
    factories.NewsPageFactory(title="Zum Projekt", projects=[project], date=dt.date(2025, 1, 1))
    factories.NewsPageFactory(title="Anderes")

    assert listed(client.get("/aktuelles/?gebiet=nordstadt")) == ["Zum Gebiet", "Zum Projekt"]


@pytest.mark.parametrize("path", ["", "rss/", "atom/"])
def test_project_has_its_own_news_and_feeds(client, path):
    project = factories.ProjectPageFactory(title="Grüner Ring", slug="gruener-ring")
    factories.NewsPageFactory(title="Zum Ring", projects=[project])
    factories.NewsPageFactory(title="Anderes")

    response = client.get(f"/aktuelles/projekt/gruener-ring/{path}")

    assert (titles_of if path else listed)(response) == ["Zum Ring"]


@pytest.mark.parametrize("path", ["", "rss/", "atom/"])
def test_draft_or_unknown_project_has_no_news_page(client, path):
    draft = factories.ProjectPageFactory(live=False)
    factories.NewsPageFactory(projects=[draft])

    for slug in (draft.slug, "nie-gewesen"):
        assert client.get(f"/aktuelles/projekt/{slug}/{path}").status_code == 404


def test_project_without_news_says_so(client):
    factories.NewsPageFactory()
    project = factories.ProjectPageFactory()

    html = client.get(f"/aktuelles/projekt/{project.slug}/").content.decode()

    assert "Zu diesem Projekt gibt es noch keine Nachricht." in html


@pytest.mark.parametrize("kind", FEEDS)
def test_example_is_marked_in_feeds(client, kind):
    factories.NewsPageFactory(title="Probe", is_example=True)

    assert titles_of(client.get(f"/aktuelles/{kind}/")) == ["Beispiel – kein echtes Angebot: Probe"]


def test_rss_entry_carries_address_day_and_teaser(client):
    page = factories.NewsPageFactory(date=dt.date(2025, 7, 1), teaser="Kurz & gut.")

    [entry] = entries(client.get("/aktuelles/rss/"))

    assert {tag: entry.findtext(tag) for tag in ("link", "guid", "pubDate", "description")} == {
        "link": page.full_url,
        "guid": page.full_url,
        "pubDate": "Tue, 01 Jul 2025 00:00:00 +0200",
        "description": "Kurz & gut.",
    }


@pytest.mark.parametrize(("kind", "type_"), [("rss", "application/rss+xml"), ("atom", "application/atom+xml")])
def test_feeds_are_announced_and_typed(client, kind, type_):
    factories.NewsPageFactory()

    html = client.get("/aktuelles/").content.decode()
    feed = client.get(f"/aktuelles/{kind}/")

    assert f'<link rel="alternate" type="{type_}"' in html
    assert f'href="/aktuelles/{kind}/"' in html
    assert feed["Content-Type"].startswith(type_)


# --- one news item ---------------------------------------------------------------------------------------------------
def _funded(**notice):
    project = factories.ProjectPageFactory(title="Grüner Ring", aims="<p>Mehr Grün.</p>")
    programme = factories.ProgrammeFactory(name="EFRE/JTF-Programm NRW")
    project.funding_notices.add(FundingNotice(programme=programme, **notice))
    project.save()
    return project


def test_news_about_a_funded_project_names_who_pays(client):
    project = _funded(from_state=True, mandatory_sentence="Gefördert vom Land.")

    html = client.get(factories.NewsPageFactory(projects=[project]).url).content.decode()

    assert "Gefördert vom Land." in html
    assert "EFRE/JTF-Programm NRW" in html


def test_eu_support_stands_in_the_head_of_the_news(client):
    project = _funded(from_eu=True, period=FundingNotice.Period.P2021)

    html = client.get(factories.NewsPageFactory(projects=[project]).url).content.decode()

    head = html[html.index('<header class="page-head') : html.index('<div class="split')]
    assert "Kofinanziert von der Europäischen Union" in head


def test_draft_project_is_not_named(client):
    draft = factories.ProjectPageFactory(title="Noch geheim", live=False)

    html = client.get(factories.NewsPageFactory(projects=[draft]).url).content.decode()

    assert "Noch geheim" not in html


def test_news_needs_title_teaser_and_text_only(home_page):
    page = NewsPage(title="Neu", teaser="Kurz.")

    assert page.publication_errors() == {"body": ["Bitte schreiben Sie einen Text."]}


def test_structured_data_of_news_and_none_for_an_example(client):
    real = factories.NewsPageFactory(date=dt.date(2025, 7, 1))
    example = factories.NewsPageFactory(is_example=True)

    assert '"@type": "NewsArticle"' in client.get(real.url).content.decode()
    assert "ld+json" not in client.get(example.url).content.decode()


# --- cost ------------------------------------------------------------------------------------------------------------
def _with_subjects(count: int) -> None:
    for _ in range(count):
        area = factories.AreaPageFactory()
        factories.AreaGeometryFactory(area=area)
        factories.NewsPageFactory(projects=[factories.ProjectPageFactory(areas=[area])], areas=[area])


@pytest.mark.parametrize("count", [1, 13])
def test_number_of_queries_of_the_list(client, django_assert_num_queries, count):
    _with_subjects(count)
    client.get("/aktuelles/")

    with django_assert_num_queries(12):
        client.get("/aktuelles/")


@pytest.mark.parametrize("count", [1, 13])
@pytest.mark.parametrize("kind", FEEDS)
def test_number_of_queries_of_a_feed(client, django_assert_num_queries, count, kind):
    _with_subjects(count)
    client.get(f"/aktuelles/{kind}/")

    with django_assert_num_queries(4):
        client.get(f"/aktuelles/{kind}/")


@pytest.mark.parametrize("count", [1, 13])
def test_number_of_queries_of_a_news_item(client, django_assert_num_queries, count):
    projects = [factories.ProjectPageFactory() for _ in range(count)]
    page = factories.NewsPageFactory(projects=projects)
    client.get(page.url)

    with django_assert_num_queries(9):
        client.get(page.url)

"""The one search: what it finds in German, what it never shows and how it answers; on both databases."""

import datetime as dt

import pytest
from django.db import connection
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from stadterneuerung.base.dates import today
from stadterneuerung.base.models import CustomDocument
from stadterneuerung.home.models import OrgChartPage
from tests import factories

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows stems and typos")
on_sqlite = pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL finds what is similar by itself")


@pytest.fixture
def ask(client, search_page):
    """Search over HTTP and return the results of the page's context."""

    def ask(words: str, **parameters):
        response = client.get("/suche/", {"q": words, **parameters})
        assert response.status_code == 200
        return response.context["results"]

    return ask


def titles(results) -> list[str]:
    return [hit.title for hit in results.page_obj] if results.page_obj else []


def document(title: str, **fields) -> CustomDocument:
    return CustomDocument.objects.create(title=title, file="documents/bericht.pdf", **fields)


# --- what is found ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "Straßenreinigung",
        "strassenreinigung",
        "STRASSENREINIGUNG",
        "Straßen",
        "Reinigung",
        "Muellabfuhr",
        "Müll",
        "Muell",
    ],
)
def test_german_spellings_beginnings_and_compounds(ask, typed):
    factories.ProjectPageFactory(title="Straßenreinigung und Müllabfuhr")
    factories.ProjectPageFactory(title="Etwas anderes")

    assert titles(ask(typed)) == ["Straßenreinigung und Müllabfuhr"]


@on_postgresql
@pytest.mark.parametrize("typed", ["Spielplatzes", "Haeuser", "Hauses"])
def test_stems(ask, typed):
    factories.ProjectPageFactory(title="Das Haus am Spielplatz")

    assert titles(ask(typed)) == ["Das Haus am Spielplatz"]


@on_postgresql
def test_typo_finds_what_is_similar(ask):
    factories.ProjectPageFactory(title="Speicherstraße")

    results = ask("Speichertsraße")

    assert (titles(results), results.is_similar) == (["Speicherstraße"], True)


def test_all_words_must_occur(ask):
    factories.ProjectPageFactory(title="Grüner Ring")
    factories.ProjectPageFactory(title="Grüne Höfe")

    assert titles(ask("gruener ring")) == ["Grüner Ring"]


def test_words_of_an_editor_are_found(ask):
    factories.AreaPageFactory(title="Nordstadt", synonyms="Borsigplatz")

    assert titles(ask("borsigplatz")) == ["Nordstadt"]


def test_title_comes_before_text_and_text_before_beginnings(ask):
    factories.NewsPageFactory(title="Ein langer Bericht", body=factories.text_body("Die Parkbank steht."))
    factories.NewsPageFactory(title="Neue Wege", body=factories.text_body("Ein Park wächst."))
    factories.ProjectPageFactory(title="Ein Park für alle")

    assert titles(ask("Park")) == ["Ein Park für alle", "Neue Wege", "Ein langer Bericht"]


def test_units_lead_to_their_page_and_are_found_once(ask):
    unit = factories.UnitFactory(name="Citymanagement")
    page = factories.UnitPageFactory(title="Citymanagement", unit=unit)

    results = ask("citymanagement")

    assert [(hit.title, hit.url, hit.kind) for hit in results.page_obj] == [
        ("Citymanagement", page.url, "Amt und Einheiten")
    ]


def test_unit_without_page_leads_to_the_organisation_chart(ask):
    office = factories.OfficePageFactory()
    chart = office.add_child(instance=OrgChartPage(title="Organigramm", slug="organigramm", teaser="Wer was tut."))
    factories.UnitFactory(name="Stabsstelle Freiraum")

    assert [(hit.title, hit.url) for hit in ask("freiraum").page_obj] == [("Stabsstelle Freiraum", chart.url)]


def test_service_point_leads_to_a_page_that_shows_it(ask):
    point = factories.ServicePointFactory(name="Quartiersbüro", street="Westerfilder Straße 23")
    area = factories.AreaPageFactory(service_points=[point])

    assert [(hit.title, hit.url) for hit in ask("westerfilder strasse").page_obj] == [("Quartiersbüro", area.url)]


def test_closed_service_point_is_not_found(ask):
    factories.ServicePointFactory(name="Altes Büro", closed_since=today())
    factories.ServicePointFactory(name="Neues Büro", closed_since=today() + dt.timedelta(days=1))

    assert titles(ask("büro")) == ["Neues Büro"]


def test_documents_are_found_only_while_a_live_page_links_to_them(ask):
    linked, by_draft, unlinked = (document(f"Bericht {name}") for name in ("A", "B", "C"))
    factories.NewsPageFactory(body=[("document", {"document": linked})])
    factories.NewsPageFactory(body=[("document", {"document": by_draft})], live=False)

    hits = ask("bericht").page_obj

    assert [(hit.title, hit.url, hit.kind) for hit in hits] == [("Bericht A", linked.url, "Dokumente")]
    assert unlinked.title not in titles(ask("bericht"))


def test_documents_of_a_private_collection_are_not_found(ask):
    private = document("Vertraulicher Bericht")
    factories.NewsPageFactory(body=[("document", {"document": private})])
    CollectionViewRestriction.objects.create(
        collection=private.collection, restriction_type=CollectionViewRestriction.LOGIN
    )

    assert titles(ask("vertraulicher bericht")) == []


# --- what is never shown ---------------------------------------------------------------------------------------------
def _draft():
    return factories.NewsPageFactory(title="Geheimnis", live=False)


def _restricted():
    page = factories.NewsPageFactory(title="Geheimnis")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def _below_restricted():
    page = factories.StandardPageFactory()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="geheim")
    return factories.StandardPageFactory(title="Geheimnis", parent=page)


def _example():
    return factories.ProjectPageFactory(title="Geheimnis", is_example=True)


def _expired():
    return factories.VacancyPageFactory(title="Geheimnis", deadline=today() - dt.timedelta(days=1))


@pytest.mark.parametrize("make", [_draft, _restricted, _below_restricted, _example, _expired])
@pytest.mark.parametrize("typed", ["Geheimnis", "Geheim", "heimnis"])
def test_what_the_public_may_not_see_is_absent(ask, make, typed):
    make()
    shown = factories.NewsPageFactory(title="Kein Geheimnis")

    assert titles(ask(typed)) == [shown.title]


def test_search_page_does_not_find_itself(ask):
    assert titles(ask("suche")) == []


def test_other_languages_are_not_mixed_in(ask, home_page):
    from wagtail.models import Locale

    english = home_page.copy_for_translation(Locale.objects.create(language_code="en"))
    english.title = "Renewal"
    english.save_revision().publish()

    assert titles(ask("renewal")) == []


# --- how it is shown -------------------------------------------------------------------------------------------------
def test_excerpt_marks_the_hit_and_escapes_the_rest(ask):
    factories.NewsPageFactory(teaser="Ein <b>Baum</b> & ein Strauch.", body=factories.text_body("Text."))

    [hit] = ask("baum").page_obj

    assert hit.excerpt == "Ein &lt;b&gt;<mark>Baum</mark>&lt;/b&gt; &amp; ein Strauch. Text."


def test_excerpt_begins_near_the_hit_and_never_shows_folded_text(ask):
    words = " ".join(f"Füllwort{n}" for n in range(200))
    factories.NewsPageFactory(title="Lang", body=factories.text_body(f"{words} Straße {words}"))

    [hit] = ask("strasse").page_obj

    assert hit.excerpt.startswith("… ")
    assert "<mark>Straße</mark>" in hit.excerpt
    assert "fuellwort" not in hit.excerpt
    assert len(hit.excerpt) < 300


def test_facets_count_kinds_and_narrow_the_list(ask):
    factories.ProjectPageFactory(title="Park eins")
    factories.ProjectPageFactory(title="Park zwei")
    factories.NewsPageFactory(title="Park drei")

    results = ask("park", art="aktuelles")

    assert [(facet.label, facet.count, facet.is_current) for facet in results.facets] == [
        ("Alle", 3, False),
        ("Projekte", 2, False),
        ("Nachrichten", 1, True),
    ]
    assert results.facets[1].url == "/suche/?q=park&art=projekte"
    assert (titles(results), results.total) == (["Park drei"], 1)


def test_unknown_kind_shows_all(ask):
    factories.ProjectPageFactory(title="Park")

    assert titles(ask("park", art="nichts")) == ["Park"]


def test_pages_of_the_list(ask, client):
    for number in range(12):
        factories.NewsPageFactory(title=f"Park {number:02}")

    first, second, beyond = (ask("park", seite=number) for number in (1, 2, 99))

    assert [len(titles(results)) for results in (first, second, beyond)] == [10, 2, 2]
    assert not set(titles(first)) & set(titles(second))
    assert "/suche/?q=park&amp;seite=2" in client.get("/suche/?q=park").content.decode().replace('"?', '"/suche/?')


def test_picks_of_editors_stand_on_top(ask, client):
    page = factories.ProjectPageFactory(title="Speicherstraße")
    draft = factories.ProjectPageFactory(title="Entwurf", live=False)
    query = Query.get("Hafen")
    for target in (page, draft):
        SearchPromotion.objects.create(query=query, page=target)

    assert [pick.title for pick in ask("  HAFEN ").picks] == ["Speicherstraße"]
    assert ask("Hafenbecken").picks == []


def test_nothing_found_suggests_a_spelling_and_ways_on(ask, client):
    factories.ProjectPageFactory(title="Westfalenhütte")

    response = client.get("/suche/", {"q": "Xyzzyx"})
    html = response.content.decode()

    assert "0 Treffer für „Xyzzyx“" in html
    assert "Prüfen Sie die Schreibweise." in html
    assert 'href="/kontakt/"' in html


@on_sqlite
def test_typo_is_answered_by_a_suggestion(ask):
    factories.ProjectPageFactory(title="Westfalenhütte")

    assert ask("Westphalenhuette").suggestion == "Westfalenhütte"


def test_common_words_alone_are_answered_by_advice(client, search_page):
    html = client.get("/suche/", {"q": "und der"}).content.decode()

    assert "Bitte geben Sie ein Wort ein, das sagt, worum es geht." in html


def test_empty_search_shows_the_box(client, search_page):
    response = client.get("/suche/")

    assert response.context["results"].query == ""
    assert 'name="q"' in response.content.decode()


def test_what_people_search_is_not_kept(ask):
    ask("Park")

    assert Query.objects.count() == 0


# --- cost ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 13])
def test_number_of_queries(client, search_page, django_assert_num_queries, count):
    for number in range(count):
        factories.ProjectPageFactory(title=f"Park {number}")
    for number in range(3):
        factories.StandardPageFactory(title=f"Parkwege {number}")
    client.get("/suche/?q=park")  # content types and site roots are remembered between requests

    with django_assert_num_queries(8):
        client.get("/suche/?q=park")


def test_number_of_queries_at_most(client, search_page, django_assert_max_num_queries):
    point = factories.ServicePointFactory(name="Parkbüro")
    factories.AreaPageFactory(service_points=[point])
    factories.UnitFactory(name="Parkpflege")
    client.get("/suche/?q=park")

    with django_assert_max_num_queries(15):
        client.get("/suche/?q=park")

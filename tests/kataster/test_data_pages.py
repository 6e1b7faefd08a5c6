"""The pages of the open data: an overview, and for each data set what it is, what stands in it, and how to get it."""

import csv
import io
import re

import pytest
from django.urls import reverse

from kataster.models import DataCataloguePage
from kataster.opendata.catalogue import BY_SLUG, DATA_SETS
from kataster.opendata.fields import Kind
from kataster.opendata.licences import TEXTS, VOCABULARY, WITH_ATTRIBUTION, Licence
from kataster.opendata.writers import FORMATS
from stadterneuerung.base.open_items import open_items
from stadterneuerung.base.publication import PublicationError
from tests import factories
from tests.html import read
from tests.kataster.data_support import PAGES, body_of, data_page, one_of_each
from tools.audit import document

pytestmark = pytest.mark.django_db

SLUGS = list(BY_SLUG)


@pytest.fixture(scope="module", autouse=True)
def _rows(rows_of_module) -> None:
    data_page()
    one_of_each()


@pytest.fixture
def page(db) -> DataCataloguePage:
    return DataCataloguePage.objects.get()


def html(client, path: str = "") -> str:
    response = client.get(f"/daten/{path}")
    assert response.status_code == 200
    return response.content.decode()


# --- one definition --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("data_set", DATA_SETS, ids=lambda data_set: data_set.slug)
def test_table_of_fields_is_the_header_of_the_file(client, data_set):
    table = re.findall(
        r'<th class="kern-table__cell" scope="row"><code>([^<]+)</code>', html(client, f"{data_set.slug}/")
    )

    assert table == next(csv.reader(io.StringIO(body_of(client, f"{data_set.slug}.csv").decode(), newline="")))


@pytest.mark.parametrize("data_set", DATA_SETS, ids=lambda data_set: data_set.slug)
def test_every_field_is_explained_and_has_an_example(data_set):
    names = [field.name for field in data_set.fields]

    assert len(names) == len(set(names))
    assert [
        field.name for field in data_set.fields if not (field.meaning and (field.example_text or field.parts))
    ] == []
    assert [part.name for field in data_set.fields for part in field.parts if not part.meaning] == []
    assert [field.name for field in data_set.fields if field.options and field.example not in dict(field.options)] == []
    assert "csv" in data_set.formats
    assert ("geojson" in data_set.formats) <= (data_set.outline is not None)


@pytest.mark.parametrize("data_set", DATA_SETS, ids=lambda data_set: data_set.slug)
def test_data_set_says_what_it_is_in_plain_sentences(data_set):
    assert str(data_set.summary).count(". ") in {1, 2}
    assert max(len(sentence.split()) for sentence in str(data_set.summary).split(". ")) <= 22


def test_only_outlines_and_lists_of_records_need_more_than_a_word():
    assert {field.kind for data_set in DATA_SETS for field in data_set.fields} == set(Kind)


# --- what a reader sees ----------------------------------------------------------------------------------------------
def test_overview_leads_to_every_data_set_and_every_file(client):
    links = read(client.get("/daten/")).links

    assert {f"/daten/{data_set.slug}/" for data_set in DATA_SETS} <= links
    assert {f"/daten/{data_set.slug}.{ending}" for data_set in DATA_SETS for ending in data_set.formats} <= links
    assert {"/daten/katalog.ttl", "/daten/katalog.jsonld"} <= links


@pytest.mark.parametrize("slug", SLUGS)
def test_page_of_a_data_set_has_a_head_of_its_own(client, page, slug):
    found = document.read(html(client, f"{slug}/"))

    assert found.title.startswith(f"{BY_SLUG[slug].title} – Offene Daten")
    assert found.description == BY_SLUG[slug].summary
    assert found.canonical == f"{page.full_url}{slug}/"
    assert document.heading_errors(found) == []
    assert document.repeated_ids(found) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_page_names_files_rows_last_change_and_who_answers(client, slug):
    for model in (factories.ProjectPage, factories.AreaPage):
        model.objects.get().save_revision().publish()

    text, links = (found := read(client.get(f"/daten/{slug}/"))).text, found.links

    assert "1 Zeile" in text
    assert ("· zuletzt geändert am" in text) == (slug in {"projekte", "gebiete", "gebiete-historie"})
    assert "stadterneuerung@stadtdo.de" in text
    assert {f"/daten/{slug}.{ending}" for ending in BY_SLUG[slug].formats} <= links
    assert all(FORMATS[ending].content_type in text for ending in BY_SLUG[slug].formats)
    assert ("schematisch, nicht parzellenscharf, ohne Rechtswirkung" in text) == (BY_SLUG[slug].outline is not None)


def test_stand_is_the_newest_change_among_the_rows_and_not_of_what_they_name(client):
    area = factories.AreaPage.objects.get()

    area.save_revision().publish()

    assert BY_SLUG["gebiete"].state(area.locale_id).changed_at is not None
    assert BY_SLUG["projekte"].state(area.locale_id).changed_at is None


@pytest.mark.parametrize("path", ["/daten/unbekannt/", "/daten/projekte.xlsx", "/daten/projekte/mehr/"])
def test_unknown_address_is_not_found(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in response.content.decode()


def test_sitemap_lists_every_page_of_the_data_and_no_file(client, page):
    xml = client.get("/sitemap.xml").content.decode()

    assert sorted(re.findall(r"<loc>([^<]*/daten/[^<]*)</loc>", xml)) == sorted(
        f"{page.full_url}{path}" for path in PAGES
    )


def test_map_and_footer_lead_to_the_data(client):
    from kataster.models import MapPage

    factories.index_page(MapPage, "karte", "Karte")

    assert 'href="/daten/">Diese Daten herunterladen</a>' in client.get("/karte/").content.decode()
    assert 'href="/daten/">Offene Daten</a>' in client.get("/").content.decode()


def test_page_can_be_previewed(admin_client, page):
    response = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert response.status_code == 200
    assert "Alle Datensätze" in response.content.decode()


# --- licence ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", PAGES)
def test_undecided_licence_is_said(client, path):
    text = read(client.get(f"/daten/{path}")).text

    assert "Noch nicht festgelegt." in text
    assert 'rel="license"' not in html(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_decided_licence_is_named_and_linked_to_its_text(client, path):
    data_page(licence=Licence.DL_DE_BY, attribution="Stadt Dortmund, Amt für Stadterneuerung")

    found = html(client, path)

    assert "Noch nicht festgelegt" not in found
    assert (
        '<a href="https://www.govdata.de/dl-de/by-2-0" rel="license">'
        "Datenlizenz Deutschland – Namensnennung – Version 2.0</a>" in found
    )
    assert (
        "Bitte nennen Sie als Quelle: Stadt Dortmund, Amt für Stadterneuerung"
        in read(client.get(f"/daten/{path}")).text
    )


def test_every_licence_has_a_text_and_an_address_in_the_vocabulary():
    assert set(TEXTS) == set(Licence)
    assert {f"{VOCABULARY}{licence}" for licence in Licence} == {
        "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
        "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
        "http://dcat-ap.de/def/licenses/cc-zero",
        "http://dcat-ap.de/def/licenses/cc-by/4.0",
    }


@pytest.mark.parametrize("licence", sorted(WITH_ATTRIBUTION))
def test_licence_with_attribution_needs_the_words(page, licence):
    page.licence = licence

    with pytest.raises(PublicationError, match="Diese Lizenz verlangt, dass die Quelle genannt wird"):
        page.save()


def test_number_of_another_vocabulary_is_refused(admin_client, page):
    page.contributor_id = "http://dcat-ap.de/def/contributors/"

    with pytest.raises(Exception, match="Die Kennung beginnt mit"):
        page.full_clean()

    page.contributor_id = "http://dcat-ap.de/def/contributors/openDataDortmund"
    page.full_clean()


def missing() -> list[tuple[str, bool]]:
    return [(item.missing, item.blocks_launch) for item in open_items() if item.subject == "Offene Daten"]


def test_what_is_not_decided_is_an_open_item_until_it_is():
    assert missing() == [
        ("Lizenz der Daten", False),
        ("Kennung der Stadt bei GovData (contributorID)", False),
    ]

    data_page(licence=Licence.DL_DE_ZERO)
    assert missing() == [("Kennung der Stadt bei GovData (contributorID)", False)]

    data_page(contributor_id="http://dcat-ap.de/def/contributors/dortmund")
    assert missing() == []


# --- for machines ----------------------------------------------------------------------------------------------------
def structured(client, path: str) -> list[dict]:
    return [item for item in document.read(html(client, path)).structured_data() if item["@type"] != "BreadcrumbList"]


def test_search_engines_read_of_a_data_set_what_is_true(client, page):
    (data,) = structured(client, "gebiete/")

    base = page.full_url
    assert (data["@type"], data["name"], data["url"]) == ("Dataset", "Gebiete der Stadterneuerung", f"{base}gebiete/")
    assert [(file["encodingFormat"], file["contentUrl"]) for file in data["distribution"]] == [
        ("application/geo+json", f"{base}gebiete.geojson"),
        ("text/csv", f"{base}gebiete.csv"),
    ]
    assert {"license", "creditText"} & set(data) == set()


def test_search_engines_read_the_licence_once_it_is_decided(client):
    data_page(licence=Licence.CC_BY, attribution="Stadt Dortmund")

    (data,) = structured(client, "termine/")

    assert (data["license"], data["creditText"]) == ("https://creativecommons.org/licenses/by/4.0/", "Stadt Dortmund")


def test_overview_says_nothing_of_single_data_sets(client):
    assert structured(client, "") == []


def test_there_is_one_page_of_open_data(page):
    assert not DataCataloguePage.can_create_at(page.get_parent())

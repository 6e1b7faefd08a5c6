"""How the files of the open data are sent: streamed, compressed, only when changed, to pages of any host."""

import dataclasses
import datetime as dt
import gzip

import pytest
from django.utils import timezone

from areas.models import AreaGeometry
from kataster.models import DataCataloguePage
from kataster.opendata import datasets
from kataster.opendata.work import PROJECT_SET
from stadterneuerung.base.dates import today
from tests import factories
from tests.kataster.data_support import CATALOGUES, FILES, body_of, data_page, one_of_each
from tests.pages import restrict

pytestmark = pytest.mark.django_db

EVERYTHING = [*FILES, *CATALOGUES]
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "geojson": "application/geo+json",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
}


@pytest.fixture(scope="module", autouse=True)
def _rows(rows_of_module) -> None:
    data_page()
    one_of_each()


# --- headers ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", EVERYTHING)
def test_file_says_what_it_is_and_is_open_to_pages_of_any_host(client, name):
    response = client.get(f"/daten/{name}", headers={"Origin": "https://www.example.org"})

    assert response.streaming
    assert response["Content-Type"] == TYPES[name.partition(".")[2]]
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache"
    assert response["Vary"] == "Accept-Encoding"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    b"".join(response.streaming_content)


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.usefixtures("clock")  # at midnight the files change
def test_head_says_the_same_without_the_rows(client, name):
    got, asked = client.get(f"/daten/{name}"), client.head(f"/daten/{name}")

    assert asked.status_code == 200
    assert dict(asked.headers) == dict(got.headers) | {"Content-Security-Policy": asked["Content-Security-Policy"]}
    assert (b"".join(asked.streaming_content), b"".join(got.streaming_content) != b"") == (b"", True)


@pytest.mark.parametrize("name", EVERYTHING)
def test_scripts_of_other_hosts_may_ask_before_they_fetch(client, name):
    response = client.options(
        f"/daten/{name}",
        headers={"Origin": "https://www.example.org", "Access-Control-Request-Headers": "if-none-match"},
    )

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nobody_can_write(client, method):
    assert getattr(client, method)("/daten/projekte.csv").status_code == 405


# --- compression -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", EVERYTHING)
def test_compressed_file_is_the_same_file(client, name):
    response = client.get(f"/daten/{name}", headers={"Accept-Encoding": "br;q=0.5, gzip"})

    assert response.streaming
    assert (response["Content-Encoding"], response["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(b"".join(response.streaming_content)) == body_of(client, name)


# --- only what has changed -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_unchanged_file_is_not_sent_again(client, name, encoding):
    first = client.get(f"/daten/{name}", headers={"Accept-Encoding": encoding})
    b"".join(first.streaming_content)

    by_tag = client.get(f"/daten/{name}", headers={"If-None-Match": first["ETag"], "Accept-Encoding": encoding})
    by_date = client.get(f"/daten/{name}", headers={"If-Modified-Since": first["Last-Modified"]})

    assert (by_tag.status_code, by_tag.content) == (by_date.status_code, by_date.content) == (304, b"")
    assert by_tag["ETag"] == first["ETag"]
    assert (by_tag["Access-Control-Allow-Origin"], by_tag["Vary"]) == ("*", "Accept-Encoding")


def publish(page) -> None:
    page.save_revision().publish()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("projekte.csv", lambda: publish(factories.ProjectPage.objects.get())),
        ("projekte.json", lambda: factories.ProjectPage.objects.get().delete()),
        ("projekte.json", lambda: publish(factories.AreaPage.objects.get())),  # its name stands in the file
        ("projekte.csv", lambda: restrict(factories.ProjectPage.objects.get())),
        ("termine.csv", lambda: factories.EventPageFactory()),
        ("gebiete.geojson", lambda: AreaGeometry.objects.get().save()),
        ("gebiete-historie.csv", lambda: factories.AreaGeometryFactory(area=factories.AreaPage.objects.get(),
                                                                       valid_from=dt.date(2021, 1, 1))),
        ("foerderangebote.json", lambda: data_page(licence="dl-zero-de/2.0")),
        ("katalog.ttl", lambda: factories.ProjectPageFactory(last_published_at=timezone.now() + dt.timedelta(days=1))),
    ],
)  # fmt: skip
def test_changed_file_has_another_tag(client, name, change):
    before = client.head(f"/daten/{name}")["ETag"]
    assert client.head(f"/daten/{name}")["ETag"] == before

    change()

    after = client.get(f"/daten/{name}", headers={"If-None-Match": before})
    assert (after.status_code, after["ETag"] != before) == (200, True)
    b"".join(after.streaming_content)


def test_time_alone_changes_a_file(client, monkeypatch):
    """A project begins and an offer closes without anybody publishing anything."""
    tomorrow = today() + dt.timedelta(days=1)
    factories.ProjectPageFactory(start_on=tomorrow, end_on=tomorrow)
    before = client.head("/daten/projekte.csv")

    monkeypatch.setattr(datasets, "today", lambda: tomorrow)

    assert client.head("/daten/projekte.csv")["ETag"] != before["ETag"]


def test_nothing_is_older_than_today_for_those_who_ask_by_date(client):
    factories.ProjectPageFactory(last_published_at=timezone.now() - dt.timedelta(days=400))
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    DataCataloguePage.objects.update(last_published_at=midnight - dt.timedelta(days=400))

    said = client.head("/daten/projekte.csv")["Last-Modified"]

    assert dt.datetime.strptime(said, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=dt.UTC) == midnight


def test_another_layout_is_another_file():
    locale = DataCataloguePage.objects.get().locale_id
    with_one_field_less = dataclasses.replace(PROJECT_SET, fields=PROJECT_SET.fields[:-1])

    assert with_one_field_less.state(locale).key != PROJECT_SET.state(locale).key


# --- what is not there -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "projekte.geojson", "gebiete.json", "projekte.xml", "unbekannt.csv", "katalog.csv", "katalog.rdf",
        "projekte.csv/", "projekte/x/", "unbekannt/", "projekte.ttl", "katalog/", "projekte.csv.csv", "PROJEKTE.csv",
        "..%2Fprojekte.csv",
        "projekte.CSV", "%00.csv", "projekte%0A.csv", "ä.csv", "a" * 300 + ".csv",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/daten/{path}").status_code in ({400} if "%00" in path else {404})


@pytest.mark.parametrize("query", ["?", "?a=1", "?a=%ff%fe", "?" + "a=1&" * 500, "?format=xml", "?seite=-1", "?%s"])
def test_a_query_changes_nothing(client, query):
    assert client.get(f"/daten/projekte.csv{query}").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": "*"}, {"If-None-Match": '"' * 99}, {"If-None-Match": "W/"}, {"If-None-Match": "ä"},
        {"If-Modified-Since": "gestern"}, {"If-Modified-Since": "Thu, 99 Foo 9999 99:99:99 GMT"},
        {"If-Modified-Since": "-1"}, {"If-Unmodified-Since": "x"}, {"If-Match": "x"}, {"Range": "bytes=0-9"},
        {"Range": "bytes=9-0"}, {"Accept-Encoding": "zstd, *;q=0"}, {"Accept-Encoding": "gzip;q=ä"}, {"Accept": "x"},
        {"Accept-Language": "tr"}, {"Origin": "null"}, {"Host": "localhost:99"},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("name", ["gebiete.geojson", "katalog.jsonld"])
def test_odd_headers_break_nothing(client, name, headers):
    response = client.get(f"/daten/{name}", headers=headers)

    assert response.status_code in {200, 304, 412}
    if response.streaming:
        b"".join(response.streaming_content)


def test_a_restricted_or_unpublished_catalogue_hands_out_nothing(client):
    page = DataCataloguePage.objects.get()
    restrict(page)

    assert {client.get(f"/daten/{name}").status_code for name in EVERYTHING} == {302}

    page.unpublish()

    assert {client.get(f"/daten/{name}").status_code for name in EVERYTHING} == {404}

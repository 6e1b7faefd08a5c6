"""What files and pages of the open data ask of the database and hold in memory: the same for one row and for many."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from kataster.opendata import datasets
from kataster.opendata.catalogue import DATA_SETS
from tests import factories
from tests.kataster.data_support import FILES, PAGES, body_of, data_page, one_of_each, outlines
from tests.pages import cost
from tests.shared_rows import undone_afterwards

pytestmark = pytest.mark.django_db

# Three for the page, one for each source, one for the rows, one for each kind of related rows.
COSTS = {
    "gebiete": 3 + 3 + 1 + 1,
    "gebiete-historie": 3 + 2 + 1,
    "projekte": 3 + 3 + 1 + 4,
    "foerderangebote": 3 + 4 + 1 + 1,
    "termine": 3 + 3 + 1 + 2,
    "quartiersanalysen": 3 + 2 + 1,
}


@pytest.fixture(scope="module", autouse=True, params=[1, 3])
def rows(request, django_db_setup, django_db_blocker):
    """How many there are of each."""
    with undone_afterwards(django_db_blocker):
        data_page()
        for number in range(request.param):
            one_of_each(number)
        yield request.param


def queries_of(client, name: str) -> int:
    """Return how many queries the whole file costs, with nothing cached."""
    body_of(client, name)
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        body_of(client, name)
    return len(queries)


@pytest.mark.parametrize("name", FILES)
def test_a_file_costs_the_same_for_one_and_many(client, name):
    assert queries_of(client, name) == COSTS[name.partition(".")[0]]


def test_five_hundred_rows_cost_no_more_queries(client):
    outlines(factories.AreaPageFactory(), 500)

    assert queries_of(client, "gebiete-historie.csv") == COSTS["gebiete-historie"]


def test_related_rows_are_asked_for_chunk_by_chunk(client, rows, monkeypatch):
    monkeypatch.setattr(datasets, "CHUNK", 2)
    for number in range(rows, 5):
        one_of_each(number)

    assert queries_of(client, "projekte.json") == COSTS["projekte"] + 2 * 4  # three chunks instead of one


def test_304_costs_no_more_than_the_question_whether_anything_changed(client):
    tag = client.head("/daten/projekte.csv")["ETag"]
    cache.clear()
    Site.get_site_root_paths()

    with CaptureQueriesContext(connection) as queries:
        client.get("/daten/projekte.csv", headers={"If-None-Match": tag})

    assert len(queries) == 6  # three for the page, one each for projects, areas and programmes


@pytest.mark.parametrize("path", PAGES)
def test_pages_cost_the_same_for_one_and_many(client, path):
    counted = {f"{data_set.slug}/": 1 + len(data_set.parts) for data_set in DATA_SETS}
    counted[""] = sum(counted.values())

    assert cost(client, f"/daten/{path}") == 4 + counted[path]


def test_rows_are_read_while_they_are_sent(client, rows, monkeypatch):
    """The first block goes out before the last row is read: memory does not grow with the rows."""
    read = []
    outlines(factories.AreaPageFactory(), 500)
    original = datasets.DataSet.read

    def counted(*args):
        for row in original(*args):
            read.append(row.pk)
            yield row

    monkeypatch.setattr(datasets.DataSet, "read", counted)
    stream = iter(client.get("/daten/gebiete-historie.geojson").streaming_content)

    next(stream)

    assert 0 < len(read) < 500
    assert b"".join(stream).endswith(b"}\n")
    assert len(read) == rows + 500

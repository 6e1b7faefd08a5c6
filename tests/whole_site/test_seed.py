"""Everything the office's page of November 2025 named has its place: fixtures/seed_map.yaml, row by row."""

import re

import pytest
import yaml
from django.urls import reverse

from stadterneuerung.base.models import OpenQuestion
from tests.html import Document, read
from tools.paths import FIXTURES

ROWS = yaml.safe_load((FIXTURES / "seed_map.yaml").read_text(encoding="utf-8"))
SEED_LINES = 51
EXPIRED = "/stellen/oeffentlichkeitsarbeit/"


@pytest.fixture(scope="module")
def read_page(demo_content):
    """Return a function that reads a page once, however often it is asked for."""
    seen: dict[str, Document] = {}

    def read_once(client, url: str) -> Document:
        if url not in seen:
            response = client.get(url)
            assert response.status_code == 200, f"{url} antwortet {response.status_code}"
            seen[url] = read(response)
        return seen[url]

    return read_once


def test_map_has_one_row_for_each_line():
    assert [row["line"] for row in ROWS] == list(range(1, SEED_LINES + 1))


def test_every_row_says_what_to_look_for():
    assert [row["line"] for row in ROWS if "heading" not in row and "text" not in row] == []


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"Zeile {row['line']}")
def test_line_is_found_where_the_map_says(row, read_page, client):
    document = read_page(client, row["url"])

    if "heading" in row:
        assert row["heading"] in document.headings
    if "text" in row:
        assert row["text"] in document.text
    if "open_item" in row:
        assert OpenQuestion.objects.filter(key=row["open_item"], answered_on=None).exists()


@pytest.mark.django_db
def test_each_place_is_at_most_two_clicks_from_the_office(read_page, client):
    office = read_page(client, "/amt/")
    reachable = {"/amt/"} | office.links
    for url in sorted(office.links):
        if url.endswith("/"):
            reachable |= read_page(client, url).links

    missing = sorted({row["url"] for row in ROWS if "address_only" not in row} - reachable)

    assert missing == []


@pytest.mark.django_db
def test_expired_vacancy_answers_but_is_listed_nowhere(read_page, client):
    assert "Bewerbungsfrist abgelaufen" in read_page(client, EXPIRED).text
    lists = ["/", "/amt/", "/stellen/", "/aktuelles/", "/termine/"]
    searches = ["/suche/?q=%C3%96ffentlichkeitsarbeit", "/suche/?q=Stelle"]
    machine_lists = ["/sitemap.xml", "/aktuelles/rss/", "/aktuelles/atom/"]
    answers = {url: client.get(url) for url in [*lists, *searches, *machine_lists]}

    listed = [url for url, answer in answers.items() if EXPIRED in answer.content.decode()]

    assert listed == []
    assert {answer.status_code for answer in answers.values()} == {200}


@pytest.mark.django_db
def test_open_vacancy_is_listed_where_the_expired_one_is_not(read_page, client):
    """Proves that the lists above would show a vacancy."""
    for url in ["/", "/amt/", "/stellen/"]:
        assert "/stellen/beispiel-quartiersentwicklung/" in read_page(client, url).links


def test_open_items_of_the_map_exist_in_the_content():
    questions = yaml.safe_load((FIXTURES / "open_questions.yaml").read_text(encoding="utf-8"))
    known = {row["key"] for row in questions["rows"]}

    assert {row["open_item"] for row in ROWS if "open_item" in row} <= known


@pytest.mark.django_db
def test_open_questions_are_shown_to_administrators(demo_content, admin_client):
    page = admin_client.get(reverse("open_items"))

    assert re.search("Name ist in der Vorlage\\s+abgeschnitten", page.content.decode())

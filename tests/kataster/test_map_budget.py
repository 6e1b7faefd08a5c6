"""The map of a large city: what it weighs, what it asks of the database, and that nothing is lost in the crowd."""

import gzip
import json
import re

import brotli
import pytest

from areas.models import AreaIndexPage
from kataster.entries import LAYERS
from kataster.models import MapPage
from news.models import EventIndexPage
from projects.models import FundingIndexPage, ProjectIndexPage
from tests import factories
from tests.pages import cost
from tools import synthetic_city
from tools.audit import document
from tools.paths import BUILD, STATIC

pytestmark = pytest.mark.django_db

EVERYTHING = "?" + "&".join(f"ebene={layer.key}" for layer in LAYERS)
# Bytes as sent: HTML and data with gzip, static files as WhiteNoise keeps them; the picture as it stands in the page.
BUDGETS = {"data": 150_000, "first view": 260_000, "picture": 120_000}
INDEXES = {
    AreaIndexPage: "gebiete",
    ProjectIndexPage: "projekte",
    FundingIndexPage: "foerderung",
    EventIndexPage: "termine",
}


def test_a_large_city_stays_within_the_budgets_and_loses_nothing(client, home_page):
    factories.index_page(MapPage, "karte", "Karte")
    for model, slug in INDEXES.items():
        factories.index_page(model, slug, slug.title())
    synthetic_city.build(areas=300, vertices=300, points=1000)

    first = sent(client, "/karte/")
    first_data = sent(client, "/karte/daten/?zoom=12")
    everything = gzip.decompress(sent(client, f"/karte/{EVERYTHING}")).decode()
    data = sent(client, f"/karte/daten/{EVERYTHING}&zoom=12")
    picture = re.search(r'<svg class="city-map__picture".*?</svg>', everything, re.DOTALL)[0]
    static = [path for path in static_files(gzip.decompress(first).decode()) if path.is_file()]
    weights = {
        "data": len(data),
        "first view": len(first) + len(first_data) + sum(map(weight, static)),
        "picture": len(picture.encode()),
    }
    assert BUILD / "city.svg" in static
    assert {name: size for name, size in weights.items() if size > BUDGETS[name]} == {}
    assert cost(client, f"/karte/{EVERYTHING}") == 12

    listed = re.findall(r'<li class="map-list__entry" id="([^"]+)"', everything)
    features = json.loads(gzip.decompress(data))["features"]
    assert len(listed) == 1300
    assert [feature["id"] for feature in features] == listed
    assert [feature["id"] for feature in features if not feature["geometry"]] == []
    outlines, markers = picture.count('class="city-map__shape"'), picture.count('<a class="city-map__marker')
    groups = re.findall(r'<a class="city-map__group" href="#(stelle-\d+)".*?<text dy="15">(\d+)</text>', picture)
    assert outlines == 300
    assert markers + sum(int(count) for _, count in groups) == 1000
    members = {key: section_of(everything, key).count("<li>") for key, _ in groups}
    assert members == {key: int(count) for key, count in groups}


def sent(client, address: str) -> bytes:
    """Return the body as a browser gets it."""
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    return response.content


def static_files(html: str) -> list:
    """Return the files that the page makes a browser fetch, with what the styles and scripts fetch in their turn."""
    names = {name.partition("#")[0].removeprefix("/static/") for name in document.read(html).resources if name}
    return [STATIC / name for name in names if not name.startswith(("/", "data:"))] + [STATIC / "js" / "map-draw.js"]


def weight(path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix in {".woff2", ".png"} else len(brotli.compress(content))


def section_of(html: str, key: str) -> str:
    return re.search(rf'<section class="city-map__members" id="{key}".*?</section>', html, re.DOTALL)[0]

"""Mending an outline is offered only where it takes little time."""

import math
import random

import pytest
from shapely.geometry import MultiPolygon, Polygon, box, mapping

from areas import outlines
from areas.tangles import is_tangled
from tests.areas import geo_files
from tests.areas.test_history import _posted
from tests.areas.upload_support import preview, words
from tests.factories import AreaPageFactory

TOO_OFTEN = "überschneidet oder berührt sich zu oft, um hier bereinigt zu werden."


def scribble(points: int) -> Polygon:
    numbers = random.Random(1)  # noqa: S311 - a drawing, no secret
    return Polygon([(7.4 + numbers.random() / 10, 51.45 + numbers.random() / 10) for _ in range(points)])


def circle(points: int, swapped: int) -> Polygon:
    """A ring that crosses itself wherever two neighbours are swapped."""
    turns = [math.tau * i / points for i in range(points)]
    ring = [(7.45 + math.cos(turn) / 20, 51.5 + math.sin(turn) / 30) for turn in turns]
    for k in range(swapped):
        i = k * points // swapped
        ring[i], ring[i + 1] = ring[i + 1], ring[i]
    return Polygon(ring)


def comb(teeth: int) -> Polygon:
    """Teeth whose points touch the ring's own base."""
    ring = [(7.4, 51.5)]
    for i in range(teeth):
        x = 7.4 + (i + 0.3) / teeth / 10
        ring += [(x, 51.52), (x + 0.03 / teeth, 51.5), (x + 0.06 / teeth, 51.52)]
    return Polygon([*ring, (7.5, 51.52), (7.5, 51.5)])


def halves(points: int) -> MultiPolygon:
    """Two parts with a border of so many points in common."""
    border = [(7.45 + math.sin(i) / 1000, 51.45 + i / points / 10) for i in range(points)]
    return MultiPolygon([Polygon([*border, (x, 51.55), (x, 51.45)]) for x in (7.4, 7.5)])


def lattice(lines: int) -> Polygon:
    """Sides that lie close to each other without crossing, and one crossing."""
    ring = [(7.4 + i / lines / 10, 51.45 if i % 2 else 51.55) for i in range(lines)]
    return Polygon([*ring, (7.4, 51.5), (7.41, 51.44)])


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (scribble(5), False),
        (scribble(300), True),
        (scribble(19_000), True),
        (circle(10_000, 1), False),
        (circle(10_000, 50), False),
        (circle(1_000, 300), True),
        (circle(20_001, 1), True),
        (comb(50), False),
        (comb(1_000), True),
        (halves(4_000), False),
        (lattice(19_000), True),
        (MultiPolygon([box(7.4, 51.5, 7.41, 51.51)] * 200), False),
        (MultiPolygon([box(7.4, 51.5, 7.41, 51.51)] * 501), True),
        (Polygon([(7.4, 51.5)] * 4), False),
    ],
)
def test_what_is_tangled(geometry, expected):
    assert not geometry.is_valid
    assert is_tangled(geometry) is expected


@pytest.fixture
def never_mended(monkeypatch):
    monkeypatch.setattr(outlines, "make_valid", lambda geometry: pytest.fail("it was mended"))


@pytest.mark.django_db
def test_the_preview_of_a_tangled_outline_answers_without_mending_it(editor, areas, never_mended):
    shown = preview(editor, geo_files.geojson(mapping(scribble(300)), name="Nord"), name="a.geojson")

    assert TOO_OFTEN in words(shown)
    assert "überschneidet sich selbst bei" in words(shown)


@pytest.mark.django_db
def test_the_form_of_an_outline_does_not_mend_a_tangled_one(admin_client, home_page, never_mended):
    page = AreaPageFactory(title="Nord")

    shown = admin_client.post(
        "/admin/snippets/areas/areageometry/add/", _posted(page, mapping(scribble(300)), repair="on")
    )

    assert TOO_OFTEN in words(shown)

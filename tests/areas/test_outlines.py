"""What counts as an outline, and what is said of one that does not."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from areas import outlines
from tests.factories import SQUARE

FIXTURES = Path(__file__).parents[2] / "fixtures" / "geo"
SCHEMATIC = json.loads((FIXTURES / "areas_schematic.geojson").read_text(encoding="utf-8"))["features"]


def polygon(*points: tuple[float, float]) -> dict:
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


BOW_TIE = polygon((7.45, 51.51), (7.47, 51.52), (7.47, 51.51), (7.45, 51.52), (7.45, 51.51))
SLIVER = [[[7.48, 51.51], [7.4801, 51.51], [7.4801, 51.5100005], [7.48, 51.51]]]

REFUSED = {
    "no object": ("Umriss", "Das ist kein Umriss"),
    "nothing": (None, "Das ist kein Umriss"),
    "point": ({"type": "Point", "coordinates": [7.4, 51.5]}, "Das ist kein Umriss"),
    "two features": ({"type": "FeatureCollection", "features": [{}, {}]}, "genau einen Umriss"),
    "without coordinates": ({"type": "Polygon"}, "lassen sich nicht lesen"),
    "words": ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "lassen sich nicht lesen"),
    "one number": ({"type": "Polygon", "coordinates": [[[7.4], [7.5], [7.5], [7.4]]]}, "lassen sich nicht lesen"),
    "beyond floats": (polygon((10**400, 51.5), (7.5, 51.5), (7.5, 51.6), (10**400, 51.5)), "lassen sich nicht lesen"),
    "empty": ({"type": "MultiPolygon", "coordinates": []}, "ist leer"),
    "not closed": (polygon((7.45, 51.51), (7.47, 51.51), (7.47, 51.52), (7.45, 51.52)), "nicht geschlossen"),
    "not a number": (polygon((float("nan"), 51.5), (7.5, 51.5), (7.5, 51.6), (float("nan"), 51.5)), "keine Zahl"),
    "swapped": (polygon((51.51, 7.45), (51.51, 7.47), (51.52, 7.47), (51.51, 7.45)), "vertauscht"),
    "metres": (polygon((392000, 5707000), (393000, 5707000), (393000, 5708000), (392000, 5707000)), "EPSG:25832"),
    "Bochum": (
        polygon((7.1, 51.5), (7.12, 51.5), (7.12, 51.52), (7.1, 51.5)),
        "7,10000 Ost, 51,50000 Nord liegt nicht",
    ),
    "crossing itself": (BOW_TIE, "überschneidet sich selbst bei 7,46000 Ost, 51,51500 Nord"),
    "sliver": ({"type": "Polygon", "coordinates": SLIVER}, "Splitter von"),
    "with sliver": ({"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], SLIVER]}, "Splitter von"),
}


@pytest.mark.parametrize(("geojson", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_outline_is_refused_in_words(geojson, sentence):
    with pytest.raises(outlines.OutlineError, match=sentence):
        outlines.read(geojson)


@pytest.mark.parametrize("feature", SCHEMATIC, ids=lambda feature: feature["id"])
def test_area_on_the_ellipsoid_agrees_with_the_stated_size(feature):
    stated = feature["properties"]["flaeche_polygon_ha"]

    assert outlines.read(feature).hectares == pytest.approx(stated, rel=0.01, abs=0.05)


def test_stored_form_is_rounded_and_turned_as_rfc_7946_wants():
    clockwise = polygon((7.45, 51.51), (7.45, 51.52), (7.4700000004, 51.52), (7.47, 51.51), (7.45, 51.51))

    (ring,) = outlines.read(clockwise).geojson["coordinates"]

    assert sorted(map(tuple, ring[:-1])) == [(7.45, 51.51), (7.45, 51.52), (7.47, 51.51), (7.47, 51.52)]
    assert shape({"type": "Polygon", "coordinates": [ring]}).exterior.is_ccw


def test_the_same_outline_begun_elsewhere_has_the_same_checksum():
    begun_elsewhere = polygon((7.47, 51.52), (7.45, 51.52), (7.45, 51.51), (7.47, 51.51), (7.47, 51.52))

    assert outlines.read(begun_elsewhere).checksum == outlines.read(SQUARE).checksum


def test_a_crossing_outline_is_mended_only_on_request():
    mended = outlines.repaired(BOW_TIE)

    assert (mended.geojson["type"], len(mended.geojson["coordinates"])) == ("MultiPolygon", 2)
    assert mended.hectares == pytest.approx(77.2, abs=0.5)


def test_mending_leaves_slivers_out():
    both = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], SLIVER]}

    assert outlines.repaired(both).checksum == outlines.read(SQUARE).checksum


@settings(max_examples=60, deadline=None)
@given(st.floats(7.35, 7.6), st.floats(51.42, 51.58), st.lists(st.floats(0.001, 0.02), min_size=3, max_size=20))
def test_reading_what_was_stored_changes_nothing(lon, lat, spokes):
    """A star around a point, whatever its corners: the second reading finds what the first one stored."""
    turns = [math.tau * i / len(spokes) for i in range(len(spokes))]
    corners = [
        (lon + r * math.cos(turn), lat + 0.6 * r * math.sin(turn)) for r, turn in zip(spokes, turns, strict=True)
    ]

    stored = outlines.read(polygon(*corners, corners[0]))

    again = outlines.read(stored.geojson)
    assert (again.geojson, again.checksum) == (stored.geojson, stored.checksum)

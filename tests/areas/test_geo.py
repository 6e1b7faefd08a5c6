"""The plane and the paths that are drawn on it."""

import json
from pathlib import Path

import pytest
from shapely.geometry import LineString, Polygon, box

from areas.geo import centroid, hatch_strokes, project, smooth_path, to_plane

FIXTURES = Path(__file__).parents[2] / "fixtures" / "geo"
OUTLINES = json.loads((FIXTURES / "areas_schematic.geojson").read_text(encoding="utf-8"))["features"]


def test_x_grows_eastwards_and_y_southwards():
    west_north, east_south = project(7.40, 51.55), project(7.50, 51.50)

    assert (round(east_south[0] - west_north[0]), round(east_south[1] - west_north[1])) == (6921, 5560)


def test_centroid_of_a_crescent_lies_inside_it():
    crescent = next(feature["geometry"] for feature in OUTLINES if feature["id"] == "gruener-ring")

    lon, lat = centroid(crescent)

    assert to_plane(crescent).covers(to_plane({"type": "Point", "coordinates": [lon, lat]}))


@pytest.mark.parametrize(
    "geojson",
    [
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Kreis", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[7.4, 51.5], [7.5, 51.5], [7.4, 51.5], [7.4, 51.5]]]},  # flat
        {"type": "Polygon", "coordinates": [[[10**400, 51.5], [7.5, 51.5], [7.4, 51.6], [10**400, 51.5]]]},
        [],
        "x",
    ],
)
def test_what_is_no_geometry_is_refused_in_words(geojson):
    with pytest.raises(ValueError, match=r"^(Das ist keine GeoJSON-Geometrie|Die Geometrie ist leer)\.$"):
        to_plane(geojson)


def test_an_outline_that_crosses_itself_is_repaired():
    bow_tie = {"type": "Polygon", "coordinates": [[[7.4, 51.5], [7.5, 51.6], [7.5, 51.5], [7.4, 51.6], [7.4, 51.5]]]}

    assert to_plane(bow_tie).is_valid


def test_path_without_rounding_is_a_relative_polygon():
    assert smooth_path(box(0, 0, 100, 50), unit=10) == "M10 0l0 5-10 0 0-5z"


def test_rounded_corners_stay_inside_the_edges():
    assert smooth_path(box(0, 0, 100, 100), unit=10, radius=20) == "M8 0q2 0 2 2l0 6q0 2-2 2l-6 0q-2 0-2-2l0-6q0-2 2-2z"


def test_rounding_errors_do_not_add_up():
    staircase = Polygon([(i * 3.4, i * 3.4) for i in range(200)] + [(0, 679)])

    numbers = smooth_path(staircase, unit=10).removeprefix("M").rstrip("z").replace("-", " -").replace("l", " ").split()

    xs = [int(number) for number in numbers[::2]]
    assert sum(xs[:-1]) == round(199 * 3.4 / 10)


def test_a_hole_is_a_ring_of_its_own():
    ring = box(0, 0, 100, 100).difference(box(40, 40, 60, 60))

    assert smooth_path(ring, unit=10).count("z") == 2


def test_hatch_stays_inside_and_never_changes():
    shape = to_plane(OUTLINES[1]["geometry"])

    strokes = hatch_strokes(shape, 200, -45)

    assert strokes == hatch_strokes(shape, 200, -45)
    assert len(strokes) > 10
    assert all(shape.buffer(1).covers(to_line) for to_line in map(_line, strokes))


def test_hatch_of_something_too_thin_is_empty():
    assert hatch_strokes(box(0, 0, 1000, 5), 100, -45) == []


def _line(stroke):
    return LineString(stroke)

"""Detail of the data: a quarter of a pixel for each zoom, and the whole detail only inside the box that is shown."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kataster.entries import AREA_LAYERS, Entry
from kataster.geojson import CITY_ZOOM, MOST_DETAIL, View, digits, feature_collection, pixel

LAYER = AREA_LAYERS["conversion"]


def circle(lon: float, lat: float, corners: int = 200) -> Entry:
    turns = [math.tau * i / corners for i in range(corners)]
    ring = [[round(lon + 0.01 * math.cos(turn), 6), round(lat + 0.006 * math.sin(turn), 6)] for turn in turns]
    outline = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return Entry(key=f"gebiet-{lon}", layer=LAYER, name="Rund", url="", outline=outline)


def corners(entries: list[Entry], view: View | None) -> list[int]:
    features = feature_collection(entries, view)["features"]
    return [len(feature["geometry"]["coordinates"][0]) for feature in features]


def test_what_lies_outside_the_box_is_sent_with_the_detail_of_the_city():
    inside, outside = circle(7.45, 51.51), circle(7.55, 51.51)

    in_box = corners([inside, outside], View(15, (7.44, 51.5, 7.46, 51.52)))

    assert in_box == [*corners([inside], View(15)), *corners([outside], View(CITY_ZOOM))]
    assert in_box[0] > in_box[1] > 4


def test_up_to_the_zoom_of_the_city_the_box_changes_nothing():
    entries = [circle(7.45, 51.51), circle(7.55, 51.51)]

    assert corners(entries, View(CITY_ZOOM, (7.44, 51.5, 7.46, 51.52))) == corners(entries, View(CITY_ZOOM))


def test_closest_up_and_without_a_view_outlines_are_sent_as_they_are_kept():
    entry = circle(7.45, 51.51)

    for view in (None, View(MOST_DETAIL)):
        assert feature_collection([entry], view)["features"][0]["geometry"] == entry.outline


@given(zoom=st.integers(0, 18))
def test_rounding_moves_nothing_by_more_than_a_quarter_of_a_pixel(zoom):
    assert digits(zoom) == 6 or 10 ** -digits(zoom) / 2 <= pixel(zoom) / 4


def test_a_pixel_at_the_zoom_of_the_city_is_some_24_metres():
    assert round(pixel(12) * 111_195, 1) == 23.8


@pytest.mark.parametrize(
    ("zoom", "box", "view"),
    [
        ("14", "7.4,51.5,7.5,51.6", View(14, (7.4, 51.5, 7.5, 51.6))),
        ("14", "", View(14)),
        ("14", "7.5,51.5,7.4,51.6", View(14)),
        ("14", "7.4,51.5,7.5", View(14)),
        ("14", "nan,nan,nan,nan", View(14)),
        ("", "7.4,51.5,7.5,51.6", None),
        ("-1", "", None),
        ("²", "", None),
    ],
)
def test_a_view_is_read_from_the_address(zoom, box, view):
    assert View.read(zoom, box) == view


@given(zoom=st.text(max_size=4) | st.integers(0, 99).map(str), box=st.text(max_size=30))
def test_whatever_stands_in_the_address_the_entry_is_drawn(zoom, box):
    [feature] = feature_collection([circle(7.45, 51.51, 12)], View.read(zoom, box))["features"]

    assert len(feature["geometry"]["coordinates"][0]) >= 4

"""Detail follows the scale: less than a pixel is lost, nothing vanishes, neighbours keep their common border."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import coverage_is_valid, get_num_coordinates, hausdorff_distance
from shapely.geometry import Point, Polygon, box, shape

from areas.detail import TINY, coarse
from tools.synthetic_city import outlines

CITY = [shape(outline) for _, outline in outlines(30, 100)]
QUARTERS = [shape(outline) for kind, outline in outlines(30, 100) if kind == "quarter"]
PIXEL = 0.0002  # degrees, as at zoom 12


@given(pixel=st.floats(1e-6, 0.05))
def test_nothing_vanishes_at_any_scale(pixel):
    drawn = coarse(CITY, pixel)

    assert len(drawn) == len(CITY)
    for outline in drawn:
        left, bottom, right, top = outline.bounds
        assert max(right - left, top - bottom) >= TINY * pixel * 0.5


def test_outlines_that_overlap_lose_less_than_a_pixel():
    drawn = coarse(CITY, PIXEL)

    large = [(new, old) for new, old in zip(drawn, CITY, strict=True) if old.length > 100 * PIXEL]
    assert len(large) > 10
    assert max(hausdorff_distance(new, old) for new, old in large) <= PIXEL
    assert sum(map(get_num_coordinates, drawn)) < sum(map(get_num_coordinates, CITY)) / 2


def test_neighbours_that_touch_still_touch_without_gap_or_overlap():
    assert coverage_is_valid(QUARTERS)

    drawn = coarse(QUARTERS, PIXEL)

    assert coverage_is_valid(drawn)
    assert sum(map(get_num_coordinates, drawn)) < sum(map(get_num_coordinates, QUARTERS))


@pytest.mark.parametrize("outlines", [[box(0, 0, 1, 1)], [box(0, 0, 1, 1), box(1, 0, 2, 1)]])
def test_what_is_a_few_pixels_large_becomes_a_diamond_that_can_be_seen(outlines):
    drawn = coarse(outlines, 10)

    assert [len(outline.exterior.coords) for outline in drawn] == [5] * len(outlines)
    assert drawn[0].bounds == (0.5 - 30, 0.5 - 30, 0.5 + 30, 0.5 + 30)


def test_no_outlines_are_no_outlines():
    assert coarse([], 1) == []


def test_a_circle_keeps_its_form():
    circle = Point(0, 0).buffer(100, quad_segs=64)

    [drawn] = coarse([circle], 1)

    assert isinstance(drawn, Polygon)
    assert drawn.symmetric_difference(circle).area < circle.area * 0.02

"""Two outlines compared: sizes, and a drawing that tells them apart without colour."""

import pytest
from shapely.geometry import Point, mapping

from areas.difference import compare, draw
from tests.areas.test_history import WIDER
from tests.areas.test_outlines import polygon
from tests.factories import SQUARE

EAST = polygon((7.46, 51.51), (7.48, 51.51), (7.48, 51.52), (7.46, 51.52), (7.46, 51.51))


def test_sizes_add_up():
    found = compare(EAST, SQUARE)

    assert (found.new, found.in_force) == (pytest.approx(154.47, abs=0.01),) * 2
    assert (found.added, found.removed) == (pytest.approx(77.23, abs=0.01),) * 2
    assert found.new - found.added == pytest.approx(found.in_force - found.removed)


def test_an_outline_with_nothing_before_it_is_all_new():
    found = compare(SQUARE, None)

    assert (found.in_force, found.added, found.removed) == (None, found.new, 0)
    assert (found.drawing.old, found.drawing.removed, bool(found.drawing.hatched_new)) == ("", "", True)


def test_what_comes_and_what_goes_is_hatched_apart():
    grown, shrunk, moved = (compare(*pair).drawing for pair in ((WIDER, SQUARE), (SQUARE, WIDER), (EAST, SQUARE)))

    assert [(bool(each.added), bool(each.removed)) for each in (grown, shrunk, moved)] == [
        (True, False),
        (False, True),
        (True, True),
    ]


def test_both_outlines_lie_in_the_frame():
    x, _, width, height = map(float, draw(EAST, SQUARE).view_box.split())

    assert width / height == pytest.approx(4 / 3, abs=0.001)
    # From 7.45 to 7.48 degrees: 1,053 to 1,260 units of ten metres east of the picture's origin.
    assert x < 1_053 < 1_260 < x + width


def test_a_line_of_a_hundred_thousand_points_becomes_a_small_drawing():
    circle = mapping(Point(7.46, 51.51).buffer(0.01, quad_segs=25_000))

    assert len(draw(circle, None).new) < 5_000

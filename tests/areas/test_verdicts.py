"""What may be said of a place and an outline: "yes" and "no" need official data on both sides."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPoint, Point, Polygon

from areas.verdicts import BORDER_METRES, Verdict, judge, reach

SQUARE = Polygon([(0, 0), (1000, 0), (1000, 1000), (0, 1000)])
HOUSE = Point(500, 500)


@pytest.mark.parametrize(
    ("x", "verdict"),
    [
        (500, Verdict.IN),
        (1000 - BORDER_METRES - 1, Verdict.IN),
        (1000 - BORDER_METRES + 1, Verdict.BORDER),
        (1000, Verdict.BORDER),
        (1000 + BORDER_METRES - 1, Verdict.BORDER),
        (1000 + BORDER_METRES + 1, Verdict.OUT),
    ],
)
def test_official_data_say_yes_no_or_border(x, verdict):
    assert judge(Point(x, 500), SQUARE, None, None) == verdict


@pytest.mark.parametrize(
    ("x", "verdict"),
    [
        (500, Verdict.LIKELY_IN),
        (999, Verdict.LIKELY_IN),
        (1001, Verdict.NEAR),
        (1499, Verdict.NEAR),
        (1501, Verdict.LIKELY_OUT),
    ],
)
def test_a_schematic_outline_says_probably(x, verdict):
    assert judge(Point(x, 500), SQUARE, 500, None) == verdict


def test_a_place_that_is_only_roughly_known_says_probably_too():
    assert judge(HOUSE, SQUARE, None, 300) == Verdict.LIKELY_IN
    assert judge(Point(1299, 500), SQUARE, None, 300) == Verdict.NEAR
    assert judge(Point(1301, 500), SQUARE, None, 300) == Verdict.LIKELY_OUT


def test_the_errors_of_outline_and_place_add_up():
    assert judge(Point(1799, 500), SQUARE, 500, 300) == Verdict.NEAR
    assert judge(Point(1801, 500), SQUARE, 500, 300) == Verdict.LIKELY_OUT


def test_houses_on_both_sides_are_on_the_border():
    both = MultiPoint([(500, 500), (1500, 500)])

    assert judge(both, SQUARE, None, None) == Verdict.BORDER
    assert judge(both, SQUARE, 100, None) == Verdict.NEAR


@given(
    st.integers(3, 9),
    st.floats(0, math.tau),
    st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000)),
    st.none() | st.integers(0, 800),
    st.none() | st.integers(0, 800),
)
def test_verdict_agrees_with_a_slow_count(corners, turn, point, outline_error, place_error):
    radii = [600 + 300 * math.cos(i * 2.3) for i in range(corners)]
    ring = [
        (radius * math.cos(turn + i * math.tau / corners), radius * math.sin(turn + i * math.tau / corners))
        for i, radius in enumerate(radii)
    ]
    distance = min(_distance(point, ring[i - 1], ring[i]) for i in range(corners))
    inside = _crossings(point, ring) % 2 == 1
    if distance < 0.01 or abs(distance - reach(outline_error, place_error)) < 0.01:
        return  # on the line itself rounding decides, and both answers are right

    verdict = judge(Point(point), Polygon(ring), outline_error, place_error)

    if outline_error is None and place_error is None:
        expected = Verdict.BORDER if distance <= BORDER_METRES else Verdict.IN if inside else Verdict.OUT
    elif inside:
        expected = Verdict.LIKELY_IN
    else:
        expected = Verdict.NEAR if distance <= reach(outline_error, place_error) else Verdict.LIKELY_OUT
    assert verdict == expected


@given(st.floats(-3000, 3000), st.floats(-3000, 3000), st.integers(0, 2000), st.none() | st.integers(0, 2000))
def test_no_yes_and_no_no_come_from_a_schematic_outline(x, y, outline_error, place_error):
    assert judge(Point(x, y), SQUARE, outline_error, place_error) not in {Verdict.IN, Verdict.BORDER, Verdict.OUT}


def _crossings(point, ring) -> int:
    """Count how often a line from the point to the right crosses the ring."""
    x, y = point
    count = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            count += 1
    return count


def _distance(point, start, end) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    share = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy)
    share = min(1, max(0, share))
    return math.dist(point, (start[0] + share * dx, start[1] + share * dy))

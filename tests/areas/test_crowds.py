"""Room on a map: what would cover each other moves aside or becomes a group; nothing is lost."""

import math

from hypothesis import given
from hypothesis import strategies as st

from areas.city_map import CROWD_OF_AREAS, CROWD_OF_PLACES, build_map
from areas.crowds import Places, grouped
from tools.synthetic_city import outlines

COORDINATE = st.floats(-5000, 5000)
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE), max_size=150)


@given(points=POINTS)
def test_places_that_are_taken_keep_their_distance(points):
    places = Places(62)

    taken = [place for point in points if (place := places.take_free(*point))]

    apart = [math.dist(a, b) for i, a in enumerate(taken) for b in taken[i + 1 :]]
    assert min(apart, default=62) >= 62


def test_a_place_is_moved_aside_and_none_is_found_where_all_is_full():
    places = Places(10)

    taken = [places.take_free(0, 0) for _ in range(60)]

    assert taken[0] == (0, 0)
    assert taken[1] == (10, 0)
    assert taken[-1] is None


@given(points=POINTS, most=st.integers(1, 20))
def test_every_point_is_in_exactly_one_group_and_groups_are_few(points, most):
    groups = grouped(points, 50, most)

    assert sorted(i for group in groups for i in group) == list(range(len(points)))
    assert len(groups) <= most
    assert all(group == sorted(group) for group in groups)


def test_points_that_are_far_from_one_another_are_no_group():
    assert grouped([(0, 0), (100, 0), (10, 0)], 50, 5) == [[0, 2], [1]]


def places(count: int) -> list[dict]:
    return [
        {
            "name": f"Ort {i}",
            "url": f"/{i}/",
            "kind": "running",
            "kind_label": "Projekte",
            "point": (7.4 + i / 1000, 51.5),
        }
        for i in range(count)
    ]


def test_few_places_are_markers_and_a_crowd_becomes_groups_that_hold_all():
    few, many = build_map(places(CROWD_OF_PLACES)), build_map(places(CROWD_OF_PLACES + 1))

    assert (len(few.markers), few.groups) == (CROWD_OF_PLACES, [])
    members = [number for group in many.groups for number, _ in group.members]
    assert sorted(members + [marker.number for marker in many.markers]) == list(range(1, CROWD_OF_PLACES + 2))
    assert len(many.groups) > 1
    assert many.groups[0].first == "Ort 0"


def test_a_crowd_of_areas_keeps_every_outline_and_gives_numbers_where_there_is_room():
    items = [
        {"name": str(i), "outline": outline, "kind": "quarter"} for i, (_, outline) in enumerate(outlines(150, 40))
    ]

    few, many = build_map(items[:CROWD_OF_AREAS]), build_map(items)

    assert not few.is_crowded
    assert all(area.badge for area in few.areas)
    assert many.is_crowded
    assert sorted(area.number for area in many.areas) == list(range(1, 151))
    assert all(area.path for area in many.areas)
    assert [area.hatch for area in many.areas if area.hatch] == []
    badges = [area.badge for area in many.areas if area.badge]
    assert 50 < len(badges) <= 150


def test_the_legend_names_each_kind_of_outline_and_of_place_that_is_drawn():
    square = next(outline for _, outline in outlines(1, 40))
    items = [
        *places(2),
        {"name": "Umriss", "outline": square, "kind": "planned", "kind_label": "Projekte: geplant"},
        {"name": "Umriss", "outline": square, "kind": "completed", "kind_label": "Projekte: abgeschlossen"},
        {"name": "Nirgends", "kind": "offer", "kind_label": "Förderung"},
    ]

    assert build_map(items).kinds == [
        ("project", "Projekte: geplant, Projekte: abgeschlossen"),
        ("running", "Projekte"),
    ]

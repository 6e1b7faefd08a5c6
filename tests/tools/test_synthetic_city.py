"""The invented city that measurements run on is valid, mixed and the same each time."""

from collections import Counter

import pytest
from shapely import coverage_is_valid
from shapely.geometry import shape

from areas import outlines as rules
from tools import synthetic_city


def test_the_same_seed_gives_the_same_city():
    assert list(synthetic_city.outlines(9, 40, seed=7)) == list(synthetic_city.outlines(9, 40, seed=7))
    assert list(synthetic_city.outlines(9, 40, seed=7)) != list(synthetic_city.outlines(9, 40, seed=8))


@pytest.mark.parametrize(("count", "vertices"), [(1, 4), (3, 40), (30, 300)])
def test_every_outline_has_the_wanted_corners_and_would_be_accepted(count, vertices):
    found = list(synthetic_city.outlines(count, vertices))

    assert [len(outline["coordinates"][0]) for _, outline in found] == [vertices + 1] * count
    assert all(rules.read(outline).hectares > 1 for _, outline in found)


def test_quarters_lie_side_by_side_and_others_overlap():
    found = list(synthetic_city.outlines(60, 80))
    quarters = [shape(outline) for kind, outline in found if kind == "quarter"]
    others = [shape(outline) for kind, outline in found if kind != "quarter"]

    assert Counter(kind for kind, _ in found) == {
        "quarter": 20, "redevelopment": 8, "conversion": 8, "social_cohesion": 8, "preparatory": 8, "concept": 8
    }  # fmt: skip
    assert coverage_is_valid(quarters)
    assert any(a.overlaps(b) for i, a in enumerate(others) for b in others[i + 1 :])

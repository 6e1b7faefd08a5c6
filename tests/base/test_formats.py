"""Figures as German readers write them, and the numbers behind drawings."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from stadterneuerung.base.drawing import dot_grid, funding_shares, milestone_strip, office_boxes
from stadterneuerung.base.formats import format_euros, format_hectares, format_number


@pytest.mark.parametrize(
    ("value", "text"),
    [(1442, "1.442"), (46.3, "46,3"), (0, "0"), (Decimal("17.2910"), "17,291"), ("ca. 59.500", "ca. 59.500"),
     (None, ""), ("", ""), (-1500, "-1.500"), (float("nan"), "nan"), (1_000_000, "1.000.000")],
)  # fmt: skip
def test_numbers(value, text):
    assert format_number(value) == text


def test_fixed_decimals_are_kept():
    assert format_number(1500, 2) == "1.500,00"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1442.2, "1.442\u00a0ha"), (46.3, "46,3\u00a0ha"), (118.0, "118\u00a0ha"), (0.06, "0,1\u00a0ha"), ("x", "")],
)
def test_hectares(value, text):
    assert format_hectares(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(17_291_000, "17,291\u00a0Mio.\u00a0€"), (90_000, "90.000\u00a0€"), (1_310_000, "1,31\u00a0Mio.\u00a0€"),
     (1_234_567, "1.234.567\u00a0€"), (Decimal("12.50"), "12,50\u00a0€"), (None, "")],
)  # fmt: skip
def test_euros_lose_no_digit(value, text):
    assert format_euros(value) == text


def test_filters_are_there_for_templates():
    template = Template("{% load site_tags %}{{ 1442|hectares }} {{ 90000|euros }} {{ 1500|number }}")

    assert template.render(Context()) == "1.442\u00a0ha 90.000\u00a0€ 1.500"


def test_shares_are_drawn_only_when_all_are_known():
    known = [("eu", "EU", 50), ("land", "Land", 30), ("stadt", "Stadt", 20)]

    assert [(share["x"], share["width"]) for share in funding_shares(known)] == [
        ("0.00", "50.00"),
        ("50.00", "30.00"),
        ("80.00", "20.00"),
    ]
    assert funding_shares([("eu", "EU", 50), ("stadt", "Stadt", None)]) == []
    assert funding_shares([("eu", "EU", 50), ("stadt", "Stadt", 20)]) == []
    assert funding_shares(None) == []


@pytest.mark.parametrize(
    ("states", "done", "done_to", "has_ahead"),
    [
        (["past", "past", "now", "next"], 2, "208.7", True),
        (["past", "past"], 2, "306.0", False),
        (["next", "next"], 0, "", True),
        (["past"], 1, "", False),
        ([], 0, "", False),
    ],
)
def test_milestone_line_is_full_as_far_as_one_has_come(states, done, done_to, has_ahead):
    strip = milestone_strip(states)

    assert (strip["done"], strip["done_to"], strip["has_ahead"]) == (done, done_to, has_ahead)


def test_there_are_as_many_dots_as_counted():
    assert len(dot_grid(46)["dots"]) == 46
    assert dot_grid(0)["dots"] == []


@pytest.mark.parametrize(
    ("kind", "position", "chosen"),
    [("department", 2, 2), ("staff_unit", 4, 4), ("staff_unit", 9, 3), ("office", 0, 0), ("team", 3, 0)],
)
def test_one_unit_is_marked_in_the_miniature_of_the_office(kind, position, chosen):
    boxes = office_boxes(SimpleNamespace(kind=kind, position=position))

    assert [i for i, box in enumerate(boxes) if box["chosen"]] == [chosen]

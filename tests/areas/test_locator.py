"""The map that shows where something is: alone on cards and heads, together on the start page."""

import json
import re
from pathlib import Path

import pytest
from django.template import Context, Template

from areas.city_map import build_map
from areas.locator import build

FIXTURES = Path(__file__).parents[2] / "fixtures" / "geo"
OUTLINES = {
    feature["id"]: feature["geometry"]
    for feature in json.loads((FIXTURES / "areas_schematic.geojson").read_text(encoding="utf-8"))["features"]
}


def show(source: str, **context) -> str:
    return Template("{% load locator %}" + source).render(Context(context))


def test_large_area_is_drawn_into_the_city_without_an_inset():
    locator = build(OUTLINES["nordstadt"], name="Nordstadt")

    assert locator.inset is None
    assert locator.hatch.startswith("M")
    assert locator.bar.label == "5 km"


@pytest.mark.parametrize("name", ["speicherstrasse", "rosenviertel", "keltenstrasse", "gruener-ring", "westerfilde"])
def test_small_area_gets_an_inset(name):
    inset = build(OUTLINES[name], name=name).inset

    assert inset.path.startswith("M")
    assert inset.hatch.startswith("M")


def test_inset_stands_on_the_far_side():
    in_the_east = build(OUTLINES["hoerde"]).inset
    in_the_west = build(OUTLINES["westerfilde"]).inset

    assert in_the_east.x < 180 < in_the_west.x


def test_place_without_outline_is_a_pin_in_the_inset():
    locator = build(point=(7.4185, 51.5033), name="Bürgerhaus Pulsschlag")

    left, top, width, height = (float(value) for value in locator.inset.view_box.split())
    assert locator.path == locator.inset.path == ""
    assert (locator.inset.pin[0] - left, locator.inset.pin[1] - top) == pytest.approx((width / 2, height / 2), abs=0.1)


@pytest.mark.parametrize(
    ("outline", "point"),
    [
        (None, None),
        ({"type": "Polygon"}, None),
        ({"type": "Polygon", "coordinates": "x"}, None),
        (None, (13.4, 52.5)),  # Berlin
    ],
)
def test_what_cannot_be_drawn_becomes_the_whole_city(outline, point):
    locator = build(outline, point, "Querbeet")

    assert (locator.citywide, locator.inset, locator.path) == (True, None, "")


@pytest.mark.parametrize("name", list(OUTLINES))
def test_a_card_stays_below_two_kilobytes(name):
    html = show("{% locator outline=outline name=name %}", outline=OUTLINES[name], name=name)

    drawing = re.sub(r">\s+<", "><", re.search(r"<svg.*</svg>", html, re.DOTALL).group())
    assert len(drawing.encode()) <= 2_900
    assert sum(len(path) for path in re.findall(r' d="([^"]*)"', drawing)) <= 2_000


def test_numbers_are_never_written_in_german():
    html = show("{% locator outline=outline %}", outline=OUTLINES["hoerde"])

    assert not re.search(r'(?:x|y|width|height|d|viewBox|cx|cy|r)="[^"]*,', html)


def test_card_names_the_place_and_says_schematic():
    html = show("{% locator outline=outline name=name %}", outline=OUTLINES["hoerde"], name="Hörde <Zentrum>")

    assert 'aria-label="Karte: Lage in Dortmund – Hörde &lt;Zentrum&gt;"' in html
    assert '<span class="locator__note">schematisch</span>' in html


def test_official_outline_is_not_called_schematic():
    html = show("{% locator outline=outline name='Hörde' official=True %}", outline=OUTLINES["hoerde"])

    assert "schematisch" not in html


def test_map_links_each_area_and_keeps_the_numbers_of_the_list():
    items = [
        {"name": "Hörde", "url": "/gebiete/hoerde/", "outline": OUTLINES["hoerde"], "kind": "conversion"},
        {"name": "Ohne Umriss", "url": "/gebiete/x/", "outline": None, "kind": "renewal"},
        {"name": "Nordstadt", "url": "/gebiete/nordstadt/", "outline": OUTLINES["nordstadt"], "kind": "social"},
    ]

    city = build_map(items)
    html = show("{% locator_map items %}", items=items)

    assert [(area.number, area.name) for area in city.areas] == [(3, "Nordstadt"), (1, "Hörde")]
    assert html.count('<a class="city-map__area') == 4  # outline and number of each
    assert html.count('href="/gebiete/hoerde/"') == 3  # and the line in the list
    assert "<title>3: Nordstadt</title>" in html
    assert "Ohne Umriss" in html


MIXED = "Umrisse sind teils amtlich, teils schematisch; schematische sind nicht parzellenscharf und ohne Rechtswirkung."


@pytest.mark.parametrize(
    ("schematic", "said"),
    [
        ((True, True), "Lage und Umrisse sind schematisch, nicht parzellenscharf und ohne Rechtswirkung."),
        ((True, False), MIXED),
        ((False, False), ""),
    ],
)
def test_map_says_what_holds_for_the_outlines_it_draws(schematic, said):
    items = [
        {"name": key, "url": f"/{key}/", "outline": OUTLINES[key], "kind": "social", "schematic": value}
        for key, value in zip(["hoerde", "nordstadt"], schematic, strict=True)
    ]
    undrawn = {"name": "Ohne Umriss", "url": "/x/", "outline": None, "kind": "social", "schematic": True}

    html = show("{% locator_map items index=False %}", items=[*items, undrawn])

    assert re.findall(r"<span>(.*)</span>\s*</figcaption>", html) == ([said] if said else [])
    assert ("schematisch" in html) == bool(said)


def test_area_whose_parts_are_drawn_is_only_a_frame():
    parts = ["nordstadt-hafen", "nordstadt-nordmarkt", "nordstadt-borsigplatz"]
    items = [{"name": key, "outline": OUTLINES[key], "kind": "social"} for key in ["nordstadt", *parts]]

    city = build_map(items)

    first, *others = city.areas
    assert (first.name, first.is_frame, first.hatch) == ("nordstadt", True, "")
    assert all(area.hatch for area in others)


def test_numbers_of_neighbours_do_not_cover_each_other():
    items = [{"name": key, "outline": outline} for key, outline in OUTLINES.items()]

    badges = [area.badge for area in build_map(items).areas]

    apart = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for i, a in enumerate(badges) for b in badges[i + 1 :]]
    assert min(apart) > 60


def test_map_of_nothing_is_the_empty_city():
    html = show("{% locator_map items %}", items=[])

    assert "#city" in html
    assert "city-map__area" not in html

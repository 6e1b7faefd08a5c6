"""The map of a city with hundreds of places: numbers instead of heaps, and every place is reached from its number."""

import re
import sys

import pytest
from playwright.sync_api import expect

from tools import console
from tools.audit import chromium, instance
from tools.paths import LOGS, ROOT

PLACES = 200
EVERYTHING = "/karte/?ebene=quartier&ebene=" + "&ebene=".join(
    ["projekte-geplant", "projekte-laufend", "projekte-unbestaetigt", "foerderung", "termine", "anlaufstellen"]
)
AT_ONE_SPOT = re.compile(r"^\d+ Einträge an dieser Stelle")


@pytest.fixture(scope="module")
def crowded_site():
    with instance.running() as site:
        command = [sys.executable, "-m", "tools.synthetic_city", "--areas", "9", "--vertices", "40"]
        console.run([*command, "--points", str(PLACES)], log=LOGS / "audit-city.log", cwd=ROOT, env=site.env)
        yield site


@pytest.fixture
def crowded_map(browser, crowded_site, request):
    """The live map with everything on it, or the page without JavaScript where a test asks for it."""
    context, watch = chromium.visitor(browser, crowded_site.url, **getattr(request, "param", {}))
    page = context.new_page()
    page.goto(EVERYTHING)
    yield page
    context.close()
    assert (watch.foreign_requests, watch.errors) == ([], [])


def placed(page) -> int:
    return (
        page.locator('[data-part="list"] .map-list__entry').count()
        - page.locator(".map-list__number--unplaced").count()
    )


def test_the_numbers_of_the_groups_and_the_single_ones_are_all_entries(crowded_map):
    groups = crowded_map.locator(".live-group")
    groups.first.wait_for()

    counted = sum(map(int, groups.all_inner_texts()))
    single = crowded_map.locator(".live-marker:not(.live-group)").count()
    outlines = crowded_map.locator(".live-shape").count()

    assert groups.count() < 60
    assert counted + single + outlines == placed(crowded_map) >= PLACES


def test_a_group_opens_its_list_by_mouse(crowded_map):
    group = crowded_map.locator(".live-group").last
    group.wait_for()
    count = int(group.inner_text())

    group.click()

    panel = crowded_map.locator("[data-panel]")
    expect(panel.get_by_role("heading")).to_have_text(AT_ONE_SPOT)
    assert panel.get_by_role("listitem").count() >= count
    expect(group).to_have_class(re.compile("is-selected"))


def test_a_group_is_opened_by_keyboard_and_gets_the_focus_back_though_the_map_was_drawn_anew(crowded_map):
    group = crowded_map.get_by_role("button", name=AT_ONE_SPOT).first
    group.focus()

    crowded_map.keyboard.press("Enter")

    expect(crowded_map.locator("[data-panel] h3")).to_be_focused()
    crowded_map.keyboard.press("Tab")
    assert crowded_map.evaluate("document.activeElement.closest('[data-panel]') !== null")
    with crowded_map.expect_response(re.compile(r"/karte/daten/.*zoom=13")):
        crowded_map.evaluate("document.querySelector('.leaflet-control-zoom-in').click()")
    crowded_map.wait_for_timeout(300)
    crowded_map.locator("[data-panel] [data-tool=close]").press("Escape")
    assert crowded_map.evaluate("document.activeElement.matches('.live-marker')")


def test_closer_up_groups_fall_apart_and_only_what_is_in_view_is_loaded_in_detail(crowded_map):
    crowded_map.locator(".live-group").first.wait_for()
    before = crowded_map.locator(".live-marker").count()

    for zoom in (13, 14, 15):
        with crowded_map.expect_response(re.compile(rf"/karte/daten/.*zoom={zoom}&bbox=")):
            crowded_map.get_by_role("button", name="Näher heran").click()
    crowded_map.wait_for_timeout(300)

    assert crowded_map.locator(".live-marker").count() > before


@pytest.mark.parametrize("crowded_map", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_a_number_leads_to_its_list(crowded_map):
    group = crowded_map.get_by_role("link", name=AT_ONE_SPOT).first
    count = int(group.locator("text").text_content())
    hidden = crowded_map.locator(".city-map__members").first
    expect(hidden).to_be_hidden()

    group.focus()
    crowded_map.keyboard.press("Enter")

    shown = crowded_map.locator(".city-map__members:target")
    expect(shown).to_be_visible()
    expect(shown.get_by_role("heading")).to_have_text(f"{count} Einträge an dieser Stelle")
    assert shown.get_by_role("link").count() == count
    crowded_map.keyboard.press("Tab")
    assert crowded_map.evaluate("document.activeElement.closest('.city-map__members') !== null")


@pytest.mark.parametrize(
    "crowded_map", [{"viewport": {"width": 320, "height": 800}}, {"color_scheme": "dark"}], indirect=True
)
def test_a_crowded_map_has_no_barrier(crowded_map, axe):
    crowded_map.locator(".live-group").first.wait_for()

    assert chromium.violations_here(crowded_map, axe) == []

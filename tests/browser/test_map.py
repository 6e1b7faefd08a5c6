"""The map as people use it: by mouse, by keyboard alone, without JavaScript, with the address as its memory."""

import re

import pytest
from playwright.sync_api import expect

from tools.audit import chromium

NORDSTADT = "Nordstadt, Gebiet des Sozialen Zusammenhalts, schematisch, nicht parzellenscharf, ohne Rechtswirkung"


def names(page) -> list[str]:
    return page.locator('[data-part="list"] .map-list__name').all_inner_texts()


@pytest.fixture
def live_map(visit):
    page = visit(viewport={"width": 1280, "height": 900})
    page.goto("/karte/")
    page.get_by_role("button", name=NORDSTADT).wait_for()
    return page


def test_layers_are_switched_without_a_new_page_and_stand_in_the_address(live_map):
    before = names(live_map)

    live_map.get_by_label(re.compile("Förderangebote")).check()

    expect(live_map.locator("#liste ~ .result-count, .result-count")).not_to_have_text(f"{len(before)} Einträge")
    expect(live_map).to_have_url(re.compile(r"ebene=foerderung"))
    shown = names(live_map)
    assert len(shown) > len(before)
    markers = live_map.locator(".live-marker").count()
    shapes = live_map.locator(".live-shape").count()
    unplaced = live_map.locator(".map-list__number--unplaced").count()
    assert markers + shapes + unplaced == len(shown)
    live_map.go_back()
    live_map.get_by_role("button", name=NORDSTADT).wait_for()
    assert names(live_map) == before


def test_an_area_is_chosen_by_mouse_and_all_that_overlap_are_named(live_map):
    live_map.get_by_role("button", name=re.compile("^Südliches Nordmarktquartier")).click()

    panel = live_map.locator("[data-panel]")
    expect(panel.get_by_role("heading")).to_have_text(re.compile(r"^\d Einträge an dieser Stelle$"))
    for name in ("Nordstadt", "Südliches Nordmarktquartier"):
        expect(panel.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(live_map).to_have_url(re.compile(r"ort=gebiet-\d+"))
    panel.get_by_role("link", name="Nordstadt", exact=True).click()
    expect(live_map.locator("h1")).to_have_text("Nordstadt")


def test_map_is_used_by_keyboard_alone(live_map):
    shape = live_map.get_by_role("button", name=NORDSTADT)
    canvas = live_map.locator("[data-canvas]")
    canvas.focus()
    for _ in range(20):
        live_map.keyboard.press("Tab")
        if live_map.evaluate("document.activeElement.getAttribute('aria-label')") == NORDSTADT:
            break
    expect(shape).to_be_focused()

    live_map.keyboard.press("Enter")

    title = live_map.locator("[data-panel] h3")
    expect(title).to_be_focused()
    live_map.keyboard.press("Tab")
    expect(live_map.locator("[data-panel]").get_by_role("link", name="Nordstadt", exact=True)).to_be_focused()
    live_map.keyboard.press("Escape")
    expect(live_map.locator("[data-panel]")).to_be_hidden()
    expect(shape).to_be_focused()


def test_map_moves_by_buttons_and_keeps_its_view_in_the_address(live_map):
    live_map.get_by_role("button", name="Näher heran").click()
    expect(live_map).to_have_url(re.compile("lage="))
    live_map.wait_for_timeout(500)
    before = live_map.url

    live_map.get_by_role("button", name="Nach Norden").click()

    expect(live_map).not_to_have_url(before)
    address = live_map.url
    live_map.reload()
    live_map.get_by_role("button", name=NORDSTADT).wait_for()
    assert live_map.locator("[data-canvas]").is_visible()
    assert re.search(r"lage=([^&]+)", live_map.url)[1] == re.search(r"lage=([^&]+)", address)[1]


def test_map_shows_the_same_without_javascript(visit, live_map):
    plain = visit(java_script_enabled=False)
    plain.goto("/karte/")

    assert names(plain) == names(live_map)
    expect(plain.locator("[data-live]")).to_be_hidden()
    plain.get_by_label(re.compile("Förderangebote")).check()
    plain.get_by_role("button", name="Karte aktualisieren").click()
    expect(plain).to_have_url(re.compile("ebene=foerderung"))
    assert plain.locator("a.city-map__marker").count() > 0
    plain.get_by_role("link", name=re.compile(r"^\d+: Nordstadt$")).focus()
    plain.keyboard.press("Enter")
    expect(plain.locator("h1")).to_have_text("Nordstadt")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_map_with_everything_on_and_something_chosen_has_no_barrier(visit, axe, width, scheme):
    page = visit(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("/karte/?ebene=sozialer-zusammenhalt&ebene=projekte-laufend&ebene=foerderung&ebene=anlaufstellen")
    page.get_by_role("button", name=NORDSTADT).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel]")).to_be_visible()

    assert chromium.violations_here(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_background_is_drawn_and_nothing_is_asked_elsewhere(live_map):
    box = live_map.locator("svg.live-city").bounding_box()

    assert box["width"] > 300
    assert box["height"] > 300


PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_map_comes_into_view_before_its_folded_switches_are_opened(visit, javascript):
    page = visit(viewport=PHONE, java_script_enabled=javascript)
    page.goto("/karte/")
    picture = page.locator("[data-canvas]" if javascript else ".city-map__picture")

    assert picture.bounding_box()["y"] < PHONE["height"] * 0.8
    expect(page.get_by_label(re.compile("Förderangebote"))).to_be_hidden()
    fold = page.locator("summary", has_text="Ebenen: 6 von 16")
    fold.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label(re.compile("Sanierungsgebiete"))).to_be_focused()
    page.get_by_label(re.compile("Förderangebote")).check()
    if not javascript:
        page.get_by_role("button", name="Karte aktualisieren").click()
    expect(page.locator("summary", has_text="Ebenen: 7 von 16")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_wide_screen_the_switches_stand_beside_the_map_without_a_fold(visit, javascript):
    page = visit(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
    page.goto("/karte/")
    switch = page.get_by_label(re.compile("Förderangebote"))

    expect(switch).to_be_visible()
    expect(page.locator("summary", has_text="Ebenen:")).to_be_hidden()
    assert switch.bounding_box()["x"] < page.locator(".map-page__map").bounding_box()["x"]


def test_a_refused_choice_opens_the_fold(visit):
    page = visit(viewport=PHONE)
    page.goto("/karte/?am=gestern")

    expect(page.get_by_text("Das ist kein Tag.")).to_be_visible()


def test_on_a_phone_with_text_twice_as_large_nothing_scrolls_sideways_or_is_cut_off(visit):
    page = visit(viewport=PHONE)
    page.goto("/karte/")
    page.get_by_role("button", name=NORDSTADT).wait_for()
    page.locator("summary", has_text="Ebenen:").click()

    chromium.double_text(page)

    assert not chromium.scrolls_sideways(page)
    canvas, last = page.locator("[data-canvas]").bounding_box(), page.locator(".live-directions a").last.bounding_box()
    assert last["x"] + last["width"] <= canvas["x"] + canvas["width"]


def test_names_of_places_are_shown_where_the_city_is_large_enough_to_read_them(visit, live_map):
    phone = visit(viewport=PHONE)
    phone.goto("/karte/")
    phone.get_by_role("button", name=NORDSTADT).wait_for()
    places = 'svg.live-city use[href$="#places"]'

    expect(live_map.locator(places)).to_have_css("display", "inline")
    expect(phone.locator(places)).to_have_css("display", "none")
    phone.get_by_role("button", name="Näher heran").click()
    expect(phone.locator(places)).to_have_css("display", "inline")

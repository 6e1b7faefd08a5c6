"""Each page type by its fullest page: accessible, within narrow screens, readable enlarged and on paper."""

import pytest
from django.apps import apps
from wagtail.models import Page

from stadterneuerung.base.models import BasePage
from tools.audit import chromium

PAGE_TYPES = [model._meta.model_name for model in apps.get_models() if issubclass(model, BasePage)]


def path_of(sample_paths: dict[str, str], page_type: str) -> str:
    assert page_type in sample_paths, f"Im Demo-Inhalt fehlt eine Seite dieser Art: {page_type}"
    return sample_paths[page_type]


def test_every_page_type_stands_on_the_floor():
    ours = [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]

    assert [model.__name__ for model in ours if not issubclass(model, BasePage)] == []


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_accessible(axe_page, axe, sample_paths, page_type):
    """WCAG 2.2 A and AA as far as axe can tell, at 1280 and 320 px, light and dark."""
    assert chromium.axe_violations(axe_page, axe, path_of(sample_paths, page_type)) == []


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_fits_screens_and_paper(visit, sample_paths, page_type):
    page = visit(viewport={"width": 320, "height": 640})
    page.goto(path_of(sample_paths, page_type))

    assert not chromium.scrolls_sideways(page), "rollt bei 320 px waagerecht"

    chromium.double_text(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not chromium.scrolls_sideways(page), "rollt bei 200 % Text waagerecht"

    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    assert page.locator("main").bounding_box()["height"] > 100
    assert not page.locator("header nav").first.is_visible()
    assert chromium.left_behind(page.context, page) == []


@pytest.mark.parametrize(
    ("width", "javascript", "shown"), [(320, False, False), (1280, False, True), (1280, True, False)]
)
def test_list_beside_the_map_is_numbered_where_the_map_is(visit, sample_paths, width, javascript, shown):
    """The live map has names instead of numbers."""
    page = visit(viewport={"width": width, "height": 640}, java_script_enabled=javascript)
    page.goto(path_of(sample_paths, "mappage"))

    assert page.locator(".city-map__area text").first.is_visible() == shown
    assert page.locator(".map-list__number").first.is_visible() == shown


STATES = {
    "search-hits": "/suche/?q=Nordstadt",
    "search-nothing": "/suche/?q=xyzzyx",
    "unknown-filter": "/projekte/?thema=gibt-es-nicht",
    "page-far-behind": "/projekte/?seite=99",
}


@pytest.mark.parametrize("address", STATES.values(), ids=STATES.keys())
def test_states_accessible(axe_page, axe, address):
    assert chromium.axe_violations(axe_page, axe, address) == []


def test_not_found_is_accessible_and_german(axe_page, axe):
    assert chromium.axe_violations(axe_page, axe, "/gibt-es-nicht/") == []
    assert axe_page.locator("html").get_attribute("lang") == "de"


@pytest.mark.parametrize("path", ["/kontakt/", "/barriere-melden/"])
def test_form_with_errors_is_accessible(axe_page, axe, path):
    axe_page.goto(path)
    axe_page.locator("main form[method=post] button[type=submit]").click()

    assert axe_page.locator(".error-summary").is_visible()
    assert chromium.violations_here(axe_page, axe) == []


def test_axe_finds_what_is_wrong(axe_page, axe):
    """The check is asked in the right way: a page with an unnamed button does not pass."""
    axe_page.goto("/")
    axe_page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")

    assert [line.split(" ")[0] for line in chromium.violations_here(axe_page, axe)] == ["button-name"]


def test_support_by_the_european_union_is_seen_at_first_sight(visit, site, crawl):
    """In the first viewport of a phone, on every project that the EU supports."""
    supported = {page_id for (page_id,) in site.rows("SELECT page_id FROM projects_fundingnotice WHERE from_eu")}
    rows = site.rows("SELECT id, url_path FROM wagtailcore_page WHERE live")
    paths = ["/" + url_path.split("/", 2)[2] for page_id, url_path in rows if page_id in supported]
    page = visit(viewport={"width": 390, "height": 844})

    assert paths
    for path in paths:
        page.goto(path)
        strip = page.locator(".eu-strip").first.bounding_box()
        assert strip["y"] + strip["height"] <= 844, path

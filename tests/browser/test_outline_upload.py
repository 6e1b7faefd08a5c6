"""Outlines as editors bring them in: from a file to the public map, and drawn on the map of the form."""

import datetime as dt
import json

import pytest
from playwright.sync_api import expect
from shapely import Geometry, transform
from shapely.geometry import shape

from tests.areas.geo_files import TO_METRES, geojson, shapefile
from tools.audit import chromium

# Everything but Wagtail's own shell: the side bar and the head.
OURS = ".upload-steps, .content-wrapper .nice-padding"


def outline_of(site, title: str) -> dict:
    query = (
        "SELECT g.geojson FROM areas_areageometry g JOIN wagtailcore_page p ON p.id = g.area_id WHERE p.title = ? "
        "ORDER BY g.valid_from DESC"
    )
    return json.loads(site.rows(query, title)[0][0])


def in_metres(geojson: dict) -> Geometry:
    return transform(shape(geojson), TO_METRES.transform, interleaved=False)


def barriers_in_both_themes(axe, page) -> list:
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, violation) for violation in chromium.violations_here(page, axe, OURS)]
    return found


def without_javascript(visit, site):
    """Return the page of somebody who is signed in and whose browser runs no scripts."""
    page = visit(java_script_enabled=False)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("freigabe")
    page.locator("input[name=password]").fill(site.accounts()["freigabe"])
    page.locator("form button[type=submit]").first.click()
    return page


def choose_file(page, content: bytes, name: str = "gebiete.zip") -> None:
    page.goto("/admin/umrisse/")
    page.get_by_label("Datei").set_input_files({"name": name, "mimeType": "application/zip", "buffer": content})
    page.get_by_role("button", name="Datei lesen").click()


def to_degrees(x, y):
    return TO_METRES.transform(x, y, direction="INVERSE")


def western_edge(geometry: Geometry) -> float:
    return round(geometry.bounds[0], 4)


def edges_on_map(page, valid_on: dt.date) -> dict[str, float]:
    """Return the areas that the public map's data show on a day, with the western edge of each."""
    found = page.request.get(f"/karte/daten/?zoom=18&am={valid_on:%Y-%m-%d}").json()["features"]
    shapes = {each["properties"]["name"]: shape(each["geometry"]) for each in found if each["geometry"]}
    return {name: western_edge(geometry) for name, geometry in shapes.items()}


def test_a_shapefile_in_metres_is_brought_to_the_public_map(signed_in, visit, site, axe):
    today = dt.date.today()
    smaller = in_metres(outline_of(site, "Westerfilde & Bodelschwingh")).buffer(-150)
    page = signed_in("freigabe")
    page.goto("/admin/snippets/areas/areageometry/")
    page.get_by_role("link", name="Aus Datei hochladen").click()
    assert barriers_in_both_themes(axe, page) == []

    choose_file(page, shapefile(shapes=[smaller], gebiet=["Stadtumbau West"]))
    assert barriers_in_both_themes(axe, page) == []
    page.get_by_role("group", name="Gültig ab").get_by_label("Wert für alle").fill(f"{today:%d.%m.%Y}")
    page.get_by_role("group", name="Quelle").get_by_label("Wert für alle").fill("Vermessungs- und Katasteramt")
    page.get_by_label("amtlich, parzellenscharf").check()
    page.get_by_role("button", name="Weiter zur Vorschau").click()

    # The file's name is none of a page, so an editor chooses.
    expect(page.get_by_role("heading", name="Was noch nicht stimmt")).to_be_visible()
    assert barriers_in_both_themes(axe, page) == []
    page.get_by_label("Gebiet zu Objekt 1").select_option(label="Westerfilde & Bodelschwingh")
    page.get_by_role("button", name="Vorschau aktualisieren").click()
    sizes = page.locator(".upload-row__sizes").inner_text()
    assert "kommt hinzu\t0,00 ha" in sizes
    assert "fällt weg\t0,00 ha" not in sizes
    expect(page.locator(".upload-row .outline-picture__removed")).to_have_count(1)
    assert barriers_in_both_themes(axe, page) == []
    page.get_by_role("button", name="1 Umriss übernehmen").click()
    expect(page.get_by_text("Ein Umriss ist aus „gebiete.zip“ übernommen.")).to_be_visible()

    visitor = visit()
    yesterday, now = (edges_on_map(visitor, day) for day in (today - dt.timedelta(days=1), today))
    edge = western_edge(transform(smaller, to_degrees, interleaved=False))
    assert (yesterday["Westerfilde & Bodelschwingh"] < edge, now["Westerfilde & Bodelschwingh"]) == (True, edge)
    visitor.goto("/karte/")
    expect(visitor.get_by_role("button", name="Westerfilde & Bodelschwingh").first).to_be_visible()


def test_upload_works_without_javascript_up_to_the_preview(visit, site, axe):
    page = without_javascript(visit, site)

    choose_file(page, geojson(outline_of(site, "City"), name="City", ab="2026-01-05"), "city.geojson")
    page.locator("[name=valid_from_field]").select_option("ab")
    page.locator("[name=source_fixed]").fill("Zeichnung")
    page.get_by_label("schematisch, nicht parzellenscharf").check()
    page.get_by_label("Lagefehler in Metern").fill("200")
    page.get_by_role("button", name="Weiter zur Vorschau").click()

    assert "City" in page.locator(".upload-row__title").inner_text()
    assert page.locator(".upload-row .outline-picture").count() == 1


def test_question_for_coordinates_has_no_barrier_and_names_what_fits(signed_in, site, axe):
    page = signed_in("freigabe")

    choose_file(page, shapefile(without=".prj", shapes=[in_metres(outline_of(site, "City"))]))

    expect(page.get_by_label("EPSG:25832")).to_be_checked()
    assert barriers_in_both_themes(axe, page) == []
    page.get_by_label("EPSG:3857").check()
    page.get_by_role("button", name="Weiter zur Zuordnung").click()
    expect(page.get_by_role("alert")).to_contain_text("liegt kein Objekt in oder um Dortmund")
    assert barriers_in_both_themes(axe, page) == []


@pytest.fixture
def edit(signed_in, site):
    """Return a function that opens the form of an area's outline, its map in view."""
    page = signed_in("freigabe")

    def open_form(title: str):
        query = "SELECT g.id FROM areas_areageometry g JOIN wagtailcore_page p ON p.id = g.area_id WHERE p.title = ?"
        page.goto(f"/admin/snippets/areas/areageometry/edit/{site.rows(query, title)[0][0]}/")
        page.locator("[data-canvas]").scroll_into_view_if_needed()
        page.locator("[data-canvas] path.outline-editor__shape").first.wait_for()
        return page

    return open_form


@pytest.fixture
def editor(edit):
    return edit("City")


def text_of(page) -> str:
    return page.locator("[name=geojson]").input_value()


def click_at(page, *places: tuple[float, float]) -> None:
    """Click on places of the map, given as shares of its width and height."""
    canvas = page.locator("[data-canvas]")
    canvas.scroll_into_view_if_needed()
    for x, y in places:
        box = canvas.bounding_box()
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        page.wait_for_timeout(350)  # two quick clicks at one place are a double click


def test_a_vertex_is_moved_on_the_map_and_in_the_text(editor, site):
    before = text_of(editor)
    shown = editor.locator("[data-size]")
    stored = site.rows("SELECT hectares FROM areas_areageometry g JOIN wagtailcore_page p ON p.id = g.area_id "
                       "WHERE p.title = 'City'")[0][0]  # fmt: skip
    assert shown.inner_text() == f"{stored:.2f} ha".replace(".", ",")

    editor.get_by_role("button", name="Punkte verschieben").click()
    editor.locator(".marker-icon:not(.marker-icon-middle)").first.drag_to(
        editor.locator("[data-canvas]"), target_position={"x": 60, "y": 300}
    )

    expect(shown).not_to_have_text(f"{stored:.2f} ha".replace(".", ","))
    moved = text_of(editor)
    assert (moved != before, len(moved.splitlines())) == (True, len(before.splitlines()))
    path = editor.locator("path.outline-editor__shape").get_attribute("d")
    editor.locator("[name=geojson]").fill(before)
    expect(shown).to_have_text(f"{stored:.2f} ha".replace(".", ","))
    assert editor.locator("path.outline-editor__shape").get_attribute("d") != path


def test_areas_are_drawn_cut_deleted_and_saved(edit, site):
    page = edit("Dorstfeld")
    page.get_by_role("button", name="Fläche zeichnen").click()
    click_at(page, (0.8, 0.1), (0.95, 0.1), (0.95, 0.25))
    page.locator(".leaflet-pm-action.action-finish:visible").click()
    assert json.loads(text_of(page))["type"] == "MultiPolygon"

    page.get_by_role("button", name="Fläche löschen").click()
    click_at(page, (0.9, 0.13))
    page.get_by_role("button", name="Fläche löschen").click()
    assert json.loads(text_of(page))["type"] == "Polygon"

    page.get_by_role("button", name="Loch ausschneiden").click()
    click_at(page, (0.45, 0.45), (0.55, 0.45), (0.5, 0.55), (0.45, 0.45))
    outer, hole = json.loads(text_of(page))["coordinates"]
    assert (len(hole), hole[0] == hole[-1], shape({"type": "Polygon", "coordinates": [outer, hole]}).is_valid) == (
        4, True, True,
    )  # fmt: skip
    size = page.locator("[data-size]").inner_text()

    page.get_by_role("button", name="Speichern").click()
    page.locator(".messages .success").wait_for()

    assert len(outline_of(site, "Dorstfeld")["coordinates"]) == 2
    assert edit("Dorstfeld").locator("[data-size]").inner_text() == size


def test_text_that_is_no_outline_is_said_and_no_touch_of_the_map_replaces_it(editor):
    before, half = text_of(editor), '{"type": "Polygon"'
    editor.get_by_role("button", name="Fläche löschen").click()
    editor.locator("[name=geojson]").fill(half)

    expect(editor.locator("[data-problem]")).to_have_text(
        "Der Text ist noch kein Umriss. Die Karte ruht, damit nichts Getipptes verloren geht: "
        "Gezeichnet wird wieder, wenn der Text lesbar oder leer ist."
    )
    click_at(editor, (0.5, 0.5))
    expect(editor.locator("path.outline-editor__shape")).to_have_count(1)
    assert text_of(editor) == half

    editor.locator("[name=geojson]").fill(before)
    expect(editor.locator("[data-problem]")).to_have_text("")
    editor.get_by_role("button", name="Fläche löschen").click()
    click_at(editor, (0.5, 0.5))
    expect(editor.locator("path.outline-editor__shape")).to_have_count(0)
    assert text_of(editor) == ""


def test_every_button_of_the_map_is_reached_and_used_by_keyboard(editor):
    editor.locator("[data-canvas]").focus()
    names = []
    for _ in range(12):
        editor.keyboard.press("Tab")
        name = editor.evaluate("document.activeElement.getAttribute('aria-label')")
        if editor.evaluate("document.activeElement.closest('[data-canvas]') !== null"):
            names.append(name)
        if name == "Punkte verschieben":
            editor.keyboard.press("Enter")
            break

    assert names == ["Näher heran", "Weiter weg", "Fläche zeichnen", "Punkte verschieben"]
    expect(editor.locator(".marker-icon").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_form_with_its_map_has_no_barrier(editor, axe, scheme):
    editor.emulate_media(color_scheme=scheme)

    assert chromium.violations_here(editor, axe, "[data-outline-editor]") == []


def test_without_javascript_text_and_drawing_of_the_stored_outline_remain(visit, site):
    page = without_javascript(visit, site)
    [(pk,)] = site.rows("SELECT MIN(id) FROM areas_areageometry")

    page.goto(f"/admin/snippets/areas/areageometry/edit/{pk}/")

    expect(page.locator("[data-stored] .outline-picture__new")).to_have_count(1)
    expect(page.locator("[data-live]")).to_be_hidden()
    assert json.loads(text_of(page))["type"] == "Polygon"

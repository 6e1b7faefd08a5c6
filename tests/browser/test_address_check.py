"""The address check as people use it: by mouse, by keyboard alone, without JavaScript, on a phone; and the question."""

import re

import pytest
from playwright.sync_api import expect

from tools.audit import chromium

PATH = "/foerderung/adresse-pruefen/"


def ask(page, typed: str) -> None:
    page.get_by_label("Straße und Hausnummer").fill(typed)
    page.get_by_role("button", name="Adresse prüfen").click()


def answer(page):
    return page.locator(".answer__headline")


def test_from_the_start_page_to_the_answer_and_on_to_the_question(visit):
    page = visit()
    page.goto("/")
    page.get_by_role("link", name=re.compile("Adresse prüfen")).click()

    ask(page, "Speicherstr 15")

    expect(answer(page)).to_have_text("Speicherstraße 15 liegt vermutlich in 2 Gebieten: Quartier Hafen und Nordstadt.")
    expect(answer(page)).to_be_focused()
    expect(page).to_have_url(re.compile(rf"{PATH}#antwort$"))
    assert "Speicher" not in page.title()
    page.get_by_role("button", name="Frage zu dieser Adresse").click()
    expect(page.locator("h1")).to_have_text("Kontakt")
    expect(page.get_by_label("Ihre Nachricht")).to_have_value("Es geht um diese Adresse: Speicherstraße 15\n\n")
    expect(page.get_by_label("Projekt oder Gebiet").locator("option:checked")).to_have_text("Quartier Hafen")
    assert "Speicher" not in page.url


def test_suggestions_are_used_by_keyboard_alone(visit):
    page = visit()
    page.goto(PATH)
    field = page.get_by_label("Straße und Hausnummer")
    field.focus()
    page.keyboard.type("vogel")
    expect(page.get_by_role("option", name="Vogelpothsweg")).to_be_visible()

    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Vogelpothsweg")).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == page.get_by_role("option").get_attribute("id")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Vogelpothsweg ")
    expect(page.get_by_role("option", name="Vogelpothsweg 15")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(answer(page)).to_have_text("Vogelpothsweg 15 liegt vermutlich im Gebiet Dorstfeld.")


def test_escape_closes_the_suggestions_and_keeps_the_text(visit):
    page = visit()
    page.goto(PATH)
    field = page.get_by_label("Straße und Hausnummer")
    field.press_sequentially("speich")
    expect(page.get_by_role("listbox")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("speich")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_suggestions_are_used_by_mouse(visit):
    page = visit()
    page.goto(PATH)
    page.get_by_label("Straße und Hausnummer").press_sequentially("westerfilder str 2")

    page.get_by_role("option", name="Westerfilder Straße 23").click()

    expect(answer(page)).to_have_text("Westerfilder Straße 23 liegt vermutlich im Gebiet Westerfilde & Bodelschwingh.")


def test_without_javascript_a_slip_is_chosen_from_a_list(visit):
    page = visit(java_script_enabled=False)
    page.goto(PATH)

    ask(page, "Spiecherstr 15")
    page.get_by_role("button", name="Speicherstraße 15").first.click()

    expect(answer(page)).to_have_text(re.compile("^Speicherstraße 15 liegt vermutlich in 2 Gebieten"))


def test_a_place_is_pointed_at_by_keyboard_without_javascript(visit):
    page = visit(java_script_enabled=False)
    page.goto(PATH)

    page.get_by_role("button", name="Auf der Karte zeigen").press("Enter")
    page.get_by_role("button", name="F5, Nähe Hauptbahnhof").press("Enter")
    page.get_by_role("button", name="6, Nähe Hafen", exact=True).press("Enter")

    expect(answer(page)).to_have_text(re.compile(r"^Planquadrat F5-6 \(Nähe Hafen\) liegt vermutlich in 2 Gebieten"))


def show_squares(page) -> None:
    page.get_by_role("button", name="Auf der Karte zeigen").click()


# What brings a state about, and what is to be seen once the browser has arrived there: a script that runs between
# two documents would ask the wrong one, or none.
STATES = {
    "start": (lambda page: None, "h1"),
    "answer": (lambda page: ask(page, "Vogelpothsweg 15"), ".answer__headline"),
    "nothing": (lambda page: ask(page, "Beispielweg 1"), "#antwort"),
    "choices": (lambda page: ask(page, "Spiecherstr 15"), "#antwort"),
    "error": (lambda page: ask(page, ""), ".error-summary"),
    "squares": (show_squares, ".plan-grid__picture"),
    "suggestions": (
        lambda page: page.get_by_label("Straße und Hausnummer").press_sequentially("speich"),
        "[role=option]",
    ),
}


def reach(page, state: str) -> None:
    bring_about, landmark = STATES[state]
    page.goto(PATH)
    bring_about(page)
    expect(page.locator(landmark).first).to_be_visible()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_no_state_has_a_barrier(visit, axe, state, width, scheme):
    page = visit(viewport={"width": width, "height": 800}, color_scheme=scheme)
    reach(page, state)

    assert chromium.violations_here(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "text"), [(1280, "200%"), (390, "200%"), (320, "100%")])
def test_squares_lie_on_the_drawing_whatever_the_size_of_the_text(visit, width, text):
    page = visit(viewport={"width": width, "height": 800})
    reach(page, "squares")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", text)

    picture, squares = (page.locator(f".plan-grid__{part}").bounding_box() for part in ("picture", "squares"))
    last = page.get_by_role("button", name=re.compile("^H11,")).bounding_box()

    assert abs(picture["height"] - squares["height"]) < 1
    assert abs(picture["y"] + picture["height"] - last["y"] - last["height"]) < 1
    assert last["height"] >= 24


def test_one_square_has_no_barrier_on_a_phone(visit, axe):
    page = visit(viewport={"width": 320, "height": 800}, color_scheme="dark")
    reach(page, "squares")
    page.get_by_role("button", name="F5, Nähe Hauptbahnhof").click()
    page.get_by_role("button", name="6, Nähe Hafen", exact=True).wait_for()

    assert chromium.violations_here(page, axe) == []


def test_editors_check_an_address_in_the_admin(signed_in):
    page = signed_in("redaktion")
    page.get_by_role("link", name="Adresse prüfen").click()

    page.get_by_label("Adresse oder Punkt").fill("Vogelpothsweg 15")
    page.get_by_role("button", name="Prüfen", exact=True).click()

    expect(page.get_by_role("heading", name="Vogelpothsweg 15 liegt vermutlich im Gebiet Dorstfeld.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Werkssiedlung Oberdorstfeld"))).to_contain_text("330 m")

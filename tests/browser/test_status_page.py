"""The sender's own page, from a message with a picture to its withdrawal, without JavaScript and without a cookie."""

import re

from playwright.sync_api import expect

from tests.contacts.pictures_support import picture
from tools.audit import chromium

SECONDS_TO_TYPE = 4  # quicker than three is suspicious
PHOTO = {"name": "gehweg.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(1200, 900))}
DOCUMENT = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}


def fill_in(page, message: str, email: str = "") -> None:
    page.goto("/kontakt/")
    page.get_by_label("Worum geht es?").select_option(index=1)
    page.get_by_label("Ihre Nachricht").fill(message)
    page.get_by_label("Ihre E-Mail-Adresse").fill(email)


def send(page) -> None:
    page.wait_for_timeout(SECONDS_TO_TYPE * 1000)
    page.get_by_role("button", name="Nachricht absenden").click()


def test_from_a_message_with_a_picture_to_its_withdrawal(visit, site):
    page = visit(java_script_enabled=False)
    fill_in(page, "Der Gehweg ist aufgerissen.")
    page.get_by_label("Bilder").set_input_files([PHOTO, DOCUMENT])
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("„plan.pdf“: Dieses Format können wir nicht lesen.")
    expect(page.locator(".file-list")).to_contain_text("gehweg.jpg ist schon da")
    send(page)
    expect(page).to_have_url(re.compile("/kontakt/gesendet/"))
    expect(page.locator("main")).to_contain_text("Bitte speichern, notieren oder drucken Sie ihn jetzt.")
    page.locator(".status-link a").click()

    expect(page.locator("h1")).to_have_text("Eingegangen")
    page.get_by_label("Ihre Ergänzung").fill("Es ist vor Haus 5.")
    page.get_by_label("Bilder").set_input_files([PHOTO])
    page.get_by_role("button", name="Ergänzung absenden").click()
    expect(page.locator(".letter--own")).to_have_text("Es ist vor Haus 5.")
    rows = site.rows("SELECT id FROM contacts_enquiry WHERE message = ?", "Der Gehweg ist aufgerissen.")
    assert site.rows("SELECT count(*) FROM contacts_attachment WHERE enquiry_id = ?", rows[0][0]) == [(2,)]

    old = page.url
    page.get_by_role("button", name="Neue Adresse vergeben").click()
    expect(page.locator("main")).to_contain_text("Der alte Link gilt nicht mehr")
    assert page.url.split("?")[0] != old.split("?")[0]

    page.get_by_role("link", name="Weiter zum Löschen").click()
    page.get_by_role("button", name="Alles löschen").click()
    expect(page.locator("h1")).to_have_text("Zurückgezogen und gelöscht")
    assert site.rows("SELECT message FROM contacts_enquiry WHERE id = ?", rows[0][0]) == [("",)]
    assert list((site.folder / "attachments").iterdir()) == []
    assert page.goto(old).status == 404
    assert page.context.cookies() == []


def test_every_step_is_accessible(visit, site, axe):
    page = visit()
    fill_in(page, "Der Spielplatz ist dunkel.", "kim@example.org")
    page.get_by_label("Bilder").set_input_files([PHOTO, DOCUMENT])
    send(page)
    found = look(page, axe, "the form with a picture that is kept and one that is refused")
    send(page)
    found += look(page, axe, "confirmation")
    page.locator(".status-link a").click()
    address = page.url
    page.get_by_label("Ihre Ergänzung").fill("Abends ab acht.")
    page.get_by_role("button", name="Ergänzung absenden").click()
    expect(page.locator(".letter--own")).to_be_visible()
    found += look(page, axe, "status page")
    page.get_by_role("button", name="Ergänzung absenden").click()
    found += look(page, axe, "status page with an error")
    page.goto(address + "zurueckziehen/")
    found += look(page, axe, "before deleting")
    page.goto("/kontakt/vorgang/geloescht/")
    found += look(page, axe, "deleted")
    page.goto("/kontakt/vorgang/gibt-es-nicht/")
    found += look(page, axe, "no case")

    assert found == []


def look(page, axe, name: str) -> list[str]:
    """Return what is wrong with the page at 1280 px in light and at 320 px in dark: axe, and scrolling sideways."""
    found = []
    for width, scheme in ((1280, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": chromium.WIDTHS[width]})
        page.emulate_media(color_scheme=scheme)
        found += [f"{name} {width} px {scheme}: {text}" for text in chromium.violations_here(page, axe)]
        if chromium.scrolls_sideways(page):
            found.append(f"{name} {width} px: scrolls sideways")
    page.set_viewport_size({"width": 1280, "height": 900})
    chromium.double_text(page)
    if chromium.scrolls_sideways(page):
        found.append(f"{name}: scrolls sideways with text twice as large")
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    return found

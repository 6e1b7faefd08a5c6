"""What people come for, done as they do it: find a project, write to the office, publish a news item and a vacancy."""

import datetime as dt
import email
import email.policy
import re

import pytest
from playwright.sync_api import expect

from stadterneuerung.base.dates import today

SECONDS_TO_TYPE = 3.2  # a form that comes back quicker is marked as suspicious (settings.PUBLIC_FORMS)
AUTOSAVE_PAUSE = 800  # ms; Wagtail begins to save half a second after the last key


def test_project_is_found_by_filter(visit):
    page = visit()
    page.goto("/")
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Projekte").click()

    page.get_by_label("Gebiet", exact=True).select_option(label="City")
    page.get_by_label("Thema", exact=True).select_option(label="Straßen und Plätze")
    page.get_by_role("button", name="Anzeigen").click()

    expect(page).to_have_url(re.compile(r"/projekte/\?gebiet=city&thema=strassen-und-plaetze$"))
    page.locator("main").get_by_role("link", name="Rosenviertel").click()
    expect(page.locator("h1")).to_have_text("Rosenviertel")


def test_project_is_found_by_search(visit):
    page = visit()
    page.goto("/")
    box = page.get_by_role("search").first.get_by_label("Suchbegriff")

    box.fill("Speicherstrasse")  # as one types it without ß
    box.press("Enter")

    page.locator("main").get_by_role("link", name="Speicherstraße-Süd am Hafen").first.click()
    expect(page).to_have_url(re.compile(r"/projekte/speicherstrasse-sued/$"))


def mails(site) -> list[email.message.EmailMessage]:
    """Deliver what waits and return all mails, the oldest first."""
    site.manage("deliver_outbox")
    files = sorted((site.folder / "mail").rglob("*"), key=lambda path: path.stat().st_mtime_ns)
    parse = email.message_from_bytes
    return [parse(path.read_bytes(), policy=email.policy.default) for path in files if path.is_file()]


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_enquiry_about_a_project_arrives(visit, site, javascript):
    message = f"Wann beginnt der Umbau? (Skripte: {javascript})"
    page = visit(java_script_enabled=javascript)
    page.goto("/projekte/rosenviertel/")
    page.get_by_role("link", name="Frage zu diesem Projekt").first.click()

    expect(page.get_by_label("Projekt oder Gebiet")).to_have_value(re.compile(r"\d+"))
    page.get_by_label("Worum geht es?").select_option(label="Frage zu einem Projekt oder Gebiet")
    page.get_by_label("Ihre E-Mail-Adresse").fill("kim@example.org")
    page.get_by_label("Ihre Nachricht").fill(message)
    page.wait_for_timeout(SECONDS_TO_TYPE * 1000)
    page.get_by_role("button", name="Nachricht absenden").click()

    expect(page).to_have_url(re.compile(r"/kontakt/gesendet/"))
    rows = site.rows("SELECT reference, page_title, state FROM contacts_enquiry WHERE message = ?", message)
    assert [row[1:] for row in rows] == [("Rosenviertel", "new")]
    reference = rows[0][0]
    expect(page.locator("main")).to_contain_text(reference)
    assert page.context.cookies() == []

    about_it = [mail for mail in mails(site) if reference in mail["Subject"]]
    to_office = [mail for mail in about_it if mail["To"] == "stadterneuerung@stadtdo.de"]
    assert sorted(mail["To"] for mail in about_it) == ["kim@example.org", "stadterneuerung@stadtdo.de"]
    assert "Rosenviertel" in to_office[0]["Subject"]
    assert to_office[0]["Reply-To"] == "kim@example.org"
    assert message in to_office[0].get_content()


def test_empty_enquiry_is_told_what_is_missing_and_keeps_the_rest(visit):
    page = visit(java_script_enabled=False)
    page.goto("/kontakt/")
    page.get_by_label("Ihr Name").fill("Kim Beispiel")
    with page.expect_response("**/kontakt/") as answer:
        page.get_by_role("button", name="Nachricht absenden").click()

    assert answer.value.status == 422
    expect(page.get_by_label("Ihr Name")).to_have_value("Kim Beispiel")
    page.locator(".error-summary").get_by_role("link", name="Ihre Nachricht").click()
    expect(page.get_by_label("Ihre Nachricht")).to_be_focused()


def open_editor(page, action: str) -> None:
    """Open the form of a new page and wait until the editor watches for changes, which it does two seconds later."""
    page.add_init_script(
        "addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watched = '' })"
    )
    page.get_by_role("link", name=action).click()
    page.locator("html[data-watched]").wait_for()


def write(page, field: str, words: str) -> None:
    """Type into a rich text field of the page editor."""
    place = page.locator(f'[data-contentpath="{field}"]').first
    place.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(words)
    # The editor hands its text to the form a moment after the last key.
    expect(place.locator("input[type=hidden]").last).to_have_value(re.compile(re.escape(words)))


def press_publish(page) -> None:
    """Publish when the editor says that the draft is saved, as people do who read what stands there."""
    page.wait_for_timeout(AUTOSAVE_PAUSE)
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name="Veröffentlichen").click()


def publish(page) -> None:
    press_publish(page)
    expect(page.locator(".messages")).to_contain_text(re.compile("wurde|Fehler|fehler"))
    assert page.locator(".w-field--error").all_inner_texts() == []
    expect(page.locator(".messages")).to_contain_text(re.compile("wurde (erstellt und )?veröffentlicht"))


def test_editor_publishes_a_news_item(signed_in, visit):
    """Title, teaser and text are all that a news item needs."""
    page = signed_in("redaktion")
    open_editor(page, "Nachricht schreiben")
    page.locator("#id_title").fill("Neue Bänke am Nordmarkt")
    page.locator("#id_teaser").fill("Auf dem Nordmarkt stehen seit heute zwölf neue Bänke.")
    page.get_by_title("Einen Block einfügen").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    write(page, "body", "Der Sitz ist aus Eiche.")
    publish(page)

    reader = visit()
    reader.goto("/aktuelles/")
    reader.locator("main").get_by_role("link", name="Neue Bänke am Nordmarkt").click()
    expect(reader).to_have_url(re.compile("/aktuelles/neue-baenke-am-nordmarkt/$"))
    expect(reader.locator("h1")).to_have_text("Neue Bänke am Nordmarkt")
    expect(reader.locator("main")).to_contain_text("Der Sitz ist aus Eiche.")


def test_editor_publishes_a_vacancy(signed_in, visit):
    """Without what the law wants it is refused with the field named; then it stands in the list."""
    day = today()
    page = signed_in("redaktion")
    open_editor(page, "Stelle ausschreiben")
    page.locator("#id_title").fill("Planer*in für den Nordmarkt")
    page.locator("#id_teaser").fill("Sie planen den Nordmarkt mit den Menschen, die dort leben.")
    page.locator("#id_grade").fill("EG 11 TVöD")
    page.locator("#id_hours").fill("39 Stunden in der Woche")
    page.locator("#id_start_on").fill(f"{day + dt.timedelta(days=90):%d.%m.%Y}")
    page.locator("#id_apply_url").fill("https://www.example.org/bewerben")
    write(page, "tasks", "Sie planen Plätze.")
    write(page, "requirements", "Sie haben Stadtplanung studiert.")
    write(page, "benefits", "Wir bieten Gleitzeit.")
    press_publish(page)
    expect(page.locator('[data-contentpath="deadline"]')).to_contain_text("muss ausgefüllt werden")

    page.locator("#id_deadline").fill(f"{day + dt.timedelta(days=30):%d.%m.%Y}")
    publish(page)

    reader = visit()
    reader.goto("/stellen/")
    reader.locator("main").get_by_role("link", name="Planer*in für den Nordmarkt").click()
    expect(reader.locator("main")).to_contain_text("EG 11 TVöD")
    expect(reader.locator("main")).to_contain_text("Sie planen Plätze.")


def test_editor_may_not_publish_a_project(signed_in, site):
    """Projects go to approval: the editor can change one and submit it, not publish it."""
    query = "SELECT page_ptr_id FROM projects_projectpage JOIN wagtailcore_page ON id = page_ptr_id WHERE slug = ?"
    [(project,)] = site.rows(query, "rosenviertel")
    page = signed_in("redaktion")
    page.goto(f"/admin/pages/{project}/edit/")
    page.get_by_role("button", name="Mehr Aktionen").click()

    expect(page.get_by_role("button", name="In Freigabe einreichen")).to_be_visible()
    expect(page.get_by_role("button", name="Veröffentlichen", exact=True)).to_have_count(0)

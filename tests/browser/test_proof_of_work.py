"""The task of the forms in a browser: unnoticed with JavaScript, one short wait without."""

import contextlib
import re
import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.test_status_page import SECONDS_TO_TYPE, fill_in, look
from tools.audit import instance

WAIT = 3
SENT = re.compile("/kontakt/gesendet/")
TOLD = re.compile(r"Bitte warten Sie etwa \d Sekunden? und senden Sie das Formular dann noch einmal ab\.")

# What a page outside of a secure context, a browser that fails, and a slow one look like to the script.
NO_CRYPTO = "Object.defineProperty(crypto, 'subtle', { value: undefined })"
BROKEN = "crypto.subtle.deriveBits = () => Promise.reject(new Error('nein'))"
HELD_UP = """
  const real = crypto.subtle.deriveBits.bind(crypto.subtle);
  const gate = new Promise((open) => { window.letGo = open; });
  crypto.subtle.deriveBits = (...given) => gate.then(() => real(...given));
"""
NO_REQUEST_SUBMIT = "delete HTMLFormElement.prototype.requestSubmit"  # Safari before 16
NEVER = """
  window.tries = 0;
  crypto.subtle.deriveBits = async () => {
    window.tries += 1;
    await new Promise((go) => setTimeout(go, 5));
    return new Uint8Array(32).fill(255).buffer;
  };
"""
AT_REST = """() => {
  const rests = window.tries > 0 && window.tries === window.before;
  window.before = window.tries;
  return rests;
}"""


@pytest.fixture(scope="module")
def site():
    """A site of its own, on which the task is switched on, easy, and the wait short."""
    with pytest.MonkeyPatch.context() as shell:
        shell.setenv("FORM_WORK_BITS", "4")
        shell.setenv("FORM_WAIT_SECONDS", str(WAIT))
        with instance.running() as running:
            with contextlib.closing(sqlite3.connect(running.folder / "db.sqlite3", timeout=20)) as database, database:
                database.execute("UPDATE base_sitesettings SET proof_of_work = 1")
            yield running


def send(page) -> None:
    page.get_by_role("button", name="Nachricht absenden").click()


def test_with_javascript_nobody_notices(visit, site):
    page = visit()
    fill_in(page, "Die Laterne flackert.")
    expect(page.locator("input[name=loesung]")).to_have_value(re.compile("[0-9]+"))
    page.wait_for_timeout(SECONDS_TO_TYPE * 1000)
    send(page)
    expect(page).to_have_url(SENT)

    page.locator(".status-link a").click()
    page.get_by_label("Ihre Ergänzung").fill("Seit Montag.")
    page.get_by_role("button", name="Ergänzung absenden").click()
    expect(page.locator(".letter--own")).to_have_text("Seit Montag.")

    assert site.rows("SELECT is_suspicious FROM contacts_enquiry WHERE message = ?", "Die Laterne flackert.") == [(0,)]
    assert page.context.cookies() == []


def test_sent_before_it_is_solved_it_says_so_and_goes_by_itself(visit, axe):
    page = visit()
    page.add_init_script(HELD_UP)
    page.add_init_script(NO_REQUEST_SUBMIT)
    page.goto("/barriere-melden/")
    page.get_by_label("Welche Barriere haben Sie gefunden?").fill("Der Knopf hat keinen Namen.")
    button = page.locator(".form__actions button")

    button.click()

    expect(button).to_have_text("Einen Moment, wir prüfen …")
    expect(page.get_by_role("status")).to_have_text("Einen Moment, wir prüfen …")
    assert look(page, axe, "while it is being solved") == []
    page.evaluate("letGo()")
    expect(page).to_have_url(re.compile("/barriere-melden/gesendet/"))


def test_who_solves_too_slowly_is_not_kept_for_ever(visit):
    page = visit()
    page.add_init_script(HELD_UP)
    fill_in(page, "Mein Telefon ist alt.")

    send(page)

    expect(page.locator(".error-summary")).to_contain_text(TOLD)


def test_who_comes_back_by_the_browsers_button_sends_anew(visit):
    page = visit()
    page.add_init_script(HELD_UP)
    fill_in(page, "Ich war kurz weg.")
    button = page.locator(".form__actions button")
    send(page)
    expect(button).to_have_text("Einen Moment, wir prüfen …")

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })), letGo()")

    expect(page.locator("input[name=loesung]")).to_have_value(re.compile("[0-9]+"))
    expect(button).to_have_text("Nachricht absenden")
    page.wait_for_timeout(WAIT * 1000)
    assert page.url.endswith("/kontakt/")
    send(page)
    expect(page).to_have_url(SENT)


def test_nobody_computes_for_ever(visit):
    page = visit()
    page.add_init_script(NEVER)
    page.goto("/kontakt/")
    page.locator("input[name=loesung]").evaluate("field => { field.dataset.patience = 0.1 }")
    page.get_by_label("Ihre Nachricht").fill("Diese Aufgabe geht nicht auf.")

    page.wait_for_function(AT_REST, polling=500)

    expect(page.locator("input[name=loesung]")).to_have_value("")
    page.get_by_label("Worum geht es?").select_option(index=1)
    send(page)
    expect(page.locator(".error-summary")).to_contain_text(TOLD)


@pytest.mark.parametrize("trouble", [NO_CRYPTO, BROKEN])
def test_browser_that_cannot_solve_takes_the_way_of_waiting(visit, axe, trouble):
    page = visit()
    page.add_init_script(trouble)
    fill_in(page, "Hier rechnet nichts.")
    send(page)
    expect(page.locator(".error-summary")).to_contain_text(TOLD)
    expect(page.get_by_label("Ihre Nachricht")).to_have_value("Hier rechnet nichts.")
    assert look(page, axe, "the request to wait") == []

    page.wait_for_timeout(WAIT * 1000)
    send(page)

    expect(page).to_have_url(SENT)


def test_without_javascript(visit):
    page = visit(java_script_enabled=False)
    fill_in(page, "Ich habe Zeit.")
    send(page)
    expect(page.locator(".error-summary")).to_contain_text(TOLD)
    expect(page.get_by_label("Ihre Nachricht")).to_have_value("Ich habe Zeit.")

    page.wait_for_timeout(WAIT * 1000)
    send(page)

    expect(page).to_have_url(SENT)
    assert page.context.cookies() == []

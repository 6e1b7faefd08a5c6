"""The whole way of one message: from the form with a picture to its deletion, as both sides and the mail see it."""

import email
import email.policy
import re
import sqlite3
from email.message import EmailMessage

from playwright.sync_api import expect

from tests.browser.test_desk_enquiry import unfold
from tests.browser.test_status_page import PHOTO, SECONDS_TO_TYPE

WORDS = "Unser Zaunkönig im Hinterhof"
NAME, ADDRESS = "Frieda Nachtigall", "frieda.nachtigall@example.org"


def mails(site, to: str) -> list[EmailMessage]:
    """Deliver what waits, and return the mails to an address, in the order of sending."""
    site.manage("deliver_outbox")
    files = sorted((site.folder / "mail").glob("*.eml"))
    read = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    return [mail for mail in read if mail["To"] == to and (WORDS in text(mail) or to == ADDRESS)]


def text(mail: EmailMessage) -> str:
    return mail.get_body().get_content()


def path_in(mail: EmailMessage, pattern: str) -> str:
    return re.search(pattern, text(mail))[0]


def sign_in(page, site, username: str) -> None:
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(site.accounts()[username])
    page.locator("form button[type=submit]").first.click()


def let_time_pass(site, days: int) -> None:
    """The clock cannot be moved in a running server; the day of closing can."""
    with sqlite3.connect(site.folder / "db.sqlite3", timeout=20) as database:
        database.execute(
            "UPDATE contacts_enquiry SET closed_at = datetime(closed_at, ?) WHERE message LIKE ?",
            (f"-{days} days", f"%{WORDS}%"),
        )
    database.close()


def traces(site) -> list[str]:
    """Return the tables and files in which a word of the person's is found."""
    with sqlite3.connect(f"file:{site.folder / 'db.sqlite3'}?mode=ro", uri=True, timeout=20) as database:
        found = [line[:80] for line in database.iterdump() if any(word in line for word in (WORDS, NAME, ADDRESS))]
    database.close()
    words = [word.encode() for word in (WORDS, NAME, ADDRESS)]
    files = [path for part in ("mail", "attachments", "log", "cache") for path in (site.folder / part).rglob("*")]
    return found + [path.name for path in files if path.is_file() and any(word in path.read_bytes() for word in words)]


def test_from_the_message_to_its_deletion(visit, site):
    # The citizen writes, with a picture.
    citizen = visit(java_script_enabled=False)
    citizen.goto("/kontakt/?betreff=city")
    citizen.get_by_label("Ihre Nachricht").fill(WORDS)
    citizen.get_by_label("Bilder").set_input_files([PHOTO])
    citizen.get_by_label("Ihr Name").fill(NAME)
    citizen.get_by_label("Ihre E-Mail-Adresse").fill(ADDRESS)
    citizen.wait_for_timeout(SECONDS_TO_TYPE * 1000)
    citizen.get_by_role("button", name="Nachricht absenden").click()
    expect(citizen).to_have_url(re.compile("/kontakt/gesendet/"))

    # The unit's mail brings one link; behind the log-in two clicks suffice.
    [to_office] = mails(site, "stadterneuerung@stadtdo.de")
    [confirmation] = mails(site, ADDRESS)
    clerk = visit()
    clerk.goto(path_in(to_office, r"/admin/anfragen/\d+/rueckmeldung/"))
    sign_in(clerk, site, "sachbearbeitung")
    clerk.get_by_role("button", name="Wir kümmern uns").click()
    expect(clerk.get_by_text("Sie haben diese Anfrage übernommen.")).to_be_visible()

    # A note, and an answer from a template.
    number = re.search(r"/(\d+)/rueckmeldung/", clerk.url)[1]
    clerk.goto(f"/admin/anfragen/edit/{number}/")
    note = unfold(clerk, "Vermerk")
    note.get_by_label("Vermerk").fill("Naturschutz gefragt.")
    note.get_by_role("button", name="Vermerk speichern").click()
    expect(clerk.locator(".enquiry-text--internal")).to_contain_text("Naturschutz gefragt.")
    answer = unfold(clerk, "Antworten")
    answer.get_by_label("Vorlage").select_option(label="Auskunft zur Förderung")
    answer.get_by_role("button", name="Vorlage einsetzen").click()
    field = clerk.locator("#id_answer-text")
    expect(field).to_have_value(re.compile(NAME))
    field.fill(re.sub(r"\[\[.*?\]\]", "Bitte warten Sie mit dem Schnitt.", field.input_value()))
    unfold(clerk, "Antworten").get_by_role("button", name="Antwort senden").click()
    expect(clerk.locator(".enquiry-timeline")).to_contain_text("Bitte warten Sie mit dem Schnitt.")

    # The citizen reads it by mail, in the same conversation, and on the status page, and adds something.
    answered = mails(site, ADDRESS)[-1]
    assert "Bitte warten Sie mit dem Schnitt." in text(answered)
    assert answered["In-Reply-To"] == confirmation["Message-ID"]
    citizen.goto(path_in(answered, r"/kontakt/vorgang/[^/\s]+/"))
    expect(citizen.locator("main")).to_contain_text("Bitte warten Sie mit dem Schnitt.")
    assert "Naturschutz gefragt." not in citizen.content()
    citizen.get_by_label("Ihre Ergänzung").fill(f"{WORDS} ist ausgezogen.")
    citizen.get_by_role("button", name="Ergänzung absenden").click()
    expect(citizen.locator(".letter--own")).to_contain_text("ist ausgezogen.")
    status_page = citizen.url.partition("#")[0]

    # The unit hears of it, in the same conversation, and closes the case.
    assert mails(site, "stadterneuerung@stadtdo.de")[-1]["In-Reply-To"] == to_office["Message-ID"]
    clerk.reload()
    unfold(clerk, "Abschließen").get_by_role("button", name="Abschließen").click()
    expect(clerk.locator(".enquiry-facts dd").first).to_contain_text("abgeschlossen")

    # After its time everything is gone, and what counts remains.
    site.manage("purge_personal_data")
    assert traces(site) != []
    let_time_pass(site, 184)
    site.manage("purge_personal_data")
    assert traces(site) == []
    assert list((site.folder / "attachments").iterdir()) == []
    assert site.rows("SELECT state, subject_name FROM contacts_enquiry WHERE id = ?", int(number)) == [
        ("closed", "City und Handel")
    ]
    assert citizen.goto(status_page).status == 404
    clerk.reload()
    expect(clerk.locator(".enquiry-timeline")).to_contain_text("gelöscht")

"""One enquiry at the desk, as a clerk works on it: by hand in a browser, and looked at with axe in each state."""

import re

from playwright.sync_api import expect

from tools.audit import chromium

OURS = ".content-wrapper .nice-padding"  # everything but Wagtail's own shell
LOOKS = [(1280, "light"), (320, "dark")]


def barriers(axe, page) -> list:
    """Return what axe finds at both widths, with all forms unfolded; and whether a phone would scroll sideways."""
    found = []
    page.evaluate("document.querySelectorAll('details.enquiry-act').forEach(each => { each.open = true })")
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [(width, violation) for violation in chromium.violations_here(page, axe, OURS)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((width, "wider than the window"))
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def record(page, **fields) -> None:
    """Write an enquiry down and arrive on its page."""
    page.goto("/admin/anfragen/aufnehmen/")
    if "Barriere" in fields.get("kind", ""):
        page.get_by_label("Barrieremeldung").check()
    else:
        page.get_by_label("Betreff").select_option(index=1)
    page.get_by_label("Worum es geht, in eigenen Worten").fill("Wann beginnt der Umbau im Rosenviertel?")
    page.get_by_label("Name", exact=True).fill("Frieda Beispiel")
    page.get_by_label("E-Mail-Adresse", exact=True).fill("frieda@example.org")
    page.get_by_role("button", name="Aufnehmen").click()
    page.wait_for_url(re.compile(r"/anfragen/edit/\d+/"))


def unfold(page, title: str):
    act = page.locator("details", has=page.locator("summary", has_text=re.compile(f"^{title}$")))
    if act.get_attribute("open") is None:
        act.locator("summary").click()
    return act


def state(page):
    return page.locator(".enquiry-facts dd").first


def test_take_note_answer_from_a_template_close(signed_in, axe):
    page = signed_in("freigabe")
    record(page)
    found = {"new": barriers(axe, page)}

    unfold(page, "Übernehmen").get_by_role("button", name="Ich übernehme").click()
    expect(state(page)).to_contain_text("übernommen, bei")

    note = unfold(page, "Vermerk")
    note.get_by_label("Vermerk").fill("Mit der Bauleitung telefoniert.")
    note.get_by_role("button", name="Vermerk speichern").click()
    expect(page.locator(".enquiry-text--internal")).to_contain_text("Mit der Bauleitung telefoniert.")

    answer = unfold(page, "Antworten")
    answer.get_by_label("Vorlage").select_option(label="Auskunft zur Förderung")
    answer.get_by_role("button", name="Vorlage einsetzen").click()
    text = page.locator("#id_answer-text")
    expect(text).to_have_value(re.compile(r"^Guten Tag Frieda Beispiel,\s"))
    unfold(page, "Antworten").get_by_role("button", name="Antwort senden").click()
    expect(page.get_by_role("alert").first).to_contain_text("noch nicht geschehen")
    found["refused"] = barriers(axe, page)

    text.fill(re.sub(r"\[\[.*?\]\]", "Es gibt einen Zuschuss.", text.input_value()))
    unfold(page, "Antworten").get_by_role("button", name="Antwort senden").click()
    expect(state(page)).to_contain_text("beantwortet")
    expect(page.locator(".enquiry-timeline")).to_contain_text("Es gibt einen Zuschuss.")
    found["answered"] = barriers(axe, page)

    unfold(page, "Abschließen").get_by_role("button", name="Abschließen").click()
    expect(state(page)).to_contain_text("abgeschlossen")
    found["closed"] = barriers(axe, page)

    assert found == {"new": [], "refused": [], "answered": [], "closed": []}


def test_two_windows(signed_in, axe):
    first = signed_in("freigabe")
    record(first)
    second = signed_in("verwaltung")
    second.goto(first.url)

    unfold(first, "Abschließen").get_by_role("button", name="Abschließen").click()
    answer = unfold(second, "Antworten")
    answer.locator("#id_answer-text").fill("Im Mai.")
    answer.get_by_role("button", name="Antwort senden").click()

    expect(second.get_by_role("alert").first).to_contain_text("Inzwischen ist etwas geschehen")
    expect(second.get_by_label("Ihr Text zum Kopieren")).to_have_value("Im Mai.")
    assert barriers(axe, second) == []


def test_from_the_mail_in_two_clicks(signed_in, axe):
    page = signed_in("freigabe")
    record(page, kind="Barriere")
    number = re.search(r"/(\d+)/$", page.url)[1]

    page.goto(f"/admin/anfragen/{number}/rueckmeldung/")
    found = barriers(axe, page)
    page.get_by_role("button", name="Wir kümmern uns").click()
    expect(page.get_by_text("Sie haben diese Anfrage übernommen.")).to_be_visible()
    page.get_by_role("button", name="Schon außerhalb beantwortet").click()
    expect(page.get_by_text("Bitte bestätigen Sie, dass die Antwort")).to_be_visible()
    found += barriers(axe, page)
    page.get_by_label("Die Antwort hat auf das Ombudsverfahren hingewiesen").check()
    page.get_by_role("button", name="Schon außerhalb beantwortet").click()
    expect(page.get_by_text("Diese Anfrage ist beantwortet.")).to_be_visible()
    found += barriers(axe, page)

    page.get_by_role("link", name="Zur Anfrage am Anfragen-Tisch").click()
    expect(state(page)).to_contain_text("beantwortet")
    assert found == []


def test_writing_a_call_down(signed_in, axe):
    page = signed_in("freigabe")
    page.goto("/admin/anfragen/aufnehmen/")
    found = barriers(axe, page)

    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.get_by_text("Noch nicht gespeichert.")).to_be_visible()
    found += barriers(axe, page)

    assert found == []

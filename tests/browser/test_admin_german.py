"""Editors read German: in the admin, at sign-in, in mails and on error pages. No English word, no raw key, no None."""

import email
import email.policy
import re

import pytest

MOST_VIEWS = 40
# Words of Wagtail's and Django's interface that are no German words too, whole and in this spelling.
ENGLISH = """
Save Saved Saving Delete Deleted Search Publish Published Unpublish Unpublished Publishing Settings Home Page Pages
Edit Editing Add Added Create Created Creating Cancel Close Choose Upload Uploaded History Usage Locked Unlock Draft
Drafts Move Copy Actions Privacy Comments Preview Help Password Username Sign Log Logout Email Forgotten Reset
Remember Submit Submitted Approve Approved Reject Rejected Cancelled Started Updated Update Visible Collection
Collections Owner Users User Groups Group Sites Redirects Reports Report Snippets Images Image Documents Document
Explore Explorer Browse Sort Show Hide Toggle Expand Collapse Select Selected Any All None Yes No Never Unknown True
False Today Yesterday Before After Between Clear Apply Date Title Type Language Languages Order First Last Previous
Next Back View Live Details Revision Revisions Compare Review Schedule Scheduled Expiry Expired Currently Already
Warning Error Errors Success Unsaved Changes Keyboard Shortcuts Caption Heading Paragraph Link Insert Undo Redo Bold
Italic Table Row Column the this that your you our and with without from been have has was were are is not will can
may should must please click here there which when where what who why how more less some every each only also does do
did
"""
# Words that stand for something else than interface: names, and German words of the same spelling.
FINE = {"Live", "Link", "Image", "Details", "Service", "was", "also", "Bold", "All", "Update"}
WORDS = re.compile(r"(?<![\w@./:-])(" + "|".join(sorted(set(ENGLISH.split()) - FINE)) + r")(?![\w@./:-])")
# "wagtailadmin.title", "field_name", "{{ x }}", "%(count)s": what a broken template or catalogue shows.
RAW = re.compile(r"\b[a-z]+_[a-z_]+\b|{{|{%|%\(\w+\)s|\bundefined\b|\[object ")
NOT_VISITED = re.compile(r"logout|/export|/bulk/")  # leaves, downloads, and actions that need a choice first
NUMBERS = re.compile(r"\d+")
# Addresses and names are what they are.
FOREIGN_NAMES = re.compile(r"https?://\S+|Wagtail")


def english_in(text: str) -> list[str]:
    """Return the lines of `text` that hold an English word of the interface or a raw key."""
    lines = [line.strip() for line in FOREIGN_NAMES.sub("", text).splitlines() if line.strip()]
    return [line for line in lines if WORDS.search(line) or RAW.search(line)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Entwurf speichern", []),
        ("Save draft", ["Save draft"]),
        ("Gut\nPlease correct the errors below.", ["Please correct the errors below."]),
        ("Status: None", ["Status: None"]),
        ("page_title", ["page_title"]),
        ("wir@example-page.org", []),
    ],
)
def test_english_is_found(text, found):
    assert english_in(text) == found


def words_shown(page) -> str:
    """Return the visible text and the names that screen readers say."""
    named = page.evaluate(
        """() => [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
            .filter((element) => element.offsetParent !== null)
            .flatMap((element) => ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name)))
            .filter(Boolean)"""
    )
    return page.locator("body").inner_text() + "\n" + "\n".join(named)


def crawl_admin(page, start: list[str]) -> dict[str, list[str]]:
    """Walk through the admin, one address of each view; return address → English lines."""
    waiting, seen, found = list(start), set(), {}
    while waiting and len(seen) < MOST_VIEWS:
        address = waiting.pop(0)
        view = NUMBERS.sub("#", address)
        if view in seen:
            continue
        seen.add(view)
        answer = page.goto(address, wait_until="domcontentloaded")
        if "html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status < 400, f"{answer.status} {address}"
        if lines := english_in(words_shown(page)):
            found[address] = lines
        links = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.getAttribute('href'))")
        waiting += [link.partition("#")[0] for link in links if link.startswith("/admin/") and "?" not in link]
        waiting = [link for link in waiting if not NOT_VISITED.search(link)]
    return found


@pytest.mark.parametrize("username", ["redaktion", "verwaltung"])
def test_admin_speaks_german(signed_in, username):
    page = signed_in(username)

    assert crawl_admin(page, ["/admin/"]) == {}


def test_sign_in_speaks_german(visit):
    page = visit()
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("niemand")
    page.locator("input[name=password]").fill("falsch")
    page.locator("form button[type=submit]").first.click()

    assert english_in(words_shown(page)) == []

    page.goto("/admin/password_reset/")
    assert english_in(words_shown(page)) == []
    page.locator("input[type=email]").fill("redaktion@stadterneuerung.example")
    page.locator("form button[type=submit], form input[type=submit]").first.click()
    assert english_in(words_shown(page)) == []


@pytest.mark.parametrize("path", ["/admin/gibt-es-nicht/", "/gibt-es-nicht/", "/admin/pages/999999/edit/"])
def test_error_pages_speak_german(signed_in, path):
    page = signed_in("redaktion")
    answer = page.goto(path)

    assert answer.status == 404
    assert english_in(words_shown(page)) == []


def test_mails_speak_german(signed_in, site):
    """Of Wagtail's own: what approvers get when an editor submits a page, and a forgotten password."""
    query = "SELECT page_ptr_id FROM projects_projectpage JOIN wagtailcore_page ON id = page_ptr_id WHERE slug = ?"
    [(project,)] = site.rows(query, "umbau-keltenstrasse")
    page = signed_in("redaktion")
    page.goto(f"/admin/pages/{project}/edit/")
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name="In Freigabe einreichen").click()
    page.locator(".messages").wait_for()
    page.context.clear_cookies()
    page.goto("/admin/password_reset/")
    page.locator("input[type=email]").fill("redaktion@stadterneuerung.example")
    page.locator("form button[type=submit], form input[type=submit]").first.click()
    page.wait_for_url("**/password_reset/done/")
    site.manage("shell", "-c", "from stadterneuerung.home.password_reset import answer_due; answer_due()")

    files = [path for path in (site.folder / "mail").rglob("*") if path.is_file()]
    mails = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
    to_staff = [mail for mail in mails if str(mail["To"]).endswith("@stadterneuerung.example")]
    texts = [f"{mail['Subject']}\n{mail.get_body(('plain',)).get_content()}" for mail in to_staff]

    assert {mail["To"] for mail in to_staff} >= {
        "freigabe@stadterneuerung.example",
        "redaktion@stadterneuerung.example",
    }
    assert [line for text in texts for line in english_in(text)] == []

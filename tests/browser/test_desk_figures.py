"""The page "Zahlen" in a browser: no barrier in both themes, without JavaScript, at 320 px and on paper."""

import re

import pytest
from playwright.sync_api import expect

from tools.audit import chromium

PAGE = "/admin/anfragen/zahlen/"
# Everything but Wagtail's own shell: the side bar and the head.
OURS = ".content-wrapper .nice-padding"
MAKE = """
import datetime as dt
from django.utils import timezone
from contacts.models import Enquiry, ProcessingPurpose
now = timezone.now()
purposes = {kind: ProcessingPurpose.objects.in_force(kind) for kind in Enquiry.Kind.values}
Enquiry.objects.bulk_create(
    Enquiry(
        reference=f"SE-ZAHLEN-{number}", submission_key=f"zahlen-{number}", message="Wann?", due_on=now.date(),
        created_at=now - dt.timedelta(days=number * 7), subject_name="Selten" if number % 20 == 0 else "Häufig",
        channel="phone" if number % 3 else "form", first_answer_at=now - dt.timedelta(days=number * 7 - 2),
        kind="barrier" if number % 9 == 0 else "question", ombuds_named=True, state="answered",
        purpose=purposes["barrier" if number % 9 == 0 else "question"],
    )
    for number in range(1, 61)
)
"""


@pytest.fixture(scope="module")
def enquiries(site):
    site.manage("shell", "-c", MAKE)


def test_figures_have_no_barriers_and_fit_into_320_pixels(signed_in, enquiries, axe):
    page = signed_in("freigabe")
    page.goto(PAGE)

    expect(page.get_by_role("img", name=re.compile("Anfragen nach Monat"))).to_be_visible()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert chromium.violations_here(page, axe, OURS) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert chromium.violations_here(page, axe, OURS) == []
    assert page.evaluate("document.querySelector('main').scrollWidth") == 320


def test_a_period_is_chosen_by_keyboard_and_a_table_is_taken_along(signed_in, enquiries):
    page = signed_in("freigabe")
    page.goto(PAGE)

    page.get_by_label("Von", exact=True).focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Anzeigen").press("Enter")
    expect(page.get_by_role("table").first.get_by_role("rowheader")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Anfragen nach Monat als CSV-Datei").click()

    assert download.value.suggested_filename.startswith("anfragen_monate_amt_")


def test_figures_need_no_javascript(visit, site, enquiries):
    page = visit(java_script_enabled=False)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("freigabe")
    page.locator("input[name=password]").fill(site.accounts()["freigabe"])
    page.locator("form button[type=submit]").first.click()
    page.goto(PAGE)

    page.get_by_label("Einheit", exact=True).select_option(index=1)
    page.get_by_role("button", name="Anzeigen").click()

    expect(page.get_by_role("table").first).to_be_visible()
    assert "einheit=" in page.url


def test_paper_has_all_plots_and_no_form(signed_in, enquiries):
    page = signed_in("freigabe")
    page.goto(PAGE)
    page.emulate_media(media="print")

    expect(page.get_by_label("Von", exact=True)).to_be_hidden()
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert sheets > 2


def test_the_statement_with_its_table_has_no_barriers(visit, enquiries, axe):
    page = visit()
    page.goto("/barrierefreiheit/")

    expect(page.get_by_role("table")).to_be_visible()
    assert chromium.violations_here(page, axe) == []

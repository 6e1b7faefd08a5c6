"""The desk's list as clerks use it: wide and light, narrow and dark, by keyboard alone, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tools.audit import chromium

# Everything but Wagtail's own shell: the side bar and the head.
OURS = ".desk"
LOOKS = {"wide and light": (1280, "light"), "narrow and dark": (320, "dark")}

MAKE = """
from contacts.models import Enquiry, ProcessingPurpose
from django.utils import timezone
from stadterneuerung.base.dates import today
import datetime as dt
purpose = ProcessingPurpose.objects.filter(key="question").order_by("version").last()
for number in range(35):
    Enquiry.objects.create(reference=f"SE-2026-TEST-{number:04}", submission_key=f"test-{number}", message="Erfunden",
        purpose=purpose, subject_name="Förderung und Zuschüsse", due_on=today() + dt.timedelta(days=number - 3),
        state="taken" if number % 3 else "new")
Enquiry.objects.create(reference="SE-2026-ODDX-0001", submission_key="odd", message="Erfunden", is_suspicious=True,
    purpose=purpose, suspicion="9 Links", due_on=today())
Enquiry.objects.create(reference="SE-2026-DONE-0001", submission_key="done", message="Erfunden", state="closed",
    purpose=purpose, closed_at=timezone.now(), due_on=today())
"""


@pytest.fixture(scope="module")
def enquiries(site):
    site.manage("shell", "-c", MAKE)


@pytest.fixture
def without_javascript(visit, site):
    page = visit(java_script_enabled=False)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("freigabe")
    page.locator("input[name=password]").fill(site.accounts()["freigabe"])
    page.locator("form button[type=submit]").first.click()
    return page


@pytest.mark.parametrize("look", LOOKS)
def test_list_filters_confirmation_and_empty_views_have_no_barriers(signed_in, enquiries, axe, look):
    width, scheme = LOOKS[look]
    page = signed_in("freigabe")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = {}

    def examine(name: str) -> None:
        found[name] = chromium.violations_here(page, axe, OURS)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"

    for view in ("offen", "quarantaene", "erledigt", "wartet", "alle"):
        page.goto(f"/admin/anfragen/?ansicht={view}")
        examine(view)
    page.goto("/admin/anfragen/?stand=taken&alter=quatsch")
    expect(page.locator(".desk-filters__fields")).to_be_visible()
    examine("filters")
    page.goto("/admin/anfragen/?q=gibtesnicht")
    examine("nothing found")
    page.goto("/admin/anfragen/")
    page.locator(".desk-list tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="An andere Einheit geben").click()
    examine("confirmation")
    page.get_by_role("button", name="An andere Einheit geben").click()
    expect(page.get_by_text("Bitte wählen Sie die Einheit, die diese Anfragen bekommt.")).to_be_visible()
    examine("confirmation refused")
    page.goto("/admin/")
    expect(page.locator("#desk-panel")).to_be_visible()

    assert found == {name: [] for name in found}


def test_ticking_all_and_acting(signed_in, enquiries):
    page = signed_in("freigabe")
    page.goto("/admin/anfragen/?ansicht=neu")

    page.get_by_label("Alle auf dieser Seite auswählen").check()
    chosen = page.locator(".desk-list tbody input[type=checkbox]:checked").count()
    page.get_by_role("button", name="Abschließen").click()

    expect(page.locator(".desk input[name=item]")).to_have_count(chosen)


def test_without_javascript_a_filter_and_an_act_work(without_javascript, enquiries):
    page = without_javascript
    page.goto("/admin/anfragen/?ansicht=alle")
    page.get_by_label("Suche").fill("SE-2026-TEST-0003")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_label("SE-2026-TEST-0003 auswählen").check()
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_role("button", name="Übernehmen").click()

    expect(page.locator(".messages")).to_contain_text("1 Anfrage übernommen.")
    expect(page.locator('td[data-label="Stand"]')).to_have_text("übernommen")

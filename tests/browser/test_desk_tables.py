"""The desk's tables on a phone: what is wider than the window can be reached, by keyboard too."""

import pytest

from tools.audit import chromium

TABLES = {
    "postfaecher": "/admin/postfaecher/",
    "postausgang": "/admin/outbox/",
    "regeln": "/admin/anfragen/verteilung/",
}
MAKE = """
from contacts.models import OutboxMessage
OutboxMessage.objects.create(kind="test", to="ein-langer-name@stadtdo.example", subject="Test", body_text="Test",
    state="failed", last_error="SMTPDataError 554 so ein langer Fehler")
"""


@pytest.fixture(scope="module")
def rows(site):
    site.manage("shell", "-c", MAKE)


@pytest.mark.parametrize("path", TABLES.values(), ids=TABLES)
def test_last_column_is_reached_by_keyboard(signed_in, rows, axe, path):
    page = signed_in("verwaltung")
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.goto(path)
    table = page.get_by_role("region").filter(has=page.locator("table"))
    last = table.locator("tbody tr").first.locator("td").last
    assert last.bounding_box()["x"] + last.bounding_box()["width"] > 390

    table.focus()
    page.keyboard.press("End")
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)

    box = last.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert chromium.violations_here(page, axe, ".w-overflow-x-auto") == []

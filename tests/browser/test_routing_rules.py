"""The rules of routing, as those use them who have no mouse, no JavaScript, or a narrow window."""

import pytest
from playwright.sync_api import expect

from tools.audit import chromium

RULES = "/admin/anfragen/verteilung/"
TRIAL = "/admin/anfragen/verteilung/ausprobieren/?art=question&tag="
FORMS = [RULES + "add/", "/admin/anfragen/vertretungen/add/", "/admin/anfragen/arbeitsweise/add/"]
LISTS = [RULES, "/admin/anfragen/vertretungen/", "/admin/anfragen/arbeitsweise/"]


def order(site) -> list[str]:
    return [name for (name,) in site.rows("SELECT name FROM contacts_routingrule ORDER BY position, id")]


def test_rules_are_moved_with_the_keyboard(signed_in, site):
    page = signed_in("freigabe")
    page.goto(RULES)
    before = order(site)
    handle = page.get_by_role("button", name="Ziehen").last

    handle.focus()
    page.keyboard.press("ArrowUp")
    with page.expect_response(lambda response: "/reorder/" in response.url) as moved:
        page.keyboard.press("Enter")

    assert moved.value.status == 200
    assert order(site) == [*before[:-2], before[-1], before[-2]]
    page.reload()
    expect(page.locator("tbody tr").nth(len(before) - 2)).to_contain_text(before[-1])


def test_trial_needs_no_javascript(visit, site):
    page = visit(java_script_enabled=False)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("redaktion")
    page.locator("input[name=password]").fill(site.accounts()["redaktion"])
    page.locator("form button[type=submit]").first.click()
    page.goto(RULES + "ausprobieren/")

    page.get_by_label("Projekt oder Gebiet").select_option(label="Grüner Ring Westfalenhütte")
    page.get_by_role("button", name="Ausprobieren").click()

    expect(page.get_by_role("heading", name="Ergebnis")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Diese Regel entscheidet.")).to_have_count(1)


@pytest.mark.parametrize("path", [*LISTS, *FORMS, TRIAL])
def test_pages_have_no_barriers(signed_in, axe, path):
    page = signed_in("freigabe")
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.goto(path)  # anew: colours that are on their way to the other scheme are none of ours
        found += [(scheme, violation) for violation in chromium.violations_here(page, axe)]

    assert found == []


def test_trial_fits_a_narrow_window(signed_in):
    page = signed_in("freigabe")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(TRIAL + "2026-11-25")

    beyond = page.eval_on_selector_all(
        ".content-wrapper form select, .content-wrapper p, .content-wrapper dd, [role=region]",
        "all => all.filter((one) => one.getBoundingClientRect().right > 320).map((one) => one.outerHTML.slice(0, 80))",
    )
    assert beyond == []

"""The site by keyboard alone."""

from playwright.sync_api import expect


def test_skip_link_is_first_and_leads_to_the_content(visit):
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")

    expect(skip).to_have_text("Zum Inhalt springen")
    expect(skip).to_be_in_viewport()

    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_menu_opens_and_leads_on_by_keyboard(visit):
    page = visit(viewport={"width": 390, "height": 844})
    page.goto("/")
    toggle = page.get_by_text("Menü", exact=True)
    entry = page.locator(".main-nav__list").get_by_role("link", name="Projekte")
    expect(entry).to_be_hidden()

    toggle.focus()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()

    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(toggle).to_be_focused()

    page.keyboard.press("Space")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent.trim()") == "Projekte":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/projekte/")


def test_menu_opens_without_javascript(visit):
    page = visit(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto("/")
    page.get_by_text("Menü", exact=True).click()

    page.locator(".main-nav__list").get_by_role("link", name="Projekte").click()

    expect(page).to_have_url("/projekte/")


# How the active element looks: its own outline and shadow, those of ::after (a card's link marks the whole card there),
# and the line of the shape that a link on the map leads to. Taken with focus and without.
LOOKS = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const look = () => [element, element.querySelector('path, polygon')].filter(Boolean).flatMap((part) =>
        [null, '::after'].map((pseudo) => {
            const style = getComputedStyle(part, pseudo);
            return [style.outline, style.boxShadow, style.stroke, style.strokeWidth].join();
        })).join();
    const focused = look();
    element.blur();
    return {name: element.outerHTML.slice(0, 80), seen: focused !== look()};
}"""


def test_focus_is_seen_on_every_stop_of_the_start_page(visit):
    page = visit()
    page.goto("/")
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if stop := page.evaluate(LOOKS):
            stops.append(stop)

    assert len(stops) > 20
    assert [stop["name"] for stop in stops if not stop["seen"]] == []

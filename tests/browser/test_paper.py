"""What is printed: dark letters, the mailbox, where the page came from, and no headings over nothing."""

import pytest


@pytest.fixture
def printed(visit, site):
    def show(path: str):
        page = visit()
        page.goto(path)
        page.emulate_media(media="print")
        return page

    return show


def test_footer_says_whom_to_ask_and_where_the_page_came_from(printed, site):
    footer = printed("/gebiete/hoerde/").locator("footer")

    assert footer.locator('a[href^="mailto:"]').is_visible()
    assert f"{site.url}/gebiete/hoerde/" in footer.inner_text()
    headings = footer.locator("h2").all()
    assert [heading.inner_text() for heading in headings if heading.is_visible()] == ["Kontakt"]


def test_address_is_for_paper_only(visit, site):
    page = visit()
    page.goto("/gebiete/hoerde/")

    assert not page.locator(".print-only").is_visible()


@pytest.mark.parametrize("path", ["/gebiete/hoerde/", "/kontakt/", "/"])
def test_buttons_are_readable_without_their_ground(printed, path):
    colours = (
        printed(path)
        .locator("main .kern-btn .kern-label")
        .evaluate_all(
            "labels => labels.filter(label => label.checkVisibility()).map(label => getComputedStyle(label).color)"
        )
    )

    assert set(colours) <= {"rgb(0, 0, 0)"}

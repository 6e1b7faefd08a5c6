"""One server on a copy of the seeded site, one browser, one crawl for all tests in this folder.

Never `live_server`: it flushes the rows that Wagtail's migrations made. All fixtures end with the folder, not with the
session: while Playwright runs, its event loop would forbid other tests in the same process to use the database.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser_support import program
from tools.audit import chromium, instance
from tools.audit.crawler import Client, Crawler
from tools.audit.findings import samples

expect.set_options(timeout=10_000)


@pytest.fixture(scope="package")
def site():
    """A running site with the demo content; `site.url`, `site.rows(…)`, `site.manage(…)`."""
    with instance.running() as running:
        yield running


@pytest.fixture(scope="package")
def crawl(site):
    """Every address of the site and what the server said to it."""
    with Client(site.url) as client:
        return Crawler(site.url, client.get).run()


@pytest.fixture(scope="package")
def sample_paths(site, crawl):
    """Page type → path of its fullest page."""
    return {
        page_type: chosen[0]
        for page_type, paths in site.page_types().items()
        if (chosen := samples({page_type: paths}, crawl, per_type=1))
    }


@pytest.fixture(scope="package")
def browser():
    assert program("browser"), "browser_support skips these tests where Chromium is missing"
    with chromium.browser() as launched:
        yield launched


@pytest.fixture
def visit(browser, site):
    """Return a function that makes a fresh visitor (options of a browser context) and gives their page.

    Whatever the test was about: no request may have gone to another host, and no error may stand in the console.
    """
    contexts = []

    def make(**options):
        context, watch = chromium.visitor(browser, site.url, **options)
        contexts.append((context, watch))
        return context.new_page()

    yield make
    for context, _ in contexts:
        context.close()
    assert [text for _, watch in contexts for text in watch.foreign_requests] == []
    assert [text for _, watch in contexts for text in watch.errors] == []


@pytest.fixture(scope="package")
def axe():
    return Axe()


@pytest.fixture(scope="package")
def axe_page(browser, site):
    """A page kept for all looks with axe: making one anew for each costs more than the look."""
    context, _ = chromium.visitor(browser, site.url)
    yield context.new_page()
    context.close()


@pytest.fixture
def signed_in(visit, site):
    """Return a function that signs a demo account in (`redaktion`, `freigabe`, `verwaltung`) and gives its page."""

    def sign_in(username):
        page = visit()
        page.goto("/admin/login/")
        page.locator("input[name=username]").fill(username)
        page.locator("input[name=password]").fill(site.accounts()[username])
        page.locator("form button[type=submit]").first.click()
        page.wait_for_url("**/admin/")
        return page

    return sign_in

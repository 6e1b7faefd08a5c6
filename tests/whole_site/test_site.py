"""What holds on every page of the real content, seen without a browser and as after the launch (no preview banner)."""

import brotli
import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from stadterneuerung.base.models import BasePage
from tools.audit import findings
from tools.audit.crawler import Answer, Crawler
from tools.audit.document import read
from tools.paths import BUILD, STATIC

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
PAGE_TYPES = [model for model in apps.get_models() if issubclass(model, BasePage)]
NOT_PAGES = ("/static/", "/teilen/", "/dokumente/")  # files: seen by the browser's crawl and by tests of their own
START_PAGE_BYTES = 120 * 1024
JS_BYTES = 10 * 1024


def fetch(address: str) -> Answer:
    """Ask the site in this process."""
    if address.startswith(NOT_PAGES):
        return Answer(address, 200, "application/octet-stream", b"", [])
    response = Client(headers={"host": "localhost"}, raise_request_exception=False).get(address)
    body = b"".join(response) if response.streaming else response.content
    content_type = response.headers.get("Content-Type", "").split(";")[0]
    cookies = [morsel.OutputString() for morsel in response.cookies.values()]
    answer = Answer(address, response.status_code, content_type, body, cookies, response.headers.get("Location", ""))
    if content_type == "text/html":
        answer.document = read(body.decode())
    return answer


@pytest.fixture(scope="module")
def crawl(demo_content):
    """Every address that can be reached from the start page or the sitemap."""
    with transaction.atomic():
        Site.objects.filter(is_default_site=True).update(hostname="localhost", port=80)
        Site.clear_site_root_paths_cache()
        with override_settings(SITE_PREVIEW=False):
            found = Crawler("http://localhost", fetch, at_the_same_time=1).run()
        yield found
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


@pytest.mark.parametrize("subject", findings.RULES)
def test_nothing_is_wrong(crawl, subject):
    assert findings.RULES[subject](crawl) == []


def test_every_page_type_is_shown(crawl):
    shown = {type(page) for page in Page.objects.live().specific()}

    assert [model.__name__ for model in PAGE_TYPES if model not in shown] == []


def test_every_live_page_is_reached_by_links(crawl):
    """Pages out of date, such as an expired vacancy, leave the lists; those that are shown have a way to them."""
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage) and page.is_indexable]
    linked = {target.partition("#")[0] for target, sources in crawl.linked_from.items() if sources - {"/sitemap.xml"}}

    assert [page.url for page in pages if page.url not in linked and page.url != "/"] == []


def queries_of(client, address: str) -> int:
    """Return what an address costs with nothing cached but the addresses of the sites, which Wagtail always keeps."""
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda model: model._meta.model_name)
def test_queries_stay_within_the_budget(crawl, client, page_type):
    """Each page of the type; the crawl has made its pictures."""
    costs = {page.url: queries_of(client, page.url) for page in page_type.objects.live()}

    assert {url: queries for url, queries in costs.items() if queries > MOST_QUERIES} == {}


def test_structured_data_can_be_read_and_shows_the_way(crawl):
    """A breadcrumb on every page that may be indexed but the start page, which has no way to it."""
    kinds = {
        page.address: [item["@type"] for item in page.document.structured_data()]
        for page in crawl.pages
        if page.document.is_indexable and page.address != "/"
    }

    assert [address for address, found in kinds.items() if "BreadcrumbList" not in found] == []


def test_examples_tell_machines_nothing(crawl):
    examples = [page.url for page in Page.objects.live().specific() if getattr(page, "is_example", False)]
    kinds = {url: {item["@type"] for item in crawl.answers[url].document.structured_data()} for url in examples}

    assert examples
    assert {url: found for url, found in kinds.items() if found - {"BreadcrumbList"}} == {}
    assert [url for url in examples if crawl.answers[url].document.is_indexable] == []


def test_sitemap_holds_exactly_what_may_be_indexed(crawl):
    own = [page for page in crawl.pages if page.document.canonical.endswith(f"localhost{page.address}")]
    may_be_indexed = {page.address for page in own if page.document.is_indexable}

    assert may_be_indexed == set(crawl.in_sitemap)
    assert len(crawl.in_sitemap) == len(set(crawl.in_sitemap))


def test_every_page_says_its_language(crawl):
    assert {page.document.language for page in crawl.pages} == {"de"}


def test_scripts_within_their_budget():
    scripts = [path.read_bytes() for folder in ("js", "build") for path in (STATIC / folder).glob("*.js")]

    assert sum(len(brotli.compress(script)) for script in scripts) <= JS_BYTES


def test_start_page_within_its_budget(crawl):
    """The first visit without editors' photos: the page, styles, scripts, fonts, drawings, compressed as served."""
    if not (BUILD / "site.css").is_file():
        pytest.skip("static/build fehlt: make setup")
    start = crawl.answers["/"]
    files = {reference.removeprefix("/static/").partition("#")[0] for reference in start.document.resources}
    paths = [STATIC / name for name in files if not name.startswith(("/", "data:"))]
    fonts = [path for path in paths if path.suffix == ".woff2"]
    others = [brotli.compress(path.read_bytes()) for path in paths if path not in fonts]

    assert BUILD / "site.css" in paths
    assert len(fonts) == 2
    # The page itself is counted as the application sends it, before any proxy compresses it.
    total = len(start.body) + sum(map(len, others)) + sum(path.stat().st_size for path in fonts)
    assert total <= START_PAGE_BYTES

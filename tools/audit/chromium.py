"""A browser that watches a page: accessibility by axe, requests to other hosts, errors, what is left behind."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",  # CI runs as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = {1280: 900, 320: 640}
SCHEMES = ("light", "dark")
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
SCROLLS_SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def program() -> str | None:
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Drive the installed Chromium; no browser is downloaded."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=QUIET)
        try:
            yield chromium
        finally:
            chromium.close()


@dataclass
class Watch:
    """What a context's pages did since the start."""

    own_host: str
    foreign_requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.own_host:
            self.foreign_requests.append(f"{request.frame.url} lädt {request.url}")

    def console(self, message) -> None:
        # A page that answers 404 or 422 on purpose is reported as a resource that failed.
        is_answer = message.page and message.location["url"] == message.page.url
        if message.type == "error" and not (is_answer and message.text.startswith("Failed to load resource")):
            where = urlsplit(message.page.url).path if message.page else "?"
            self.errors.append(f"{where}: {message.text}")

    def exception(self, error) -> None:
        where = urlsplit(error.page.url).path if error.page else "?"
        self.errors.append(f"{where}: {error.error.message}")


def visitor(chromium: Browser, base: str, **options) -> tuple[BrowserContext, Watch]:
    """Return a fresh German visitor on a desktop and what watches them."""
    settings = {"viewport": {"width": 1280, "height": WIDTHS[1280]}, "locale": "de-DE", "reduced_motion": "reduce"}
    context = chromium.new_context(base_url=base, **(settings | options))
    context.set_default_timeout(20_000)
    watch = Watch(urlsplit(base).netloc)
    context.on("request", watch.request)
    context.on("console", watch.console)
    context.on("weberror", watch.exception)
    return context, watch


def axe_violations(page: Page, axe: Axe, path: str) -> list[str]:
    """Open `path` and return axe's violations at each width, light and dark."""
    found = []
    page.goto(path)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [f"{path} {width} px {scheme}: {text}" for text in violations_here(page, axe)]
    return found


def violations_here(page: Page, axe: Axe, within: str = "") -> list[str]:
    """Return axe's violations of the page as it stands, or only of what `within` (CSS) selects, once that is there."""
    if within:
        page.locator(within).first.wait_for(state="attached")
    result = axe.run(page, context=within or None, options=AXE_OPTIONS).response
    return [
        f"{violation['id']} ({len(violation['nodes'])}×): {violation['help']} – {node['target'][0]}"
        for violation in result["violations"]
        for node in violation["nodes"][:1]
    ]


def scrolls_sideways(page: Page) -> bool:
    return page.evaluate(SCROLLS_SIDEWAYS)


def double_text(page: Page) -> None:
    """Double all text as a browser's own setting does: the size from which all others are reckoned."""
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")


def left_behind(context: BrowserContext, page: Page) -> list[str]:
    """Return cookies and entries of the local and the session storage."""
    stored = page.evaluate("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return [f"Cookie {cookie['name']}" for cookie in context.cookies()] + [f"Speicher {name}" for name in stored]

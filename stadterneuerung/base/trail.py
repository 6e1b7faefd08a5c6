"""Where a page stands in the tree and in which languages it exists. Results are kept on the page for one response."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from wagtail.models import Page, Site


@dataclass(frozen=True)
class Crumb:
    title: str
    url: str
    is_current: bool = False


def menu_pages(request: HttpRequest) -> list[Page]:
    """Return the live pages below the start page that editors put into the menu, in tree order.

    A request for a page has them already (base.routing); any other asks once.
    """
    if frame := getattr(request, "page_frame", None):
        return frame.menu
    path = root_path(request)
    if path is None:
        return []
    # "/home/" is one level below "/": the slashes tell the depth, so the start page need not be loaded.
    depth = path.count("/") + 1
    return list(Page.objects.live().in_menu().filter(url_path__startswith=path, depth=depth).order_by("path"))


def root_path(request: HttpRequest) -> str | None:
    """Return the internal path of the start page in the active language, else in the site's own; None without site."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    paths = {root.language_code: root.root_path for root in Site.get_site_root_paths() if root.site_id == site.pk}
    return paths.get(get_language()) or next(iter(paths.values()), None)


def crumbs(page: Page, request: HttpRequest | None) -> list[Crumb]:
    """Return the way from the start page to `page`, both included; one query where routing did not find it."""
    if not hasattr(page, "_crumbs"):
        if frame := getattr(page, "_frame", None):
            ancestors = frame.way[:-1]
        else:
            ancestors = page.get_ancestors().filter(depth__gt=1).only("title", "url_path", "locale_id", "depth", "path")
        above = [
            # The start page's own title is the office's name: too long, and it says nothing about the way.
            Crumb(gettext("Startseite") if ancestor.depth == 2 else ancestor.title, ancestor.get_url(request) or "/")
            for ancestor in ancestors
        ]
        page._crumbs = [*above, Crumb(page.title, page.get_url(request) or "", is_current=True)]
    return page._crumbs


def live_translations(page: Page) -> list[Page]:
    """Return the page in all languages in which it is live, its own included; empty when there is only one."""
    if not hasattr(page, "_live_translations"):
        if frame := getattr(page, "_frame", None):
            pages = frame.languages
        else:
            pages = list(page.get_translations(inclusive=True).live().select_related("locale").order_by("locale_id"))
        page._live_translations = pages if len(pages) > 1 else []
    return page._live_translations

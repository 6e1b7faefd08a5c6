"""From an address to its page in two queries.

Wagtail asks twice for each part of an address, and navigation, breadcrumb and languages ask once more each. Here one
question finds all that surrounds a page, and a second one loads the page with the records it needs.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.utils.deprecation import MiddlewareMixin
from wagtail.models import Page, PageViewRestriction

from stadterneuerung.base.links import Known, known_links
from stadterneuerung.base.trail import root_path

MAX_PARTS = 12  # no page lies deeper; what follows can only be a route of the page
PAGE_VIEWS = {"wagtail_serve", "page_file"}


@dataclass
class Frame:
    """What surrounds a page: the way to it from the start page, the live menu pages in tree order, its languages."""

    way: list[Page] = field(default_factory=list)
    menu: list[Page] = field(default_factory=list)
    languages: list[Page] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether nothing on the way is restricted. An alias obeys the page it shows, which is not on the way."""
        return bool(self.way) and not any(page.is_restricted or page.alias_of_id for page in self.way)


def find_frame(request: HttpRequest, parts: list[str]) -> Frame:
    """Return the frame of the deepest page on the way of `parts`; an empty one without a site."""
    root = root_path(request)
    if root is None:
        return Frame()
    known = parts[:MAX_PARTS]
    addresses = [root] + [f"{root}{'/'.join(known[:count])}/" for count in range(1, len(known) + 1)]
    on_the_way = Q(url_path__in=addresses)
    # "/home/" is one level below "/": the slashes tell the depth, so the start page need not be loaded first.
    menu_depth = root.count("/") + 1
    in_menu = Q(live=True, show_in_menus=True, url_path__startswith=root, depth=menu_depth)
    translated = Q(translation_key__in=Page.objects.filter(on_the_way).values("translation_key"))
    pages = Page.objects.filter(on_the_way | in_menu | translated).select_related("locale").order_by("path")
    found = list(pages.annotate(is_restricted=Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))))
    way = [page for page in found if page.url_path in addresses]
    if not way:
        return Frame()
    menu = [p for p in found if p.live and p.show_in_menus and p.depth == menu_depth and p.url_path.startswith(root)]
    languages = [p for p in found if p.live and p.translation_key == way[-1].translation_key]
    return Frame(way, menu, sorted(languages, key=lambda page: page.locale_id))


class RouteMiddleware(MiddlewareMixin):
    """Find the page of an address before Wagtail does; keep the frame for navigation, breadcrumb and languages."""

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        known_links.set(None)
        if request.resolver_match.url_name not in PAGE_VIEWS:
            return
        parts = [part for part in (args[0] if args else "").split("/") if part]
        frame = find_frame(request, parts)
        if not frame.way:
            return
        request.page_frame = frame
        model = frame.way[-1].specific_class
        # Wagtail's own page types, such as the welcome page of an empty database, have no such method.
        pages = model.for_display() if hasattr(model, "for_display") else model.objects.all()
        page = pages.get(pk=frame.way[-1].pk)
        page._frame = frame
        known_links.set(Known(page, request))
        try:
            request._wagtail_route_for_request = page.route(request, parts[len(frame.way) - 1 :])
        except Http404:
            request._wagtail_route_for_request = None

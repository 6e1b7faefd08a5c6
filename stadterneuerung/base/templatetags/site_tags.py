"""Tags and filters that every template may use: navigation, breadcrumb, pictures, badges, figures, structured data."""

import json

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info

from stadterneuerung.base import formats, trail

register = template.Library()

register.filter("number", formats.format_number)
register.filter("hectares", formats.format_hectares)
register.filter("euros", formats.format_euros)

# Which sign stands before a state; each is drawn in static/img/icons.svg.
STATUS_ICONS = {
    "planned": "planned",
    "running": "running",
    "done": "check",
    "open": "open",
    "closed": "closed",
    "unknown": "question",
}


@register.simple_tag
def icon(name, size=""):
    """Draw a sign of static/img/icons.svg. It is decoration: the word beside it carries the meaning."""
    classes = f"icon icon--{name}" + (f" icon--{size}" if size else "")
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classes,
        static("img/icons.svg"),
        name,
    )


@register.inclusion_tag("components/main_navigation.html", takes_context=True)
def main_navigation(context):
    """List the live menu pages below the start page; the section of the current address is marked."""
    request = context.get("request")
    entries = []
    for page in trail.menu_pages(request) if request else []:
        url = page.get_url(request)
        here = "page" if request.path == url else ("true" if url and request.path.startswith(url) else "")
        entries.append({"title": page.title, "url": url, "current": here})
    return {"entries": entries}


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context, page, last=""):
    """Show the way from the start page to `page`. `last` names what a route of the page shows, such as a year."""
    request = context.get("request")
    items = trail.crumbs(page, request) if page and page.pk and page.depth > 2 else []
    if last and page and page.pk:
        items = [*(trail.Crumb(item.title, item.url) for item in trail.crumbs(page, request))]
        items.append(trail.Crumb(last, "", is_current=True))
    return {"crumbs": items}


@register.simple_tag(takes_context=True)
def live_translations(context, page):
    """Give the languages in which `page` is live as (code, name in that language, path, full address, is current)."""
    request = context.get("request")
    if not page or not page.pk:
        return []
    return [
        {
            "code": other.locale.language_code,
            "name": own_name_of_language(other.locale.language_code),
            "url": other.get_url(request),
            "full_url": other.get_full_url(request),
            "is_current": other.pk == page.pk,
        }
        for other in trail.live_translations(page)
    ]


def own_name_of_language(code: str) -> str:
    """Return the name of a language in that language, or its code when Django does not know it."""
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code


@register.inclusion_tag("components/status_badge.html")
def status_badge(status, note=True):
    """Show a state as icon and word. `status`: stadterneuerung.base.pictures.Status, or None for nothing.

    `note=False` leaves out the reason, where there is no room for it.
    """
    icon_name = STATUS_ICONS.get(getattr(status, "tone", ""), "question")
    return {"status": status, "icon_name": icon_name, "show_note": note}


@register.simple_tag(takes_context=True)
def page_picture(context, page, size="card"):
    """Show a page's photograph, else the drawing made from its data, else nothing. `size`: card or header."""
    if getattr(page, "image", None):
        name, data = "components/pictures/photo.html", {"image": page.image}
    elif picture := getattr(page, "picture", None):
        name, data = picture.template, picture.context
    else:
        return ""
    return render_to_string(name, {**data, "size": size, "page": page}, request=None)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page_obj, parameter="seite"):
    """Link the pages of a list. Filters in the address are kept; the first page has the shortest address."""
    paginator = page_obj.paginator
    return {
        "request": context.get("request"),
        "page_obj": page_obj,
        "numbers": list(paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)),
        "gap": paginator.ELLIPSIS,
        "links": {number: _page_address(context, parameter, number) for number in paginator.page_range},
    }


def _page_address(context, parameter: str, number: int) -> str:
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return f"?{parameter}={number}"
    query.pop(parameter, None)
    if number > 1:
        query[parameter] = number
    return f"?{query.urlencode()}" if query else (request.path or "?")


@register.filter
def list_of(value):
    """Return a list that holds just this, for components that show many."""
    return [value]


@register.filter
def lookup(mapping, key):
    """Return `mapping[key]`, or nothing."""
    return mapping.get(key, "") if mapping else ""


@register.simple_tag(takes_context=True)
def structured_data(context, page):
    """Write the page's JSON-LD: what it says of itself and the way to it. Examples and drafts have none."""
    if not page or not page.pk or getattr(page, "is_example", False):
        return ""
    request = context.get("request")
    describe = getattr(page, "structured_data", None)
    objects = list(describe()) if describe else []
    way = [crumb for crumb in trail.crumbs(page, request) if crumb.url] if page.depth > 2 else []
    if way:
        base = request.build_absolute_uri if request else str
        objects.append({
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": crumb.title, "item": base(crumb.url)}
                for position, crumb in enumerate(way, start=1)
            ],
        })  # fmt: skip
    return mark_safe("".join(_json_script(item) for item in objects))  # noqa: S308 - escaped in _json_script


def _json_script(data: dict) -> str:
    """Return a JSON-LD element in which no text can close the element or start a comment."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    for sign, code in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return f'<script type="application/ld+json">{text}</script>'

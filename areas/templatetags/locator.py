"""Template tags that draw where something is: one area in the city, or many areas together.

A drawing follows from its arguments and the language alone, and drawing costs more than the rest of most pages. Each
process therefore keeps the latest drawings; a changed outline is another argument.
"""

import json
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from areas.city_map import MARKERS, SWATCHES, build_map
from areas.locator import build

register = template.Library()


@register.simple_tag
def locator(outline=None, point=None, name="", size="card", caption=True, official=False) -> SafeString:
    """Draw the city with an outline (GeoJSON geometry) or a point (lon, lat) in it; neither means "stadtweit".

    `size` is card, header or map. `official=True` leaves out the word "schematisch".
    """
    place = _as_key({"outline": outline, "point": point, "name": name, "size": size})
    return _draw_locator(place, bool(caption), bool(official), get_language())


@register.simple_tag
def locator_map(items, index=True) -> SafeString:
    """Draw many areas, each a link. Items: dicts with name, url, outline, kind and kind_label (see build_map).

    `index=False` leaves out the folded list of the same entries, for a page that shows area_list.html itself.
    """
    return _draw_map(_as_key(list(items)), bool(index), get_language())


@register.inclusion_tag("components/map_symbol.html")
def map_symbol(kind):
    """Show how a kind of place is drawn on the city map: its hatch, or the shape of its marker."""
    return {"kind": kind, "hatch": SWATCHES.get(kind), "shape": MARKERS.get(kind)}


@register.inclusion_tag("components/map_patterns.html")
def map_patterns():
    """Give the hatches as SVG patterns "muster-<kind>", for outlines that the browser draws itself."""
    return {"swatches": SWATCHES}


def _as_key(arguments: dict | list) -> str:
    return json.dumps(arguments, default=str)  # str: translated labels


@lru_cache(maxsize=512)  # each about 5 kB
def _draw_locator(place: str, caption: bool, official: bool, language: str | None) -> SafeString:
    context = {"locator": build(**json.loads(place)), "caption": caption, "official": official}
    return render_to_string("components/locator.html", context)


@lru_cache(maxsize=32)  # each about 40 kB
def _draw_map(entries: str, index: bool, language: str | None) -> SafeString:
    items = json.loads(entries)
    return render_to_string("components/locator_map.html", {"map": build_map(items), "items": items, "index": index})

"""Template tags that draw where something is: one area in the city, or many areas together.

A drawing follows from its arguments and the language alone, and drawing costs more than the rest of most pages. Each
process therefore keeps the latest drawings; a changed outline is another argument.
"""

import json
from functools import lru_cache
from hashlib import blake2b
from threading import Lock

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from areas.city_map import build_map
from areas.locator import build
from areas.map_symbols import MARKERS, SWATCHES

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
    return _draw_map(list(items), bool(index), get_language())


@register.inclusion_tag("components/map_symbol.html")
def map_symbol(kind):
    """Show how a kind of place is drawn on the city map: its hatch, or the shape of its marker."""
    return {"kind": kind, "hatch": SWATCHES.get(kind), "shape": MARKERS.get(kind)}


@register.inclusion_tag("components/map_patterns.html")
def map_patterns(prefix="muster"):
    """Give the hatches as SVG patterns "<prefix>-<kind>": "muster" in pixels, "karte" in units of the city map."""
    return {"swatches": SWATCHES, "prefix": prefix, "scale": 2 if prefix == "karte" else None}


def _as_key(arguments: dict | list) -> str:
    return json.dumps(arguments, default=str)  # str: translated labels


@lru_cache(maxsize=512)  # each about 5 kB
def _draw_locator(place: str, caption: bool, official: bool, language: str | None) -> SafeString:
    context = {"locator": build(**json.loads(place)), "caption": caption, "official": official}
    return render_to_string("components/locator.html", context)


KEPT_MAPS = 32  # each about 40 kB, and 120 kB with hundreds of areas
_maps: dict[tuple, SafeString] = {}  # the latest used last; what they were drawn from is far larger than their digest
_maps_lock = Lock()


def _draw_map(items: list[dict], index: bool, language: str | None) -> SafeString:
    key = blake2b(_as_key(items).encode()).digest(), index, language
    with _maps_lock:
        drawn = _maps.pop(key, None)
    if drawn is None:
        drawn = render_to_string(
            "components/locator_map.html", {"map": build_map(items), "items": items, "index": index}
        )
    with _maps_lock:
        _maps[key] = drawn
        if len(_maps) > KEPT_MAPS:
            del _maps[next(iter(_maps))]
    return drawn

"""Template tags that draw where something is: one area in the city, or many areas together."""

from django import template

from areas.locator import build, build_map

register = template.Library()


@register.inclusion_tag("components/locator.html")
def locator(outline=None, point=None, name="", size="card", caption=True, official=False):
    """Draw the city with an outline (GeoJSON geometry) or a point (lon, lat) in it; neither means "stadtweit".

    `size` is card, header or map. `official=True` leaves out the word "schematisch".
    """
    return {"locator": build(outline, point, name, size), "caption": caption, "official": official}


@register.inclusion_tag("components/locator_map.html")
def locator_map(items, index=True):
    """Draw many areas, each a link. Items: dicts with name, url, outline, kind and kind_label (see build_map).

    `index=False` leaves out the folded list of the same entries, for a page that shows area_list.html itself.
    """
    items = list(items)
    return {"map": build_map(items), "items": items, "index": index}

"""Where something takes place that has no outline of its own: the first of its areas."""

from stadterneuerung.base.pictures import Picture


def area_picture(page) -> Picture | None:
    """Return the drawing of the first area of `page` that has an outline, or None.

    Lists annotate it in their query (`with_area_outline`); a single page asks its areas.
    """
    if hasattr(page, "area_geojson"):
        if not page.area_geojson:
            return None
        official = page.area_accuracy_m is None
        return Picture("locator", {"outline": page.area_geojson, "name": page.area_title, "official": official})
    return next((area.picture for area in page.areas.all() if area.live and area.outline), None)

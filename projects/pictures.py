"""Where something takes place that has no outline of its own: the first of its areas."""

import json
from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from stadterneuerung.base.pictures import Picture


def area_picture(page) -> Picture | None:
    """Return the drawing of the first area of `page` that has an outline, or None.

    Lists annotate it in their query (`with_area_outline`); a single page asks its areas.
    """
    if hasattr(page, "first_area"):
        return _drawn(**page.first_area) if page.first_area else None
    return next((area.picture for area in page.areas.all() if area.live and area.outline), None)


def load_milestones(projects: Iterable) -> None:
    """Load the milestones of those projects whose cards draw them, in one query or none."""
    prefetch_related_objects([project for project in projects if project.needs_milestones], "milestones")


def _drawn(title: str, outline: dict | str, accuracy_m: int | None) -> Picture:
    # SQLite hands JSON inside JSON over as text.
    outline = json.loads(outline) if isinstance(outline, str) else outline
    return Picture("locator", {"outline": outline, "name": title, "official": accuracy_m is None})

"""Which areas a place lies in, lies near, or lies outside of. Three queries, however many areas there are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, FloatField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from shapely.geometry import MultiPoint

from areas.geo import METRES_PER_DEGREE, SHRINK, box_in_degrees, project, to_plane
from areas.lookup import Place
from areas.models import AreaGeometry, AreaPage
from areas.models.areas import MAP_KINDS
from areas.verdicts import BORDER_METRES, Verdict, judge
from stadterneuerung.base.dates import today

_ORDER = [Verdict.IN, Verdict.BORDER, Verdict.LIKELY_IN, Verdict.NEAR]


@dataclass(frozen=True)
class Nearby:
    """An area and what can be said of a place in it. `distance_m`: from the place to the outline, 0 inside."""

    area: AreaPage
    verdict: Verdict
    outline: AreaGeometry
    distance_m: float


@dataclass(frozen=True)
class Surroundings:
    """`areas` are those that concern the place, the surest first, small before large; the others are only named.

    `out`: in which it certainly is not; `likely_out`: in which it probably is not; `without_outline`: nobody can say.
    `is_drawn_elsewhere`: an outline of `likely_out` is schematic (else only the place is inexact).
    """

    areas: list[Nearby]
    out: list[str]
    likely_out: list[str]
    without_outline: list[str]
    is_drawn_elsewhere: bool


def areas_around(place: Place, locale_id: int, day: dt.date | None = None) -> Surroundings:
    """Judge `place` against all published areas in force on `day` (default today). Examples are no areas."""
    rows = list(_areas(locale_id, day or today()).values_list("pk", "title", "outline_pk", "outline_accuracy"))
    outlines = _outlines_near(place, [outline for _, _, outline, _ in rows if outline is not None])
    points = MultiPoint([project(*point) for point in place.points])
    judged = {}
    for pk, _, outline_pk, _ in rows:
        if outline := outlines.get(outline_pk):
            plane = to_plane(outline.geojson)
            verdict = judge(points, plane, outline.accuracy_m, place.accuracy_m)
            if verdict.concerns:
                judged[pk] = (verdict, outline, plane.distance(points))

    pages = AreaPage.objects.select_related("responsible_unit").in_bulk(list(judged)) if judged else {}
    found = [Nearby(pages[pk], *rest) for pk, rest in judged.items()]
    found.sort(key=lambda near: (_ORDER.index(near.verdict), near.outline.hectares, near.area.title))
    elsewhere = [(title, accuracy) for pk, title, outline, accuracy in rows if outline is not None and pk not in judged]
    certain = [title for title, accuracy in elsewhere if accuracy is None and place.accuracy_m is None]
    return Surroundings(
        areas=found,
        out=certain,
        likely_out=[title for title, _ in elsewhere if title not in certain],
        without_outline=[title for _, title, outline, _ in rows if outline is None],
        is_drawn_elsewhere=any(accuracy is not None for _, accuracy in elsewhere),
    )


def outlines_in(x: float, y: float, side: float, locale_id: int) -> list[tuple[str, str, dict]]:
    """Return (name, kind of drawing, GeoJSON) of the areas whose box meets a square of the plane. Two queries."""
    areas = _areas(locale_id, today()).exclude(outline_pk=None)
    named = {
        outline: (title, MAP_KINDS[kind]) for outline, title, kind in areas.values_list("outline_pk", "title", "kind")
    }
    west, south, east, north = box_in_degrees(x, y, side, side)
    here = AreaGeometry.objects.filter(
        pk__in=list(named), bbox_west__lte=east, bbox_east__gte=west, bbox_south__lte=north, bbox_north__gte=south
    )
    return [(*named[outline.pk], outline.geojson) for outline in here.order_by("-hectares")]


def _areas(locale_id: int, day: dt.date) -> QuerySet[AreaPage]:
    """Return the areas in force with the key and the accuracy of their outline; translations share their source's."""
    newest = AreaGeometry.objects.begun_by(day).filter(area__translation_key=OuterRef("translation_key"))
    areas = AreaPage.objects.published().in_force(day).filter(locale_id=locale_id, is_example=False)
    return areas.annotate(
        outline_pk=Subquery(newest.values("pk")[:1]), outline_accuracy=Subquery(newest.values("accuracy_m")[:1])
    ).order_by("title")


def _outlines_near(place: Place, keys: list[int]) -> dict[int, AreaGeometry]:
    """Return those outlines whose box, widened by the possible errors, holds a part of the place."""
    if not keys:
        return {}
    lons, lats = [lon for lon, _ in place.points], [lat for _, lat in place.points]
    metres = Coalesce(F("accuracy_m"), 0, output_field=FloatField()) + float((place.accuracy_m or 0) + BORDER_METRES)
    north_south, east_west = metres / METRES_PER_DEGREE, metres / (METRES_PER_DEGREE * SHRINK)
    boxes = AreaGeometry.objects.filter(
        pk__in=keys,
        bbox_west__lte=max(lons) + east_west,
        bbox_east__gte=min(lons) - east_west,
        bbox_south__lte=max(lats) + north_south,
        bbox_north__gte=min(lats) - north_south,
    )
    return boxes.in_bulk()

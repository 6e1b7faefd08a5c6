"""Entries as GeoJSON for the map in the browser: no more detail than the view can show."""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from shapely import remove_repeated_points, transform
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from areas.detail import coarse
from areas.geo import METRES_PER_DEGREE, SHRINK, Box
from areas.models.geometry import SCHEMATIC_NOTE
from kataster.entries import Entry

CITY_ZOOM = 12  # shows the whole city on a large screen
MOST_DETAIL = 17  # from this zoom on outlines are sent as they are kept
EQUATOR = 40_075_017.0  # metres; a web map at zoom 0 shows it on 256 pixels


@dataclass(frozen=True)
class View:
    """What the browser shows: zoom of a web map, and the box (with some margin) if it is not the whole city.

    Entries outside the box are sent with the detail of the city: all stay on the map, by keyboard too.
    """

    zoom: int
    box: Box | None = None

    @classmethod
    def read(cls, zoom: str, box: str) -> "View | None":
        """Return the view in the texts of an address ("14", "7.4,51.5,7.5,51.6"); None where they say nothing."""
        if not (zoom.isdecimal() and len(zoom) < 3):
            return None
        try:
            west, south, east, north = (float(value) for value in box.split(","))
        except ValueError:
            return cls(int(zoom))
        return cls(int(zoom), (west, south, east, north) if west < east and south < north else None)

    def zoom_for(self, shape: BaseGeometry) -> int:
        if self.box is None or self.zoom <= CITY_ZOOM:
            return self.zoom
        west, south, east, north = self.box
        left, bottom, right, top = shape.bounds
        return self.zoom if left < east and right > west and bottom < north and top > south else CITY_ZOOM


def feature_collection(entries: list[Entry], view: View | None = None) -> dict[str, Any]:
    """Return a FeatureCollection; an entry without a place has the geometry null, as RFC 7946 allows."""
    outlines = _outlines(entries, view) if view else {}
    return {"type": "FeatureCollection", "features": [_feature(entry, view, outlines) for entry in entries]}


def _feature(entry: Entry, view: View | None, outlines: dict[str, dict]) -> dict[str, Any]:
    properties = {
        "name": entry.name,
        "layer": entry.layer.key,
        "symbol": entry.layer.symbol,
        "kind": entry.kind or str(entry.layer.label),
        "status": entry.status,
    }
    if entry.outline is not None and entry.schematic:
        properties |= {"schematic": True, "note": SCHEMATIC_NOTE}
    geometry = outlines.get(entry.key, entry.outline) or _point(entry, view)
    return {"type": "Feature", "id": entry.key, "geometry": geometry, "properties": properties}


def _point(entry: Entry, view: View | None) -> dict | None:
    if entry.point is None:
        return None
    decimals = digits(view.zoom) if view else 6
    return {"type": "Point", "coordinates": [round(value, decimals) for value in entry.point]}


def _outlines(entries: list[Entry], view: View) -> dict[str, dict]:
    """Return entry key → geometry for the view; those of one layer are simplified together."""
    together: dict[tuple[str, int], list[tuple[str, BaseGeometry]]] = defaultdict(list)
    for entry in entries:
        if entry.outline is not None:
            outline = shape(entry.outline)
            zoom = view.zoom_for(outline)
            if zoom < MOST_DETAIL:
                together[entry.layer.key, zoom].append((entry.key, outline))
    return {
        key: mapping(_rounded(outline, digits(zoom)))
        for (_, zoom), members in together.items()
        for (key, _), outline in zip(members, coarse([o for _, o in members], pixel(zoom)), strict=True)
    }


def pixel(zoom: int) -> float:
    """Return the height of a pixel in degrees of latitude, in Dortmund."""
    return EQUATOR * SHRINK / 256 / 2**zoom / METRES_PER_DEGREE


def digits(zoom: int) -> int:
    """Return the decimals of a degree that move nothing by more than a quarter of a pixel; 6 are kept at most."""
    return min(6, math.ceil(-math.log10(pixel(zoom) / 2)))


def _rounded(outline: BaseGeometry, decimals: int) -> BaseGeometry:
    return remove_repeated_points(transform(outline, lambda places: places.round(decimals)))

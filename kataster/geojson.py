"""Entries as GeoJSON for the map in the browser: no more detail than the zoom can show."""

from typing import Any

from shapely import simplify
from shapely.geometry import mapping, shape

from areas.geo import CITY_HEIGHT, CITY_WIDTH, METRES_PER_DEGREE, NORTH, SHRINK, WEST
from areas.models.geometry import SCHEMATIC_NOTE
from kataster.entries import Entry

# West, south, east, north of the picture that areas.locator draws.
CITY_BOUNDS = (WEST, NORTH - CITY_HEIGHT / METRES_PER_DEGREE, WEST + CITY_WIDTH / (METRES_PER_DEGREE * SHRINK), NORTH)
# Up to this zoom, deviations of so many metres are less than a pixel.
TOLERANCES = [(12, 16.0), (14, 4.0), (16, 1.0)]


def feature_collection(entries: list[Entry], zoom: int | None = None) -> dict[str, Any]:
    """Return a FeatureCollection; an entry without a place has the geometry null, as RFC 7946 allows."""
    return {"type": "FeatureCollection", "features": [_feature(entry, zoom) for entry in entries]}


def _feature(entry: Entry, zoom: int | None) -> dict[str, Any]:
    properties = {
        "name": entry.name,
        "layer": entry.layer.key,
        "symbol": entry.layer.symbol,
        "kind": entry.kind or str(entry.layer.label),
        "status": entry.status,
    }
    if entry.outline is not None and entry.schematic:
        properties |= {"schematic": True, "note": SCHEMATIC_NOTE}
    return {"type": "Feature", "id": entry.key, "geometry": _geometry(entry, zoom), "properties": properties}


def _geometry(entry: Entry, zoom: int | None) -> dict | None:
    if entry.outline is None:
        return {"type": "Point", "coordinates": list(entry.point)} if entry.point else None
    tolerance = next((metres for limit, metres in TOLERANCES if zoom is not None and zoom <= limit), 0.0)
    if not tolerance:
        return entry.outline
    return mapping(simplify(shape(entry.outline), tolerance / METRES_PER_DEGREE))

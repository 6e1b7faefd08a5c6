"""Reads GeoJSON without GDAL, whose driver would follow what else may look like it."""

import json
from pathlib import Path

from areas.uploads.child.problem import Problem
from areas.uploads.child.shapes import Budget
from areas.uploads.child.text import decode_all

GEOMETRIES = {
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
}  # fmt: skip


def read_geojson(path: str, name: str, encoding: str, limits: dict) -> dict:
    """Return the layer of a FeatureCollection, a Feature or a bare geometry (see read_layers). Raises Problem."""
    [text], notes = decode_all([Path(path).read_bytes()], encoding, "utf-8")
    try:
        found = json.loads(text.removeprefix("\ufeff"))
        features = _features(found)
        budget = Budget(limits, len(features))
        read = [_feature(feature, budget) for feature in features]
    except (ValueError, RecursionError) as error:
        line = f" (Zeile {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Problem(f"Die Datei ist kein lesbares JSON{line}.") from error
    fields = list(dict.fromkeys(field for feature in read for field in feature["properties"]))
    notes += budget.notes_of_fields(fields)
    crs = _stated_crs(found) or ("" if any(_is_far(feature["geometry"]) for feature in read) else "EPSG:4326")
    return {"name": name or "GeoJSON", "crs": crs, "fields": fields[: limits["max_fields"]], "features": read,
            "notes": notes + budget.notes}  # fmt: skip


def _features(found: object) -> list:
    if isinstance(found, dict):
        kind = found.get("type")
        if kind == "FeatureCollection" and isinstance(found.get("features"), list):
            return found["features"]
        if kind == "Feature":
            return [found]
        if isinstance(kind, str) and kind in GEOMETRIES:
            return [{"type": "Feature", "properties": {}, "geometry": found}]
    raise Problem("Die Datei ist JSON, aber kein GeoJSON: Erwartet wird eine FeatureCollection.")


def _feature(feature: object, budget: Budget) -> dict:
    if not isinstance(feature, dict):
        return {"properties": {}, "geometry": None}
    properties = feature.get("properties")
    values = properties if isinstance(properties, dict) else {}
    return {
        "properties": {str(key): budget.text(value) for key, value in values.items()},
        "geometry": budget.geometry(feature.get("geometry")),
    }


def _stated_crs(found: dict) -> str:
    """The old "crs" member, which programs still write for anything else than EPSG:4326."""
    try:
        return str(found["crs"]["properties"]["name"])[:200]
    except (KeyError, TypeError):
        return ""


def _is_far(geometry: dict | None) -> bool:
    """Whether coordinates are no degrees: without a word about them, GeoJSON means degrees."""
    points = (geometry or {}).get("coordinates")
    while isinstance(points, list) and points and isinstance(points[0], list):
        points = points[0]
    return isinstance(points, list) and any(isinstance(value, int | float) and abs(value) > 180 for value in points[:2])

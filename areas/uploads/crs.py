"""Coordinate reference systems: which one a file has, which one would fit, and the way to longitude and latitude."""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry import Point

from areas.outlines import SURROUNDINGS
from areas.uploads.reading import UploadError
from stadterneuerung.base.formats import format_number

# What offices here deliver, the likeliest first.
USUAL = {
    25832: "ETRS89 / UTM Zone 32N – so liefern Kataster- und Vermessungsämter",
    4326: "WGS 84, Längen- und Breitengrade – so schreibt GeoJSON",
    3857: "Web-Mercator – Karten im Netz",
    4647: "ETRS89 / UTM Zone 32N mit 32 vor dem Ostwert",
    31466: "Gauß-Krüger, 2. Streifen – ältere Pläne",
    31467: "Gauß-Krüger, 3. Streifen – ältere Pläne",
}

# EPSG:25832 · EPSG:25832+7837 · urn:ogc:def:crs:OGC:1.3:CRS84 · PROJCS["…"]
_NAMED = re.compile(r"[A-Za-z]\w*:\w+(\+\w+)?|urn:ogc:def:crs:[\w.:,-]+|[A-Za-z_]+\s*\[.*", re.DOTALL | re.ASCII)


@dataclass(frozen=True)
class Converted:
    """Features with geometries in EPSG:4326, and what is to be said about the conversion."""

    features: list[dict]
    notes: list[str]


def known(text: str | int) -> CRS | None:
    """Return the system that a file or a person names by an authority's code or in WKT, or None if nobody knows it.

    PROJ's own notations are not taken: they can name steps and files of this machine.
    """
    if not text or (isinstance(text, str) and not _NAMED.fullmatch(text.strip())):
        return None
    try:
        return CRS.from_user_input(text)
    except (CRSError, ProjError, ValueError, OverflowError):
        return None


def label(crs: CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code} ({crs.name})" if code else crs.name


def fitting(features: list[dict]) -> list[int]:
    """Return the codes of USUAL with which a feature lies in or around Dortmund."""
    points = first_points(features)
    return [code for code in USUAL if any(is_here(transformer(code).transform(*point)) for point in points)]


def first_points(features: list[dict]) -> list[tuple[float, float]]:
    """Return the first point of each feature that has one."""
    return [point for feature in features if (point := _first_point(feature["geometry"]))]


def is_here(point: tuple[float, float]) -> bool:
    """Whether a longitude and latitude lie in or around Dortmund; what could not be converted is infinite."""
    return all(math.isfinite(value) for value in point) and SURROUNDINGS.contains(Point(point))


@lru_cache(maxsize=32)
def transformer(crs: CRS | int) -> Transformer:
    """Return the way from `crs` to longitude and latitude. Raises ProjError when there is none."""
    return Transformer.from_crs(crs, 4326, always_xy=True)  # longitude first, as everywhere here


def to_degrees(features: list[dict], crs: CRS) -> Converted:
    """Return the features in longitude and latitude. Raises UploadError when there is no way from `crs` to there."""
    try:
        way = transformer(crs)
    except ProjError as error:
        raise UploadError(f"Für „{crs.name}“ ist keine Umrechnung in Längen und Breiten bekannt.") from error
    notes = []
    if way.accuracy > 1:
        exactness = format_number(round(way.accuracy, 1))
        notes.append(f"Die Umrechnung aus „{crs.name}“ ist auf etwa {exactness} m genau.")
    return Converted([_moved(feature, way.transform) for feature in features], notes)


def _moved(feature: dict, transform: Callable) -> dict:
    geometry = feature["geometry"]
    if geometry is None:
        return feature
    try:
        coordinates = _each_point(geometry["coordinates"], transform)
    except (ProjError, TypeError, ValueError, OverflowError):
        return feature  # the check of outlines says what is wrong with it
    return {**feature, "geometry": {**geometry, "coordinates": coordinates}}


def _each_point(part: list, transform: Callable) -> list:
    if _is_point(part):
        return _finite(transform(part[0], part[1]))
    if part and all(_is_point(inner) for inner in part):  # a ring at a time is a hundred times quicker
        lons, lats = transform([point[0] for point in part], [point[1] for point in part])
        return [_finite(point) for point in zip(lons, lats, strict=True)]
    return [_each_point(inner, transform) for inner in part]


def _finite(point: Iterable[float]) -> list[float | None]:
    """Where a conversion has no answer PROJ says infinity, which no JSON column takes."""
    return [value if math.isfinite(value) else None for value in point]


def _is_point(part: object) -> bool:
    return isinstance(part, list) and len(part) == 2 and all(isinstance(value, int | float) for value in part)


def _first_point(geometry: dict | None) -> tuple[float, float] | None:
    part = (geometry or {}).get("coordinates")
    while isinstance(part, list) and part:
        if _is_point(part):
            return part[0], part[1]
        part = part[0]
    return None

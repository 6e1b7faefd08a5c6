"""What counts as an outline: GeoJSON (Multi)Polygon in longitude and latitude (EPSG:4326), in and around Dortmund.

Whoever draws, pastes or imports one is told in a sentence what is wrong with it and where. Nothing is mended in
silence: `repaired` offers a mended outline, and its `hectares` show what that would change.
"""

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cache

from shapely import get_parts, make_valid, set_precision
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, box, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.validation import explain_validity

from areas.tangles import is_tangled
from stadterneuerung.base.formats import format_number

DIGITS = 6  # of a degree: about ten centimetres
SURROUNDINGS = box(7.20, 51.35, 7.75, 51.65)  # generous: the city lies between 7.30 and 7.64 E, 51.41 and 51.60 N
MIN_SQUARE_METRES = 10.0
MIN_WIDTH_METRES = 0.5  # of a part, taken as twice its area by its perimeter


class OutlineError(ValueError):
    """What is wrong with an outline, in a German sentence. `can_be_repaired`: `repaired` would make one of it."""

    def __init__(self, sentence: str, can_be_repaired: bool = False):
        super().__init__(sentence)
        self.can_be_repaired = can_be_repaired


@dataclass(frozen=True)
class Outline:
    """An outline that passed. `bbox` is west, south, east, north in degrees; `hectares` is on the ellipsoid GRS80."""

    geometry: Polygon | MultiPolygon

    @property
    def geojson(self) -> dict:
        """Return it with six decimals, outer rings against the clock and holes with it, as RFC 7946 wants."""
        return json.loads(json.dumps(mapping(self.geometry)))  # lists, as it comes back from the database

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        return self.geometry.bounds

    @property
    def hectares(self) -> float:
        return square_metres(self.geometry) / 10_000

    @property
    def parts(self) -> int:
        return len(_flat(self.geometry))

    @property
    def checksum(self) -> str:
        """SHA-256 of the form, whichever point a ring begins with: two drawings of the same outline have the same."""
        return hashlib.sha256(self.geometry.normalize().wkb).hexdigest()


def read(geojson: object) -> Outline:
    """Return the outline in a GeoJSON geometry, a Feature or a FeatureCollection of one. Raises OutlineError."""
    geometry = _rounded(_polygons(_geometry_of(geojson)))
    if not geometry.is_valid:
        raise OutlineError(_fault(geometry), can_be_repaired=True)
    _refuse_slivers(geometry)
    return Outline(geometry)


def repaired(geojson: object) -> Outline:
    """Return the outline with self-intersections resolved and slivers left out.

    Raises OutlineError if nothing is left, and when mending would take too long.
    """
    broken = _polygons(_geometry_of(geojson))
    if is_tangled(broken):
        raise OutlineError(
            "Der Umriss überschneidet oder berührt sich zu oft, um hier bereinigt zu werden. "
            "Bitte bereinigen Sie ihn vorher in einem GIS-Programm."
        )
    mended = _rounded(make_valid(broken))
    parts = [part for part in _flat(mended) if not _is_sliver(part)]
    if not parts:
        raise OutlineError("Nach dem Bereinigen bliebe von dem Umriss nichts übrig.")
    return read(mapping(parts[0] if len(parts) == 1 else MultiPolygon(parts)))


def square_metres(geometry: BaseGeometry) -> float:
    """Return the geodesic area on GRS80, the ellipsoid of ETRS89."""
    return abs(_ellipsoid().geometry_area_perimeter(geometry)[0])


@cache
def _ellipsoid():
    from pyproj import Geod  # takes a tenth of a second, which only saving and importing need

    return Geod(ellps="GRS80")


def _geometry_of(geojson: object) -> dict:
    found = geojson
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise OutlineError("Die Sammlung (FeatureCollection) muss genau einen Umriss enthalten.")
        found = features[0]
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    if not isinstance(found, dict) or found.get("type") not in ("Polygon", "MultiPolygon"):
        raise OutlineError("Das ist kein Umriss: Gebraucht wird GeoJSON vom Typ Polygon oder MultiPolygon.")
    return found


def _polygons(geojson: dict) -> Polygon | MultiPolygon:
    """Return the geometry as written, its rings closed and its coordinates in the surroundings of Dortmund."""
    try:
        parts = [geojson["coordinates"]] if geojson["type"] == "Polygon" else list(geojson["coordinates"])
        polygons = [[[(float(point[0]), float(point[1])) for point in ring] for ring in part] for part in parts]
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:  # whole numbers beyond all floats
        raise OutlineError("Die Koordinaten lassen sich nicht lesen: Jeder Punkt braucht Länge und Breite.") from error
    if not polygons or not all(polygons):
        raise OutlineError("Der Umriss ist leer.")
    for ring in (ring for part in polygons for ring in part):
        _check_ring(ring)
    try:
        shapes = [Polygon(part[0], part[1:]) for part in polygons]
    except (ShapelyError, ValueError) as error:
        raise OutlineError("Aus den Punkten lässt sich keine Fläche bilden.") from error
    return shapes[0] if len(shapes) == 1 else MultiPolygon(shapes)


def _check_ring(ring: list[tuple[float, float]]) -> None:
    if not all(math.isfinite(value) for point in ring for value in point):
        raise OutlineError("Unter den Koordinaten ist etwas, das keine Zahl ist.")
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise OutlineError("Der Umriss ist nicht geschlossen: Der letzte Punkt muss der erste sein.")
    if all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring):
        west, south, east, north = SURROUNDINGS.bounds
        if all(west <= lon <= east and south <= lat <= north for lon, lat in ring):
            return
        if all(west <= lat <= east and south <= lon <= north for lon, lat in ring):
            raise OutlineError("Länge und Breite sind vertauscht: Zuerst kommt die Länge (etwa 7,46), dann die Breite.")
        outside = next(point for point in ring if not (west <= point[0] <= east and south <= point[1] <= north))
        raise OutlineError(f"Der Punkt {_place(outside)} liegt nicht in oder um Dortmund.")
    raise OutlineError(
        "Die Koordinaten sind keine Längen- und Breitengrade (EPSG:4326), sondern vermutlich Meter (etwa EPSG:25832). "
        "Bitte rechnen Sie sie vorher um."
    )


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Round to DIGITS without mending anything, and give rings the direction that RFC 7946 wants."""
    coarse = set_precision(geometry, 10**-DIGITS, mode="pointwise")
    parts = [_with_decimals(orient(part)) for part in _flat(coarse) if not part.is_empty]
    if not parts:
        raise OutlineError("Der Umriss ist leer.")
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _with_decimals(part: Polygon) -> Polygon:
    rings = [
        [(round(x, DIGITS), round(y, DIGITS)) for x, y in ring.coords] for ring in (part.exterior, *part.interiors)
    ]
    return Polygon(rings[0], rings[1:])


def _flat(geometry: BaseGeometry) -> list[Polygon]:
    parts = [inner for part in get_parts(geometry) for inner in get_parts(part)]
    return [part for part in parts if isinstance(part, Polygon)]


def _fault(geometry: BaseGeometry) -> str:
    reason, _, place = explain_validity(geometry).partition("[")
    x, _, y = place.rstrip("]").partition(" ")
    where = f" bei {_place((float(x), float(y)))}" if y else ""
    if "Self-intersection" in reason:
        return f"Der Umriss überschneidet sich selbst{where}."
    if "Hole" in reason or "nested" in reason.lower():
        return f"Ein Loch oder Teil des Umrisses liegt falsch{where}."
    return f"Der Umriss ist so keine Fläche{where}."


def _is_sliver(part: Polygon) -> bool:
    area, perimeter = _ellipsoid().geometry_area_perimeter(part)
    return abs(area) < MIN_SQUARE_METRES or 2 * abs(area) / perimeter < MIN_WIDTH_METRES


def _refuse_slivers(geometry: BaseGeometry) -> None:
    for part in _flat(geometry):
        if _is_sliver(part):
            size = format_number(round(square_metres(part), 1))
            middle = part.representative_point()
            raise OutlineError(
                f"Der Umriss enthält einen Splitter von {size} m² bei {_place((middle.x, middle.y))}.",
                can_be_repaired=len(_flat(geometry)) > 1,
            )


def _place(point: tuple[float, float]) -> str:
    lon, lat = (f"{value:.5f}".replace(".", ",") for value in point)
    return f"{lon} Ost, {lat} Nord"

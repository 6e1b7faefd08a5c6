"""Keeps what is read within its limits, and brings values into the form of the answer."""

import json
import math

from areas.uploads.child.problem import Problem

MAX_TEXT = 500  # signs of a value
MAX_DEPTH = 4  # lists in each other: parts, rings, points, numbers


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


class Budget:
    """Counts features and points of one layer and refuses too many of them; collects what was left out in `notes`."""

    def __init__(self, limits: dict, features: int):
        if features == 0:
            raise Problem("Die Datei enthält keinen einzigen Umriss.")
        if features > limits["max_features"]:
            raise Problem(
                f"Die Datei enthält {grouped(features)} Objekte; gelesen werden höchstens "
                f"{grouped(limits['max_features'])}. Bitte wählen Sie vorher aus."
            )
        self.max_fields = limits["max_fields"]
        self.points_left, self.limit = limits["max_points"], limits["max_points"]
        self.has_heights = False

    @property
    def notes(self) -> list[str]:
        return ["Höhen (dritte Koordinate) wurden weggelassen."] if self.has_heights else []

    def notes_of_fields(self, fields: list[str]) -> list[str]:
        if len(fields) <= self.max_fields:
            return []
        return [f"Von {len(fields)} Spalten werden die ersten {self.max_fields} angeboten."]

    def text(self, value: object) -> str:
        """Return a value as an editor reads it; nothing is the empty text."""
        if value is None or value != value:  # NaN alone differs from itself
            return ""
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            value = int(value)
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str).strip('"')
        return text.strip()[:MAX_TEXT]

    def geometry(self, geometry: object) -> dict | None:
        """Return {"type", "coordinates"} with two numbers a point; nonsense is left to the check of outlines."""
        if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
            return None
        return {"type": geometry["type"][:40], "coordinates": self._flat(geometry.get("coordinates"))}

    def _flat(self, part: object, depth: int = 1) -> object:
        if isinstance(part, list | tuple):
            if depth > MAX_DEPTH:
                raise Problem("Die Koordinaten eines Objekts sind tiefer geschachtelt, als GeoJSON es erlaubt.")
            if part and all(isinstance(value, int | float) for value in part):
                return self._point(list(part))
            return [self._flat(inner, depth + 1) for inner in part]
        return None

    def _point(self, point: list[float]) -> list[float]:
        self.points_left -= 1
        if self.points_left < 0:
            raise Problem(
                f"Die Umrisse haben zusammen mehr als {grouped(self.limit)} Punkte. Bitte vereinfachen Sie sie vorher."
            )
        self.has_heights |= len(point) > 2
        return [_finite(value) for value in point[:2]]


def _finite(value: float) -> float | None:
    """Return a number that JSON knows; the check of outlines refuses None."""
    try:
        return value if math.isfinite(value) else None
    except OverflowError:  # a whole number beyond all floats
        return None

"""Reading fixtures/: YAML documents become rows, relative dates become dates, names of outlines become outlines.

A file holds one or more YAML documents. Each document is a mapping with `model` ("projects.ProjectPage") and either the
fields of one object, or `rows`, a list of such mappings; `all` holds what the rows have in common. Pages say their
address in `path`; records are known by their natural key (see lookup.py).
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from stadterneuerung.base.dates import today
from stadterneuerung.home.content.errors import ContentError

# "today+21d" or "today-3d 18:00": examples lie around the day of loading, so that there is always something to see.
_RELATIVE = re.compile(r"today(?:(?P<days>[+-]\d+)d)?(?: (?P<time>\d\d:\d\d))?")
_OUTLINE = re.compile(r"geo:(?P<name>[a-z-]+)")


@dataclass(frozen=True)
class Row:
    """One object of fixtures/: model label, fields with dates and outlines filled in, and the file it stands in."""

    model: str
    fields: dict[str, Any]
    file: str

    @property
    def checksum(self) -> str:
        return checksum([self.model, self.fields])


def checksum(data: Any) -> str:
    """Return the SHA-256 of `data` written as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def read_rows(folder: Path) -> list[Row]:
    """Return all rows below `folder`, file by file in alphabetical order; raise ContentError for what is no row."""
    outlines = _read_outlines(folder / "geo" / "areas_schematic.geojson")
    rows: list[Row] = []
    for path in sorted(folder.rglob("*.yaml")):
        name = str(path.relative_to(folder))
        if name == "seed_map.yaml":  # a map for the tests, no content
            continue
        try:
            documents = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
        except yaml.YAMLError as error:
            raise ContentError(f"{name}: Die Datei ist kein gültiges YAML. {error}") from error
        for document in documents:
            rows.extend(Row(model, _fill_in(fields, outlines, name), name) for model, fields in _split(document, name))
    return rows


def _split(document: Any, file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(document, dict) or "model" not in document:
        raise ContentError(f"{file}: Jedes Dokument nennt sein Modell („model: projects.ProjectPage“).")
    fields = {key: value for key, value in document.items() if key not in ("model", "rows", "all")}
    if "rows" not in document:
        yield document["model"], fields
        return
    if fields:
        raise ContentError(f"{file}: Neben „rows“ stehen unerwartete Angaben: {', '.join(fields)}.")
    for row in document["rows"]:
        yield document["model"], {**document.get("all", {}), **row}


def _read_outlines(path: Path) -> dict[str, dict]:
    """Return GeoJSON geometries by the id of their feature."""
    if not path.exists():
        return {}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["id"]: feature["geometry"] for feature in features}


def _fill_in(value: Any, outlines: dict[str, dict], file: str) -> Any:
    """Return `value` with relative dates and names of outlines replaced, at any depth."""
    if isinstance(value, dict):
        return {key: _fill_in(item, outlines, file) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill_in(item, outlines, file) for item in value]
    if isinstance(value, str):
        if match := _RELATIVE.fullmatch(value):
            day = today() + dt.timedelta(days=int(match["days"] or 0))
            return dt.datetime.combine(day, dt.time.fromisoformat(match["time"])) if match["time"] else day
        if match := _OUTLINE.fullmatch(value):
            if match["name"] not in outlines:
                raise ContentError(f"{file}: Den Umriss „{match['name']}“ gibt es nicht.")
            return outlines[match["name"]]
    return value

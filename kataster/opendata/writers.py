"""The rows of a data set as CSV, JSON and GeoJSON: piece by piece, so that memory does not grow with the rows."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape

from areas.outlines import DIGITS
from kataster.opendata.datasets import DataSet
from kataster.opendata.fields import Address, cell
from stadterneuerung.base.csv_cells import Line

BLOCK = 32 * 1024  # characters sent at a time


def write_csv(data_set: DataSet, rows: Iterable[Any], address: Address, about: dict[str, Any]) -> Iterator[str]:
    """Yield RFC 4180: comma, quotes where needed, CRLF, a header with the names of the fields. UTF-8 without BOM."""
    writer = csv.writer(Line(), lineterminator="\r\n")
    yield writer.writerow([field.name for field in data_set.fields])
    for row in rows:
        yield writer.writerow([cell(field.value(row, address)) for field in data_set.fields])


def write_json(data_set: DataSet, rows: Iterable[Any], address: Address, about: dict[str, Any]) -> Iterator[str]:
    """Yield one object: what is said about the set, then `rows`, each an object with a key for each field."""
    yield _open_list(about, "rows")
    for number, row in enumerate(rows):
        yield _separated(number, {field.name: field.value(row, address) for field in data_set.fields})
    yield "\n]}\n"


def write_geojson(data_set: DataSet, rows: Iterable[Any], address: Address, about: dict[str, Any]) -> Iterator[str]:
    """Yield RFC 7946: a Feature for each row, its fields as properties; bbox of all at the end, when it is known."""
    yield _open_list({"type": "FeatureCollection", **about}, "features")
    bounds: list[tuple] = []
    for number, row in enumerate(rows):
        properties = {field.name: field.value(row, address) for field in data_set.fields}
        geometry = properties.pop(data_set.outline.name)
        feature = {"type": "Feature", "id": properties["id"], "geometry": geometry, "properties": properties}
        if geometry is not None:
            bounds = [*bounds, shape(geometry).bounds]
            feature["bbox"] = _rounded(bounds[-1])
            bounds = [_around(bounds)]
        yield _separated(number, feature)
    yield f'\n],"bbox":{_compact(_rounded(bounds[0]))}}}\n' if bounds else "\n]}\n"


def blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Join small pieces to blocks of about BLOCK characters: a row each would be a packet each."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield "".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting)


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _open_list(about: dict[str, Any], name: str) -> str:
    return f"{_compact(about)[:-1]},{json.dumps(name)}:["


def _separated(number: int, item: dict[str, Any]) -> str:
    return f"{',' if number else ''}\n{_compact(item)}"


def _around(bounds: list[tuple]) -> tuple:
    west, south, east, north = zip(*bounds, strict=True)
    return min(west), min(south), max(east), max(north)


def _rounded(bounds: tuple) -> list[float]:
    return [round(value, DIGITS) for value in bounds]


@dataclass(frozen=True)
class Format:
    """A kind of file. `eu_type` is its key in the EU's list of file types, `media_type` its IANA name."""

    ending: str
    name: str
    media_type: str
    parameters: str
    eu_type: str
    write: Callable[[DataSet, Iterable[Any], Address, dict[str, Any]], Iterator[str]]

    @property
    def content_type(self) -> str:
        return f"{self.media_type}{self.parameters}"


FORMATS = {
    "geojson": Format("geojson", "GeoJSON", "application/geo+json", "", "GEOJSON", write_geojson),
    "csv": Format("csv", "CSV", "text/csv", "; charset=utf-8; header=present", "CSV", write_csv),
    "json": Format("json", "JSON", "application/json", "", "JSON", write_json),
}

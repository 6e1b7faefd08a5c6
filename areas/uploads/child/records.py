"""Reads Shapefile, GeoPackage and FlatGeobuf with GDAL, in which no other driver is left."""

import contextlib
import sqlite3
from functools import cache
from pathlib import Path

import numpy
import pyogrio
import pyogrio.raw
from pyogrio import _ogr
from pyogrio.errors import DataLayerError, DataSourceError
from shapely import from_wkb
from shapely.errors import ShapelyError
from shapely.geometry import mapping

from areas.uploads.child import magic
from areas.uploads.child.problem import Problem
from areas.uploads.child.shapes import Budget
from areas.uploads.child.text import decode_all

DRIVERS = {"ESRI Shapefile", "GPKG", "FlatGeobuf"}
# Tables that a GeoPackage's own extensions make; any other module could reach outside the file.
VIRTUAL_MODULES = ("using rtree", 'using "rtree"', "using fts")


def read_records(path: str, name: str, encoding: str, limits: dict, stated_encoding: str) -> list[dict]:
    """Return the layers of a file (see read_layers). Raises Problem."""
    _leave_only_these_drivers()
    with open(path, "rb") as file:
        start = file.read(28)
    if start.startswith(magic.GEOPACKAGE):
        _refuse_active_content(path)
    if start.startswith(magic.SHAPE) and int.from_bytes(start[24:28], "big") * 2 != Path(path).stat().st_size:
        # GDAL would give what is missing as features without geometry.
        raise Problem("Das Shapefile ist beschädigt: Seine .shp-Datei ist nicht so lang, wie sie selbst sagt.")
    try:
        found = [(str(layer), kind) for layer, kind in pyogrio.list_layers(path)]
        spatial = [layer for layer, kind in found if kind is not None]
        return [
            _layer(path, layer, name, encoding, limits, stated_encoding)
            for layer in spatial[: limits["max_layers"] + 1]
        ]
    except (DataSourceError, DataLayerError, ShapelyError, RuntimeError, ValueError, UnicodeError) as error:
        raise Problem("Die Datei ist beschädigt oder unvollständig und lässt sich nicht lesen.") from error


@cache
def _leave_only_these_drivers() -> None:
    others = [driver for driver in pyogrio.list_drivers() if driver not in DRIVERS]
    pyogrio.set_gdal_config_options({"OGR_SKIP": ",".join(others)})
    _ogr._register_drivers()  # there is no public call for it; should it change, the next line refuses every file
    if set(pyogrio.list_drivers()) != DRIVERS:
        raise RuntimeError("GDAL keeps drivers that nobody asked for")


def _refuse_active_content(path: str) -> None:
    """A GeoPackage is a database: a view in it is a query of its author's that reading would run."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            rows = database.execute("SELECT type, lower(coalesce(sql, '')) FROM sqlite_master").fetchall()
            tables = {row[0] for row in database.execute("SELECT lower(name) FROM sqlite_master")}
    except sqlite3.Error as error:
        raise Problem("Die Datei ist beschädigt und lässt sich nicht lesen.") from error
    if "gpkg_contents" not in tables:
        raise Problem("Das ist eine SQLite-Datenbank, aber kein GeoPackage.")
    if any(kind == "view" for kind, _ in rows):
        raise Problem(
            "Das GeoPackage enthält gespeicherte Abfragen (Views). Bitte exportieren Sie nur die Ebene selbst."
        )
    if any("virtual table" in sql and not any(module in sql for module in VIRTUAL_MODULES) for _, sql in rows):
        raise Problem("Das GeoPackage enthält virtuelle Tabellen. Bitte exportieren Sie nur die Ebene selbst.")


def _layer(path: str, layer: str, name: str, encoding: str, limits: dict, stated: str) -> dict:
    is_shapefile = path.endswith(".shp")
    # Read as ISO 8859-1, each sign of a text is one byte of the file.
    raw = {"encoding": "ISO-8859-1"} if is_shapefile else {}
    info = pyogrio.read_info(path, layer=layer, force_feature_count=True, **raw)
    budget = Budget(limits, info["features"])
    all_fields = [str(field) for field in info["fields"]]
    columns = all_fields[: limits["max_fields"]]
    meta, _, shapes, values = pyogrio.raw.read(path, layer=layer, datetime_as_string=True, columns=columns, **raw)
    fields, notes = [str(field) for field in meta["fields"]], []
    columns = [[_plain(value) for value in column] for column in values]
    if is_shapefile:
        fields, columns, notes = _decoded(fields, columns, encoding, stated)
    features = [
        {
            "properties": {field: budget.text(column[i]) for field, column in zip(fields, columns, strict=True)},
            "geometry": budget.geometry(None if wkb is None else mapping(from_wkb(wkb))),
        }
        for i, wkb in enumerate(shapes)
    ]
    return {"name": name or layer, "crs": str(meta["crs"] or ""), "fields": fields, "features": features,
            "notes": notes + budget.notes_of_fields(all_fields) + budget.notes}  # fmt: skip


def _plain(value: object) -> object:
    return value.item() if isinstance(value, numpy.generic) else value


def _decoded(
    fields: list[str], columns: list[list], encoding: str, stated: str
) -> tuple[list[str], list[list], list[str]]:
    """Put the right letters into names of fields and all texts; other values stay."""
    texts = [value for column in (fields, *columns) for value in column if isinstance(value, str)]
    decoded, notes = decode_all([text.encode("latin-1", "replace") for text in texts], encoding, stated)
    right = dict(zip(texts, decoded, strict=True))
    columns = [[right[value] if isinstance(value, str) else value for value in column] for column in columns]
    return [right[field] for field in fields], columns, notes

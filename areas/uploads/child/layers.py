"""Recognises a file by its first bytes, never by its name, and reads its layers."""

import tempfile
from pathlib import Path

from areas.uploads.child import magic
from areas.uploads.child.archive import unpack
from areas.uploads.child.geojson import read_geojson
from areas.uploads.child.problem import Problem

READABLE = "Gelesen werden GeoJSON, GeoPackage, FlatGeobuf und Shapefile als zip."


def read_layers(path: str, encoding: str, limits: dict) -> list[dict]:
    """Return the layers of a file. Raises Problem.

    A layer: {"name", "crs" (as the file says it, or ""), "fields": [name], "features": [{"properties": {name: text},
    "geometry": GeoJSON as in the file or None}], "notes": [sentence]}. `encoding` is "" to find it out.
    """
    start = _start(path)
    if start.startswith(magic.ZIP):
        with tempfile.TemporaryDirectory(dir=Path(path).parent) as folder:
            layers = [
                layer
                for member in unpack(path, folder, limits)
                for layer in _read_one(member.path, member.name, encoding, limits, member.stated_encoding)
            ]
    else:
        layers = _read_one(path, "", encoding, limits)
    if not layers:
        raise Problem("Die Datei enthält keine Ebene mit Geometrien.")
    if len(layers) > limits["max_layers"]:
        raise Problem(f"Die Datei enthält {len(layers)} Ebenen; gelesen werden höchstens {limits['max_layers']}.")
    return layers


def _start(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(200)


def _read_one(path: str, name: str, encoding: str, limits: dict, stated_encoding: str = "") -> list[dict]:
    start = _start(path)
    if not start:
        raise Problem("Die Datei ist leer.")
    if start.startswith(magic.SHAPE) and not path.endswith(".shp"):
        raise Problem(
            "Das ist nur ein Teil eines Shapefiles. Bitte packen Sie .shp, .shx, .dbf und .prj zusammen in eine "
            "zip-Datei und laden Sie diese hoch."
        )
    if start.startswith((magic.SHAPE, magic.GEOPACKAGE, magic.FLATGEOBUF)):
        # Only now: to load GDAL takes longer than to read most files that do without.
        from areas.uploads.child.records import read_records

        return read_records(path, name, encoding, limits, stated_encoding)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Problem("Die Datei ist in UTF-16 geschrieben. Bitte speichern Sie sie in UTF-8.")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return [read_geojson(path, name, encoding, limits)]
    if text.startswith(b"<"):
        raise Problem(f"XML (GML, KML) wird nicht gelesen: Es kann auf fremde Dateien verweisen. {READABLE}")
    raise Problem(f"Dieses Format ist nicht bekannt. {READABLE}")

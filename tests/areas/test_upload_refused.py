"""Broken and hostile files, and the sentence for each."""

import io
import sqlite3
import tempfile
import zipfile

import pytest

from tests.areas.geo_files import file_of, geojson, shapefile, shapefile_parts, zipped
from tests.areas.test_upload_reading import sentence
from tests.factories import SQUARE


def with_entry(name: str, mode: int = 0o100644, flag: int = 0) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, b"x")
    content = packed.getvalue()
    if flag:  # in the local header and in the directory
        content = bytearray(content)
        content[6] |= flag
        content[content.index(b"PK\x01\x02") + 8] |= flag
    return bytes(content)


def geopackage_with(statement: str) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(file_of("GPKG"))
        file.flush()
        with sqlite3.connect(file.name) as database:
            database.execute("PRAGMA writable_schema = ON")
            database.execute(statement)
        database.close()
        file.seek(0)
        return file.read()


def deep(levels: int) -> bytes:
    return b'{"type": "FeatureCollection", "features": ' + b"[" * levels + b"]" * levels + b"}"


VRT = b"<OGRVRTDataSource><OGRVRTLayer><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>'
VIRTUAL = (
    "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) "
    "VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING VirtualOGR(''/etc/passwd'')')"
)
REFUSED = {
    "empty": (b"", "Die Datei ist leer."),
    "noise": (bytes(range(256)) * 4, "Dieses Format ist nicht bekannt."),
    "a photo": (b"\xff\xd8\xff\xe0" + b"0" * 100, "Dieses Format ist nicht bekannt."),
    "VRT": (VRT, "XML (GML, KML) wird nicht gelesen"),
    "external entity": (XXE, "XML (GML, KML) wird nicht gelesen"),
    "GML": (file_of("GML"), "XML (GML, KML) wird nicht gelesen"),
    "UTF-16": ("{}".encode("utf-16"), "Die Datei ist in UTF-16 geschrieben."),
    "broken JSON": (b'{"type": "FeatureCollection",\n', "Die Datei ist kein lesbares JSON (Zeile 2)."),
    "deep JSON": (deep(200_000), "Die Datei ist kein lesbares JSON."),
    "JSON of a pipeline": (
        b'{"type": "gdal_streamed_alg", "command_line": "gdal"}',
        "Die Datei ist JSON, aber kein GeoJSON",
    ),
    "topology": (b'{"type": "Topology", "objects": {}}', "Die Datei ist JSON, aber kein GeoJSON"),
    "a list": (b"[1, 2]", "Die Datei ist JSON, aber kein GeoJSON"),
    "deep coordinates": (
        geojson({"type": "MultiPolygon", "coordinates": [[[[[7.45, 51.51]]]]]}),
        "Die Koordinaten eines Objekts sind tiefer geschachtelt, als GeoJSON es erlaubt.",
    ),
    "no features": (geojson(), "Die Datei enthält keinen einzigen Umriss."),
    "empty layer": (file_of("GPKG", shapes=[], name=[]), "Die Datei enthält keinen einzigen Umriss."),
    "too many": (geojson(*[SQUARE] * 201), "Die Datei enthält 201 Objekte; gelesen werden höchstens 200."),
    "too many points": (
        geojson({"type": "MultiPolygon", "coordinates": [[[[7.45, 51.51]] * 1001]] * 200}),
        "Die Umrisse haben zusammen mehr als 200.000 Punkte.",
    ),
    "only .shp": (shapefile_parts()["gebiete.shp"], "Das ist nur ein Teil eines Shapefiles."),
    "no .shx": (shapefile(without=".shx"), "Zum Shapefile „gebiete“ fehlt die Datei .shx."),
    "no .dbf": (shapefile(without=".dbf"), "Zum Shapefile „gebiete“ fehlt die Datei .dbf."),
    "cut .shp": (
        zipped({name: data[:150] if name.endswith(".shp") else data for name, data in shapefile_parts().items()}),
        "beschädigt",
    ),
    "cut GeoPackage": (file_of("GPKG")[:5000], "beschädigt"),
    "cut FlatGeobuf": (file_of("FlatGeobuf")[:300], "keine Ebene mit Geometrien"),
    "SQLite": (b"SQLite format 3\x00" + b"\x00" * 500, "beschädigt"),
    "view": (geopackage_with("CREATE VIEW v AS SELECT * FROM gebiete"), "gespeicherte Abfragen (Views)"),
    "virtual table": (geopackage_with(VIRTUAL), "virtuelle Tabellen"),
    "zip without anything": (zipped({"liesmich.txt": b"x"}), "In der zip-Datei liegt nichts, das gelesen werden kann"),
    "cut zip": (shapefile()[:-60], "Die zip-Datei ist beschädigt"),
    "traversal": (with_entry("../../etc/cron.d/x.geojson"), "einen Pfad, der aus ihr hinausführt"),
    "absolute": (with_entry("/etc/x.geojson"), "einen Pfad, der aus ihr hinausführt"),
    "drive": (with_entry("C:\\x.geojson"), "einen Pfad, der aus ihr hinausführt"),
    "symlink": (with_entry("x.geojson", mode=0o120777), "eine Verknüpfung (Symlink)"),
    "password": (with_entry("x.geojson", flag=1), "mit einem Passwort geschützt"),
    "nested": (zipped({"innen.zip": shapefile()}), "noch ein Archiv"),
    "twice": (zipped({"a.geojson": b"{}", "A.GEOJSON": b"{}"}), "zweimal"),
    "many files": (
        zipped({f"{i}.txt": b"" for i in range(101)}),
        "Die zip-Datei enthält 101 Dateien; erlaubt sind 100.",
    ),
    "bomb": (zipped({"a.geojson": b" " * 5_000_000}), "ungewöhnlich stark gepackt"),
    "VRT in a zip": (zipped({"a.geojson": VRT}), "XML (GML, KML) wird nicht gelesen"),
}


@pytest.mark.parametrize(("content", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_words(content, expected):
    assert expected in sentence(content)


def test_size_in_the_directory_of_a_zip_may_be_a_lie(settings):
    settings.OUTLINE_UPLOADS = settings.OUTLINE_UPLOADS | {"max_unpacked_bytes": 1024 * 1024, "max_ratio": 10_000}
    content = zipped({"a.geojson": b" " * 3_000_000})
    stated = content.replace((3_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    assert "beschädigt" in sentence(stated)
    assert sentence(content) == "Ausgepackt ist die zip-Datei größer als 1 MB."

"""Files that editors upload: what is read of honest ones, and the sentence for each broken or hostile one."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

import pytest
import shapely
from django.conf import settings as django_settings

from areas.uploads import reading
from areas.uploads.reading import UploadError, read_file
from stadterneuerung.base import confined
from tests.areas.geo_files import file_of, geojson, in_metres, shapefile, shapefile_parts, zipped
from tests.factories import SQUARE


def read(content: bytes, encoding: str = ""):
    return read_file(io.BytesIO(content), len(content), encoding)


def sentence(content: bytes, encoding: str = "") -> str:
    with pytest.raises(UploadError) as refused:
        read(content, encoding)
    return str(refused.value)


# --- What is read ---------------------------------------------------------------------------------------------------
HONEST = {
    "Shapefile": shapefile(),
    "Shapefile in a folder": zipped({f"Pläne/{name.upper()}": data for name, data in shapefile_parts().items()}),
    "GeoPackage": file_of("GPKG"),
    "zipped GeoPackage": zipped({"a/gebiete.gpkg": file_of("GPKG")}),
    "FlatGeobuf": file_of("FlatGeobuf"),
    "GeoJSON": geojson(
        json.loads(shapely.to_geojson(in_metres(SQUARE))), crs="urn:ogc:def:crs:EPSG::25832", name="Nord"
    ),
}


@pytest.mark.parametrize("content", HONEST.values(), ids=HONEST)
def test_every_format_gives_the_same_outline(content):
    (layer,) = read(content)

    (feature,) = layer.features
    assert (layer.crs.replace("urn:ogc:def:crs:EPSG::", "EPSG:"), layer.fields) == ("EPSG:25832", ["name"])
    assert feature["properties"] == {"name": "Nord"}
    outline = shapely.geometry.shape(feature["geometry"])
    assert outline.equals_exact(in_metres(SQUARE), 0.01, normalize=True)


def test_no_text_of_a_file_has_signs_that_a_database_refuses():
    parts = shapefile_parts(name=["Hörde"], encoding="CP1252") | {"gebiete.cpg": b"UTF\x00-9"}
    named = geojson(SQUARE, **{"na\x00me": "No\x00rd", "half": "\ud800"}, crs="EPSG\x00:\ud80025832")

    (shape_layer,), (json_layer,) = read(zipped(parts)), read(named)

    told = "Die genannte Zeichenkodierung „UTF-9“ passt nicht oder ist unbekannt; als Windows-1252 gelesen."
    assert shape_layer.notes == [told]
    assert (json_layer.crs, json_layer.fields) == ("EPSG:?25832", ["name", "half"])
    assert json_layer.features[0]["properties"] == {"name": "Nord", "half": "?"}


def test_values_are_text_as_people_read_it():
    content = geojson(SQUARE, number=12.0, half=1.5, nothing=None, flag=True, parts=["a", "b"])

    (layer,) = read(content)

    expected = {"number": "12", "half": "1.5", "nothing": "", "flag": "true", "parts": '["a", "b"]'}
    assert layer.features[0]["properties"] == expected


def test_geojson_without_a_word_means_degrees_unless_its_numbers_are_none():
    in_degrees, far = geojson(SQUARE), geojson(json.loads(shapely.to_geojson(in_metres(SQUARE))))

    assert [read(content)[0].crs for content in (in_degrees, far)] == ["EPSG:4326", ""]


def test_a_shapefile_without_prj_does_not_name_its_coordinates():
    assert read(shapefile(without=".prj"))[0].crs == ""


def test_heights_are_left_out_and_that_is_said():
    solid = shapely.force_3d(in_metres(SQUARE), 80.0)

    (layer,) = read(shapefile(shapes=[solid], kind="Polygon Z"))

    assert layer.notes == ["Höhen (dritte Koordinate) wurden weggelassen."]
    assert {len(point) for point in layer.features[0]["geometry"]["coordinates"][0]} == {2}


def test_several_layers_are_all_read():
    parts = {
        f"plan{number}{os.path.splitext(name)[1]}": data
        for number in (1, 2)
        for name, data in shapefile_parts().items()
    }

    assert [layer.name for layer in read(zipped(parts))] == ["plan1", "plan2"]


def test_curves_become_short_lines():
    """The blob of a polygon in a GeoPackage is replaced by a CURVEPOLYGON: a circle through three points."""
    circle = shapely.Point(392_500, 5_707_500).buffer(100)
    points = [(392_400, 5_707_500), (392_600, 5_707_500), (392_400, 5_707_500)]
    arc = (
        b"\x01" + (8).to_bytes(4, "little") + (3).to_bytes(4, "little") + shapely.to_wkb(shapely.LineString(points))[9:]
    )
    curve = b"\x01" + (10).to_bytes(4, "little") + (1).to_bytes(4, "little") + arc
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(file_of("GPKG", shapes=[circle]))
        file.flush()
        with sqlite3.connect(file.name) as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f'DROP TRIGGER "{name}"')
            database.execute("UPDATE gebiete SET geom = ?", (b"GP\x00\x01" + (25832).to_bytes(4, "little") + curve,))
        database.close()
        file.seek(0)
        content = file.read()

    (layer,) = read(content)

    found = shapely.geometry.shape(layer.features[0]["geometry"])
    assert (found.geom_type, found.area) == ("Polygon", pytest.approx(circle.area, rel=0.01))


# --- Letters --------------------------------------------------------------------------------------------------------
NOTHING_SAID = "Die Datei nennt keine Zeichenkodierung; als {} gelesen. Bitte achten Sie auf Umlaute."
WRONGLY_SAID = "Die genannte Zeichenkodierung „{}“ passt nicht oder ist unbekannt; als {} gelesen."


@pytest.mark.parametrize(
    ("written", "cpg", "chosen", "notes"),
    [
        ("UTF-8", b"UTF-8", "", []),
        ("UTF-8", None, "", [NOTHING_SAID.format("UTF-8")]),
        ("UTF-8", b"ISO-8859-1", "", [WRONGLY_SAID.format("ISO-8859-1", "UTF-8")]),
        ("UTF-8", b"ISO-8859-1", "utf-8", []),
        ("ISO-8859-1", b"ISO-8859-1", "", []),
        ("ISO-8859-1", None, "", [NOTHING_SAID.format("Windows-1252")]),
        ("ISO-8859-1", b"UTF-8", "", [WRONGLY_SAID.format("UTF-8", "Windows-1252")]),
        ("ISO-8859-1", b"KOI8-X", "", [WRONGLY_SAID.format("KOI8-X", "Windows-1252")]),
        ("ISO-8859-1", None, "cp1252", []),
        ("CP850", None, "cp850", []),
    ],
)
def test_umlauts_arrive_whatever_the_cpg_says(written, cpg, chosen, notes):
    parts = shapefile_parts(encoding=written, straße=["Hörde – nicht gebäude".replace("–", "-")])
    del parts["gebiete.cpg"]
    if cpg:
        parts["gebiete.cpg"] = cpg

    (layer,) = read(zipped(parts), chosen)

    assert layer.features[0]["properties"] == {"straße": "Hörde - nicht gebäude"}
    assert layer.notes == notes


def test_an_encoding_that_does_not_fit_is_refused():
    content = shapefile(encoding="ISO-8859-1", name=["Hörde"])

    assert sentence(content, "utf-8") == "Die Texte der Datei sind nicht in der gewählten Zeichenkodierung geschrieben."


# --- Limits ---------------------------------------------------------------------------------------------------------
def test_a_large_file_is_refused_before_a_byte_is_read(monkeypatch):
    monkeypatch.setattr(reading, "_ask_child", lambda *arguments: pytest.fail("the file was read"))

    class Unreadable(io.RawIOBase):
        def read(self, *arguments):
            pytest.fail("the file was read")

    with pytest.raises(UploadError, match="Die Datei ist größer als 20 MB"):
        read_file(Unreadable(), 200 * 1024 * 1024)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"wall_seconds": 0.05}, "Das Lesen der Datei dauert zu lange"),
        ({"cpu_seconds": 1}, "Das Lesen der Datei dauert zu lange"),
        ({"memory_mb": 150}, "Die Datei braucht beim Lesen zu viel Speicher"),
        ({"max_answer_bytes": 1000, "cpu_seconds": 60}, "ist zu umfangreich"),
    ],
)
def test_a_file_that_takes_too_much_is_given_up(settings, limits, expected):
    """An honest file of two million points, with room for all of them but for one thing."""
    generous = {"max_points": 10_000_000, "max_answer_bytes": 10**9, "max_unpacked_bytes": 10**9, "memory_mb": 4000}
    settings.OUTLINE_UPLOADS = settings.OUTLINE_UPLOADS | generous | limits
    ring = b"[[7.45, 51.51]" + b",[7.45, 51.51]" * 1_000_000 + b"]"

    content = b'{"type": "Polygon", "coordinates": [' + ring + b"]}"

    assert expected in sentence(content)


def test_a_child_that_dies_or_babbles_gives_a_sentence(monkeypatch):
    broken = "Beim Lesen der Datei ist etwas schiefgegangen"
    for answer in (b"", b"{", b"[]", b'{"layers": [{"name": 1}]}', b"null"):
        monkeypatch.setattr(reading, "_ask_child", lambda *arguments, answer=answer: answer)
        assert broken in sentence(b"{}")
    monkeypatch.undo()
    monkeypatch.setattr(confined.sys, "executable", "/bin/false")
    assert broken in sentence(b"{}")


def test_the_child_knows_neither_django_nor_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    seen = {}
    run = subprocess.run
    monkeypatch.setattr(confined.subprocess, "run", lambda *a, **options: seen.update(options) or run(*a, **options))

    read(geojson(SQUARE))

    assert "very secret" not in seen["env"].values()
    assert (seen["stdin"], seen["env"]["HOME"]) == (subprocess.DEVNULL, str(seen["cwd"]))
    code = (
        "import sys, areas.uploads.child.layers, areas.uploads.child.records;"
        "print(sorted(set(sys.modules) & {'django', 'wagtail', 'psycopg'}))"
    )
    found = run([sys.executable, "-c", code], capture_output=True, text=True, cwd=django_settings.ROOT, check=True)
    assert found.stdout == "[]\n"


def test_gdal_keeps_three_drivers_and_no_way_out():
    code = (
        "import pyogrio; from areas.uploads.child import records; records._leave_only_these_drivers();"
        "print(sorted(pyogrio.list_drivers()));"
        "pyogrio.read_info('/vsicurl/http://127.0.0.1:9/a.gpkg')"
    )
    environment = confined.ENVIRONMENT | reading.ENVIRONMENT | {"HOME": "/nonexistent"}

    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, env=environment, check=False
    )

    assert done.stdout == "['ESRI Shapefile', 'FlatGeobuf', 'GPKG']\n"
    assert "DataSourceError" in done.stderr


def test_nothing_of_an_upload_stays_on_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    read(shapefile())
    sentence(zipped({"a.geojson": b"{"}))

    assert list(tmp_path.iterdir()) == []

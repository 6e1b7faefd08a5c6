"""Outlines out into a file and back in: the commands, and that nothing changes on the way."""

import datetime as dt
import io
import json
import math

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areas.models import AreaGeometry
from tests import factories
from tests.areas import geo_files
from tests.areas.test_history import WIDER
from tests.areas.test_outlines import BOW_TIE, polygon
from tests.factories import SQUARE

pytestmark = pytest.mark.django_db
OFFICIAL = {"area_field": "gebiet", "official": True, "source": "Katasteramt", "valid_from": dt.date(2026, 2, 1)}


@pytest.fixture
def area(home_page, each_file_read_once):
    return factories.AreaPageFactory(title="Hörde", slug="hoerde")


@pytest.fixture
def five_areas(home_page):
    return [factories.AreaPageFactory(title=name, slug=name) for name in ("eins", "zwei", "drei", "vier", "fuenf")]


def run(name: str, *arguments, **options) -> str:
    said = io.StringIO()
    call_command(name, *arguments, stdout=said, stderr=said, **options)
    return said.getvalue()


def checksums() -> list[tuple]:
    return list(
        AreaGeometry.objects.order_by("area", "valid_from").values_list("area__title", "valid_from", "checksum")
    )


HISTORY = [
    "--field=valid_from=gueltig_ab", "--field=source=quelle", "--field=decision=beschluss",
    "--field=decision_body=gremium", "--field=decided_on=beschl_am", "--area-field=kurzname", "--official",
]  # fmt: skip


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "zip"])
def test_what_was_exported_comes_back_the_same(area, tmp_path, ending):
    other = factories.AreaPageFactory(title="Straße & Söhne", slug="strasse")
    hole = [[7.455, 51.512], [7.455, 51.515], [7.46, 51.515], [7.46, 51.512], [7.455, 51.512]]
    holed = {"type": "Polygon", "coordinates": [*WIDER["coordinates"], hole]}
    facts = {"accuracy_m": None, "source": "Größe", "decision": "Drucksache 1", "decided_on": dt.date(2019, 5, 4)}
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2020, 1, 1), decision_body="Rat", **facts)
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2021, 1, 1), geojson=holed, **facts)
    factories.AreaGeometryFactory(area=other, valid_from=dt.date(2022, 1, 1), **facts)
    before = list(AreaGeometry.objects.order_by("area", "valid_from").values(*FACTS))
    file = tmp_path / f"umrisse.{ending}"

    run("export_areas", file, history=True)
    AreaGeometry.objects.all().delete()
    said = run("import_areas", file, *HISTORY)

    assert said.splitlines()[-1] == "Übernommen: 3, unverändert: 0."
    assert list(AreaGeometry.objects.order_by("area", "valid_from").values(*FACTS)) == before
    assert run("import_areas", file, *HISTORY).splitlines()[-1] == "Zu übernehmen: 0. Geändert wurde nichts."


FACTS = ["area", "valid_from", "checksum", "accuracy_m", "source", "decision", "decision_body", "decided_on"]


STAR = st.tuples(
    st.floats(7.35, 7.6), st.floats(51.42, 51.58), st.lists(st.floats(0.002, 0.02), min_size=3, max_size=30)
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(STAR, STAR, STAR, STAR, STAR))
def test_any_outline_survives_the_way_through_metres(five_areas, tmp_path, stars):
    """Stars around points, exported in EPSG:25832 and brought back: five in a file, for each is read by a process."""
    AreaGeometry.objects.all().delete()
    for area, (lon, lat, spokes) in zip(five_areas, stars, strict=True):
        turns = [math.tau * i / len(spokes) for i in range(len(spokes))]
        corners = [(lon + r * math.cos(t), lat + 0.6 * r * math.sin(t)) for r, t in zip(spokes, turns, strict=True)]
        factories.AreaGeometryFactory(area=area, geojson=polygon(*corners, corners[0]), accuracy_m=None)
    before = checksums()
    file = tmp_path / "umrisse.gpkg"

    run("export_areas", file)
    AreaGeometry.objects.all().delete()
    run("import_areas", file, *HISTORY)

    assert checksums() == before


def test_export_gives_what_holds_on_a_day(area):
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2010, 1, 1), source="Erste")
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2020, 1, 1), source="Zweite", geojson=WIDER)
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2999, 1, 1), source="Dritte", accuracy_m=None)

    def sources(**options):
        return [f["properties"]["quelle"] for f in json.loads(run("export_areas", "-", **options))["features"]]

    assert sources() == ["Zweite"]
    assert sources(day=dt.date(2015, 1, 1)) == ["Erste"]
    assert sources(history=True) == ["Erste", "Zweite", "Dritte"]


def test_exported_schematic_outline_says_that_it_is_one(area):
    factories.AreaGeometryFactory(area=area, valid_from=dt.date(2020, 1, 1), accuracy_m=500)

    (feature,) = json.loads(run("export_areas", "-"))["features"]

    note = "schematisch, nicht parzellenscharf, ohne Rechtswirkung"
    assert (feature["properties"]["hinweis"], feature["properties"]["lagefehler"]) == (note, 500)


def test_dry_run_shows_and_changes_nothing(area, tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(geo_files.shapefile(gebiet=["HOERDE"]))

    said = run("import_areas", file, dry_run=True, **OFFICIAL)

    assert said.splitlines() == [
        "1. HOERDE: neu, 154,47 ha",
        "Zu übernehmen: 1. Geändert wurde nichts.",
    ]
    assert checksums() == []


TWO_LAYERS = geo_files.zipped(
    {"a.geojson": geo_files.geojson(SQUARE, gebiet="Hörde"), "b.geojson": geo_files.geojson(WIDER)}
)
REFUSED = {
    "unknown area": (geo_files.geojson(SQUARE, gebiet="Nirgendwo"), {}, "Objekte mit Fehlern: 1"),
    "one of two": (geo_files.geojson(SQUARE, BOW_TIE, gebiet="Hörde"), {}, "Objekte mit Fehlern: 1"),
    "column": (geo_files.geojson(SQUARE, name="Hörde"), {}, "Die Spalte „gebiet“ gibt es nicht; die Datei hat: name."),
    "fact": (geo_files.geojson(SQUARE, gebiet="Hörde"), {"field": ["farbe=gebiet"]}, "„farbe“ ist keine Angabe"),
    "layers": (TWO_LAYERS, {}, "Bitte nennen Sie mit --layer eine der Ebenen: a, b."),
    "no system": (geo_files.shapefile(without=".prj", gebiet=["Hörde"]), {}, "mit --crs; es passen: 25832."),
    "wrong system": (geo_files.shapefile(gebiet=["Hörde"]), {"crs": "3857"}, "liegt kein Objekt in oder um Dortmund"),
    "no file": (None, {}, "lässt sich nicht öffnen: No such file or directory."),
    "not readable": (b"x", {}, "Dieses Format ist nicht bekannt."),
}


@pytest.mark.parametrize(("content", "options", "sentence"), REFUSED.values(), ids=REFUSED)
def test_import_says_why_and_imports_nothing(area, tmp_path, content, options, sentence):
    file = tmp_path / "upload"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match="^.*" + sentence.replace("(", r"\(")):
        run("import_areas", file, **OFFICIAL, **options)

    assert checksums() == []


def test_layer_and_system_can_be_named(area, tmp_path):
    file = tmp_path / "upload"
    file.write_bytes(TWO_LAYERS)
    run("import_areas", file, layer="a", **OFFICIAL)
    file.write_bytes(geo_files.shapefile(without=".prj", gebiet=["Hörde"], shapes=[geo_files.in_metres(WIDER)]))

    run("import_areas", file, crs="25832", **OFFICIAL | {"valid_from": dt.date(2026, 3, 1)})

    assert [day for _, day, _ in checksums()] == [dt.date(2026, 2, 1), dt.date(2026, 3, 1)]

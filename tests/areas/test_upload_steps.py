"""The steps of an upload before its preview: file, layer and coordinates, mapping."""

import datetime as dt
import json

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from areas.admin.upload_handler import LimitedUpload
from areas.models import AreaGeometry, OutlineUpload
from tests.areas import geo_files
from tests.areas.test_history import WIDER
from tests.areas.upload_support import UPLOAD, account, confirm, mapping, preview, problems, send, soup, url, words
from tests.factories import SQUARE

pytestmark = pytest.mark.django_db


def test_a_file_that_cannot_be_read_is_refused_at_its_field(editor):
    answer = send(editor, b"x")

    assert problems(answer) == {
        "id_file": [
            "Dieses Format ist nicht bekannt. Gelesen werden GeoJSON, GeoPackage, FlatGeobuf und Shapefile als zip."
        ]
    }
    assert soup(answer).select_one(".w-field--error input[type=file]")
    assert OutlineUpload.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({}, "Bitte wählen Sie eine Datei."), ({"file": SimpleUploadedFile("a.zip", b"")}, "Die Datei ist leer.")],
)
def test_without_a_file_nothing_happens(editor, data, sentence):
    assert problems(editor.post(UPLOAD, data)) == {"id_file": [sentence]}


def test_a_file_of_200_mb_is_refused_before_it_is_read(areas, monkeypatch, settings):
    """With the check of the token switched on, which reads the request before any view."""
    monkeypatch.setattr("areas.admin.upload_forms.read_file", lambda *arguments: pytest.fail("the file was read"))
    settings.OUTLINE_UPLOADS = settings.OUTLINE_UPLOADS | {"max_bytes": 1024 * 1024}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("erika", "add_areageometry"))
    token = soup(strict.get(UPLOAD)).select_one("[name=csrfmiddlewaretoken]")["value"]

    class Counting(LimitedUpload):
        kept = 0

        def receive_data_chunk(self, raw_data, start):
            Counting.kept += len(raw_data)
            return raw_data

    monkeypatch.setattr("areas.admin.upload_views.LimitedUpload", Counting)
    large = SimpleUploadedFile("a.zip", b"0" * 3 * 1024 * 1024)
    answer = strict.post(UPLOAD, {"csrfmiddlewaretoken": token, "file": large})

    assert problems(answer) == {
        "id_file": ["Die Datei ist größer als 1 MB. Bitte wählen Sie vorher aus, was gebraucht wird."]
    }
    assert Counting.kept == 0


def test_without_the_token_of_its_form_no_file_is_taken(areas):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("erika", "add_areageometry"))

    assert send(strict, geo_files.shapefile()).status_code == 403


def test_a_file_without_coordinate_system_asks_and_suggests_the_one_that_fits(editor, areas):
    asked = send(editor, geo_files.shapefile(without=".prj"))

    assert asked.request["PATH_INFO"] == url("source")
    assert soup(asked).select_one("input[name=system][checked]")["value"] == "25832"
    fitting = [label.get_text() for label in soup(asked).select("label") if "passt zu Dortmund" in label.get_text()]
    assert [label.split(" – ")[0] for label in fitting] == ["EPSG:25832"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"system": "3857"}, "Mit diesem Koordinatensystem liegt kein Objekt in oder um Dortmund."),
        ({"system": "other", "code": "999999"}, "Dieses Koordinatensystem ist nicht bekannt."),
        ({"system": "other", "code": ""}, "Bitte geben Sie die EPSG-Nummer ein."),
        (
            {"system": "other", "code": "x"},
            "EPSG-Nummer des anderen Koordinatensystems: Bitte eine ganze Zahl eingeben.",
        ),
        ({"system": "quatsch"}, "quatsch"),
        ({"layer": "7"}, "7"),
        ({"layer": ""}, "Ebene: Dieses Feld muss ausgefüllt werden."),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(editor, areas, answer, sentence):
    send(editor, geo_files.shapefile(without=".prj"))

    shown = editor.post(url("source"), {"layer": "0", "system": "25832", "code": "", **answer})

    assert sentence in soup(shown).select_one(".help-critical").get_text(" ")
    assert OutlineUpload.objects.get().features is None


def test_summary_says_each_problem_once_and_leads_to_its_field(editor, areas):
    send(editor, geo_files.shapefile(without=".prj"))

    source = editor.post(url("source"), {"layer": "", "system": "other", "code": ""})
    editor.post(url("source"), {"layer": "0", "system": "25832", "code": ""})
    asked = editor.post(url("mapping"), mapping(is_official="", valid_from_fixed="", source_fixed=""))

    assert problems(source) == {
        "id_layer_0": ["Ebene: Dieses Feld muss ausgefüllt werden."],
        "id_code": ["Bitte geben Sie die EPSG-Nummer ein."],
    }
    assert problems(asked) == {
        "id_is_official_0": ["Bitte sagen Sie, ob die Umrisse amtlich oder schematisch sind."],
        "id_valid_from_fixed": ["„gültig ab“ braucht eine Spalte oder einen Wert für alle."],
        "id_source_fixed": ["„Quelle“ braucht eine Spalte oder einen Wert für alle."],
    }
    for shown in (source, asked):
        assert all(soup(shown).select_one(f"input#{target}") for target in problems(shown))


STATED = "Die Datei nennt EPSG:25832 (ETRS89 / UTM zone 32N). "


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        (lambda x, y: (y, x), "Ost- und Nordwert sind in der Datei vertauscht. Bitte exportieren Sie sie neu."),
        (
            lambda x, y: (x + 300_000, y),
            "Mit diesem Koordinatensystem liegt kein Objekt in oder um Dortmund. Bitte wählen Sie ein anderes.",
        ),
    ],
    ids=["swapped", "elsewhere"],
)
def test_stated_coordinates_that_do_not_fit_are_said_where_they_are_asked_for(editor, areas, move, sentence):
    moved = shapely.transform(geo_files.in_metres(SQUARE), move, interleaved=False)

    shown = send(editor, geo_files.shapefile(shapes=[moved]))

    assert shown.request["PATH_INFO"] == url("source")
    assert [note.get_text() for note in soup(shown).select(".upload-notes li")] == [STATED + sentence]


def test_swapped_coordinates_are_recognised(editor, areas):
    turned = shapely.transform(geo_files.in_metres(SQUARE), lambda x, y: (y, x), interleaved=False)

    shown = send(editor, geo_files.shapefile(shapes=[turned]))
    shown = editor.post(url("source"), {"layer": "0", "system": "stated", "code": ""})

    assert "Ost- und Nordwert sind in der Datei vertauscht." in words(shown)


def test_one_of_several_layers_is_chosen_and_can_be_changed(editor, areas):
    content = geo_files.zipped(
        {"alt.geojson": geo_files.geojson(WIDER, name="Hörde"), "neu.geojson": geo_files.geojson(SQUARE, gebiet="Nord")}
    )
    asked = send(editor, content)
    assert asked.request["PATH_INFO"] == url("source")

    columns = []
    for layer in "01":
        shown = editor.post(url("source"), {"layer": layer, "system": "4326", "code": ""}, follow=True)
        columns.append([option["value"] for option in soup(shown).select("#id_area option")])

    assert columns == [["", "name"], ["", "gebiet"]]
    assert editor.get(url("preview")).url == url("mapping")


def test_likely_columns_are_chosen_beforehand(editor, areas):
    shown = send(editor, geo_files.geojson(SQUARE, Gebiet="Nord", gueltig_ab="2026-02-01", farbe="rot"), "a.geojson")

    chosen = {select["name"]: select.select_one("[selected]")["value"] for select in soup(shown).select("select")
              if select.select_one("[selected]") and select.select_one("[selected]")["value"]}  # fmt: skip
    assert chosen == {"area": "Gebiet", "valid_from_field": "gueltig_ab"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"valid_from_fixed": ""},
            "„gültig ab“ braucht eine Spalte oder einen Wert für alle.",
        ),
        ({"source_fixed": ""}, "„Quelle“ braucht eine Spalte oder einen Wert für alle."),
        ({"is_official": ""}, "Bitte sagen Sie, ob die Umrisse amtlich oder schematisch sind."),
        ({"is_official": "schematic"}, "um wie viele Meter ein Umriss falsch liegen kann."),
        ({"is_official": "schematic", "accuracy_m": "0"}, "größer oder gleich 1"),
        ({"valid_from_fixed": "31.02.2026"}, "gültig ab, Wert für alle: Bitte ein gültiges Datum eingeben."),
        ({"area": "farbe"}, "farbe"),
        ({"source_fixed": "x" * 201}, "höchstens 200 Zeichen"),
    ],
)
def test_mapping_says_what_is_missing_and_keeps_what_was_typed(editor, areas, fields, sentence):
    send(editor, geo_files.shapefile())

    shown = editor.post(url("mapping"), mapping(decision_fixed="Drucksache 7", **fields))

    assert sentence.lower() in soup(shown).select_one(".help-critical").get_text(" ").lower()
    assert soup(shown).select_one("#id_decision_fixed")["value"] == "Drucksache 7"
    assert OutlineUpload.objects.get().mapping is None


def test_columns_win_and_the_value_for_all_fills_gaps(editor, areas):
    features = [
        {"type": "Feature", "properties": {"name": "Nord", "ab": "01.03.2026"}, "geometry": SQUARE},
        {"type": "Feature", "properties": {"name": "hoerde", "ab": None}, "geometry": WIDER},
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()

    shown = preview(editor, content, valid_from_field="ab", is_official="schematic", accuracy_m="50", name="a.geojson")
    confirm(editor, shown)

    stored = AreaGeometry.objects.order_by("valid_from").values_list(
        "area__title", "valid_from", "accuracy_m", "licence"
    )
    assert list(stored) == [
        ("Hörde", dt.date(2026, 2, 1), 50, "dl-zero-de/2.0"),
        ("Nord", dt.date(2026, 3, 1), 50, "dl-zero-de/2.0"),
    ]


def test_going_back_shows_what_was_chosen(editor, areas):
    preview(editor, geo_files.shapefile(), decided_on_fixed="15.01.2026", is_official="schematic", accuracy_m="30")

    back = soup(editor.get(url("mapping")))

    names = ("valid_from_fixed", "decided_on_fixed", "accuracy_m")
    assert [back.select_one(f"#id_{name}")["value"] for name in names] == ["01.02.2026", "15.01.2026", "30"]
    assert back.select_one("#id_area [selected]")["value"] == "name"


def with_points(points: bytes, properties: bytes = b"{}", kind: bytes = b"Polygon") -> bytes:
    geometry = b'{"type":"' + kind + b'","coordinates":[[' + points + b"]]}"
    return b'{"type":"Feature","properties":' + properties + b',"geometry":' + geometry + b"}"


SOME = b"[7.45,51.51],[7.46,51.5],[7.46,51.6],[7.45,51.51]"
IN_METRES = b'{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:25832"}},"features":['
HOSTILE = {
    "halves of characters": with_points(SOME, rb'{"a\ud800":"\udfff\u0000b"}', rb"Polygon\ud800"),
    "no numbers": with_points(b"[NaN,51.5],[Infinity,1e999],[7,51],[NaN,51.5]"),
    "beyond floats": with_points(b"[7.45," + b"9" * 400 + b"]," + SOME),
    "beyond the world": IN_METRES + with_points(b"[1e200,1e200],[1e200,1e201],[0,0],[1e200,1e200]") + b"]}",
    "mixed": with_points(b'[7.45,51.51],"x",null,[7.46],{"a":1},true'),
    "no coordinates": b'{"type":"Polygon"}',
    "a number": b'{"type":"Polygon","coordinates":7}',
    "features of nothing": b'{"type":"FeatureCollection","features":[null,1,"x",[],{"geometry":3,"properties":4}]}',
    "nested": with_points(b"[" * 600 + b"]" * 600),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_nonsense_in_geojson_is_answered_and_can_be_stored_anywhere(editor, areas, content):
    """NaN, infinity, NUL and halves of characters stand in no JSON column of PostgreSQL."""
    answers = [send(editor, content, "a.geojson")]
    if OutlineUpload.objects.exists():
        answers.append(editor.post(url("source"), {"layer": "0", "system": "4326", "code": ""}, follow=True))
        answers.append(editor.post(url("mapping"), mapping(area=""), follow=True))
        kept = OutlineUpload.objects.get()
        text = json.dumps([kept.layers, kept.features, kept.mapping], allow_nan=False, ensure_ascii=False)
        assert "\x00" not in text
        assert text.encode()

    assert {answer.status_code for answer in answers} == {200}
    assert AreaGeometry.objects.count() == 0

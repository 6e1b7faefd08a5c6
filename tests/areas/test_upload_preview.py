"""The preview of an upload: matches, differences, report, repair; and that confirming does what was seen, once."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from areas.models import AreaGeometry, AreaPage, OutlineUpload
from areas.uploads import importing, staging
from tests import factories
from tests.areas import geo_files
from tests.areas.test_history import WIDER
from tests.areas.test_outlines import BOW_TIE, polygon
from tests.areas.upload_support import choices, confirm, preview, soup, url, words
from tests.factories import SQUARE

pytestmark = pytest.mark.django_db
QUERIES = 12


def states(response) -> list[str]:
    return [each.get_text() for each in soup(response).select(".upload-row__state")]


def test_match_is_shown_and_can_be_changed(editor, areas):
    shown = preview(editor, geo_files.shapefile(name=["Sanierungsgebiet HOERDE"]))
    assert choices(shown)["area_1"] == str(areas[1].pk)

    again = editor.post(url("preview"), choices(shown) | {"area_1": str(areas[0].pk)}, follow=True)
    confirm(editor, again)

    assert [stored.area.title for stored in AreaGeometry.objects.all()] == ["Nord"]


def test_a_choice_that_was_not_looked_at_is_shown_before_it_counts(editor, areas):
    shown = preview(editor, geo_files.shapefile())

    again = confirm(editor, shown, area_1=str(areas[1].pk))

    assert "Seit dieser Vorschau hat sich etwas geändert" in again.content.decode()
    assert AreaGeometry.objects.count() == 0
    confirm(editor, again)
    assert [stored.area.title for stored in AreaGeometry.objects.all()] == ["Hörde"]


def test_somebody_elses_change_meanwhile_is_told_and_shown(editor, areas):
    shown = preview(editor, geo_files.shapefile())
    factories.AreaGeometryFactory(area=areas[0], valid_from=dt.date(2020, 1, 1), geojson=WIDER)

    again = confirm(editor, shown)

    assert "Seit dieser Vorschau hat sich etwas geändert" in again.content.decode()
    assert "231,70 ha" in words(again)
    assert AreaGeometry.objects.count() == 1
    confirm(editor, again)
    assert AreaGeometry.objects.count() == 2


def test_a_second_click_does_nothing_new(editor, areas):
    shown = preview(editor, geo_files.shapefile())
    confirm(editor, shown)

    again = confirm(editor, shown)

    assert "„gebiete.zip“ ist schon übernommen." in again.content.decode()
    assert AreaGeometry.objects.count() == 1


def test_a_second_click_at_the_same_moment_saves_nothing(editor, areas):
    preview(editor, geo_files.shapefile())
    upload = OutlineUpload.objects.get()
    plan = staging.plan_of(upload)

    saved = [
        importing.confirm(upload, plan.fingerprint, lambda: staging.plan_of(upload), upload.user) for _ in range(2)
    ]

    assert [len(each) for each in saved] == [1, 0]
    assert AreaGeometry.objects.count() == 1


def test_when_one_outline_cannot_be_saved_none_is(editor, areas):
    content = geo_files.geojson(SQUARE, name="Nord")
    preview(editor, content, "a.geojson")
    plan = staging.plan_of(OutlineUpload.objects.get())
    other = factories.AreaGeometryFactory.build(area=areas[1], valid_from=dt.date(2026, 2, 1))
    plan.rows.append(replace(plan.rows[0], geometry=other))
    factories.AreaGeometryFactory(area=areas[1], valid_from=dt.date(2026, 2, 1), geojson=WIDER)

    with pytest.raises(importing.Overtaken):
        importing.save_plan(plan, "a.geojson")

    assert [stored.area.title for stored in AreaGeometry.objects.all()] == ["Hörde"]


def test_the_same_file_again_changes_nothing(editor, areas):
    confirm(editor, preview(editor, geo_files.shapefile()))

    shown = preview(editor, geo_files.shapefile())

    assert states(shown) == ["unverändert"]
    assert "Es gibt nichts zu übernehmen." in words(shown)
    confirm(editor, shown)
    assert AreaGeometry.objects.count() == 1


def test_report_names_what_is_wrong_feature_by_feature_and_nothing_can_be_confirmed(editor, areas):
    line = {"type": "LineString", "coordinates": [[7.45, 51.51], [7.46, 51.52]]}
    point = {"type": "Point", "coordinates": [7.45, 51.51]}
    content = geo_files.geojson(SQUARE, WIDER, line, point, None, BOW_TIE, name="Nord")

    shown = preview(editor, content, "a.geojson")

    report = [item.get_text(" ", strip=True) for item in soup(shown).select("[aria-labelledby=bericht] li")]
    assert report == [
        "Objekt 2 „Nord“ : Für dieses Gebiet und den 1. Februar 2026 bringt die Datei zwei Umrisse mit. Gehören die "
        "Flächen zusammen, fassen Sie sie vorher zu einem Umriss zusammen.",
        "Objekt 3 „Nord“ : Das ist eine Linie, keine Fläche.",
        "Objekt 4 „Nord“ : Das ist ein Punkt, keine Fläche.",
        "Objekt 5 „Nord“ : Das Objekt hat keine Geometrie.",
        "Objekt 6 „Nord“ : Der Umriss überschneidet sich selbst bei 7,46000 Ost, 51,51500 Nord. "
        "Für dieses Gebiet und den 1. Februar 2026 bringt die Datei zwei Umrisse mit. Gehören die Flächen zusammen, "
        "fassen Sie sie vorher zu einem Umriss zusammen.",
    ]
    assert soup(shown).select("button[value=confirm]") == []
    confirm(editor, shown)
    assert AreaGeometry.objects.count() == 0


def test_what_is_wrong_can_be_left_out(editor, areas):
    shown = preview(editor, geo_files.geojson(SQUARE, None, name="Nord"), "a.geojson")

    again = editor.post(url("preview"), choices(shown) | {"area_2": "-"}, follow=True)

    assert states(again) == ["wird übernommen", "ausgelassen"]
    confirm(editor, again)
    assert AreaGeometry.objects.count() == 1


def test_repair_is_offered_with_its_size_and_done_only_on_request(editor, areas):
    shown = preview(editor, geo_files.geojson(BOW_TIE, name="Nord"), "a.geojson")
    assert "Umriss 1 bereinigen: Er bestünde danach aus 2 Teilen mit zusammen 77,23 ha." in words(shown)

    again = editor.post(url("preview"), choices(shown) | {"repair_1": "on"}, follow=True)
    assert "Er wird bereinigt übernommen." in words(again)
    confirm(editor, again)

    stored = AreaGeometry.objects.get()
    assert (stored.geojson["type"], round(stored.hectares, 2)) == ("MultiPolygon", 77.23)


def test_a_file_brings_a_whole_history_and_each_version_is_compared_with_the_one_before(editor, areas):
    features = [
        {"type": "Feature", "properties": {"name": "Nord", "ab": day}, "geometry": shape}
        for day, shape in (("2026-03-01", SQUARE), ("2026-02-01", WIDER))
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()

    shown = preview(editor, content, "a.geojson", valid_from_field="ab")

    sizes = [[cell.get_text() for cell in table.select("td")] for table in soup(shown).select(".upload-row__sizes")]
    assert sizes == [
        ["154,47 ha", "231,70 ha", "0,00 ha", "77,23 ha"],
        ["231,70 ha", "kein Umriss", "231,70 ha", "0,00 ha"],
    ]


@pytest.mark.parametrize(
    ("before", "fields", "sentence"),
    [
        (
            {"accuracy_m": None, "geojson": WIDER},
            {"is_official": "schematic", "accuracy_m": "9"},
            "Ersetzt einen amtlichen",
        ),
        ({"geojson": polygon((7.5, 51.5), (7.51, 51.5), (7.51, 51.51), (7.5, 51.5))}, {}, "Liegt ganz woanders"),
        ({"geojson": polygon((7.45, 51.51), (7.46, 51.51), (7.46, 51.52), (7.45, 51.51))}, {}, "Ist mehr als doppelt"),
        ({"geojson": WIDER}, {"valid_from_fixed": "01.02.2199"}, "Gilt erst ab 1. Februar 2199"),
        ({"geojson": WIDER, "valid_from": dt.date(2998, 1, 1)}, {}, "Gilt nur bis zum Tag vor dem 1. Januar 2998"),
    ],
)
def test_what_is_unusual_is_said_and_allowed(editor, areas, before, fields, sentence):
    factories.AreaGeometryFactory(area=areas[0], **before)

    shown = preview(editor, geo_files.shapefile(), **fields)

    assert sentence in words(shown)
    assert states(shown) == ["wird übernommen"]


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ({"valid_from": dt.date(2026, 2, 1), "geojson": WIDER}, "gibt es schon einen anderen Umriss"),
        (
            {"valid_from": dt.date(2027, 1, 1), "accuracy_m": None},
            "derselbe Umriss wie der, der ab 1. Januar 2027 gilt",
        ),
    ],
)
def test_what_contradicts_the_history_is_refused(editor, areas, stored, sentence):
    factories.AreaGeometryFactory(area=areas[0], **stored)

    shown = preview(editor, geo_files.shapefile())

    assert sentence in words(shown)
    assert states(shown) == ["Fehler"]


def test_preview_asks_the_database_the_same_for_one_and_three(editor, areas, django_assert_num_queries):
    factories.AreaPageFactory(title="Dritte", slug="dritte")
    for area in AreaPage.objects.all():
        factories.AreaGeometryFactory(area=area, geojson=WIDER)
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": SQUARE} for name in ("Nord", "Hörde", "Dritte")
    ]
    for count in (1, 3):
        preview(editor, json.dumps({"type": "FeatureCollection", "features": features[:count]}).encode(), "a.geojson")

        with django_assert_num_queries(QUERIES):
            editor.get(url("preview"))


@pytest.mark.parametrize("data", [{}, {"area_1": "quatsch"}, {"area_1": "-", "action": "confirm"}, {"seen": "\x00"}])
def test_nonsense_is_answered_and_changes_nothing(editor, areas, data):
    preview(editor, geo_files.shapefile())

    answer = editor.post(url("preview"), data, follow=True)

    assert answer.status_code == 200
    assert AreaGeometry.objects.count() == 0

"""An editor brings outlines in from a file: every step, back and forth, and what others may not."""

import datetime as dt
import json
from dataclasses import replace

import pytest
import shapely
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from areas.admin.upload_handler import LimitedUpload
from areas.models import AreaGeometry, AreaIndexPage, AreaPage, OutlineUpload
from areas.uploads import importing, staging
from areas.uploads.reading import Layer
from kataster.models import MapPage
from stadterneuerung.home.management.commands.worker import clean_up
from tests import factories
from tests.areas import geo_files
from tests.areas.test_history import WIDER
from tests.areas.test_outlines import BOW_TIE, polygon
from tests.factories import SQUARE

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/umrisse/"
OUTLINES = "wagtailsnippets_areas_areageometry:list"
BEFORE, DAY = dt.date(2026, 1, 31), dt.date(2026, 2, 1)
QUERIES = 12


def account(name: str, *permissions: str):
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "pw", first_name=name.title())
    codenames = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def areas(home_page):
    return [
        factories.AreaPageFactory(title="Nord", slug="nord"),
        factories.AreaPageFactory(title="Hörde", slug="hoerde"),
    ]


@pytest.fixture
def editor(client, areas):
    """The client of somebody who may add outlines."""
    client.force_login(account("erika", "add_areageometry", "view_areageometry"))
    return client


def staged(user) -> OutlineUpload:
    """An upload that has come as far as its preview."""
    features = json.loads(geo_files.geojson(SQUARE, name="Nord"))["features"]
    upload = staging.stage(user, "fremd.geojson", [Layer("a", "EPSG:4326", ["name"], features, [])])
    upload.mapping = {"area_field": "name", "fixed": {"valid_from": "2026-02-01", "source": "Amt"}}
    upload.save()
    return upload


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response) -> str:
    return soup(response).select_one("main, #main").get_text(" ", strip=True)


def send(client, content: bytes, name: str = "gebiete.zip", **fields):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content), "encoding": "", **fields}, follow=True)


def mapping(**fields) -> dict:
    return {
        "area": "name",
        "is_official": "official",
        "accuracy_m": "",
        "licence": "dl-zero-de/2.0",
        "valid_from_field": "",
        "valid_from_fixed": "01.02.2026",
        "source_field": "",
        "source_fixed": "Vermessungs- und Katasteramt",
        "decision_field": "",
        "decision_fixed": "",
        "decision_body_field": "",
        "decision_body_fixed": "",
        "decided_on_field": "",
        "decided_on_fixed": "",
        **fields,
    }


def url(step: str) -> str:
    return reverse(f"areas_upload_{step}", args=[OutlineUpload.objects.latest("pk").pk])


def choices(response) -> dict:
    """Return what the form of a preview would send as it stands."""
    form = soup(response).select_one("form[action$='vorschau/']")
    data = {field["name"]: field.get("value", "on") for field in form.select("input[type=hidden], input[checked]")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]")
        data[select["name"]] = chosen["value"] if chosen else ""
    return data


def preview(client, content: bytes, name: str = "gebiete.zip", **fields):
    """Upload and map a file; return the preview."""
    send(client, content, name)
    fields.setdefault("area", OutlineUpload.objects.latest("pk").chosen_layer["fields"][0])
    return client.post(url("mapping"), mapping(**fields), follow=True)


def confirm(client, shown, **changes):
    data = choices(shown) | {"action": "confirm"} | changes
    return client.post(url("preview"), data, follow=True)


def test_a_shapefile_in_metres_becomes_the_outline_that_map_and_page_show(editor, areas):
    factories.AreaGeometryFactory(area=areas[0], valid_from=dt.date(2020, 1, 1), geojson=WIDER)
    content = geo_files.shapefile(name=["Nord"])

    shown = preview(editor, content)
    confirm(editor, shown)

    new = AreaGeometry.objects.get(area=areas[0], valid_from=dt.date(2026, 2, 1))
    assert (round(new.hectares, 1), new.accuracy_m, new.source) == (154.5, None, "Vermessungs- und Katasteramt")
    page = editor.get("/gebiete/nord/").content.decode()
    assert "Amtlicher Umriss, 154,5" in page
    sizes = [row.get_text(" ", strip=True) for row in soup(shown).select(".upload-row__sizes tr")]
    assert sizes == [
        "neu 154,47 ha",
        "bisher, seit 1. Januar 2020 231,70 ha",
        "kommt hinzu 0,00 ha",
        "fällt weg 77,23 ha",
    ]


def test_the_new_outline_holds_from_its_day_on(editor, areas):
    factories.index_page(MapPage, "karte", "Karte")
    factories.AreaGeometryFactory(area=areas[0], valid_from=dt.date(2020, 1, 1), geojson=WIDER)

    confirm(editor, preview(editor, geo_files.shapefile()))

    on_day = {day: list(AreaGeometry.objects.in_force(day).values_list("source", flat=True)) for day in (BEFORE, DAY)}
    assert on_day == {BEFORE: ["Zeichnung"], DAY: ["Vermessungs- und Katasteramt"]}
    west = {}
    for day in (BEFORE, DAY):
        found = editor.get(f"/karte/daten/?zoom=18&am={day:%Y-%m-%d}").json()["features"]
        shapes = [feature["geometry"] for feature in found if feature["properties"]["name"] == "Nord"]
        west[day] = [min(point[0] for point in shape["coordinates"][0]) for shape in shapes]
    assert west == {BEFORE: [7.44], DAY: [7.45]}


def test_who_brought_which_file_stands_in_the_history(editor, areas):
    confirm(editor, preview(editor, geo_files.shapefile(), name="Kataster 2026.zip"))

    entry = ModelLogEntry.objects.get(action="areas.outline_from_file")
    assert (entry.user.username, entry.object_id) == ("erika", str(AreaGeometry.objects.get().pk))
    assert entry.message == "Aus der Datei „Kataster 2026.zip“ übernommen"


# --- Rights ---------------------------------------------------------------------------------------------------------
STEPS = ["source", "mapping", "preview", "discard"]


def test_only_who_may_add_outlines_gets_in_and_sees_the_buttons(client, areas):
    send_as = account("karl", "view_areageometry")
    upload = staged(account("erika", "add_areageometry"))
    client.force_login(send_as)

    answers = [client.get(UPLOAD), send(client, geo_files.shapefile())]
    answers += [client.post(reverse(f"areas_upload_{step}", args=[upload.pk])) for step in STEPS]

    assert [answer.status_code for answer in answers] == [302, 200] + [302] * 4
    assert all("/admin/" in answer.url for answer in answers if answer.status_code == 302)
    assert "umrisse/" not in client.get(reverse(OUTLINES)).content.decode()
    assert OutlineUpload.objects.count() == 1


def test_buttons_lead_there_from_the_list_and_from_the_index_of_areas(admin_client, areas):
    index = AreaIndexPage.objects.get()
    pages = [reverse(OUTLINES), reverse("wagtailadmin_explore", args=[index.pk])]

    found = [len(soup(admin_client.get(page)).select(f"a[href='{UPLOAD}']")) for page in pages]

    assert found == [1, 1]


def test_an_upload_is_its_owners_and_the_administrators(client, areas):
    upload = staged(account("erika", "add_areageometry"))
    answers = {}
    for user in (account("karl", "add_areageometry"), account("chefin", "add_areageometry", "delete_areageometry")):
        client.force_login(user)
        steps = [client.get(reverse(f"areas_upload_{step}", args=[upload.pk])).status_code for step in STEPS[:3]]
        listed = "fremd.geojson" in client.get(UPLOAD).content.decode()
        answers[user.username] = (steps, listed)

    assert answers == {"karl": ([404, 404, 404], False), "chefin": ([200, 200, 200], True)}


def test_uploads_vanish_after_seven_days(client, areas):
    owner = account("erika", "add_areageometry")
    old, young = staged(owner), staged(owner)
    OutlineUpload.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    OutlineUpload.objects.filter(pk=young.pk).update(created_at=timezone.now() - dt.timedelta(days=6, hours=23))
    client.force_login(owner)

    codes = [client.get(reverse("areas_upload_preview", args=[upload.pk])).status_code for upload in (old, young)]
    clean_up()

    assert codes == [404, 200]
    assert list(OutlineUpload.objects.all()) == [young]


def test_an_upload_can_be_thrown_away(editor):
    send(editor, geo_files.shapefile())

    answer = editor.post(url("discard"), follow=True)

    assert "„gebiete.zip“ ist verworfen." in answer.content.decode()
    assert OutlineUpload.objects.count() == 0


# --- File -----------------------------------------------------------------------------------------------------------
def test_a_file_that_cannot_be_read_is_refused_at_its_field(editor):
    answer = send(editor, b"x")

    assert "Datei: Dieses Format ist nicht bekannt." in words(answer)
    assert soup(answer).select_one(".w-field--error input[type=file]")
    assert OutlineUpload.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({}, "Bitte wählen Sie eine Datei."), ({"file": SimpleUploadedFile("a.zip", b"")}, "Die Datei ist leer.")],
)
def test_without_a_file_nothing_happens(editor, data, sentence):
    assert sentence in words(editor.post(UPLOAD, data))


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

    assert "Datei: Die Datei ist größer als 1 MB." in words(answer)
    assert Counting.kept == 0


def test_without_the_token_of_its_form_no_file_is_taken(areas):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("erika", "add_areageometry"))

    assert send(strict, geo_files.shapefile()).status_code == 403


# --- Layer and coordinates ------------------------------------------------------------------------------------------
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
        ({"system": "other", "code": ""}, "Dieses Koordinatensystem ist nicht bekannt."),
        ({"system": "other", "code": "x"}, "Bitte eine ganze Zahl eingeben."),
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


# --- Mapping --------------------------------------------------------------------------------------------------------
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
            "Gültig ab: Wert für alle: „gültig ab“ braucht eine Spalte oder einen Wert für alle.",
        ),
        ({"source_fixed": ""}, "„Quelle“ braucht eine Spalte oder einen Wert für alle."),
        ({"is_official": ""}, "Bitte sagen Sie, ob die Umrisse amtlich oder schematisch sind."),
        ({"is_official": "schematic"}, "um wie viele Meter ein Umriss falsch liegen kann."),
        ({"is_official": "schematic", "accuracy_m": "0"}, "größer oder gleich 1"),
        ({"valid_from_fixed": "31.02.2026"}, "gültiges Datum"),
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

    assert [back.select_one(f"#id_{name}")["value"] for name in ("valid_from_fixed", "decided_on_fixed", "accuracy_m")] == [
        "01.02.2026", "15.01.2026", "30",
    ]  # fmt: skip
    assert back.select_one("#id_area [selected]")["value"] == "name"


# --- Preview --------------------------------------------------------------------------------------------------------
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

    saved = [importing.confirm(upload, plan.fingerprint, lambda: staging.plan_of(upload)) for _ in range(2)]

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

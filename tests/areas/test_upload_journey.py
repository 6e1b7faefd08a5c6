"""An editor brings outlines in from a file; what others may not, and what becomes of uploads."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from areas.models import AreaGeometry, AreaIndexPage, OutlineUpload
from kataster.models import MapPage
from stadterneuerung.home.management.commands.worker import clean_up
from tests import factories
from tests.areas import geo_files
from tests.areas.test_history import WIDER
from tests.areas.upload_support import OUTLINES, UPLOAD, account, confirm, preview, send, soup, staged, url

pytestmark = pytest.mark.django_db
BEFORE, DAY = dt.date(2026, 1, 31), dt.date(2026, 2, 1)


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


STEPS = ["source", "mapping", "preview", "discard"]


def test_an_administrator_who_confirms_for_somebody_else_stands_in_the_history(client, areas):
    upload = staged(account("erika", "add_areageometry"))
    client.force_login(account("chefin", "add_areageometry", "view_areageometry", "delete_areageometry"))

    confirm(client, client.get(reverse("areas_upload_preview", args=[upload.pk])))

    assert ModelLogEntry.objects.get(action="areas.outline_from_file").user.username == "chefin"


def test_the_name_of_a_file_is_text_wherever_it_stands(editor, areas):
    name = "<img src=x onerror=alert(1)>.zip"

    shown = preview(editor, geo_files.shapefile(), name=name)
    done = confirm(editor, shown)
    history = editor.get(reverse("wagtailsnippets_areas_areageometry:history", args=[AreaGeometry.objects.get().pk]))

    for page in (shown, done, history):
        assert soup(page).select("img[src=x]") == []
        assert "onerror=alert(1)>.zip" in soup(page).get_text()


def test_only_who_may_add_outlines_gets_in_and_sees_the_buttons(client, areas):
    send_as = account("karl", "view_areageometry")
    upload = staged(account("erika", "add_areageometry"))
    client.force_login(send_as)

    answers = [client.get(UPLOAD), send(client, geo_files.shapefile())]
    answers += [client.post(reverse(f"areas_upload_{step}", args=[upload.pk])) for step in STEPS]

    # Wagtail answers a refusal with its start page and a message, and scripts with 403.
    assert [answer.status_code for answer in answers] == [302, 200] + [302] * 4
    assert client.get(UPLOAD, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
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

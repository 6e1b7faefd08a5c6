"""An editor brings outlines in from a file: every step, back and forth, and what others may not."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from areas.models import AreaGeometry, OutlineUpload
from areas.uploads import staging
from tests import factories
from tests.areas import geo_files
from tests.areas.test_history import WIDER
from tests.areas.test_outlines import BOW_TIE
from tests.factories import SQUARE

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/umrisse/"


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
    data = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden], input[checked]")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]")
        data[select["name"]] = chosen["value"] if chosen else ""
    return data


def preview(client, content: bytes, name: str = "gebiete.zip", **fields):
    """Upload and map a file; return the preview."""
    send(client, content, name)
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

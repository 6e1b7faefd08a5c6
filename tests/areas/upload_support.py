"""An editor and what they send, for the tests of uploads."""

import json

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from areas.models import OutlineUpload
from areas.uploads import staging
from areas.uploads.reading import Layer
from tests.areas import geo_files
from tests.factories import SQUARE

UPLOAD = "/admin/umrisse/"
OUTLINES = "wagtailsnippets_areas_areageometry:list"


def account(name: str, *permissions: str):
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "pw", first_name=name.title())
    codenames = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


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


def problems(response) -> dict[str, list[str]]:
    """Return the sentences of the summary by the id that each of them leads to."""
    found: dict[str, list[str]] = {}
    for link in soup(response).select(".help-critical a"):
        found.setdefault(link["href"].removeprefix("#"), []).append(link.get_text())
    return found


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

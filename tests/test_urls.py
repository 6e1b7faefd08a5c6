"""Addresses that machines ask for, files, and what happens where there is nothing."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError
from django.views.defaults import permission_denied
from PIL import Image
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from contacts.models import WorkerBeat
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import CustomDocument, CustomImage, SiteSettings
from stadterneuerung.home import views
from tests import factories

pytestmark = pytest.mark.django_db


# --- robots.txt, security.txt, healthz, favicon ----------------------------------------------------------------------
def test_preview_keeps_search_engines_out(client, settings):
    settings.SITE_PREVIEW = True

    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_launched_site_lets_them_in_and_names_the_sitemap(client, settings):
    settings.SITE_PREVIEW, settings.WAGTAILADMIN_BASE_URL = False, "https://www.example.org"

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /suche/",
        "",
        "Sitemap: https://www.example.org/sitemap.xml",
    ]


def test_security_txt_names_contact_and_an_expiry_within_a_year(client):
    facts = SiteSettings.load()
    facts.security_contact = "sicher@example.org"
    facts.save()

    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())

    expires = dt.datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").date()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:sicher@example.org"
    assert dt.timedelta(days=30) < expires - today() < dt.timedelta(days=365)


def test_healthz_is_well_with_its_database(client, django_assert_num_queries):
    WorkerBeat.beat()

    with django_assert_num_queries(2):
        response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": True,
        "oldest_mail_seconds": 0,
        "stuck_mails": 0,
        "failed_mails": 0,
        "worker_silent_seconds": 0,
    }
    assert "no-store" in response["Cache-Control"]


def test_healthz_is_degraded_but_serves_while_no_worker_runs(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["worker_silent_seconds"] is None


@pytest.mark.parametrize("problem", [OperationalError, InterfaceError])
def test_healthz_is_unwell_without_its_database(client, monkeypatch, problem):
    def fail():
        raise problem("gone")

    monkeypatch.setattr(views, "delivery_health", fail)

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": "failed", "database": False})


def test_favicon_leads_to_the_drawing(client):
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.svg"


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/healthz", "/.well-known/security.txt", "/favicon.ico", "/sitemap.xml"]
)
def test_machines_get_no_cookie_and_cannot_post(client, home_page, path):
    assert not client.get(path).cookies
    assert client.post(path).status_code in {200, 405}


# --- sitemap ---------------------------------------------------------------------------------------------------------
def test_sitemap_lists_what_search_engines_may_show(client):
    shown = factories.NewsPageFactory()
    draft = factories.NewsPageFactory(live=False)
    example = factories.NewsPageFactory(is_example=True)
    expired = factories.VacancyPageFactory(deadline=today() - dt.timedelta(days=1))
    restricted = factories.NewsPageFactory()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)

    xml = client.get("/sitemap.xml").content.decode()

    assert f"<loc>{shown.full_url}</loc>" in xml
    for hidden in (draft, example, expired, restricted):
        assert f"{hidden.slug}/</loc>" not in xml


# --- images and documents --------------------------------------------------------------------------------------------
# Wagtail leaves the temporary file of a new rendition to the garbage collector.
leaves_files_open = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def files(settings, tmp_path):
    """Keep files in a folder, as in production: only there do they have a path."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


@pytest.fixture
def image(files) -> CustomImage:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(file, "JPEG")
    file.seek(0)
    return CustomImage.objects.create(
        title="Platz", file=ImageFile(file, "platz.jpg"), description="Ein Platz", credit="Stadt", licence="alle Rechte"
    )


@leaves_files_open
def test_rendition_is_served_for_long_and_not_sniffed(client, image):
    rendition = image.get_rendition("fill-16x16|format-webp")

    response = client.get(rendition.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == (16, 16)


@leaves_files_open
def test_rendition_is_left_to_the_web_server_where_there_is_one(client, image, settings):
    settings.SERVE_MEDIA = False

    assert client.get(image.get_rendition("fill-16x16").url).status_code == 404


def test_originals_cannot_be_reached(client, image):
    assert default_storage.exists(image.file.name)
    assert client.get(f"/media/{image.file.name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["../original_images/platz.jpg", "..%2Foriginal_images%2Fplatz.jpg", "nie.webp", "seite.html", "x.svg", ""]
)
def test_nothing_else_is_served_as_an_image(client, home_page, image, name):
    assert client.get(f"/media/images/{name}").status_code == 404


@pytest.fixture
def document(files) -> CustomDocument:
    document = CustomDocument(title="Bericht")
    document.file.save("bericht.pdf", ContentFile(b"%PDF-1.7 "))
    return document


def test_document_is_served_by_its_view_alone(client, document):
    response = client.get(document.url)

    assert document.url.startswith("/dokumente/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert b"".join(response.streaming_content) == b"%PDF-1.7 "
    assert client.get(f"/media/{document.file.name}").status_code == 404
    response.close()


def test_document_of_a_private_collection_asks_for_sign_in(client, document):
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )

    response = client.get(document.url)

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


# --- share images ----------------------------------------------------------------------------------------------------
@pytest.fixture
def drawn(monkeypatch) -> list[tuple]:
    """Stand in for the drawing, which takes long, and note what was drawn."""
    calls = []

    def draw(title, kicker, outlines):
        calls.append((title, kicker, list(outlines)))
        return b"PNG"

    monkeypatch.setattr("stadterneuerung.home.share.draw_share_image", draw)
    return calls


def share_path(page) -> str:
    return "/" + page.share_image_url.split("/", 3)[3]


def test_share_image_is_drawn_once(client, drawn):
    area = factories.AreaPageFactory(title="Nordstadt")
    factories.AreaGeometryFactory(area=area)

    responses = [client.get(share_path(area)) for _ in range(2)]

    assert drawn == [("Nordstadt", "Stadtumbaugebiet", [factories.SQUARE])]
    assert [b"".join(response.streaming_content) for response in responses] == [b"PNG", b"PNG"]
    assert responses[0]["Content-Type"] == "image/png"
    assert "immutable" in responses[0]["Cache-Control"]


def test_changed_title_has_a_new_address_and_the_old_one_leads_there(client, drawn):
    page = factories.NewsPageFactory(title="Alt")
    old = share_path(page)
    page.title = "Neu"
    page.save()

    response = client.get(old)

    assert (response.status_code, response["Location"]) == (302, share_path(page))


def test_share_image_of_a_hidden_page_is_not_drawn(client, drawn):
    page = factories.NewsPageFactory(live=False)

    assert client.get(share_path(page)).status_code == 404
    assert drawn == []


def test_page_names_its_share_image(client):
    page = factories.NewsPageFactory()

    assert f'<meta property="og:image" content="{page.share_image_url}">' in client.get(page.url).content.decode()


# --- nothing there ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path", ["/gibt-es-nicht/", "/gibt/es/nicht.pdf", "/termine/nie/termin.ics", "/media/x.jpg", "/teilen/1-x.png"]
)
def test_unknown_address_is_answered_in_german(client, home_page, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "<h1>Diese Seite gibt es nicht</h1>" in response.content.decode()
    assert not response.cookies


def test_refusal_is_said_in_german(rf, home_page):
    response = permission_denied(rf.get("/intern/"), PermissionDenied())

    assert response.status_code == 403
    assert "Dazu haben Sie keinen Zugang" in response.content.decode()


def test_english_address_of_nothing_does_not_break(client, home_page):
    assert client.get("/en/nothing/").status_code == 404

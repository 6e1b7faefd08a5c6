"""What every response carries, and what malformed requests get."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from stadterneuerung.base.models import Tombstone
from tests.factories import NewsPageFactory, StandardPageFactory


@pytest.fixture
def page(home_page):
    return StandardPageFactory(title="Konzepte", slug="konzepte")


def test_public_page_forbids_inline_code(client, page):
    response = client.get("/konzepte/")

    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


def test_admin_may_run_the_scripts_of_its_widgets(client, page):
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@example.org", "geheim"))

    response = client.get(reverse("wagtailadmin_home"))

    assert "script-src 'self' 'unsafe-inline'" in response.headers["Content-Security-Policy"]


def test_sign_in_page_is_as_strict_as_the_public_site(client, db):
    response = client.get(reverse("wagtailadmin_login"))

    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_headers_and_no_cookie(client, page):
    response = client.get("/konzepte/")

    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.cookies == {}


def test_nul_in_address_is_a_bad_request(client, page):
    assert client.get("/konzepte/%00").status_code == 400
    assert client.get("/suche/?q=%00").status_code == 400


def test_deleted_page_says_so_and_where_to_go(client, home_page):
    news = NewsPageFactory(title="Baustart", slug="baustart")
    news.delete()

    response = client.get("/aktuelles/baustart/")

    assert response.status_code == 410
    assert "Baustart" in response.content.decode()
    assert 'href="/aktuelles/"' in response.content.decode()


def test_deleted_branch_leaves_a_tombstone_for_each_page(client, home_page):
    news = NewsPageFactory(slug="baustart")
    news.get_parent().delete()

    assert set(Tombstone.objects.values_list("path", flat=True)) == {"/aktuelles/", "/aktuelles/baustart/"}
    assert client.get("/aktuelles/baustart/").status_code == 410


@pytest.mark.parametrize("kept", [{"live": False}, {"is_example": True}])
def test_drafts_and_examples_leave_nothing(client, home_page, kept):
    NewsPageFactory(slug="entwurf", **kept).delete()

    assert client.get("/aktuelles/entwurf/").status_code == 404


def test_page_published_again_ends_its_tombstone(client, home_page):
    NewsPageFactory(slug="baustart").delete()
    again = NewsPageFactory(slug="baustart")
    again.save_revision().publish()

    assert client.get("/aktuelles/baustart/").status_code == 200
    assert Tombstone.objects.count() == 0


def test_moved_page_redirects(client, home_page, django_capture_on_commit_callbacks):
    page = StandardPageFactory(slug="alt")
    page.slug = "neu"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    response = client.get("/alt/")

    assert response.status_code in {301, 302}
    assert response.headers["Location"] == "/neu/"

"""From an address to its page: the same answers as Wagtail's, in fewer queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Site

from stadterneuerung.home.models import HomePage
from tests import factories
from tests.pages import restrict

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/eltern/", 200),
        ("/eltern/kind/", 200),
        ("/eltern/entwurf/", 404),
        ("/eltern/fehlt/", 404),
        ("/fehlt/kind/", 404),
        ("/kind/", 404),
        ("/" + "a/" * 200, 404),
    ],
)
def test_addresses(client, home_page, address, status):
    parent = factories.StandardPageFactory(slug="eltern")
    factories.StandardPageFactory(slug="kind", parent=parent)
    factories.StandardPageFactory(slug="entwurf", parent=parent, live=False)

    assert client.get(address).status_code == status


def test_the_way_the_menu_and_the_languages_come_with_the_page(client, home_page):
    parent = factories.StandardPageFactory(title="Eltern", slug="eltern", show_in_menus=True)
    factories.StandardPageFactory(title="Kind", slug="kind", parent=parent, show_in_menus=True)
    factories.StandardPageFactory(title="Entwurf", live=False, show_in_menus=True)

    frame = client.get("/eltern/kind/").wsgi_request.page_frame

    assert [page.title for page in frame.way] == ["Start", "Eltern", "Kind"]
    assert [page.title for page in frame.menu] == ["Eltern"]
    assert [page.title for page in frame.languages] == ["Kind"]


def test_depth_of_a_page_does_not_change_its_cost(client, home_page):
    page = factories.StandardPageFactory(slug="a")
    deep = factories.StandardPageFactory(slug="c", parent=factories.StandardPageFactory(slug="b", parent=page))
    costs = []
    for address in (page.url, deep.url):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_restriction_of_an_ancestor_holds(client, home_page):
    parent = factories.StandardPageFactory(slug="intern")
    factories.StandardPageFactory(slug="kind", parent=parent)
    restrict(parent)

    assert client.get("/intern/kind/").status_code == 302


def test_restriction_of_an_aliased_page_holds_for_the_alias(client, home_page):
    source = factories.StandardPageFactory(slug="quelle")
    restrict(source)
    source.create_alias(parent=home_page, update_slug="zweit")

    assert client.get("/zweit/").status_code == 302


def test_a_translated_tree_is_found_by_its_path(client, home_page):
    english = Locale.objects.create(language_code="en")
    home = home_page.copy_for_translation(english)
    home.title = "Home"
    home.save_revision().publish()
    Site.clear_site_root_paths_cache()

    response = client.get("/en/")

    assert HomePage.objects.get(locale=english).title == "Home"
    assert response.context["page"].title == "Home"
    assert 'hreflang="de"' in response.content.decode()


def test_without_a_site_there_is_no_page(client, home_page):
    Site.objects.all().delete()

    assert client.get("/").status_code == 404

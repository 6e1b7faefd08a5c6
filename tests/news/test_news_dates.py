"""News whose day no source names: nobody, neither reader nor machine, is told one."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def of_december(home_page):
    area = factories.AreaPageFactory(slug="hoerde")
    return factories.NewsPageFactory(date=dt.date(2025, 12, 31), date_precision="month", areas=[area])


@pytest.mark.parametrize("path", ["/aktuelles/", "/gebiete/hoerde/", "/aktuelles/im-dezember/"])
def test_no_day_is_invented(client, of_december, path):
    of_december.slug = "im-dezember"
    of_december.save()

    html = client.get(path).content.decode()

    assert "Dezember 2025" in html
    assert ("31. Dezember 2025" in html, "2025-12-31" in html) == (False, False)


def test_picture_of_a_month_shows_no_leaf_of_a_calendar(client):
    factories.NewsPageFactory(date=dt.date(2025, 12, 31), date_precision="month")

    html = client.get("/aktuelles/").content.decode()

    assert '<p class="picture__words">Dezember 2025</p>' in html
    assert "date-tile" not in html


@pytest.mark.parametrize(
    ("precision", "published"), [("day", "2025-12-31"), ("month", None), ("season", None), ("year", None)]
)
def test_machines_read_a_day_only_where_one_is_known(client, precision, published):
    page = factories.NewsPageFactory(date=dt.date(2025, 12, 31), date_precision=precision)

    [data] = page.structured_data()
    [rss] = ET.fromstring(client.get("/aktuelles/rss/").content).findall("./channel/item")  # noqa: S314 - our own feed
    [atom] = ET.fromstring(client.get("/aktuelles/atom/").content).findall(f"{ATOM}entry")  # noqa: S314 - our own feed

    assert data.get("datePublished") == published
    assert (rss.find("pubDate") is not None) == bool(published)
    assert (atom.find(f"{ATOM}published") is not None) == bool(published)
    assert atom.find(f"{ATOM}updated") is not None

"""Fixtures: the page of the address check; a tile service on the loopback address and a background that uses it."""

import pytest

from kataster import tile_store, tiles
from kataster.models import AddressCheckPage, MapBackground
from projects.models import FundingIndexPage
from tests import factories
from tests.kataster.tile_support import TileService, running


@pytest.fixture
def check_page(home_page):
    index = factories.index_page(FundingIndexPage, "foerderung", "Förderung")
    return index.add_child(
        instance=AddressCheckPage(
            title="Liegt mein Haus in einem Fördergebiet?", slug="adresse-pruefen", teaser="Frage"
        )
    )


@pytest.fixture
def tile_settings(settings, tmp_path, monkeypatch):
    """Own folder, nothing remembered from other tests."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(tile_store, "_written", tile_store._Written())
    tiles.pauses.clear()
    return settings


@pytest.fixture
def impatient(tile_settings) -> None:
    """Short times, for services that hang."""
    tile_settings.MAP_TILES = tile_settings.MAP_TILES | {"timeout_seconds": 0.3, "deadline_seconds": 0.6}


@pytest.fixture
def service(tile_settings):
    """A tile service that the settings allow."""
    service = TileService()
    tile_settings.MAP_TILE_HOSTS = [f"http://127.0.0.1:{service.port}"]
    tile_settings.MAP_TILE_LOCAL_HOSTS = [f"127.0.0.1:{service.port}"]
    with running(service.server):
        yield service


@pytest.fixture
def background(db, service) -> MapBackground:
    """The active background, drawn by `service`."""
    return MapBackground.objects.create(
        name="Stadtplan", kind="xyz", url=service.url, attribution="© Stadt", is_active=True
    )

"""Who uploads outlines, and to what areas."""

import pytest

from tests import factories
from tests.areas.upload_support import account


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

"""Pages that the roof's tests need beside the start page."""

import pytest

from stadterneuerung.home.models import SearchPage
from tests.factories import index_page


@pytest.fixture
def search_page(home_page):
    return index_page(SearchPage, "suche", "Suche")

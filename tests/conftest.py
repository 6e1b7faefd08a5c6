"""Fixtures of the whole suite."""

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories import start_page

pytest_plugins = ["tests.browser_support"]


@pytest.fixture(autouse=True)
def _clean_slate():
    """No test sees what another one cached, nor the language of another one's last request."""
    cache.clear()
    translation.deactivate()


@pytest.fixture
def home_page(db):
    """The start page of the default site."""
    return start_page()

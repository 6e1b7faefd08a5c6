"""Fixtures of the whole suite."""

import pytest
from django.core.cache import cache

from tests.factories import start_page

pytest_plugins = ["tests.browser_support", "tests.content_support"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test sees what another one cached."""
    cache.clear()


@pytest.fixture
def home_page(db):
    """The start page of the default site."""
    return start_page()

"""Fixtures of the whole suite."""

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories import start_page
from tests.shared_rows import undone_afterwards

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


@pytest.fixture(scope="module")
def rows_of_module(django_db_setup, django_db_blocker):
    """For fixtures of scope "module": the rows that they make are there for each test of the file.

    What a test changes in them is undone behind the test. Objects in memory are not: let such a fixture return keys,
    and fetch afresh. Such a fixture is an argument, for within a test (getfixturevalue) its rows would be the test's
    own. Not for transactional tests.
    """
    with undone_afterwards(django_db_blocker):
        yield

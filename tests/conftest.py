"""Fixtures of the whole suite."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import timezone, translation
from hypothesis import settings as hypothesis_settings

from tests.factories import start_page
from tests.shared_rows import undone_afterwards

pytest_plugins = ["tests.browser_support"]

# No test fails because a machine is slow.
hypothesis_settings.register_profile("patient", hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("patient")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what asks no database: on a second kind of database it would only do the same again."""
    for item in items:
        if not item.get_closest_marker("django_db") and "django_db_setup" not in item.fixturenames:
            item.add_marker("without_database")


@pytest.fixture(autouse=True)
def _clean_slate():
    """No test sees what another one cached, nor the language of another one's last request."""
    cache.clear()
    translation.deactivate()


@pytest.fixture
def clock(monkeypatch):
    """Time that stands still until it is moved."""
    state = SimpleNamespace(now=timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: state.now)
    state.move = lambda **span: setattr(state, "now", state.now + dt.timedelta(**span))
    return state


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

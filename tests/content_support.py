"""The demo content of fixtures/ in the test database, for the few modules that look at it.

Loaded by tests/conftest.py as a plugin. It is loaded once for a module, inside a transaction that is undone behind it,
so no other module ever sees it.
"""

import pytest
from django.conf import settings
from django.db import transaction

FIXTURES = settings.ROOT / "fixtures"


@pytest.fixture(scope="module")
def demo_content(django_db_setup, django_db_blocker):
    """All rows of fixtures/ loaded; gives the Loader with its outcomes."""
    from wagtail.models import Site

    from stadterneuerung.home.content.loader import Loader

    with django_db_blocker.unblock(), transaction.atomic():
        loader = Loader(FIXTURES)
        loader.load()
        Site.clear_site_root_paths_cache()
        yield loader
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()

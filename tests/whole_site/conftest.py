"""The demo content of fixtures/ in the test database.

Loading it takes as long as hundreds of tests, so each process of the tests loads it once, inside a transaction that is
undone behind this folder: no other test ever sees it.
"""

import pytest
from django.db import transaction

from tools.paths import FIXTURES


@pytest.fixture(scope="package")
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

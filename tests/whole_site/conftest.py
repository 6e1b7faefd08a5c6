"""The demo content of fixtures/ in the test database.

Loading it takes as long as hundreds of tests, so each process of the tests loads it once, inside a transaction that is
undone behind this folder: no other test ever sees it.
"""

import pytest

from tests.shared_rows import undone_afterwards
from tools.paths import FIXTURES


@pytest.fixture(scope="package")
def demo_content(django_db_setup, django_db_blocker):
    """All rows of fixtures/ loaded; gives the Loader with its outcomes."""
    from stadterneuerung.home.content.loader import Loader

    with undone_afterwards(django_db_blocker):
        loader = Loader(FIXTURES)
        loader.load()
        yield loader

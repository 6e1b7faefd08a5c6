"""Rows that stay for several tests: for a file (the fixture rows_of_module) or a folder."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from wagtail.models import Site


@contextmanager
def undone_afterwards(django_db_blocker) -> Iterator[None]:
    """Whatever is stored within is there for all tests until the end, and then never was."""
    with django_db_blocker.unblock(), transaction.atomic():
        Site.clear_site_root_paths_cache()
        yield
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()

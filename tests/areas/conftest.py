"""Who uploads outlines, and to what areas."""

import pytest

from areas.models import AreaPage
from areas.uploads import reading
from tests import factories
from tests.areas.upload_support import account


@pytest.fixture(scope="module")
def _two_areas(rows_of_module) -> None:
    factories.AreaPageFactory(title="Nord", slug="nord")
    factories.AreaPageFactory(title="Hörde", slug="hoerde")


@pytest.fixture
def areas(_two_areas, db) -> list[AreaPage]:
    """Nord and Hörde."""
    return list(AreaPage.objects.order_by("path"))


_answers: dict[tuple[bytes, str], bytes] = {}


@pytest.fixture
def each_file_read_once(monkeypatch):
    """For tests of what comes after the reading: the same bytes go to the child only once."""
    ask = reading._ask_child

    def ask_once(path, encoding):
        file = (path.read_bytes(), encoding)
        if file not in _answers:
            _answers[file] = ask(path, encoding)
        return _answers[file]

    monkeypatch.setattr(reading, "_ask_child", ask_once)


@pytest.fixture
def editor(client, areas, each_file_read_once):
    """The client of somebody who may add outlines."""
    client.force_login(account("erika", "add_areageometry", "view_areageometry"))
    return client

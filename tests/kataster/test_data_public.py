"""The files of the open data hold what is public and nothing else."""

import pytest
from wagtail.models import Locale

from areas.models import AreaPage, StudyPage
from news.models import EventPage
from projects.models import FundingOfferPage, ProjectPage
from tests.factories import start_page
from tests.kataster.data_support import FILES, body_of, csv_rows, data_page, json_rows, one_of_each
from tests.pages import restrict

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def public_and_other_rows(rows_of_module) -> None:
    """Number 1 is public; 2 is a draft, 3 an example, 4 for those who sign in; and of 1 there is a translation."""
    data_page()
    one_of_each(1)
    one_of_each(2, live=False)
    one_of_each(3, is_example=True)
    one_of_each(4)
    english = Locale.objects.create(language_code="en")
    start_page().copy_for_translation(english)
    for model in (AreaPage, ProjectPage, FundingOfferPage, EventPage, StudyPage):
        restrict(model.objects.get(title__endswith=" 4"))
        original = model.objects.get(title__endswith=" 1")
        original.get_parent().copy_for_translation(english)
        original.copy_for_translation(english).save_revision().publish()


@pytest.mark.parametrize("name", FILES)
def test_every_file_holds_what_is_public_and_nothing_else(client, public_and_other_rows, name):
    found = body_of(client, name).decode()

    rows = csv_rows(client, name.partition(".")[0]) if name.endswith(".csv") else json_rows(client, name)
    assert [row["title"][-1] for row in rows] == ["1"]
    assert not [number for number in "234" if f"Gebiet {number}" in found or f"Projekt {number}" in found]

"""The files of fixtures/ make a site that may be published; loading them twice changes nothing."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from projects.models import FundingOfferPage
from stadterneuerung.base.open_items import launch_blockers
from stadterneuerung.home.content.examples import example_pages
from stadterneuerung.home.content.loader import CREATED, UNCHANGED, Loader
from tools.paths import FIXTURES

pytestmark = pytest.mark.django_db


def test_all_content_is_live_valid_and_ready_to_be_published(demo_content):
    assert set(demo_content.outcomes.values()) == {CREATED}
    pages = [page for page in Page.objects.filter(depth__gt=1).specific() if hasattr(page, "publication_errors")]
    assert len(pages) == sum(key.startswith("page:") for key in demo_content.outcomes)

    for page in pages:
        page.full_clean()
        assert page.live, page
        assert page.publication_errors() == {}, page


def test_all_content_loads_twice_without_a_change(demo_content):
    again = Loader(FIXTURES)
    again.load()

    assert set(again.outcomes.values()) == {UNCHANGED}


def test_examples_block_the_launch_until_they_are_removed_for_good(demo_content):
    titles = {page.title for page in example_pages()}
    assert len(titles) >= 5
    assert titles <= {item.subject for item in launch_blockers()}
    real = FundingOfferPage.objects.count()

    call_command("remove_examples", verbosity=0)
    Loader(FIXTURES).load()

    assert example_pages() == []
    assert FundingOfferPage.objects.count() == real
    assert not titles & {item.subject for item in launch_blockers()}

"""Data of a translated site: outlines belong to the source page and hold for its translations."""

import pytest
from wagtail.models import Locale

from kataster.opendata.rows import all_outlines, areas_in_force
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_translated_area_brings_the_history_of_its_outline(home_page):
    area = factories.AreaPageFactory(title="Nordstadt")
    outline = factories.AreaGeometryFactory(area=area)
    factories.AreaGeometryFactory(area=factories.AreaPageFactory(title="Nur auf Deutsch"))
    english = Locale.objects.create(language_code="en")
    for page in (home_page, area.get_parent().specific, area):
        page.copy_for_translation(english).save_revision().publish()

    assert areas_in_force(english.pk).count() == 1
    assert list(all_outlines(english.pk)) == [outline]

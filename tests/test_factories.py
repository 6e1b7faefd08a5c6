"""The factories make pages that may be published: what they build is what the rules allow."""

import pytest

from tests import factories

PAGES = [
    factories.StandardPageFactory,
    factories.OfficePageFactory,
    factories.UnitPageFactory,
    factories.AreaPageFactory,
    factories.StudyPageFactory,
    factories.ProjectPageFactory,
    factories.FundingOfferPageFactory,
    factories.ParticipationPageFactory,
    factories.NewsPageFactory,
    factories.EventSeriesPageFactory,
    factories.EventPageFactory,
    factories.VacancyPageFactory,
]


@pytest.mark.django_db
@pytest.mark.parametrize("page_factory", PAGES, ids=lambda page_factory: page_factory._meta.model.__name__)
def test_factory_makes_a_live_page_that_breaks_no_rule(page_factory):
    page = page_factory()

    page.full_clean()

    assert page.live
    assert page.publication_errors() == {}

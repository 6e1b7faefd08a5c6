"""Whoever may see a draft sees it, with what the draft says: in the preview and by "Entwurf ansehen"."""

import datetime as dt

import pytest
from django.urls import reverse

from stadterneuerung.base.dates import today
from tests import factories
from tests.html import read

pytestmark = pytest.mark.django_db

KINDS = [
    factories.AreaPageFactory,
    factories.StudyPageFactory,
    factories.ProjectPageFactory,
    factories.FundingOfferPageFactory,
    factories.ParticipationPageFactory,
    factories.NewsPageFactory,
    factories.EventPageFactory,
    factories.VacancyPageFactory,
]


def draft(admin_client, page, **changes) -> str:
    """Return what an editor reads in the draft of `page` with these fields changed."""
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision()
    response = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    return read(response).text


@pytest.mark.parametrize("factory", KINDS, ids=lambda factory: factory._meta.model.__name__)
def test_draft_of_every_kind_is_shown_with_its_relations(admin_client, home_page, factory):
    page = factory()
    if hasattr(page, "areas"):
        page.areas = [factories.AreaPageFactory(title="Gebiet im Entwurf")]

    text = draft(admin_client, page, title="Neuer Titel", city_wide=False)

    assert "Neuer Titel" in text
    assert ("Gebiet im Entwurf" in text) == hasattr(page, "areas")


def test_draft_of_an_offer_shows_the_state_of_the_draft(admin_client, home_page):
    offer = factories.FundingOfferPageFactory(confirmed_on=today())

    assert "Geschlossen seit 1. Januar 2026." in draft(admin_client, offer, closed_on=dt.date(2026, 1, 1))


def test_draft_of_a_project_shows_the_state_of_the_draft(admin_client, home_page):
    project = factories.ProjectPageFactory(start_on=dt.date(2999, 1, 1))

    assert "abgeschlossen" in draft(admin_client, project, start_on=None, end_on=dt.date(2020, 1, 1))

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
    related = {"projects": factories.ProjectPageFactory, "areas": factories.AreaPageFactory}
    for name, make in related.items():
        field = next((field for field in page._meta.many_to_many if field.name == name), None)
        if field is not None:
            setattr(page, name, [make(title=f"Bezug {name}")])

    text = draft(admin_client, page, title="Neuer Titel")

    assert "Neuer Titel" in text
    # News and events prefer the picture of their subject; whatever the page shows of its relations is in the draft too.
    assert ("Bezug areas" in text) == hasattr(page, "areas") or page._meta.app_label == "projects"


def test_draft_of_an_offer_shows_the_state_of_the_draft(admin_client, home_page):
    offer = factories.FundingOfferPageFactory(confirmed_on=today())

    assert "Geschlossen seit 1. Januar 2026." in draft(admin_client, offer, closed_on=dt.date(2026, 1, 1))


def test_draft_of_a_project_shows_the_state_of_the_draft(admin_client, home_page):
    project = factories.ProjectPageFactory(start_on=dt.date(2999, 1, 1))

    assert "abgeschlossen" in draft(admin_client, project, start_on=None, end_on=dt.date(2020, 1, 1))

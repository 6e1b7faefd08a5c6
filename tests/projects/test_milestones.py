"""A date that was published is changed with a reason, and what was said before stays readable."""

import datetime as dt

import pytest

from projects.models import ProjectPage
from projects.models.milestones import Milestone
from stadterneuerung.base.publication import PublicationError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(home_page):
    page = factories.ProjectPageFactory()
    page.milestones = [Milestone(title="Baubeginn", date=dt.date(2026, 1, 1))]
    page.save_revision().publish()
    return page


def move(project, date: dt.date, reason: str = "") -> None:
    page = project.get_latest_revision_as_object()
    step = page.milestones.get()
    step.date = date
    if reason:
        step.change_reason = reason
    page.milestones = [step]
    page.save_revision().publish()


def reasons() -> list[str]:
    return [entry["reason"] for entry in ProjectPage.objects.get().milestones.get().history]


def test_a_second_change_needs_a_reason_of_its_own(project):
    move(project, dt.date(2027, 1, 1), "Kampfmittel gefunden")

    with pytest.raises(PublicationError, match="Bitte nennen Sie den Grund"):
        move(project, dt.date(2028, 1, 1))
    move(project, dt.date(2028, 1, 1), "Firma insolvent")

    assert reasons() == ["Kampfmittel gefunden", "Firma insolvent"]


def test_history_survives_taking_the_page_down_and_publishing_it_again(project):
    move(project, dt.date(2027, 1, 1), "Kampfmittel gefunden")
    stored = ProjectPage.objects.get()

    stored.unpublish()
    stored.get_latest_revision().publish()

    assert reasons() == ["Kampfmittel gefunden"]

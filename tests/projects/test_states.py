"""A page in memory is in the state that the database says of the same page stored."""

import datetime as dt
import itertools

import pytest

from projects.models import FundingOfferPage, ParticipationPage, ProjectPage
from projects.states import offer_state, participation_state, project_state
from stadterneuerung.base.dates import today
from tests import factories

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def days() -> list[dt.date | None]:
    return [None, today() - 400 * DAY, today() - DAY, today(), today() + DAY]


def fields_of_projects():
    for start, end in itertools.product(days(), days()):
        if start and end and end < start:
            continue
        for tentative in itertools.product([False, True], repeat=2):
            yield {
                "start_on": start, "end_on": end, "start_tentative": tentative[0], "end_tentative": tentative[1],
            }  # fmt: skip
    yield {"status_by_hand": "handed_over", "start_on": None, "end_on": today() - DAY}


def fields_of_offers():
    for closed, until, source, confirmed in itertools.product(days(), days(), ["", "Amtsblatt"], days()):
        yield {"closed_on": closed, "runs_until": until, "runs_until_source": source, "confirmed_on": confirmed}


def fields_of_participations():
    for start, end, result in itertools.product(days(), days(), ["", "<p>Ergebnis</p>"]):
        if start is not None and (end is None or end >= start):
            yield {"starts_on": start, "ends_on": end, "result": result}


@pytest.mark.parametrize(
    ("factory", "cases", "query", "decide"),
    [
        (factories.ProjectPageFactory, fields_of_projects, ProjectPage.objects.with_status, project_state),
        (factories.FundingOfferPageFactory, fields_of_offers, FundingOfferPage.objects.with_state, offer_state),
        (
            factories.ParticipationPageFactory,
            fields_of_participations,
            ParticipationPage.objects.with_state,
            participation_state,
        ),
    ],
    ids=["project", "offer", "participation"],
)
def test_state_in_memory_is_that_of_the_query(home_page, factory, cases, query, decide):
    page = factory()
    model = type(page)

    for fields in cases():
        model.objects.filter(pk=page.pk).update(**fields)
        stored = query().get(pk=page.pk)
        annotated = getattr(stored, "current_status", None) or stored.current_state
        assert decide(stored, today()) == annotated, fields

"""Scheduled publishing: what is due goes live, what breaks a rule is taken back and does not stop the others."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from tests.factories import NewsPageFactory, VacancyPageFactory

pytestmark = pytest.mark.django_db


def schedule(page, **changes) -> Revision:
    """Schedule a draft for a minute ago, past the rules, as it stands after `changes`."""
    for name, value in changes.items():
        setattr(page, name, value)
    past = timezone.now() - dt.timedelta(minutes=1)
    return page.save_revision(clean=False, approved_go_live_at=past)


def is_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def run() -> str:
    errors = io.StringIO()
    call_command("publish_scheduled", stdout=io.StringIO(), stderr=errors)
    return errors.getvalue()


def test_page_that_breaks_a_rule_is_taken_back_and_others_go_live():
    broken = VacancyPageFactory(title="Planer*in", live=False)
    whole = NewsPageFactory(live=False)
    revision = schedule(broken, grade="")
    schedule(whole)

    said = run()

    revision.refresh_from_db()
    assert (is_live(broken), is_live(whole)) == (False, True)
    assert revision.approved_go_live_at is None
    assert said == (
        "„Planer*in“ wurde nicht veröffentlicht. "
        "Entgelt- oder Besoldungsgruppe: Bitte nennen Sie die Entgelt- oder Besoldungsgruppe.\n"
    )


def test_refusal_stands_in_the_history_of_the_page():
    page = VacancyPageFactory(live=False)
    schedule(page, grade="")

    run()

    entry = PageLogEntry.objects.get(page=page.pk, action="wagtail.schedule.cancel")
    assert "Besoldungsgruppe" in entry.data["revision"]["reasons"]


def test_dry_run_changes_nothing():
    page = VacancyPageFactory(live=False)
    revision = schedule(page, grade="")

    call_command("publish_scheduled", dryrun=True, stdout=io.StringIO())

    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None


def test_expired_page_is_taken_from_the_site():
    page = NewsPageFactory(expire_at=timezone.now() - dt.timedelta(minutes=1))

    run()

    assert not is_live(page)

"""The editor's home shows what one comes for and what runs out."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from stadterneuerung.base.checks import check_launch
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import OpenQuestion
from stadterneuerung.base.open_items import open_items
from stadterneuerung.home.roles import CASEWORKERS, EDITORS
from tests.factories import (
    AreaGeometryFactory,
    FundingOfferPageFactory,
    NewsPageFactory,
    ProjectPageFactory,
    UnitFactory,
    VacancyPageFactory,
)


@pytest.fixture
def editor(client, home_page):
    NewsPageFactory()
    ProjectPageFactory()
    call_command("setup_site", verbosity=0)
    user = get_user_model().objects.create_user("mitglied", "mitglied@example.org", "geheim")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    return client


def test_editors_find_what_they_do_most(editor):
    VacancyPageFactory()

    text = editor.get(reverse("wagtailadmin_home")).content.decode()

    for label in ["Nachricht schreiben", "Stelle ausschreiben", "Projekt aktualisieren", "Anfragen"]:
        assert label in text
    assert f"Offene Angaben ({len(open_items())})" in text


def test_caseworkers_are_offered_no_pages_they_could_not_open(editor):
    VacancyPageFactory(deadline=today())
    user = get_user_model().objects.create_user("sachbearbeitung", "sachbearbeitung@example.org", "geheim")
    user.groups.add(Group.objects.get(name=CASEWORKERS))
    editor.force_login(user)

    text = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert "Anfragen" in text
    assert [label for label in ["Projekt aktualisieren", "Stelle ausschreiben", "Läuft bald ab"] if label in text] == []


def test_what_runs_out_within_a_month_is_told(editor):
    soon, later = today() + dt.timedelta(days=30), today() + dt.timedelta(days=31)
    VacancyPageFactory(title="Endet bald", deadline=soon)
    VacancyPageFactory(title="Endet später", deadline=later)
    FundingOfferPageFactory(title="Topf schließt", runs_until=today(), runs_until_source="Richtlinie")

    text = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert "Endet bald" in text
    assert "Topf schließt" in text
    assert "Endet später" not in text


def test_missing_facts_are_listed_with_owner_and_place(editor):
    UnitFactory(key="abteilung-1", name="")
    AreaGeometryFactory(area__title="Hörde")
    OpenQuestion.objects.create(key="q", subject="Rosental", question="Steht die Erprobung?", owner="Verkehrsplanung")

    text = editor.get(reverse("open_items")).content.decode()

    for words in [
        "Bezeichnung: Stabsstelle (abteilung-1)",
        "amtlicher Umriss",
        "Steht die Erprobung?",
        "Straße und Hausnummer",
    ]:
        assert escape(words) in text
    assert "/admin/settings/base/sitesettings/" in text


def test_answered_question_leaves_the_list(editor):
    question = OpenQuestion.objects.create(key="q", subject="Rosental", question="Wann?", owner="Planung")
    assert any(item.subject == "Rosental" for item in open_items())

    question.answered_on = today()
    question.save()

    assert not any(item.subject == "Rosental" for item in open_items())


def test_preview_cannot_be_left_while_facts_are_missing(home_page, settings):
    settings.SITE_PREVIEW = False

    (error,) = check_launch(None)

    assert error.id == "stadterneuerung.E001"
    assert "Straße und Hausnummer" in error.msg


def test_preview_needs_no_facts(home_page, settings):
    settings.SITE_PREVIEW = True

    assert check_launch(None) == []

"""A rule that points nowhere and mail that does not leave are told: by the check, as open items, on the desk."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.checks import Warning as CheckWarning
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from contacts.checks import check_rules
from contacts.desk.warnings import desk_warnings
from contacts.models import RoutingRule, WorkerBeat
from stadterneuerung.base.open_items import launch_blockers
from stadterneuerung.home.roles import apply_roles
from tests.contacts.factories import EnquiryFactory, OutboxFactory
from tests.contacts.routing_factories import RuleFactory
from tests.contacts.test_routing_admin import member
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost_rule(home_page):
    RuleFactory(unit=UnitFactory())
    RuleFactory(unit=None, active=False)
    return RuleFactory(name="IGA", unit=None)


def test_without_faults_nothing_is_told(home_page):
    RuleFactory(unit=UnitFactory())

    WorkerBeat.beat()

    assert desk_warnings() == []
    assert check_rules(None, databases=["default"]) == []


def test_a_scanner_that_is_silent_is_told(home_page, clamd, settings):
    WorkerBeat.beat()
    well = desk_warnings()
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    cache.clear()

    warnings = desk_warnings()

    assert well == []
    assert [each.text for each in warnings] == [
        "Der Virenscanner antwortet nicht, PDF werden nicht angenommen. Bitte sagen Sie dem Betrieb Bescheid."
    ]


@pytest.mark.parametrize(("days", "told"), [(179, []), (181, ["Seit mehr als 180 Tagen offen: 1."])])
def test_what_has_been_open_for_very_long_is_told(home_page, days, told):
    WorkerBeat.beat()
    long_ago = timezone.now() - dt.timedelta(days=days)
    EnquiryFactory(state="waiting", created_at=long_ago)
    EnquiryFactory(state="closed", closed_at=long_ago, created_at=long_ago)

    assert [each.text.split(" Solange")[0] for each in desk_warnings()] == told


def test_what_others_have_had_open_for_long_is_not_told(client, home_page):
    apply_roles()
    EnquiryFactory(created_at=timezone.now() - dt.timedelta(days=400), unit=UnitFactory())

    told = []
    for group in ("Sachbearbeitung", "Freigabe"):
        client.force_login(member(group))
        told.append("Seit mehr als 180 Tagen offen: 1." in client.get(reverse("enquiry:index")).text)

    assert told == [False, True]


def test_mail_of_others_that_did_not_arrive_is_not_told(client, home_page):
    apply_roles()
    WorkerBeat.beat()
    OutboxFactory(kind="answer", state="failed", enquiry=EnquiryFactory(unit=UnitFactory()))

    told = []
    for group in ("Sachbearbeitung", "Freigabe"):
        client.force_login(member(group))
        told.append("kam eine Mail nicht an" in client.get(reverse("enquiry:index")).text)

    assert told == [False, True]


def test_leads_find_the_cases_whose_mail_did_not_arrive(client, home_page):
    apply_roles()
    WorkerBeat.beat()
    lost = {"kind": "answer", "state": "failed"}
    closed = EnquiryFactory(state="closed", closed_at=timezone.now())
    taken, new = EnquiryFactory(state="taken", reference="TAKEN"), EnquiryFactory(reference="NEW", mail_only=True)
    for enquiry in (taken, taken, new, closed):
        OutboxFactory(enquiry=enquiry, **lost)
    OutboxFactory(enquiry=EnquiryFactory(), kind="answer")
    client.force_login(member("Freigabe"))

    [line] = client.get(reverse("enquiry:index")).context["warnings"]
    response = client.get(line.url)

    assert line.text == "Bei 2 offenen Anfragen kam eine Mail nicht an; sie wird nicht mehr versucht."
    assert sorted(enquiry.reference for enquiry in response.context["object_list"]) == ["NEW", "TAKEN"]
    assert {view.label: count for view, count in response.context["saved_views"]}["Mail kam nicht an"] == 2


def test_check_names_the_rule(lost_rule):
    [found] = check_rules(None, databases=["default"])

    assert (type(found), found.id) == (CheckWarning, "contacts.W001")
    assert found.msg == "Die Regel „IGA“ der Verteilung führt zu keiner Einheit mehr. Sie wird übergangen."


def test_check_of_the_database_fails_and_a_check_without_database_asks_none(lost_rule, django_assert_num_queries):
    with pytest.raises(SystemCheckError, match="IGA"):
        call_command("check", databases=["default"], tags=["database"], fail_level="WARNING")
    with django_assert_num_queries(0):
        assert check_rules(None) == []


def test_check_is_silent_before_the_first_migration(monkeypatch):
    def fail(self):
        raise DatabaseError("no such table")

    monkeypatch.setattr(type(RoutingRule.objects.all()), "__iter__", fail)

    assert check_rules(None, databases=["default"]) == []


def test_rule_blocks_the_launch(lost_rule):
    [item] = [item for item in launch_blockers() if item.subject == "Verteilung der Anfragen"]

    assert item.missing == "Einheit der Regel „IGA“"
    assert item.url == reverse("wagtailsnippets_contacts_routingrule:edit", args=[lost_rule.pk])


def test_desk_tells_of_rules_and_of_mail(lost_rule):
    WorkerBeat.beat()
    OutboxFactory.create_batch(2, attempts=8)
    OutboxFactory(attempts=7)

    assert [(each.text, each.url) for each in desk_warnings()] == [
        (
            "Die Regel „IGA“ führt zu keiner Einheit mehr und wird übergangen. Bitte wählen Sie eine andere.",
            reverse("wagtailsnippets_contacts_routingrule:edit", args=[lost_rule.pk]),
        ),
        ("2 Mails an das Amt lassen sich seit Stunden nicht zustellen.", reverse("outbox:index")),
    ]


@pytest.mark.parametrize(
    ("group", "links"),
    [("Sachbearbeitung", [False, False]), ("Freigabe", [True, False]), ("Administration", [True, True])],
)
def test_links_lead_only_where_the_account_may_go(lost_rule, group, links):
    apply_roles()
    WorkerBeat.beat()
    OutboxFactory(attempts=8)

    found = desk_warnings(member(group))

    assert [bool(each.url) for each in found] == links
    html = render_to_string("admin/contacts/desk_warnings.html", {"warnings": found})
    assert html.count("help-critical") == 2
    assert html.count("<a ") == sum(links)

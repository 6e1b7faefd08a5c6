"""Which unit a message goes to, who stands in for it, and which mailboxes get it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from contacts.models import RoutingRule, UnitDesk
from contacts.routing import Topic, deputies_of, find_route, mailboxes, recipients, standing_in, uses_desk
from tests.contacts.factories import SubjectFactory
from tests.contacts.routing_factories import OFFICE, DeputyFactory, RuleFactory, reachable_unit
from tests.factories import AreaPageFactory, ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def no_rules(home_page):
    """Each test writes its own rules."""
    RoutingRule.objects.all().delete()


def test_without_rules_no_unit_is_named():
    route = find_route(Topic())

    assert (route.unit, route.rule, route.steps) == (None, None, [])


def test_first_rule_in_order_decides_and_later_ones_are_not_asked():
    second, first = RuleFactory(position=20, unit=UnitFactory()), RuleFactory(position=10, unit=UnitFactory())

    route = find_route(Topic())

    assert (route.unit, route.rule) == (first.unit, first)
    assert [step.rule for step in route.steps] == [first]
    assert second.unit != route.unit


def test_rule_out_of_force_is_not_asked():
    RuleFactory(active=False, unit=UnitFactory())

    assert find_route(Topic()).steps == []


def test_rule_that_points_nowhere_is_passed_over_and_says_so():
    RuleFactory(position=1, unit=None)
    good = RuleFactory(position=2, unit=UnitFactory())

    route = find_route(Topic())

    assert route.unit == good.unit
    assert [step.reason for step in route.steps] == [
        "Die Einheit dieser Regel gibt es nicht mehr. Die Regel wird übergangen.",
        "Diese Regel entscheidet.",
    ]


def test_deleting_a_unit_leaves_the_rule_pointing_nowhere():
    rule = RuleFactory(unit=UnitFactory())
    rule.unit.delete()

    assert list(RoutingRule.objects.pointing_nowhere()) == [rule]


def test_each_condition_keeps_other_messages_out():
    unit = UnitFactory()
    area, other_area = AreaPageFactory(title="Hörde"), AreaPageFactory()
    project, other = ProjectPageFactory(title="Rosenviertel", areas=[area]), ProjectPageFactory(areas=[other_area])
    subject, other_subject = SubjectFactory(name="Förderung"), SubjectFactory()
    RuleFactory(kind="question", subject=subject, page=project, area=area, unit=unit)

    def answer(*topic) -> str:
        return find_route(Topic(*topic)).steps[0].reason

    assert answer("question", subject, project) == "Diese Regel entscheidet."
    assert answer("barrier", subject, project) == "Gilt nur für: Anfrage."
    assert answer("question", other_subject, project) == "Gilt nur für den Betreff „Förderung“."
    assert answer("question", None, project) == "Gilt nur für den Betreff „Förderung“."
    assert answer("question", subject, other) == "Gilt nur für „Rosenviertel“ und was darunter liegt."
    assert answer("question", subject, None) == "Gilt nur für „Rosenviertel“ und was darunter liegt."
    project.areas.clear()
    project.save()
    assert answer("question", subject, project) == "Gilt nur für das Gebiet „Hörde“."


def test_page_condition_holds_for_what_lies_below():
    project = ProjectPageFactory()
    rule = RuleFactory(page=project.get_parent(), unit=UnitFactory())

    assert find_route(Topic(page=project)).rule == rule


def test_area_condition_holds_for_the_area_itself():
    area = AreaPageFactory()
    rule = RuleFactory(area=area, unit=UnitFactory())

    assert find_route(Topic(page=area)).rule == rule


def test_targets_lead_to_the_unit_of_page_area_and_subject():
    of_page, of_area, of_subject = UnitFactory(), UnitFactory(), UnitFactory()
    area = AreaPageFactory(responsible_unit=of_area)
    topic = Topic(
        subject=SubjectFactory(unit=of_subject), page=ProjectPageFactory(areas=[area], responsible_unit=of_page)
    )

    found = {}
    for target in ("page", "area", "subject"):
        RoutingRule.objects.all().delete()
        RuleFactory(target=target)
        found[target] = find_route(topic).unit

    assert found == {"page": of_page, "area": of_area, "subject": of_subject}


def test_targets_without_a_unit_say_what_is_missing():
    for target in ("page", "area", "subject"):
        RuleFactory(target=target)

    route = find_route(Topic(subject=SubjectFactory(), page=ProjectPageFactory()))

    assert route.unit is None
    assert [step.reason for step in route.steps] == [
        "Zur Nachricht gehört keine Seite mit einer zuständigen Einheit.",
        "Zur Nachricht gehört kein Gebiet mit einer zuständigen Einheit.",
        "Zum Betreff ist keine Einheit hinterlegt.",
    ]


def test_rules_hold_for_translations_and_lead_to_the_first_language():
    english = Locale.objects.get_or_create(language_code="en")[0]
    unit = UnitFactory()
    project, subject = ProjectPageFactory(responsible_unit=unit), SubjectFactory()
    translated_unit = unit.copy_for_translation(english)
    translated_unit.save()
    translated_subject = subject.copy_for_translation(english)
    translated_subject.save()
    translated = project.copy_for_translation(english, copy_parents=True)
    translated.responsible_unit = translated_unit
    rule = RuleFactory(subject=subject, page=project, target="page")

    route = find_route(Topic("question", translated_subject, translated))

    assert (route.rule, route.unit) == (rule, unit)


def test_queries_do_not_grow_with_rules(django_assert_num_queries):
    subject, project = SubjectFactory(), ProjectPageFactory()
    counts = []
    for _ in range(2):
        RuleFactory.create_batch(3, subject=SubjectFactory(), page=project, unit=UnitFactory())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find_route(Topic(subject=subject, page=project))
        counts.append(len(queries))

    assert counts == [1, 1]


def test_deputies_stand_in_on_both_days_of_their_period_only():
    row = DeputyFactory(first_day=DAY, last_day=DAY + dt.timedelta(days=2))

    days = [DAY + dt.timedelta(days=offset) for offset in range(-1, 4)]
    assert [deputies_of(row.unit, day) == [row.deputy] for day in days] == [False, True, True, True, False]


def test_deputy_that_is_away_is_stood_in_for_and_circles_end():
    first, second, third = UnitFactory(), UnitFactory(), UnitFactory()
    for unit, deputy in ((first, second), (second, third), (third, first), (third, second)):
        DeputyFactory(unit=unit, deputy=deputy, first_day=DAY)

    assert deputies_of(first, DAY) == [second, third]
    assert deputies_of(third, DAY) == [first, second]


def test_overlapping_deputies_are_each_named_once():
    unit, deputy, other = UnitFactory(), UnitFactory(), UnitFactory()
    for each in (deputy, other, deputy):
        DeputyFactory(unit=unit, deputy=each, first_day=DAY)

    assert deputies_of(unit, DAY) == [deputy, other]


def test_known_deputies_ask_nothing(django_assert_num_queries):
    row = DeputyFactory(first_day=DAY)
    known = standing_in(DAY)

    with django_assert_num_queries(0):
        assert deputies_of(row.unit, DAY, known) == [row.deputy]


def test_office_has_what_no_unit_has():
    assert recipients(None) == [("office", OFFICE, "Keine Regel nennt eine Einheit.")]


def test_office_stays_on_the_mail_until_the_mailbox_is_confirmed():
    without = UnitFactory(name="Ohne")
    unconfirmed = UnitFactory(name="Neu", mailbox="neu@stadtdo.example")
    confirmed = reachable_unit("City")

    assert recipients(without) == [("office", OFFICE, "Das Postfach von „Ohne“ fehlt.")]
    assert recipients(unconfirmed) == [("office", OFFICE, "Das Postfach von „Neu“ ist noch nicht bestätigt.")]
    assert recipients(confirmed) == [("unit", "city@stadtdo.example", "Postfach von „City“.")]


def test_deputies_get_the_mail_too_if_their_mailbox_is_confirmed():
    unit, deputy, silent = reachable_unit("City"), reachable_unit("Nord"), UnitFactory(mailbox="x@stadtdo.example")
    for each in (deputy, silent):
        DeputyFactory(unit=unit, deputy=each, first_day=DAY)

    assert mailboxes(unit, DAY) == [("unit", "city@stadtdo.example"), ("unit", "nord@stadtdo.example")]
    assert recipients(unit, DAY)[1].reason == "„Nord“ vertritt „City“."
    assert mailboxes(unit, DAY + dt.timedelta(days=30)) == [("unit", "city@stadtdo.example")]


def test_one_address_gets_one_mail_however_it_is_written():
    unit, deputy = reachable_unit("City"), reachable_unit("Nord")
    type(deputy).objects.filter(pk=deputy.pk).update(mailbox="CITY@stadtdo.example")
    DeputyFactory(unit=unit, deputy=deputy, first_day=DAY)

    assert mailboxes(unit, DAY) == [("unit", "city@stadtdo.example")]


def test_units_use_the_desk_unless_they_said_otherwise():
    with_record, without_record, off = UnitFactory(), UnitFactory(), UnitFactory()
    UnitDesk.objects.create(unit=with_record)
    UnitDesk.objects.create(unit=off, uses_desk=False)

    assert [uses_desk(unit) for unit in (None, with_record, without_record, off)] == [True, True, True, False]

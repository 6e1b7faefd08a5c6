"""Whatever rules, deputies and pages there are: a message has a mailbox, and the first rule that holds decides."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.intake import store
from contacts.models import Deputy, Enquiry, OutboxMessage, RoutingRule
from contacts.routing import Topic, deputies_of, find_route, recipients
from stadterneuerung.base.dates import today
from tests.contacts.factories import SubjectFactory
from tests.contacts.routing_factories import OFFICE, RuleFactory, reachable_unit
from tests.factories import AreaPageFactory, ProjectPageFactory, UnitFactory

UNITS, SUBJECTS, PAGES = 4, 2, 4  # how many of each there are to choose from


def index(count: int):
    return st.none() | st.integers(0, count - 1)


RULES = st.fixed_dictionaries(
    {
        "position": st.integers(0, 3),
        "kind": st.sampled_from(["", "question", "barrier"]),
        "subject": index(SUBJECTS),
        "page": index(PAGES),
        "area": st.none() | st.just(2),
        "target": st.sampled_from(RoutingRule.Target.values),
        "unit": index(UNITS),
        "active": st.booleans(),
    }
)
# Who stands in for whom, and from how many days from today on for how many.
DEPUTIES = st.tuples(
    st.integers(0, UNITS - 1), st.integers(0, UNITS - 1), st.integers(-3, 3), st.integers(0, 4)
).filter(lambda row: row[0] != row[1])
TOPICS = st.tuples(st.sampled_from(["question", "barrier"]), index(SUBJECTS), index(PAGES))


def pick(pool: list, number: int | None):
    return None if number is None else pool[number]


@pytest.mark.django_db
def test_a_message_always_gets_a_mailbox_and_the_first_rule_that_holds_decides(home_page):
    units = [reachable_unit("City"), reachable_unit("Nord"), UnitFactory(mailbox="neu@stadtdo.example"), UnitFactory()]
    area = AreaPageFactory(responsible_unit=units[0])
    pages = [
        ProjectPageFactory(areas=[area], responsible_unit=units[1]),
        ProjectPageFactory(),
        area,
        home_page,
    ]
    subjects = [SubjectFactory(unit=units[2]), SubjectFactory()]
    confirmed = {unit.mailbox for unit in units if unit.mailbox_confirmed_at}

    @settings(max_examples=60, deadline=None)
    @given(st.lists(RULES, max_size=5), st.lists(DEPUTIES, max_size=6), TOPICS)
    def check(rules, deputies, topic):
        with transaction.atomic():
            write(rules, deputies)
            kind, subject, page = topic
            look(Topic(kind, pick(subjects, subject), pick(pages, page)))
            transaction.set_rollback(True)

    def write(rules, deputies):
        RoutingRule.objects.all().delete()
        for rule in rules:
            pools = {"subject": subjects, "page": pages, "area": pages, "unit": units}
            RuleFactory(**{name: pick(pools[name], value) if name in pools else value for name, value in rule.items()})
        for unit, deputy, start, length in deputies:
            first_day = today() + dt.timedelta(days=start)
            last_day = first_day + dt.timedelta(days=length)
            Deputy.objects.create(unit=units[unit], deputy=units[deputy], first_day=first_day, last_day=last_day)

    def look(topic):
        route = find_route(topic)

        # Asked one by one, each rule says the same as in the row, and the first with a unit is the one that decides.
        active = list(RoutingRule.objects.active())
        alone = []
        for rule in active:
            RoutingRule.objects.update(active=False)
            RoutingRule.objects.filter(pk=rule.pk).update(active=True)
            alone.append((rule, find_route(topic).unit))
        RoutingRule.objects.filter(pk__in=[rule.pk for rule in active]).update(active=True)
        named = [pair for pair in alone if pair[1]]
        assert (route.rule, route.unit) == (named[0] if named else (None, None))
        assert [step.rule for step in route.steps] == active[: len(route.steps)]
        assert route.unit or len(route.steps) == len(active)

        if route.unit:
            deputies = deputies_of(route.unit)
            assert route.unit not in deputies
            assert len(deputies) == len(set(deputies))
        addresses = [recipient.address for recipient in recipients(route.unit)]
        assert addresses
        assert len(addresses) == len(set(addresses))
        assert set(addresses) <= {OFFICE, *confirmed}

        enquiry = Enquiry(kind=topic.kind, message="Wann beginnt der Umbau?", submission_key=str(timezone.now()))
        stored = store(enquiry, topic)
        internal = OutboxMessage.objects.filter(enquiry=stored, kind__in=["office", "unit"])
        assert sorted(internal.values_list("to", flat=True)) == sorted(addresses)
        assert stored.unit == route.unit

    check()

"""Factories of rules and deputies, and units as the routing sees them."""

import datetime as dt

import factory
from django.utils import timezone

from contacts.models import Deputy, RoutingRule
from stadterneuerung.base.dates import today
from tests.factories import UnitFactory

OFFICE = "stadterneuerung@stadtdo.de"


class RuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoutingRule

    name = factory.Sequence(lambda n: f"Regel {n}")
    position = factory.Sequence(lambda n: n)
    target = RoutingRule.Target.UNIT


class DeputyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Deputy

    unit = factory.SubFactory(UnitFactory)
    deputy = factory.SubFactory(UnitFactory)
    first_day = factory.LazyFunction(today)
    last_day = factory.LazyAttribute(lambda row: row.first_day + dt.timedelta(days=7))


def reachable_unit(name: str, **values):
    """Return a unit with a confirmed mailbox that is named after it."""
    return UnitFactory(
        name=name, mailbox=f"{name.lower()}@stadtdo.example", mailbox_confirmed_at=timezone.now(), **values
    )

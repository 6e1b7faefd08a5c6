"""Units and service points: honest names, one head, confirmed mailboxes, hours in order."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import Closure, OpeningHours, OrganisationUnit
from stadterneuerung.organisation.text import fold_german
from tests.factories import ServicePointFactory, UnitFactory

Kind = OrganisationUnit.Kind
pytestmark = pytest.mark.django_db


def test_unit_without_a_name_says_so():
    assert UnitFactory(kind=Kind.DEPARTMENT, name="").display_name == "Abteilung – Bezeichnung folgt"


def test_staff_tell_units_without_a_name_apart():
    units = [UnitFactory(kind=Kind.DEPARTMENT, name="", key=key) for key in ("abteilung-1", "abteilung-2")]

    assert [str(unit) for unit in units] == [
        "Abteilung – Bezeichnung folgt (abteilung-1)",
        "Abteilung – Bezeichnung folgt (abteilung-2)",
    ]


def test_only_the_office_names_its_head():
    with pytest.raises(IntegrityError):
        UnitFactory(kind=Kind.DEPARTMENT, head_name="Jemand")


def test_office_stands_at_the_top():
    office = UnitFactory(kind=Kind.OFFICE)

    with pytest.raises(IntegrityError):
        UnitFactory(kind=Kind.OFFICE, parent=office)


def test_unit_cannot_stand_below_itself():
    upper = UnitFactory()
    lower = UnitFactory(parent=upper)
    upper.parent = lower

    with pytest.raises(ValidationError, match="nicht zu sich selbst"):
        upper.full_clean()


def test_changed_mailbox_has_to_be_confirmed_anew():
    unit = UnitFactory(mailbox="a@stadtdo.de", mailbox_confirmed_at=timezone.now())
    assert unit.has_confirmed_mailbox

    unit.mailbox = "b@stadtdo.de"
    unit.save()

    assert not unit.has_confirmed_mailbox


def test_hours_are_grouped_by_weekday():
    point = ServicePointFactory()
    for weekday, opens, closes in [(3, 14, 17), (0, 9, 12), (3, 9, 12)]:
        point.hours.add(OpeningHours(weekday=weekday, opens=dt.time(opens), closes=dt.time(closes)))
    point.save()

    week = [(day, [hours.opens.hour for hours in spans]) for day, spans in point.week]

    assert week == [("Montag", [9]), ("Donnerstag", [9, 14])]


def test_only_coming_closures_are_told():
    point = ServicePointFactory()
    day = dt.timedelta(days=1)
    point.closures.add(Closure(first_day=today() - 3 * day, last_day=today() - 2 * day, reason="vorbei"))
    point.closures.add(Closure(first_day=today() - day, last_day=today(), reason="heute noch"))

    assert [closure.reason for closure in point.coming_closures] == ["heute noch"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Speicherstraße-Süd", "speicherstrasse sued"),
        ("Café »Ö«", "cafe oe"),
        ("  A,b  ", "a b"),
        ("a\u0308", "ae"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold_german(text) == folded

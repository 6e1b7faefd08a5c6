"""Which units an account works for, and so which enquiries it sees."""

import datetime as dt

import pytest

from contacts.admin.sight import Sight
from contacts.desk import actions
from contacts.models import Enquiry
from contacts.routing import deputies_of
from contacts.units import units_of, with_units_below
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import Membership
from stadterneuerung.users.models import User
from tests.contacts.factories import EnquiryFactory
from tests.contacts.routing_factories import DeputyFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(home_page):
    return User.objects.create_user("konto")


def test_an_account_without_unit_sees_nothing(user):
    EnquiryFactory(unit=UnitFactory())
    EnquiryFactory(unit=None)

    assert units_of(user) == set()
    assert list(Enquiry.objects.visible_to(user)) == []


def test_an_account_works_for_its_units_and_all_below_them(user):
    department = UnitFactory(kind="department")
    team = UnitFactory(kind="team", parent=department)
    group = UnitFactory(kind="team", parent=team)
    sibling = UnitFactory(kind="department")
    Membership.objects.create(user=user, unit=department)

    assert units_of(user) == {department.pk, team.pk, group.pk}
    assert Enquiry.objects.visible_to(user).filter(pk=EnquiryFactory(unit=sibling).pk).exists() is False


def test_a_deputy_sees_the_other_unit_for_as_long_as_it_stands_in(user):
    own = UnitFactory()
    Membership.objects.create(user=user, unit=own)
    now = DeputyFactory(deputy=own).unit
    coming = DeputyFactory(deputy=own, first_day=today() + dt.timedelta(days=1)).unit
    over = DeputyFactory(deputy=own, first_day=today() - dt.timedelta(days=8)).unit
    enquiries = {unit: EnquiryFactory(unit=unit) for unit in (own, now, coming, over)}

    assert units_of(user) == {own.pk, now.pk}
    assert set(Enquiry.objects.visible_to(user)) == {enquiries[own], enquiries[now]}


def test_a_deputy_of_a_deputy_sees_what_its_mail_is_about(user):
    away, deputy, own = UnitFactory(), UnitFactory(), UnitFactory()
    Membership.objects.create(user=user, unit=own)
    for unit, stands_in in ((away, deputy), (deputy, own), (own, away)):
        DeputyFactory(unit=unit, deputy=stands_in)
    enquiry = EnquiryFactory(unit=away)

    assert own in deputies_of(away)
    assert units_of(user) == {away.pk, deputy.pk, own.pk}
    assert list(Enquiry.objects.visible_to(user)) == [enquiry]


def test_what_was_taken_stays_when_the_deputyship_ends_until_it_is_passed_on(user):
    own = UnitFactory()
    Membership.objects.create(user=user, unit=own)
    over = DeputyFactory(deputy=own, first_day=today() - dt.timedelta(days=8)).unit
    taken, other = EnquiryFactory(unit=over, state="taken", assignee=user), EnquiryFactory(unit=over)

    assert units_of(user) == {own.pk}
    assert list(Enquiry.objects.visible_to(user)) == list(Sight(user).enquiries) == [taken]

    actions.pass_on(taken, user, other.unit.parent)
    assert list(Enquiry.objects.visible_to(user)) == []


def test_a_unit_below_itself_does_not_loop():
    """The form refuses it; an import could still write it."""
    assert with_units_below([1], [(1, 2), (2, 1), (3, None)]) == {1, 2}

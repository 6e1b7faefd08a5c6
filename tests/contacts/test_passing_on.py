"""Passing on keeps the way a case took, and the way a unit works counts from then on."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Locale

from contacts.admin.bulk import DetailsForm as BulkForm
from contacts.admin.filters import DeskFilterForm
from contacts.admin.sight import Sight
from contacts.desk import actions
from contacts.desk.actions import NotPossible, Outdated, pass_on
from contacts.desk.acts import PassOnForm
from contacts.desk.bulk import ACTS
from contacts.intake import store
from contacts.models import AuditEntry, Deputy, Enquiry, EnquiryEvent, OutboxMessage, RoutingRule, UnitDesk
from contacts.routing import Topic
from stadterneuerung.users.models import User
from tests.contacts import accounts
from tests.contacts.acts_support import LONG_AGO, stored
from tests.contacts.factories import EnquiryFactory
from tests.contacts.routing_factories import OFFICE, DeputyFactory, RuleFactory, reachable_unit
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

State = Enquiry.State
Kind = EnquiryEvent.Kind


@pytest.fixture
def lead(home_page):
    return User.objects.create_user("leitung")


def test_the_timeline_keeps_the_way_and_each_unit_gets_mail(lead):
    city, north = reachable_unit("City"), reachable_unit("Nord")
    enquiry = EnquiryFactory(unit=None)

    pass_on(enquiry, lead, city, "Bitte übernehmen")
    pass_on(enquiry, lead, north)
    pass_on(enquiry, lead, None, "Niemand ist zuständig")

    steps = enquiry.events.values_list("kind", "actor__username", "unit", "detail", "text")
    assert list(steps) == [
        ("routed", "leitung", city.pk, "vom Amt an City", "Bitte übernehmen"),
        ("routed", "leitung", north.pk, "von City an Nord", ""),
        ("routed", "leitung", None, "von Nord an das Amt", "Niemand ist zuständig"),
    ]
    mails = OutboxMessage.objects.order_by("pk").values_list("kind", "to")
    assert list(mails) == [("unit", city.mailbox), ("unit", north.mailbox), ("office", OFFICE)]
    assert AuditEntry.objects.filter(enquiry_id=enquiry.pk, action="changed", actor="leitung").count() == 3


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("", "von Stabsstelle – Bezeichnung folgt an Stabsstelle – Bezeichnung folgt"),
        ("x" * 160, f"von {'x' * 160} an {'x' * 81}…"),
    ],
)
def test_the_way_fits_and_names_no_key(lead, name, detail):
    source, target = UnitFactory.create_batch(2, name=name)
    enquiry = EnquiryFactory(unit=source)

    pass_on(enquiry, lead, target)

    event = enquiry.events.get()
    event.full_clean()
    assert event.detail == detail


def test_translated_units_are_no_choice_and_stand_for_the_first_one(lead):
    unit, other = UnitFactory(), UnitFactory()
    translated = unit.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    translated.save()
    enquiry, recorded = EnquiryFactory(unit=other), EnquiryFactory.build(purpose=EnquiryFactory().purpose)

    pass_on(enquiry, lead, translated)
    stored = store(recorded, Topic(), actor=lead, unit=translated)

    assert (enquiry.unit, stored.unit) == (unit, unit)
    forms = [
        PassOnForm(EnquiryFactory(), lead),
        BulkForm(ACTS["weitergeben"]),
        DeskFilterForm({}, Sight(accounts.lead())),
    ]
    names = ["unit", "unit", "einheit"]
    offered = [{key for key, _ in form.fields[name].choices} for form, name in zip(forms, names, strict=True)]
    assert [(str(unit.pk) in keys, str(translated.pk) in keys) for keys in offered] == [(True, False)] * 3


def test_the_way_stays_readable_when_the_unit_is_gone(lead):
    city = reachable_unit("City")
    enquiry = EnquiryFactory()
    pass_on(enquiry, lead, city)

    city.delete()

    event = enquiry.events.get()
    assert (event.unit, event.detail) == (None, "vom Amt an City")


def test_deputies_of_the_new_unit_get_the_mail_too(lead):
    city, north = reachable_unit("City"), reachable_unit("Nord")
    DeputyFactory(unit=city, deputy=north)

    pass_on(EnquiryFactory(), lead, city)

    assert sorted(OutboxMessage.objects.values_list("to", flat=True)) == [city.mailbox, north.mailbox]


def test_a_taken_case_is_new_again_for_the_next_unit(lead):
    enquiry = EnquiryFactory(state="taken", assignee=lead)

    pass_on(enquiry, lead, reachable_unit("City"))

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.assignee) == ("new", None)


def test_the_same_unit_twice_is_refused_and_an_old_version_too(lead):
    city, north = reachable_unit("City"), reachable_unit("Nord")
    enquiry = EnquiryFactory(unit=city)
    stale = Enquiry.objects.get()

    with pytest.raises(NotPossible):
        pass_on(enquiry, lead, city)
    pass_on(enquiry, lead, north)
    with pytest.raises(Outdated):
        pass_on(stale, lead, None)

    assert Enquiry.objects.get().unit == north
    assert OutboxMessage.objects.count() == 1


def arrive(key: str) -> Enquiry:
    return store(Enquiry(message="Wann beginnt der Umbau?", submission_key=key), Topic())


def test_leaving_and_joining_the_desk_counts_for_what_arrives_afterwards(home_page):
    RoutingRule.objects.all().delete()
    unit = reachable_unit("City")
    RuleFactory(unit=unit)
    desk = UnitDesk.objects.create(unit=unit)

    before = arrive("1")
    desk.uses_desk = False
    desk.save()
    while_off = arrive("2")
    desk.uses_desk = True
    desk.save()
    after = arrive("3")

    assert set(Enquiry.objects.on_desk()) == {before, after}
    assert list(Enquiry.objects.filter(mail_only=True)) == [while_off]
    assert OutboxMessage.objects.filter(kind="unit", to=unit.mailbox).count() == 3


def test_passing_on_follows_how_the_new_unit_works(lead):
    mail_only, desk = reachable_unit("Post"), reachable_unit("City")
    UnitDesk.objects.create(unit=mail_only, uses_desk=False)
    enquiry = EnquiryFactory()

    states = []
    for unit in (mail_only, desk):
        pass_on(enquiry, lead, unit)
        states.append(Enquiry.objects.get().mail_only)

    assert states == [True, False]


def test_deputies_are_checked_at_the_field(home_page):
    unit = reachable_unit("City")

    with pytest.raises(ValidationError) as refused:
        Deputy(unit=unit, deputy=unit, first_day="2026-11-25", last_day="2026-11-24").full_clean()

    assert refused.value.message_dict == {
        "deputy": ["Eine Einheit kann sich nicht selbst vertreten. Bitte wählen Sie eine andere."],
        "last_day": ["Der letzte Tag darf nicht vor dem ersten liegen."],
    }


@pytest.mark.parametrize("state", Enquiry.OPEN_STATES)
def test_what_was_passed_on_is_new_and_late_only_if_it_was_the_offices_turn(by, state):
    enquiry = EnquiryFactory(state=state, assignee=by, due_on=LONG_AGO)

    actions.pass_on(enquiry, by, UnitFactory())

    fresh = stored(enquiry)
    assert (fresh.state, fresh.assignee) == (State.NEW, None)
    assert fresh.is_late == (state in (State.NEW, State.TAKEN))


def test_passing_on_keeps_the_way_and_mails_the_unit(by):
    old, new = UnitFactory(name="Stab A"), UnitFactory(name="Stab B", mailbox="b@stadtdo.example")
    new.mailbox_confirmed_at = timezone.now()
    new.save()
    enquiry = EnquiryFactory(unit=old, state=State.TAKEN, assignee=by)

    actions.pass_on(enquiry, by, new, "Gehört zu euch.")

    fresh, event = stored(enquiry), enquiry.events.get()
    assert (fresh.unit, fresh.state, fresh.assignee) == (new, State.NEW, None)
    assert (event.kind, event.unit, event.detail) == (Kind.ROUTED, new, "von Stab A an Stab B")
    assert event.text == "Gehört zu euch."
    assert list(OutboxMessage.objects.values_list("to", flat=True)) == ["b@stadtdo.example"]


def test_passing_on_to_the_office_and_to_a_unit_that_works_by_mail_alone(by, settings):
    unit = UnitFactory(name="Stab A")
    UnitDesk.objects.create(unit=unit, uses_desk=False)
    enquiry = EnquiryFactory()

    actions.pass_on(enquiry, by, unit)
    assert (stored(enquiry).mail_only, enquiry.events.get().detail) == (True, "vom Amt an Stab A")
    assert "/rueckmeldung/" not in OutboxMessage.objects.get().body_text

    actions.pass_on(enquiry, by, None)
    last = OutboxMessage.objects.order_by("pk").last()
    assert (stored(enquiry).mail_only, enquiry.unit, last.to) == (False, None, settings.ENQUIRY_MAILBOX)
    assert "/rueckmeldung/" in last.body_text


def test_passing_on_to_where_it_is(by):
    unit = UnitFactory()

    with pytest.raises(NotPossible, match="liegt schon bei dieser Einheit"):
        actions.pass_on(EnquiryFactory(unit=unit), by, unit)

"""Two people at the same thing: one wins, the other is told, and what was typed is still there."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from contacts.desk import bulk
from contacts.desk.acts import ACTS, BY_NAME
from contacts.models import AnswerTemplate, Enquiry, OutboxMessage, RoutingRule, UnitDesk
from tests.contacts.accounts import lead
from tests.contacts.acts_support import fit_for
from tests.contacts.desk_page import send
from tests.contacts.factories import EnquiryFactory, SubjectFactory
from tests.contacts.routing_factories import DeputyFactory, RuleFactory
from tests.contacts.test_every_act import ACTS as ACTIONS
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

TOLD = "Jemand anderes hat diesen Eintrag inzwischen geändert."


def test_every_act_of_the_desk_is_among_those_that_are_tested():
    assert set(ACTIONS) == set(BY_NAME)


@pytest.mark.parametrize("act", ACTS)
def test_every_act_on_the_page(desk, act):
    enquiry = fit_for(act.name)
    client = Client()
    client.force_login(lead(first_name="Karl", last_name="Kollege"))
    send(client, enquiry, "note", text="Ich war schneller.")

    response = send(desk, enquiry, act.name, text="Mein langer Text", unit=UnitFactory().pk)

    assert response.status_code == 409
    assert "Karl Kollege: vermerkt" in response.text
    assert ("Mein langer Text</textarea>" in response.text) == ("text" in act.base_fields)
    assert (enquiry.events.count(), OutboxMessage.objects.count()) == (1, 0)


@pytest.mark.parametrize("act", bulk.ACTS)
def test_every_act_on_many(desk, act):
    quick, slow = EnquiryFactory.create_batch(2, is_suspicious=act in bulk.OF_QUARANTINE)
    Enquiry.objects.filter(pk=slow.pk).update(version=2)
    items = [f"{quick.pk}:1", f"{slow.pk}:1"]

    response = desk.post(reverse("desk_bulk"), {"act": act, "item": items, "note": "", "unit": UnitFactory().pk})

    outcome = response.context["outcome"]
    assert (outcome.done, [enquiry for enquiry, _why in outcome.refused]) == ([quick], [slow])
    assert "Jemand anderes hat sie inzwischen bearbeitet." in response.text
    assert slow.events.count() == 0


RECORDS = {
    "rule": lambda: RuleFactory(name="Vorher", unit=UnitFactory()),
    "deputy": DeputyFactory,
    "desk": lambda: UnitDesk.objects.create(unit=UnitFactory()),
    "subject": lambda: SubjectFactory(name="Vorher"),
    "template": lambda: AnswerTemplate.objects.create(name="Vorher", text="Vorher"),
}
CHANGED = {"deputy": ("last_day", "01.01.2099"), "desk": ("wants_digest", "on"), "template": ("text", "Mein Text")}


def edit_url(record) -> str:
    return reverse(f"wagtailsnippets_contacts_{record._meta.model_name}:edit", args=[record.pk])


def fields_of(response) -> dict[str, str]:
    """Return what a browser would send from the form as it is shown."""
    form = response.context["form"]
    values = {field.html_name: field.value() for field in form}
    shown = re.search(r'name="seen"(?: value="(\w*)")?', response.text)
    given = {name: value for name, value in values.items() if value is not None and value is not False}
    return {name: "on" if value is True else value for name, value in given.items()} | {"seen": shown[1] or ""}


@pytest.fixture
def admin(home_page):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chefin"))
    return client


@pytest.mark.parametrize("kind", RECORDS)
def test_records_of_the_admin(admin, kind):
    record = RECORDS[kind]()
    field, value = CHANGED.get(kind, ("name", "Mein Name"))
    mine, theirs = [fields_of(admin.get(edit_url(record))) for _ in range(2)]
    other = {"deputy": "first_day", "desk": "uses_desk"}.get(kind, "position")
    others = {"deputy": "01.02.2020", "desk": ""}.get(kind, "77")

    first = admin.post(edit_url(record), theirs | {other: others})
    second = admin.post(edit_url(record), mine | {field: value})

    assert (first.status_code, second.status_code) == (302, 200)
    assert TOLD in second.text
    assert second.context["form"][field].value() in {value, value == "on"}
    stored = type(record).objects.get(pk=record.pk)
    assert str(getattr(stored, field)) == str(getattr(record, field))

    again = admin.post(edit_url(record), fields_of(second))

    assert again.status_code == 302
    assert type(record).objects.filter(pk=record.pk).exists()


def test_a_form_that_does_not_say_what_it_saw_changes_nothing(admin):
    rule = RuleFactory(name="Vorher", unit=UnitFactory())
    data = fields_of(admin.get(edit_url(rule)))

    codes = [
        admin.post(edit_url(rule), data | {"name": "Neu", "seen": seen}).status_code for seen in ("", "x", "ä" * 9)
    ]

    assert codes == [200, 200, 200]
    assert RoutingRule.objects.get(pk=rule.pk).name == "Vorher"


def test_a_new_record_has_nobody_before_it(admin):
    url = reverse("wagtailsnippets_contacts_answertemplate:add")
    data = fields_of(admin.get(url)) | {"name": "Neu", "text": "Guten Tag", "position": 0}

    assert admin.post(url, data).status_code == 302
    assert AnswerTemplate.objects.filter(name="Neu").count() == 1

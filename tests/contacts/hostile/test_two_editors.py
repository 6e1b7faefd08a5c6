"""Two people at the same thing: one wins, the other is told, and what was typed is still there."""

import datetime as dt
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.contrib.settings.registry import registry as setting_registry
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.models import RevisionMixin
from wagtail.snippets.models import get_snippet_models

from contacts.desk import bulk
from contacts.desk.acts import ACTS, BY_NAME
from contacts.models import AnswerTemplate, Enquiry, OutboxMessage, RoutingRule, UnitDesk
from stadterneuerung.base.models import SiteSettings
from stadterneuerung.organisation.editing import SeenForm, mark_of
from stadterneuerung.organisation.models import Closure, OrganisationUnit, ServicePoint
from stadterneuerung.organisation.viewsets import SeenEditView
from tests.contacts.accounts import lead
from tests.contacts.acts_support import ACTS as ACTIONS
from tests.contacts.acts_support import fit_for
from tests.contacts.desk_page import send
from tests.contacts.factories import EnquiryFactory, SubjectFactory
from tests.contacts.routing_factories import DeputyFactory, RuleFactory
from tests.factories import AreaGeometryFactory, ServicePointFactory, UnitFactory

pytestmark = pytest.mark.django_db

TOLD = "Dieser Eintrag wurde inzwischen geändert."


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
    "unit": UnitFactory,
    "outline": AreaGeometryFactory,
    "settings": SiteSettings.load,
}
# What I type, what is then stored, and what somebody else types; where nothing is said, "Mein Name" and a position.
MINE = {
    "deputy": ("last_day", "01.01.2099", dt.date(2099, 1, 1)),
    "desk": ("wants_digest", "on", True),
    "template": ("text", "Mein Text", "Mein Text"),
    "unit": ("mailbox", "mein@stadtdo.example", "mein@stadtdo.example"),
    "outline": ("decision", "Mein Beschluss", "Mein Beschluss"),
    "settings": ("mailbox", "mein@stadtdo.example", "mein@stadtdo.example"),
}
THEIRS = {
    "deputy": {"first_day": "01.02.2020"},
    "desk": {"uses_desk": ""},
    "outline": {"source": "Andere Quelle"},
    "settings": {"phone": "0231 1"},
}


def edit_url(record) -> str:
    app, model = record._meta.app_label, record._meta.model_name
    if isinstance(record, SiteSettings):
        return reverse("wagtailsettings:edit", args=[app, model, record.pk])
    return reverse(f"wagtailsnippets_{app}_{model}:edit", args=[record.pk])


def fields_of(response) -> dict[str, str]:
    """Return what a browser would send from the form as it is shown."""
    form = response.context["form"]
    values = {field.html_name: field.value() for field in form}
    # Rich text is stored in another form than the editor's.
    rich = [field for field in form if isinstance(field.field.widget, DraftailRichTextArea)]
    values |= {field.html_name: field.field.widget.format_value(field.value()) for field in rich}
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
    field, typed, value = MINE.get(kind, ("name", "Mein Name", "Mein Name"))
    mine, theirs = [fields_of(admin.get(edit_url(record))) for _ in range(2)]

    first = admin.post(edit_url(record), theirs | THEIRS.get(kind, {"position": "77"}))
    second = admin.post(edit_url(record), mine | {field: typed})

    assert (first.status_code, second.status_code) == (302, 200)
    assert TOLD in second.text
    assert second.context["form"][field].value() in {typed, typed == "on"}
    assert getattr(type(record).objects.get(pk=record.pk), field) == getattr(record, field)

    again = admin.post(edit_url(record), fields_of(second))

    assert again.status_code == 302
    assert getattr(type(record).objects.get(pk=record.pk), field) == value


@pytest.mark.parametrize("kind", RECORDS)
def test_the_same_form_sent_twice_is_no_conflict(admin, kind):
    record = RECORDS[kind]()
    field, typed, _value = MINE.get(kind, ("name", "Mein Name", "Mein Name"))
    data = fields_of(admin.get(edit_url(record))) | {field: typed}

    codes = [admin.post(edit_url(record), data).status_code for _ in range(2)]

    assert codes == [302, 302]


def test_looking_and_saving_are_one_act(admin, monkeypatch):
    unit = UnitFactory(mailbox="vorher@stadtdo.example")
    data = fields_of(admin.get(edit_url(unit)))
    setup = SeenEditView.setup

    def setup_and_lose_the_race(self, *args, **kwargs):
        setup(self, *args, **kwargs)
        OrganisationUnit.objects.filter(pk=unit.pk).update(mailbox="andere@stadtdo.example")

    monkeypatch.setattr(SeenEditView, "setup", setup_and_lose_the_race)

    response = admin.post(edit_url(unit), data | {"name": "Mein Name"})

    assert TOLD in response.text
    assert OrganisationUnit.objects.get(pk=unit.pk).mailbox == "andere@stadtdo.example"


def test_rows_of_a_record_belong_to_it(home_page):
    point = ServicePoint.objects.get(pk=ServicePointFactory().pk)
    before = mark_of(point)

    Closure.objects.create(service_point=point, first_day=dt.date(2026, 1, 5), last_day=dt.date(2026, 1, 6))

    assert mark_of(ServicePoint.objects.get(pk=point.pk)) != before


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_edits_what_was_deleted_is_taken_back_to_the_list(admin, method):
    rule = RuleFactory(unit=UnitFactory())
    data = fields_of(admin.get(edit_url(rule)))
    url = edit_url(rule)
    rule.delete()

    response = getattr(admin, method)(url, data, follow=True)

    assert response.redirect_chain == [(reverse("wagtailsnippets_contacts_routingrule:list"), 302)]
    assert "Diesen Eintrag gibt es nicht mehr." in response.text


def test_every_record_without_revisions_is_guarded():
    settings = [model for model in setting_registry if not issubclass(model, RevisionMixin)]
    snippets = [model for model in get_snippet_models() if not issubclass(model, RevisionMixin)]
    forms = [get_setting_edit_handler(model).get_form_class() for model in settings]
    forms += [model.snippet_viewset.get_edit_handler().get_form_class() for model in snippets]

    assert OrganisationUnit in snippets
    assert SiteSettings in settings
    assert [form for form in forms if not issubclass(form, SeenForm)] == []
    assert [each for each in snippets if not issubclass(each.snippet_viewset.edit_view_class, SeenEditView)] == []


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

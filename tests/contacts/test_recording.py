"""Calls, visits, letters and mails that the staff write down."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.deadlines import due_day
from contacts.models import AuditEntry, Enquiry, EnquiryEvent, OutboxMessage, RoutingRule
from stadterneuerung.base.dates import today
from tests.contacts.accounts import account, clerk
from tests.factories import ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(subject):
    yesterday = today() - dt.timedelta(days=1)
    return {
        "nonce": "einmal",
        "kind": "question",
        "channel": "phone",
        "day": f"{yesterday:%Y-%m-%d}",
        "time": "14:30",
        "subject": subject.slug,
        "zu": "",
        "message": "Wann beginnt der Umbau?",
        "name": "Frieda Beispiel",
        "phone": "0231 000",
        "email": "",
        "unit": "",
    }


def send(client, data: dict):
    return client.post(reverse("contacts_record"), data)


def test_a_call_becomes_an_enquiry_like_any_other(desk, user, data):
    yesterday = today() - dt.timedelta(days=1)

    response = send(desk, data)

    enquiry = Enquiry.objects.get()
    event, [mail] = enquiry.events.get(), enquiry.outbox.all()
    assert response.url == reverse("enquiry:edit", args=[enquiry.pk])
    assert (enquiry.kind, enquiry.channel, enquiry.phone, enquiry.state) == ("question", "phone", "0231 000", "new")
    assert timezone.localtime(enquiry.created_at).replace(tzinfo=None) == dt.datetime.combine(
        yesterday, dt.time(14, 30)
    )
    assert enquiry.due_on == due_day(yesterday, barrier=False)
    assert (event.kind, event.actor, event.detail) == (EnquiryEvent.Kind.RECEIVED, user, "Telefon, im Amt aufgenommen")
    assert event.at == enquiry.created_at
    assert "Telefon: 0231 000" in mail.body_text
    assert "Eingangsweg: Telefon; im Amt aufgenommen" in mail.body_text
    assert AuditEntry.objects.get().action == AuditEntry.Action.RECORDED


def test_a_barrier_told_on_the_telephone_has_its_own_day(desk, data):
    send(desk, data | {"kind": "barrier", "subject": "", "url": "/karte/", "wanted_alternative": "als Text"})

    report = Enquiry.objects.get()
    assert report.reference.startswith("BF-")
    assert (report.url, report.wanted_alternative, report.subject) == ("/karte/", "als Text", None)
    assert report.due_on == report.received_on + dt.timedelta(days=14)


def test_sent_twice_it_is_one(desk, data):
    first, second = send(desk, data), send(desk, data)

    assert first.url == second.url
    assert (Enquiry.objects.count(), OutboxMessage.objects.count(), AuditEntry.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    "change", [{"kind": "barrier", "subject": "", "url": "/karte/"}, {"channel": "visit"}, {"time": "14:31"}]
)
def test_who_goes_back_and_changes_anything_has_recorded_another_one(desk, data, change):
    send(desk, data)
    send(desk, data | change)

    first, second = Enquiry.objects.order_by("pk")
    told = [(each.kind, each.url, each.channel, each.created_at) for each in (first, second)]
    assert told[0] != told[1]


def test_the_same_words_in_a_fresh_form_are_another_one(desk, data):
    send(desk, data)
    send(desk, data | {"nonce": desk.get(reverse("contacts_record")).context["form"]["nonce"].value()})

    assert Enquiry.objects.count() == 2


def test_a_confirmation_leaves_only_when_it_is_asked_for(desk, data):
    with_address = data | {"email": "frieda@example.org"}
    send(desk, with_address)
    assert OutboxMessage.objects.filter(kind="acknowledgement").count() == 0

    send(desk, with_address | {"nonce": "zweimal", "acknowledge": "on"})
    assert OutboxMessage.objects.get(kind="acknowledgement").to == "frieda@example.org"


def test_rules_decide_unless_a_unit_is_chosen(desk, data):
    by_rule, by_hand = UnitFactory(), UnitFactory()
    project = ProjectPageFactory(responsible_unit=by_rule)
    assert RoutingRule.objects.filter(target="page").exists()

    send(desk, data | {"zu": project.pk})
    send(desk, data | {"zu": project.pk, "nonce": "zweimal", "unit": by_hand.pk})

    assert list(Enquiry.objects.order_by("pk").values_list("unit", flat=True)) == [by_rule.pk, by_hand.pk]


def test_what_belongs_to_others_leads_back_to_the_list(client, data):
    client.force_login(clerk(UnitFactory()))

    response = send(client, data | {"unit": UnitFactory().pk})

    assert response.url == reverse("enquiry:index")


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"message": " "}, "message", "Bitte schreiben Sie uns, worum es geht."),
        ({"subject": ""}, "subject", "Bitte wählen Sie aus, worum es geht."),
        ({"day": ""}, "day", "Bitte geben Sie den Tag an."),
        ({"day": "gestern"}, "day", "Bitte geben Sie den Tag so an: 23.11.2026."),
        ({"day": "9999-12-31"}, "day", "Dieser Tag liegt in der Zukunft."),
        ({"day": "0001-01-01"}, "day", "Dieser Tag liegt mehr als ein Jahr zurück. Bitte prüfen Sie die Jahreszahl."),
        ({"time": "25:00"}, "time", "Bitte geben Sie die Uhrzeit so an: 14:30."),
        ({"acknowledge": "on"}, "email", "Ohne Adresse lässt sich keine Eingangsbestätigung senden."),
        ({"unit": "999999"}, "unit", "Diese Einheit gibt es nicht mehr."),
        ({"phone": "1" * 201}, "phone", "Das ist zu lang; möglich sind 200 Zeichen."),
        ({"url": "/karte/"}, "url", "Das gehört nur zu einer Barrieremeldung."),
        ({"wanted_alternative": "als Text"}, "wanted_alternative", "Das gehört nur zu einer Barrieremeldung."),
        ({"kind": "barrier"}, "subject", "Einen Betreff hat nur eine Anfrage."),
        ({"zu": "999999"}, "zu", "Diese Seite gibt es nicht mehr."),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(desk, data, change, field, sentence):
    response = send(desk, data | change)

    assert response.status_code == 422
    assert response.context["form"].errors[field][0].startswith(sentence)
    assert sentence in response.text
    assert response.context["form"]["name"].value() == "Frieda Beispiel"
    assert Enquiry.objects.count() == 0


def test_no_moment_of_today_that_is_still_to_come(desk, data, monkeypatch):
    noon = timezone.localtime().replace(hour=12, minute=0)
    monkeypatch.setattr(timezone, "now", lambda: noon)

    refused = send(desk, data | {"day": f"{noon:%d.%m.%Y}", "time": "12:01"})
    taken = send(desk, data | {"day": f"{noon:%d.%m.%Y}", "time": "11:59"})

    assert refused.context["form"].errors["time"] == ["Diese Uhrzeit liegt in der Zukunft."]
    assert taken.status_code == 302


@pytest.mark.parametrize("data", [{}, {"kind": "x", "channel": "form"}, {"nonce": "x" * 99, "time": "\x00"}])
def test_invented_forms_are_refused(desk, subject, data):
    assert send(desk, data).status_code == 422
    assert Enquiry.objects.count() == 0


def test_the_trap_of_the_public_form_is_not_here(desk):
    assert "trap" not in desk.get(reverse("contacts_record")).context["form"].fields


def test_who_may_not_change_enquiries_records_none(client, home_page, data):
    client.force_login(account("access_admin", "view_enquiry"))

    assert send(client, data).url == reverse("wagtailadmin_home")
    assert Enquiry.objects.count() == 0

"""Acts on the page of one enquiry: what is offered, and that nothing typed there is lost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.desk import actions
from contacts.desk.acts import ACTS, BY_NAME, possible_acts
from contacts.models import AnswerTemplate, Enquiry, OutboxMessage
from tests.contacts.accounts import clerk, lead
from tests.contacts.desk_page import address, offered, send
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


# --- What can be done -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, "take answer wait elsewhere note pass_on close"),
        ({"state": "taken"}, "take answer wait elsewhere note pass_on close"),
        ({"email": ""}, "take elsewhere note pass_on close"),
        ({"state": "waiting"}, "reply take answer wait elsewhere note pass_on close"),
        ({"state": "answered"}, "answer wait elsewhere note pass_on close reopen"),
        ({"state": "closed", "closed_at": timezone.now()}, "note reopen"),
        ({"is_suspicious": True, "suspicion": "5 Links"}, "release note close"),
    ],
)
def test_offered_is_what_is_possible(desk, fields, names):
    assert sorted(offered(desk.get(address(EnquiryFactory(**fields))))) == sorted(names.split())


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "In Quarantäne: "), ({"state": "closed", "closed_at": timezone.now()}, "Als Spam geschlossen: ")],
)
def test_the_page_says_what_became_of_spam(desk, fields, words):
    text = desk.get(address(EnquiryFactory(is_suspicious=True, suspicion="5 Links", **fields))).content.decode()

    assert [each for each in ("In Quarantäne: ", "Als Spam geschlossen: ") if each in text] == [words]


def test_who_has_it_need_not_take_it(user):
    mine, theirs = EnquiryFactory(assignee=user, state="taken"), EnquiryFactory(assignee=lead(), state="taken")

    assert [BY_NAME["take"] in possible_acts(enquiry, user) for enquiry in (mine, theirs)] == [False, True]


def test_an_interim_notice_is_offered_once_and_for_barriers(user):
    assert BY_NAME["interim"] in possible_acts(BarrierReportFactory(), user)
    assert BY_NAME["interim"] not in possible_acts(BarrierReportFactory(interim_at=timezone.localdate()), user)
    assert BY_NAME["interim"] not in possible_acts(EnquiryFactory(), user)


def test_each_act_can_be_done_on_the_page(desk, user):
    unit = UnitFactory()
    data = {
        "pass_on": {"unit": unit.pk},
        "interim": {"text": "Es dauert länger."},
        "elsewhere": {"text": "Am Telefon.", "ombuds_named": "on"},
    }

    for act in ACTS:
        fields = {"is_suspicious": act.name == "release"}
        if act.name == "reopen":
            fields |= {"state": "closed", "closed_at": timezone.now()}
        if act.name == "reply":
            fields |= {"state": "waiting"}
        enquiry = (BarrierReportFactory if act.name == "interim" else EnquiryFactory)(**fields)
        response = send(desk, enquiry, act.name, **data.get(act.name, {"text": "Ein Text."}))
        assert (response.status_code, response.url) == (302, address(enquiry)), act.name
        assert enquiry.events.get().actor == user, act.name


def test_what_was_passed_on_to_others_leads_back_to_the_list(client, home_page):
    mine, other = UnitFactory(), UnitFactory()
    enquiry = EnquiryFactory(unit=mine)
    client.force_login(clerk(mine))

    response = send(client, enquiry, "pass_on", unit=other.pk, text="Gehört zu euch.")

    assert response.url == reverse("enquiry:index")
    assert Enquiry.objects.get().unit == other


@pytest.mark.parametrize(
    ("act", "data", "sentence"),
    [
        ("note", {"text": " \n"}, "Bitte schreiben Sie, was vermerkt werden soll."),
        ("answer", {"text": ""}, "Bitte schreiben Sie den Text."),
        ("answer", {"text": "Grund: [[Grund]]"}, "Im Text ist noch etwas auszufüllen: [[Grund]]"),
        ("answer", {"text": "Ja."}, "Die Antwort muss auf das Ombudsverfahren hinweisen"),
        ("answer", {"text": "x" * 20_001}, "Der Text hat 20001 Zeichen, möglich sind 20000."),
        ("elsewhere", {"text": "Am Telefon."}, "Bitte bestätigen Sie"),
        ("pass_on", {"text": "Zu euch."}, "Bitte wählen Sie aus, an wen"),
        ("pass_on", {"text": "Zu euch.", "unit": "999999"}, "Diese Einheit gibt es nicht mehr"),
        ("pass_on", {"text": "Zu euch.", "unit": "amt"}, "Diese Einheit gibt es nicht mehr"),  # it is there already
        ("close", {"text": "y" * 20_001}, "Der Text hat 20001 Zeichen"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(desk, act, data, sentence):
    report = BarrierReportFactory()

    response = send(desk, report, act, **data)

    assert response.status_code == 422
    assert sentence in response.text
    assert data["text"] in response.text
    assert (report.events.count(), OutboxMessage.objects.count()) == (0, 0)


@pytest.mark.parametrize("data", [{}, {"act": "delete"}, {"act": "take\x00"}, {"act": ["take", "x"]}])
def test_an_unknown_act_changes_nothing(desk, data):
    enquiry = EnquiryFactory()

    response = desk.post(address(enquiry), {"version": 1, **data})

    assert response.status_code == 302
    assert enquiry.events.count() == 0


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30, "１", "2147483648", "1.0"])
def test_an_invented_version_is_another_one(desk, version):
    enquiry = EnquiryFactory()

    assert send(desk, enquiry, "note", version=version, seen=version, text="Vermerk").status_code == 409
    assert enquiry.events.count() == 0


def test_an_act_that_is_not_possible_is_refused(desk):
    enquiry = EnquiryFactory(email="")

    response = send(desk, enquiry, "answer", text="Im Mai.")

    assert response.status_code == 302
    assert enquiry.events.count() == 0


# --- Two at once ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", [act for act in ACTS if act.name not in ("release", "reopen")])
def test_the_second_of_two_is_told_and_keeps_the_text(client, user, act):
    report, colleague = BarrierReportFactory(), lead(first_name="Karl", last_name="Kollege")
    client.force_login(colleague)
    send(client, report, "note", text="Ich rufe an.")
    client.force_login(user)

    response = send(client, report, act.name, text="Mein Text")

    assert response.status_code == 409
    assert "Inzwischen ist etwas geschehen" in response.text
    assert "Karl Kollege: vermerkt" in response.text
    assert re.search(r">\s*Mein Text</textarea>", response.text)
    assert report.events.count() == 1
    assert set(re.findall(r'name="version" value="(\d+)"', response.text)) == {"2"}


def test_what_is_no_longer_possible_leaves_the_text_to_be_copied(client, user):
    enquiry = EnquiryFactory()
    actions.close(Enquiry.objects.get(), lead())
    client.force_login(user)

    response = send(client, enquiry, "answer", text="Im Mai beginnt der Umbau.")

    assert response.status_code == 409
    assert "readonly>Im Mai beginnt der Umbau.</textarea>" in response.text
    assert OutboxMessage.objects.count() == 0


def test_only_what_was_not_seen_is_told(client, user):
    enquiry = EnquiryFactory()
    actions.add_note(enquiry, lead(first_name="Alt", last_name="Bekannt"), "Gesehen.")
    seen = enquiry.events.get().pk
    actions.add_note(enquiry, lead(first_name="Neu", last_name="Dazu"), "Nicht gesehen.")
    client.force_login(user)

    response = send(client, enquiry, "note", version=2, seen=seen, text="Vermerk")

    assert [entry.who for entry in response.context["conflict"].entries] == ["Neu Dazu"]


def test_an_act_between_look_and_write_is_a_conflict_too(desk, monkeypatch):
    enquiry = EnquiryFactory()
    original = actions.answer

    def overtaken(shown, by, text):
        actions.close(Enquiry.objects.get(), lead())
        original(shown, by, text)

    monkeypatch.setattr(actions, "answer", overtaken)

    response = send(desk, enquiry, "answer", text="Im Mai.")

    assert response.status_code == 409
    assert "readonly>Im Mai.</textarea>" in response.text
    assert OutboxMessage.objects.count() == 0


# --- Templates --------------------------------------------------------------------------------------------------------
def test_a_template_is_put_below_what_was_typed(desk):
    enquiry = EnquiryFactory(name="Frieda Beispiel", reference="SE-1")
    template = AnswerTemplate.objects.create(name="Kurz", text="{Anrede}\n\nzu {Vorgangsnummer}: [[Antwort]]")

    response = send(desk, enquiry, "answer", insert="1", text="Schon getippt.", template=template.pk)

    form = response.context["bound"]
    assert response.status_code == 200
    assert form["text"].value() == "Schon getippt.\n\nGuten Tag Frieda Beispiel,\n\nzu SE-1: [[Antwort]]"
    assert form.errors == {}
    assert enquiry.events.count() == 0


@pytest.mark.parametrize("choice", ["", "999999", "abc", "9" * 40, "-1"])
def test_no_template_chosen_loses_nothing(desk, choice):
    response = send(desk, EnquiryFactory(), "wait", insert="1", text="Schon getippt.", template=choice)

    form = response.context["bound"]
    assert response.status_code == 200
    assert form["text"].value() == "Schon getippt."
    assert form.errors["template"] == ["Bitte wählen Sie erst eine Vorlage aus."]


def test_templates_of_other_kinds_are_not_offered(desk):
    enquiry = EnquiryFactory()
    AnswerTemplate.objects.all().delete()
    AnswerTemplate.objects.create(name="Für alle", text="a")
    other = AnswerTemplate.objects.create(name="Für Barrieren", text="b", kind="barrier")

    form = next(form for form in desk.get(address(enquiry)).context["writing_forms"] if form.name == "answer")
    sent = send(desk, enquiry, "answer", text="Im Mai.", template=other.pk)

    assert [template.name for template in form.templates.values()] == ["Für alle"]
    assert sent.status_code == 422
    assert "Diese Vorlage gibt es nicht mehr." in sent.text

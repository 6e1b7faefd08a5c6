"""The acts at the desk: what each one changes, and when it is refused."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts.deadlines import due_day
from contacts.desk import actions
from contacts.desk.actions import NotPossible
from contacts.models import AuditEntry, Enquiry, EnquiryEvent, OutboxMessage
from stadterneuerung.base.dates import date_label, today
from stadterneuerung.base.models import SiteSettings
from tests.contacts.accounts import clerk
from tests.contacts.acts_support import LONG_AGO, closed, steps, stored
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

State = Enquiry.State
Kind = EnquiryEvent.Kind


@pytest.mark.parametrize("state", [State.NEW, State.TAKEN, State.WAITING])
def test_taking_makes_the_account_responsible(by, state):
    enquiry = EnquiryFactory(state=state, assignee=clerk())

    actions.take(enquiry, by, "Ich rufe an.")

    fresh = stored(enquiry)
    assert (fresh.state, fresh.assignee, fresh.version) == (State.TAKEN, by, 2)
    assert steps(enquiry) == [(Kind.TAKEN, "Ich rufe an.", False)]


def test_a_note_changes_nothing_else(by):
    enquiry = closed()

    actions.add_note(enquiry, by, "Steht in der Akte.")

    fresh = stored(enquiry)
    assert (fresh.state, fresh.assignee, fresh.version) == (State.CLOSED, None, 2)
    assert steps(enquiry) == [(Kind.NOTED, "Steht in der Akte.", False)]
    assert OutboxMessage.objects.count() == 0


def test_a_question_to_the_sender_leaves_by_mail_and_waits(by):
    enquiry = EnquiryFactory(email="frieda@example.org")

    actions.wait(enquiry, by, "Welches Haus meinen Sie?")

    fresh, mail = stored(enquiry), OutboxMessage.objects.get()
    assert (fresh.state, fresh.assignee, fresh.first_answer_at) == (State.WAITING, by, None)
    assert steps(enquiry) == [(Kind.WAITING, "Welches Haus meinen Sie?", True)]
    assert (mail.to, mail.kind) == ("frieda@example.org", OutboxMessage.Kind.ANSWER)
    assert mail.body_text.startswith("Welches Haus meinen Sie?\n")


def test_a_reply_by_mail_ends_the_waiting_with_a_new_day(by):
    enquiry = EnquiryFactory(state=State.WAITING, due_on=LONG_AGO)

    actions.note_reply(enquiry, by, "Per Mail: Haus 12.")

    fresh = stored(enquiry)
    assert (fresh.state, fresh.assignee, fresh.due_on) == (State.TAKEN, by, due_day(today(), barrier=False))
    assert steps(enquiry) == [(Kind.REPLIED, "Per Mail: Haus 12.", False)]
    assert OutboxMessage.objects.count() == 0


@pytest.mark.parametrize("state", [State.NEW, State.TAKEN, State.ANSWERED])
def test_a_reply_answers_a_question(by, state):
    with pytest.raises(NotPossible):
        actions.note_reply(EnquiryFactory(state=state), by)


def test_an_answer_leaves_by_mail_and_keeps_who_was_responsible(by):
    colleague = clerk()
    enquiry = EnquiryFactory(state=State.TAKEN, assignee=colleague)

    actions.answer(enquiry, by, "Im Mai.")

    fresh = stored(enquiry)
    assert (fresh.state, fresh.assignee, fresh.ombuds_named) == (State.ANSWERED, colleague, False)
    assert fresh.first_answer_at is not None
    assert steps(enquiry) == [(Kind.ANSWERED, "Im Mai.", True)]
    assert OutboxMessage.objects.get().body_text.startswith("Im Mai.\n")


def test_the_first_answer_stays_the_first(by):
    enquiry = EnquiryFactory()
    actions.answer(enquiry, by, "Im Mai.")
    first = enquiry.first_answer_at

    actions.answer(enquiry, by, "Genauer: am 4. Mai.")

    assert stored(enquiry).first_answer_at == first
    assert OutboxMessage.objects.count() == 2


def test_an_answer_to_a_barrier_names_the_ombuds_office(by):
    report = BarrierReportFactory()

    with pytest.raises(NotPossible, match="Ombudsverfahren"):
        actions.answer(report, by, "Der Film hat jetzt Untertitel.")
    assert (stored(report).version, OutboxMessage.objects.count(), AuditEntry.objects.count()) == (1, 0, 0)

    actions.answer(report, by, f"Der Film hat jetzt Untertitel. {SiteSettings.load().ombuds_url}")
    assert (stored(report).state, report.ombuds_named) == (State.ANSWERED, True)


@pytest.mark.parametrize("channel", ["phone", "visit", "letter", "mail"])
def test_whoever_was_shown_no_link_and_gave_no_address_is_not_answered_on_the_status_page(by, channel):
    enquiry = EnquiryFactory(email="", channel=channel, status_digest="d" * 64)

    with pytest.raises(NotPossible, match="weder eine E-Mail-Adresse noch eine Statusseite"):
        actions.answer(enquiry, by, "Im Mai.")

    assert stored(enquiry).state == State.NEW


def test_whoever_sent_the_form_without_an_address_is_answered_on_the_status_page(by):
    enquiry = EnquiryFactory(email="", channel="form", status_digest="d" * 64)

    actions.answer(enquiry, by, "Im Mai.")

    assert stored(enquiry).state == State.ANSWERED
    assert steps(enquiry) == [(Kind.ANSWERED, "Im Mai.", True)]


def test_an_answer_given_elsewhere_sends_nothing(by):
    enquiry = EnquiryFactory(email="")

    actions.answer_elsewhere(enquiry, by, "Am Telefon beantwortet.")

    fresh = stored(enquiry)
    assert (fresh.state, fresh.assignee) == (State.ANSWERED, by)
    assert steps(enquiry) == [(Kind.ANSWERED_ELSEWHERE, "Am Telefon beantwortet.", False)]
    assert OutboxMessage.objects.count() == 0


def test_a_barrier_answered_elsewhere_needs_the_word_that_the_ombuds_office_was_named(by):
    report = BarrierReportFactory()

    with pytest.raises(NotPossible, match="Ombudsverfahren"):
        actions.answer_elsewhere(report, by, "")
    actions.answer_elsewhere(report, by, "", ombuds_named=True)

    assert (stored(report).state, report.ombuds_named) == (State.ANSWERED, True)


def test_an_interim_notice_moves_the_day_to_six_weeks_after_the_report(by):
    report = BarrierReportFactory(created_at=timezone.now() - dt.timedelta(days=10))

    actions.send_interim(report, by, "Es dauert länger.")

    fresh = stored(report)
    assert (fresh.state, fresh.assignee, fresh.interim_at) == (State.TAKEN, by, today())
    assert fresh.due_on == report.received_on + dt.timedelta(days=42)
    assert steps(report) == [(Kind.INTERIM, "Es dauert länger.", True)]
    assert OutboxMessage.objects.get().body_text.startswith("Es dauert länger.\n")


def test_a_question_gets_no_interim_notice(by):
    with pytest.raises(NotPossible, match="Barrieremeldungen"):
        actions.send_interim(EnquiryFactory(), by, "Es dauert länger.")


def test_closing_and_opening_again(by):
    enquiry = EnquiryFactory(state=State.ANSWERED)

    actions.close(enquiry, by, "Erledigt.")
    assert (stored(enquiry).state, enquiry.closed_at is not None) == (State.CLOSED, True)

    actions.reopen(enquiry, by, "Doch nicht.")
    fresh = stored(enquiry)
    assert (fresh.state, fresh.closed_at, fresh.assignee) == (State.TAKEN, None, by)
    assert steps(enquiry) == [(Kind.CLOSED, "Erledigt.", False), (Kind.REOPENED, "Doch nicht.", False)]


@pytest.mark.parametrize("factory", [EnquiryFactory, BarrierReportFactory])
def test_what_is_opened_again_has_a_new_day_and_is_offered_to_nobody(by, factory):
    offered = {"hold": Enquiry.Hold.OFFERED, "offered_on": LONG_AGO}
    enquiry = factory(state=State.CLOSED, closed_at=timezone.now(), due_on=LONG_AGO, **offered)

    actions.reopen(enquiry, by)

    fresh = stored(enquiry)
    assert fresh.due_on == due_day(today(), barrier=enquiry.is_barrier)
    assert (fresh.hold, fresh.offered_on) == (Enquiry.Hold.NONE, None)


def test_opening_again_keeps_a_legal_reason_and_a_later_day(by):
    later = today() + dt.timedelta(days=60)
    enquiry = closed(hold=Enquiry.Hold.LEGAL, hold_reason="Klage", due_on=later)

    actions.reopen(enquiry, by)

    fresh = stored(enquiry)
    assert (fresh.hold, fresh.hold_reason, fresh.due_on) == (Enquiry.Hold.LEGAL, "Klage", later)


def test_release_sends_what_was_held_back(by):
    unit = UnitFactory(mailbox="a@stadtdo.example", mailbox_confirmed_at=timezone.now())
    enquiry = EnquiryFactory(is_suspicious=True, suspicion="5 Links", unit=unit, email="frieda@example.org")

    actions.release(enquiry, by)

    assert stored(enquiry).is_suspicious is False
    assert enquiry.events.get().detail == "5 Links"
    assert sorted(OutboxMessage.objects.values_list("to", flat=True)) == ["a@stadtdo.example", "frieda@example.org"]
    with pytest.raises(NotPossible, match="nicht in Quarantäne"):
        actions.release(enquiry, by)


def test_a_question_released_from_quarantine_promises_a_day_from_now(by):
    enquiry = EnquiryFactory(is_suspicious=True, suspicion="5 Links", due_on=LONG_AGO)

    actions.release(enquiry, by)

    day = due_day(today(), barrier=False)
    assert stored(enquiry).due_on == day
    mail = OutboxMessage.objects.get(kind=OutboxMessage.Kind.ACKNOWLEDGEMENT)
    assert f"Sie bekommen bis zum {date_label(day)} eine Antwort." in mail.body_text


@pytest.mark.parametrize(("days", "promised"), [(3, True), (20, False), (50, False)])
def test_a_barrier_released_from_quarantine_promises_no_day_that_is_past(by, days, promised):
    report = BarrierReportFactory(is_suspicious=True, created_at=timezone.now() - dt.timedelta(days=days))
    legal_day = report.due_on

    actions.release(report, by)

    assert stored(report).due_on == legal_day
    mail = OutboxMessage.objects.get(kind=OutboxMessage.Kind.ACKNOWLEDGEMENT)
    assert (f"bis zum {date_label(legal_day)}" in mail.body_text) == promised
    assert ("so bald wie möglich" in mail.body_text) != promised

"""The acts at the desk: what each one changes, when it is refused, and that of two at once one wins."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from contacts import audit
from contacts.deadlines import due_day
from contacts.desk import actions
from contacts.desk.actions import NotPossible, Outdated
from contacts.models import AuditEntry, Enquiry, EnquiryEvent, OutboxMessage, UnitDesk
from stadterneuerung.base.dates import date_label, today
from stadterneuerung.base.models import SiteSettings
from tests.contacts.accounts import clerk
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

State = Enquiry.State
Kind = EnquiryEvent.Kind


@pytest.fixture
def by(home_page):
    return clerk()


def closed(**fields) -> Enquiry:
    return EnquiryFactory(state=State.CLOSED, closed_at=timezone.now(), **fields)


def steps(enquiry: Enquiry) -> list[tuple[str, str, bool]]:
    return list(enquiry.events.values_list("kind", "text", "is_public"))


def stored(enquiry: Enquiry) -> Enquiry:
    """Return what the database holds; the object that was acted on has to say the same."""
    fresh = Enquiry.objects.get(pk=enquiry.pk)
    for field in ("state", "version", "assignee_id", "unit_id", "closed_at", "due_on", "first_answer_at"):
        assert getattr(fresh, field) == getattr(enquiry, field), field
    return fresh


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


LONG_AGO = dt.date(2026, 1, 5)


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


WRITING = [actions.wait, actions.answer]
ACTS = {
    "take": actions.take,
    "note": partial(actions.add_note, text="Vermerk"),
    "wait": partial(actions.wait, text="Frage?"),
    "reply": actions.note_reply,
    "answer": partial(actions.answer, text="Antwort."),
    "elsewhere": partial(actions.answer_elsewhere, text="Am Telefon."),
    "close": actions.close,
    "reopen": actions.reopen,
    "pass_on": lambda enquiry, by: actions.pass_on(enquiry, by, UnitFactory()),
    "release": actions.release,
    "interim": partial(actions.send_interim, text="Es dauert länger."),
}
CLOSED_TO = [name for name in ACTS if name not in ("note", "reopen")]


def fit_for(name: str, **fields) -> Enquiry:
    """Return an enquiry with which the act is possible."""
    if name == "interim":
        return BarrierReportFactory(**fields)
    if name == "reopen":
        return closed(**fields)
    if name == "reply":
        return EnquiryFactory(**{"state": State.WAITING} | fields)
    return EnquiryFactory(is_suspicious=name == "release", **fields)


@pytest.mark.parametrize("name", CLOSED_TO)
def test_nothing_is_done_with_what_is_closed(by, name):
    enquiry = fit_for(name, state=State.CLOSED, closed_at=timezone.now())

    with pytest.raises(NotPossible, match="abgeschlossen"):
        ACTS[name](enquiry, by)

    assert (enquiry.events.count(), AuditEntry.objects.count(), OutboxMessage.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("state", [State.NEW, State.TAKEN, State.WAITING])
def test_what_is_open_is_not_opened_again(by, state):
    with pytest.raises(NotPossible):
        actions.reopen(EnquiryFactory(state=state), by)


@pytest.mark.parametrize("write", WRITING)
def test_nobody_is_written_to_without_an_address(by, write):
    with pytest.raises(NotPossible, match="weder eine E-Mail-Adresse noch eine Statusseite"):
        write(EnquiryFactory(email=""), by, "Text")


@pytest.mark.parametrize("name", ACTS)
def test_of_two_at_once_one_wins_and_the_other_is_told(by, name):
    mine = fit_for(name, email="frieda@example.org")
    theirs = Enquiry.objects.get(pk=mine.pk)
    actions.add_note(theirs, clerk(), "Ich war schneller.")
    before = AuditEntry.objects.count()

    with pytest.raises(Outdated):
        ACTS[name](mine, by)

    assert steps(mine) == [(Kind.NOTED, "Ich war schneller.", False)]
    assert (AuditEntry.objects.count(), OutboxMessage.objects.count()) == (before, 0)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_sent_twice_is_one(by, name):
    enquiry = fit_for(name, email="frieda@example.org")
    again = Enquiry.objects.get(pk=enquiry.pk)
    ACTS[name](enquiry, by)
    mails = OutboxMessage.objects.count()

    with pytest.raises((Outdated, NotPossible)):
        ACTS[name](again, by)

    assert (enquiry.events.count(), OutboxMessage.objects.count()) == (1, mails)


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_in_the_audit_chain(by, name):
    enquiry = fit_for(name)

    ACTS[name](enquiry, by)

    entry = AuditEntry.objects.get()
    answered = name in ("wait", "answer", "elsewhere", "interim")
    assert entry.action == (audit.Action.ANSWERED if answered else audit.Action.CHANGED)
    assert (entry.actor, entry.label) == (by.get_username(), enquiry.reference)
    assert entry.detail == enquiry.events.get().get_kind_display()
    assert list(audit.verify()) == []


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_done_with_what_is_erased(by, name):
    enquiry = fit_for(name)
    Enquiry.objects.filter(pk=enquiry.pk).update(
        erased_at=timezone.now(), message="", email="", name="", phone="", url="", wanted_alternative=""
    )

    with pytest.raises(Outdated):
        ACTS[name](enquiry, by)

    assert enquiry.events.count() == 0

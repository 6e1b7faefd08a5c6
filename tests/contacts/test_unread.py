"""What the office wrote and nobody got: the case is in work again, closed or not, unless told otherwise since."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts import additions, outbox
from contacts.desk import actions
from contacts.figures.outcomes import Outcome, with_outcomes
from contacts.models import Enquiry, OutboxMessage
from contacts.outbox_alarm import delivery_health
from contacts.unread import reopen_unread
from stadterneuerung.base.models import SiteSettings
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory

pytestmark = pytest.mark.django_db

REASON = "SMTPRecipientsRefused 550"


def give_up(mail: OutboxMessage) -> None:
    """What the delivery does with an answer to an address that does not exist."""
    mail.state, mail.last_error = OutboxMessage.State.FAILED, REASON
    mail.save()
    reopen_unread(mail, REASON)


def stored(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.get(pk=enquiry.pk)


def mail_of(enquiry: Enquiry) -> OutboxMessage:
    return enquiry.outbox.filter(kind="answer").earliest("created_at", "pk")


def steps_since(enquiry: Enquiry, count: int) -> list[tuple[str, str]]:
    return list(enquiry.events.values_list("kind", "detail"))[count:]


def test_answer_that_does_not_arrive_opens_its_case_again(by):
    enquiry = EnquiryFactory()
    actions.answer(enquiry, by, "Im Mai.")

    give_up(mail_of(enquiry))

    assert stored(enquiry).state == "taken"
    assert steps_since(enquiry, 1) == [("reopened", f"Die Antwort kam nicht an ({REASON}).")]


def test_worker_tells_of_an_answer_that_is_refused(by, settings):
    settings.EMAIL_BACKEND = "tests.contacts.test_fallback.RefusingBackend"
    enquiry = EnquiryFactory()
    actions.answer(enquiry, by, "Im Mai.")
    actions.close(enquiry, by)

    outbox.deliver_due()

    assert stored(enquiry).state == "taken"
    assert steps_since(enquiry, 2) == [("reopened", f"Die Antwort kam nicht an ({REASON}).")]


def test_confirmation_that_does_not_arrive_changes_no_state(home_page):
    enquiry = EnquiryFactory(state="answered", first_answer_at=timezone.now())

    give_up(OutboxFactory(kind="acknowledgement", to="niemand@example.org", enquiry=enquiry))

    assert stored(enquiry).state == "answered"
    assert steps_since(enquiry, 0) == []


def test_answered_and_closed_before_the_mail_is_refused_is_open_again_and_raises_the_alarm(by):
    enquiry = EnquiryFactory(hold="offered", offered_on=timezone.localdate())
    actions.answer(enquiry, by, "Im Mai.")
    actions.close(enquiry, by)
    due_on, version = enquiry.due_on, enquiry.version

    give_up(mail_of(enquiry))

    fresh = stored(enquiry)
    assert (fresh.state, fresh.closed_at, fresh.due_on) == ("taken", None, due_on)
    assert (fresh.hold, fresh.offered_on, fresh.version) == ("none", None, version + 1)
    assert steps_since(enquiry, 2) == [("reopened", f"Die Antwort kam nicht an ({REASON}).")]
    assert delivery_health().failed_mails == 1


def test_whoever_was_answered_otherwise_since_is_not_reopened(by):
    enquiry = EnquiryFactory()
    actions.answer(enquiry, by, "Im Mai.")
    actions.answer_elsewhere(enquiry, by, "Am Telefon gesagt.")
    answered = stored(enquiry).state
    actions.close(enquiry, by)

    give_up(mail_of(enquiry))

    assert (answered, stored(enquiry).state) == ("answered", "closed")
    assert steps_since(enquiry, 3) == []


def test_of_several_answers_the_last_one_counts(by):
    enquiry = EnquiryFactory()
    actions.answer(enquiry, by, "Im Mai.")
    actions.answer(enquiry, by, "Nein, im Juni.")
    actions.close(enquiry, by)
    first, last = enquiry.outbox.filter(kind="answer").order_by("created_at", "pk")

    states = []
    for mail in (first, last):
        give_up(mail)
        states.append(stored(enquiry).state)

    assert states == ["closed", "taken"]


def test_answer_that_nobody_got_is_no_first_answer(by):
    report = BarrierReportFactory(created_at=timezone.localtime() - dt.timedelta(days=40))
    actions.answer(report, by, f"Der Film hat jetzt Untertitel. {SiteSettings.load().ombuds_url}")

    give_up(mail_of(report))

    fresh = stored(report)
    assert (fresh.state, fresh.first_answer_at, fresh.ombuds_named) == ("taken", None, False)
    assert with_outcomes(Enquiry.objects.all()).get().outcome == Outcome.LATE
    assert fresh.asked_again()["due_on"] == fresh.answer_by


@pytest.mark.parametrize("lost", [[0], [1], [0, 1], [1, 0]])
def test_first_answer_counts_while_one_of_them_is_not_known_to_be_lost(by, lost):
    enquiry = EnquiryFactory()
    for text in ("Im Mai.", "Nein, im Juni."):
        actions.answer(enquiry, by, text)
    mails = list(enquiry.outbox.filter(kind="answer").order_by("created_at", "pk"))

    for number in lost:
        give_up(mails[number])

    assert (stored(enquiry).first_answer_at is None) is (len(lost) == 2)


def test_question_that_nobody_got_does_not_wait_for_a_reply(by):
    enquiry = EnquiryFactory()
    actions.wait(enquiry, by, "Welche Straße meinen Sie?")

    give_up(mail_of(enquiry))

    assert stored(enquiry).state == "taken"
    assert steps_since(enquiry, 1) == [("noted", f"Die Rückfrage kam nicht an ({REASON}).")]


def note_reply(enquiry, by):
    actions.note_reply(enquiry, by, "Die Kaiserstraße.")


def add_on_the_status_page(enquiry, _by):
    additions.add(enquiry, "Die Kaiserstraße.", [], "key", source="von der Statusseite")
    enquiry.refresh_from_db()


@pytest.mark.parametrize("reply", [note_reply, add_on_the_status_page])
def test_question_that_was_replied_to_reached_somebody(by, reply):
    enquiry = EnquiryFactory()
    actions.wait(enquiry, by, "Welche Straße meinen Sie?")
    reply(enquiry, by)
    actions.close(enquiry, by)

    give_up(mail_of(enquiry))

    assert stored(enquiry).state == "closed"


def test_interim_notice_that_nobody_got_gives_no_six_weeks(by):
    report = BarrierReportFactory()
    two_weeks = report.due_on
    actions.send_interim(report, by, "Es dauert länger.")

    give_up(mail_of(report))

    fresh = stored(report)
    assert (fresh.state, fresh.interim_at, fresh.due_on) == ("taken", None, two_weeks)
    assert steps_since(report, 1) == [("noted", f"Die Zwischennachricht kam nicht an ({REASON}).")]


def test_interim_notice_sent_once_more_stays_when_the_first_one_fails_again(by):
    report = BarrierReportFactory()
    actions.send_interim(report, by, "Es dauert länger.")
    first = mail_of(report)
    give_up(first)
    report = stored(report)
    actions.send_interim(report, by, "Es dauert länger.")

    give_up(first)

    assert stored(report).interim_at == timezone.localdate()


def test_what_was_erased_meanwhile_stays_erased(home_page):
    enquiry = EnquiryFactory(
        state="closed", closed_at=timezone.now(), erased_at=timezone.now(), message="", email="", name=""
    )

    give_up(OutboxFactory(kind="answer", enquiry=enquiry))

    assert stored(enquiry).state == "closed"

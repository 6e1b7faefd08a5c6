"""What mail servers report about our mails (RFC 3464), and what follows: nobody believes that something was read."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts.models import Enquiry, EnquiryEvent, OutboxMessage
from contacts.outbox import as_email, retry
from contacts.outbox_alarm import delivery_health
from tests.contacts.factories import OutboxFactory
from tests.contacts.inbound.letters import report, take_in
from tests.contacts.routing_factories import OFFICE

pytestmark = pytest.mark.django_db

State = OutboxMessage.State
Kind = EnquiryEvent.Kind


def sent(mail: OutboxMessage) -> OutboxMessage:
    mail.state, mail.sent_at = State.SENT, timezone.now()
    mail.save()
    return mail


def outcome(mail: OutboxMessage) -> tuple[str, str]:
    mail.refresh_from_db()
    return mail.state, mail.last_error


def test_answer_that_came_back_counts_as_not_arrived_and_opens_its_case(enquiry):
    Enquiry.objects.update(state="answered")
    answer = sent(OutboxFactory(enquiry=enquiry, kind="answer", to="frieda@example.org"))

    take_in(report(answer))

    enquiry.refresh_from_db()
    assert outcome(answer) == (State.FAILED, "Rückläufer 5.1.1")
    assert answer.does_not_arrive
    assert enquiry.state == "taken"
    assert list(enquiry.events.values_list("kind", "detail"))[1:] == [
        (Kind.NOTED, "Mail an frieda@example.org kam nicht an (5.1.1)"),
        (Kind.REOPENED, "Die Antwort kam nicht an (Rückläufer 5.1.1)."),
    ]
    assert delivery_health().failed_mails == 1


def test_answer_that_came_back_opens_a_case_that_was_closed_meanwhile(enquiry):
    answer = sent(OutboxFactory(enquiry=enquiry, kind="answer", to="frieda@example.org"))
    Enquiry.objects.update(state="closed", closed_at=timezone.now())

    take_in(report(answer))

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.closed_at) == ("taken", None)
    assert delivery_health().failed_mails == 1


def test_mail_of_a_unit_that_came_back_reaches_the_office_once(enquiry, unit_mail):
    sent(unit_mail)

    take_in(report(unit_mail))
    take_in(report(unit_mail, status="5.2.2"))

    copies = OutboxMessage.objects.filter(kind="office", to=OFFICE)
    assert outcome(unit_mail) == (State.PENDING, "Rückläufer 5.2.2")
    assert [copy.body_text.splitlines()[0].startswith("Diese Mail ließ sich nicht") for copy in copies] == [True]


def test_mail_that_comes_back_again_and_again_is_noted_once(enquiry, unit_mail):
    versions = []
    for number in range(3):
        sent(unit_mail)
        take_in(report(unit_mail).replace(b"<report-failed@", b"<report-%d@" % number))
        versions.append(Enquiry.objects.get().version)

    assert enquiry.events.filter(kind=Kind.NOTED).count() == 1
    assert len(set(versions)) == 1
    assert outcome(unit_mail) == (State.PENDING, "Rückläufer 5.1.1")


@pytest.mark.parametrize("kind", OutboxMessage.INTERNAL_KINDS)
def test_mail_to_the_office_that_came_back_is_tried_again_after_the_longest_pause(enquiry, kind, settings):
    mail = sent(OutboxFactory(enquiry=enquiry, kind=kind, to=OFFICE, attempts=1))
    before = timezone.now()

    take_in(report(mail, status="5.2.2"))

    assert outcome(mail) == (State.PENDING, "Rückläufer 5.2.2")
    assert mail.sent_at is None
    assert mail.next_attempt_at >= before + dt.timedelta(seconds=settings.OUTBOX["max_pause_seconds"])
    assert delivery_health().stuck_mails == 1
    assert not delivery_health().is_well


def test_report_of_another_kind_is_told_in_a_whole_sentence(enquiry, unit_mail):
    take_in(report(sent(unit_mail), action="relayed", status="2.1.5"))

    [step] = enquiry.events.filter(kind=Kind.NOTED)
    assert step.detail == "Zur Mail an a@stadtdo.example kam ein Bericht des Mailservers (2.1.5)"


def test_delay_is_an_internal_step_only(enquiry, unit_mail):
    sent(unit_mail)

    take_in(report(unit_mail, action="delayed", status="4.4.1"))

    [step] = enquiry.events.filter(kind=Kind.NOTED)
    assert step.detail == "Mail an a@stadtdo.example ist noch nicht angekommen (4.4.1)"
    assert outcome(unit_mail) == (State.SENT, "")


def test_same_report_again_does_not_undo_a_new_attempt(enquiry, acknowledgement):
    take_in(report(sent(acknowledgement)))
    retry(acknowledgement)

    take_in(report(acknowledgement))

    assert outcome(acknowledgement)[0] == State.PENDING


def test_mail_is_found_by_address_and_code_where_a_server_renamed_it(enquiry, acknowledgement):
    [reply_to] = as_email(sent(acknowledgement)).reply_to

    take_in(report(acknowledgement, returned=f"Message-ID: <neu@relay.example>\nReply-To: {reply_to}\n"))

    assert outcome(acknowledgement) == (State.FAILED, "Rückläufer 5.1.1")


def test_code_with_another_recipient_finds_nothing(enquiry, acknowledgement):
    [reply_to] = as_email(sent(acknowledgement)).reply_to
    other = OutboxMessage(to="fremd@example.net", message_id="<x@y>")

    take_in(report(other, returned=f"Message-ID: <neu@relay.example>\nReply-To: {reply_to}\n"))

    assert outcome(acknowledgement)[0] == State.SENT


def test_test_mail_that_came_back_has_no_case(home_page):
    mail = sent(OutboxFactory(enquiry=None, kind="test", to="a@stadtdo.example"))

    take_in(report(mail))

    assert outcome(mail) == (State.FAILED, "Rückläufer 5.1.1")
    assert Enquiry.objects.count() == 0


@pytest.mark.parametrize(
    "broken", [(b"Action: failed", b""), (b"Action: failed", b"Action: \xff\xfe"), (b"5.1.1", b"")]
)
def test_broken_report_is_noted_and_fails_nothing(enquiry, acknowledgement, broken):
    raw = report(sent(acknowledgement)).replace(*broken)

    take_in(raw)

    assert enquiry.events.filter(kind=Kind.NOTED).count() == 1
    assert outcome(acknowledgement)[0] == (State.FAILED if broken[0] == b"5.1.1" else State.SENT)

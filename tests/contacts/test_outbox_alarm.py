"""What those who watch from outside, the desk and the page of one enquiry are told about mail that does not leave."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts.desk.timeline import timeline
from contacts.models import OutboxMessage, WorkerBeat
from contacts.outbox_alarm import delivery_health, mail_warnings
from stadterneuerung.base.open_items import launch_blockers
from tests.contacts.factories import EnquiryFactory, OutboxFactory

pytestmark = pytest.mark.django_db
Kind = OutboxMessage.Kind
State = OutboxMessage.State


@pytest.fixture
def worker():
    WorkerBeat.beat()


def last_beat(**ago) -> None:
    WorkerBeat.objects.update(at=timezone.now() - dt.timedelta(**ago))


def lines() -> list[tuple[str, str]]:
    return [(each.text, each.url) for each in mail_warnings()]


def test_all_is_well(worker):
    OutboxFactory(state=State.SENT, sent_at=timezone.now(), created_at=timezone.now() - dt.timedelta(hours=9))

    assert (delivery_health().is_well, delivery_health().oldest_mail_seconds, lines()) == (True, 0, [])


def test_age_is_that_of_the_oldest_mail_that_waits(worker):
    for hours in (1, 3):
        OutboxFactory(created_at=timezone.now() - dt.timedelta(hours=hours))

    assert delivery_health().oldest_mail_seconds // 3600 == 3


@pytest.mark.parametrize(("minutes", "silent"), [(9, False), (11, True)])
def test_worker_that_is_not_heard_of_for_ten_minutes(worker, minutes, silent):
    last_beat(minutes=minutes)

    assert delivery_health().worker_is_silent is silent
    # No page of the admin starts it.
    assert lines() == [("Der Mailversand läuft nicht. Bitte sagen Sie dem Betrieb Bescheid.", "")] * silent


def test_worker_that_never_ran_is_silent():
    assert (delivery_health().worker_silent_seconds, delivery_health().is_well) == (None, False)


def test_beat_of_a_clock_ahead_is_no_negative_age(worker):
    last_beat(hours=-1)

    assert delivery_health().worker_silent_seconds == 0


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "Eine Mail an das Amt lässt sich seit Stunden nicht zustellen."),
        (3, "3 Mails an das Amt lassen sich seit Stunden nicht zustellen."),
    ],
)
def test_mail_to_the_office_that_is_stuck_alarms_everybody(
    worker, settings, count, sentence, django_assert_num_queries
):
    OutboxFactory.create_batch(count, kind=Kind.UNIT, attempts=settings.OUTBOX["alarm_after"])

    with django_assert_num_queries(2):
        health = delivery_health()

    assert (health.stuck_mails, health.is_well) == (count, False)
    assert [text for text, _url in lines()] == [sentence]


def test_alarm_ends_when_the_mail_is_sent(worker, settings):
    OutboxFactory(attempts=settings.OUTBOX["alarm_after"])
    assert not delivery_health().is_well

    OutboxMessage.objects.update(state=State.SENT, sent_at=timezone.now())

    assert delivery_health().is_well


def troubles(enquiry) -> list[str]:
    """Return the red lines on the page of an enquiry."""
    return [f"{entry.title} {entry.detail}" for entry in timeline(enquiry) if entry.is_trouble]


def test_answer_that_is_given_up_concerns_its_enquiry_alone(worker):
    enquiry, other = EnquiryFactory(), EnquiryFactory()
    OutboxFactory(
        enquiry=enquiry, kind=Kind.ANSWER, to="niemand@example.org", state=State.FAILED, last_error="Refused 550"
    )

    assert (delivery_health().is_well, delivery_health().failed_mails, troubles(other)) == (True, 1, [])
    assert lines() == [
        (
            "Bei einer offenen Anfrage kam eine Mail nicht an; sie wird nicht mehr versucht.",
            "/admin/anfragen/?ansicht=nicht-angekommen",
        )
    ]
    assert troubles(enquiry) == ["Mail: Antwort an niemand@example.org, nicht zustellbar (Refused 550)"]


def test_mail_without_case_that_is_given_up_is_for_those_who_see_the_outbox(worker):
    OutboxFactory(kind=Kind.DIGEST, enquiry=None, state=State.FAILED)

    assert lines() == [
        (
            "Eine Tagesübersicht oder Testmail kam nicht an und wird nicht mehr versucht.",
            "/admin/outbox/?state=failed",
        )
    ]


def test_enquiry_tells_of_mail_that_still_waits_after_many_attempts(settings):
    enquiry = EnquiryFactory()
    OutboxFactory(enquiry=enquiry, to="amt@example.org", attempts=8, last_error="TimeoutError")
    OutboxFactory(enquiry=enquiry, to="amt@example.org", attempts=7, last_error="TimeoutError")

    assert troubles(enquiry) == [
        "Mail: an das Amt an amt@example.org, noch nicht gesendet nach 8 Versuchen (TimeoutError)"
    ]


@pytest.mark.parametrize(
    ("sender", "missing"),
    [("Amt <noreply@stadterneuerung.example>", True), ("Amt <website@stadtdo.de>", False)],
)
def test_sender_in_a_domain_that_cannot_exist_is_an_open_item(settings, home_page, sender, missing):
    settings.DEFAULT_FROM_EMAIL = sender

    assert ("Absender der Mails" in {item.subject for item in launch_blockers()}) is missing

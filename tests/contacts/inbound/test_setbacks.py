"""Rounds that a crash, a restart of the database or a second worker disturbs, through a mailbox that is none."""

import contextlib
import datetime as dt
from email.message import EmailMessage

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from contacts import status_acts
from contacts.inbound import rounds
from contacts.inbound.letters import read
from contacts.inbound.mailbox import Lying
from contacts.inbound.own_mails import new_signed_id
from contacts.inbound.rounds import Round, go_round
from contacts.inbound.taking import Taken
from contacts.models import Enquiry, MailboxState, OutboxMessage
from tests.contacts.inbound.letters import letter, reply, take_in

pytestmark = pytest.mark.django_db


class FakeMailbox:
    """Folders in memory; `moved` are the folders and labels of the mails that left the first."""

    def __init__(self):
        self.mails: list[tuple[Lying, bytes]] = []
        self.moved: list[tuple[str, str]] = []

    def put(self, mail: EmailMessage, arrived: dt.date | None = None) -> None:
        uid = len(self.mails) + len(self.moved) + 1
        raw = mail.as_bytes()
        self.mails.append((Lying(uid, f"1.{uid}", len(raw), arrived or timezone.localdate()), raw))

    def new(self, count: int) -> list[Lying]:
        return [mail for mail, _raw in self.mails][:count]

    def read(self, mail: Lying, *, head_alone: bool = False) -> bytes:
        return dict(self.mails)[mail]

    def move(self, mail: Lying, folder: str, label: str = "") -> None:
        self.mails = [each for each in self.mails if each[0] != mail]
        self.moved.append((folder, label))

    def count(self, folder: str) -> int:
        return sum(each == folder for each, _label in self.moved)

    def labels(self, folder: str) -> dict[int, set[str]]:
        return {}

    def before(self, folder: str, day: dt.date) -> list[int]:
        return []

    def delete(self, folder: str, uids: list[int]) -> None:
        pass


@pytest.fixture
def mailbox(home_page, monkeypatch) -> FakeMailbox:
    found = FakeMailbox()
    monkeypatch.setattr(rounds, "opened", lambda server: contextlib.nullcontext(found))
    monkeypatch.setattr(rounds, "_PATIENCE", 0)
    monkeypatch.setattr(rounds, "_not_to_blame", set())
    monkeypatch.setattr(rounds.time, "sleep", lambda seconds: None)
    return found


def fail_in(monkeypatch, name: str, problem: type[BaseException]) -> None:
    """Let a function of `rounds` fail."""

    def fail(*args, **options):
        raise problem

    monkeypatch.setattr(rounds, name, fail)


def lose_the_database(monkeypatch, problem: type[Exception] = OperationalError, *, failures: int = 10_000) -> None:
    """Let the storing fail, and after it as many notes of a try."""
    note_try = MailboxState.note_try
    left = []

    def take(*args):
        left.extend(range(failures))
        raise problem

    def note(*args, **options):
        if left:
            left.pop()
            raise InterfaceError("connection is closed")
        note_try(*args, **options)

    monkeypatch.setattr(rounds, "take", take)
    monkeypatch.setattr(MailboxState, "note_try", note)


def lose_the_database_after_storing(monkeypatch) -> None:
    """Let a mail be stored, and every note after it fail."""
    take = rounds.take

    def store(*args):
        taken = take(*args)
        lose_the_notes(monkeypatch)
        return taken

    monkeypatch.setattr(rounds, "take", store)


def lose_the_notes(monkeypatch) -> None:
    def fail(*args, **options):
        raise InterfaceError("connection is closed")

    monkeypatch.setattr(MailboxState, "note_try", fail)


# --- Two at once ----------------------------------------------------------------------------------------------------
def test_who_comes_while_somebody_goes_round_leaves_the_mails_alone(mailbox, monkeypatch, capsys):
    mailbox.put(letter())
    take = rounds.take
    seen = []

    def come_in_between(*args):
        seen.append((go_round(), list(mailbox.moved)))
        call_command("fetch_mail")
        return take(*args)

    monkeypatch.setattr(rounds, "take", come_in_between)

    first = go_round()

    assert seen == [(Round(is_skipped=True), [])]
    assert capsys.readouterr().out == "Das Postfach wird gerade abgeholt; dieser Abruf entfällt.\n"
    assert first == Round(taken=1)
    assert mailbox.moved == [("Übernommen", Enquiry.objects.get().reference)]


def test_mailbox_is_free_again_after_a_round_however_it_ended(mailbox, monkeypatch):
    mailbox.put(letter())
    with monkeypatch.context() as patch:
        fail_in(patch, "take", TimeoutError)
        with pytest.raises(TimeoutError):
            go_round()

    assert MailboxState.current().claimed_until is None
    assert go_round() == Round(taken=1)
    assert MailboxState.current().claimed_until is None


def test_claim_counts_until_it_runs_out_and_not_when_a_wrong_clock_made_it(mailbox, settings):
    lease = dt.timedelta(seconds=settings.INBOUND["lease_seconds"])
    results = []

    for left in (lease / 2, -dt.timedelta(seconds=1), 3 * lease):
        MailboxState.objects.update_or_create(pk=1, defaults={"claimed_until": timezone.now() + left})
        results.append(go_round())

    assert results == [Round(is_skipped=True), Round(), Round()]


def test_who_took_too_long_does_not_end_the_claim_of_another(mailbox):
    late = MailboxState.claim()
    others = timezone.now() + dt.timedelta(seconds=17)
    MailboxState.objects.update(claimed_until=others)

    MailboxState.give_back(late)

    assert MailboxState.current().claimed_until == others


# --- The database restarts ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("problem", [OperationalError, InterfaceError])
def test_mail_during_which_the_database_restarts_is_read_the_next_time(mailbox, monkeypatch, problem):
    mailbox.put(letter())

    with monkeypatch.context() as patch:
        lose_the_database(patch, problem)
        with pytest.raises(problem):
            go_round()

    assert mailbox.moved == []
    assert go_round() == Round(taken=1)
    assert mailbox.moved == [("Übernommen", Enquiry.objects.get().reference)]


def test_note_is_taken_back_once_the_database_answers_again(mailbox, monkeypatch):
    mailbox.put(letter())
    monkeypatch.setattr(rounds, "_PATIENCE", 60)

    with monkeypatch.context() as patch:
        lose_the_database(patch, failures=3)
        with pytest.raises(OperationalError):
            go_round()

    assert MailboxState.current().tried == ""
    assert rounds._not_to_blame == set()


def test_mail_that_was_stored_when_the_database_went_is_stored_once(mailbox, monkeypatch):
    mailbox.put(letter())

    with monkeypatch.context() as patch:
        lose_the_database_after_storing(patch)
        with pytest.raises(InterfaceError):
            go_round()

    assert mailbox.moved == []
    assert go_round() == Round(taken=1)
    assert Enquiry.objects.count() == 1
    assert mailbox.moved == [("Übernommen", Enquiry.objects.get().reference)]


def test_mail_on_which_the_process_dies_after_the_database_was_away_is_set_aside(mailbox, monkeypatch):
    mailbox.put(letter())
    with monkeypatch.context() as patch:
        lose_the_database(patch)
        with pytest.raises(OperationalError):
            go_round()
    with monkeypatch.context() as patch:
        fail_in(patch, "read", SystemExit)
        with pytest.raises(SystemExit):
            go_round()

    assert go_round() == Round(set_aside=1)
    assert mailbox.moved == [("Zu prüfen", "")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite closes no connection")
def test_connection_that_the_database_closed_is_made_anew(monkeypatch):
    monkeypatch.setattr(rounds.time, "sleep", lambda seconds: None)
    MailboxState.note_try("1.1")
    with contextlib.suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    written = rounds._is_written(MailboxState.note_try, "")

    assert (written, MailboxState.current().tried) == (True, "")


# --- Killed ---------------------------------------------------------------------------------------------------------
def die_after_storing(monkeypatch) -> None:
    """Go round, and end as a process that is killed once a mail is stored, before that is noted."""
    take = rounds.take

    def die(*args):
        take(*args)
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(rounds, "take", die)
        with pytest.raises(SystemExit):
            go_round()


def test_mail_that_was_stored_before_the_crash_is_found_in_its_new_case(mailbox, monkeypatch):
    mailbox.put(letter())
    die_after_storing(monkeypatch)

    assert go_round() == Round(taken=1)
    assert mailbox.moved == [("Übernommen", Enquiry.objects.get().reference)]


def test_mail_that_was_stored_before_the_crash_is_found_in_its_step(mailbox, enquiry, acknowledgement, monkeypatch):
    mailbox.put(reply(acknowledgement))
    die_after_storing(monkeypatch)

    assert go_round() == Round(taken=1)
    assert mailbox.moved == [("Übernommen", enquiry.reference)]


def test_mail_that_was_stored_in_part_before_the_crash_waits_for_a_person(mailbox, monkeypatch):
    mail = letter()
    mail.add_attachment(b"PK", maintype="application", subtype="zip", filename="plan.zip")
    mailbox.put(mail, timezone.localdate() - dt.timedelta(days=30))
    die_after_storing(monkeypatch)

    go_round()

    assert mailbox.moved == [("Zu prüfen", Enquiry.objects.get().reference)]


def test_mail_that_was_not_stored_before_the_crash_is_set_aside(mailbox, monkeypatch):
    mailbox.put(letter())
    with monkeypatch.context() as patch:
        fail_in(patch, "take", SystemExit)
        with pytest.raises(SystemExit):
            go_round()

    assert go_round() == Round(set_aside=1)
    assert mailbox.moved == [("Zu prüfen", "")]


# --- Controls -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("control", ["\x00", "\x01", "\x1b", "\x7f"])
def test_ids_hold_no_controls(control):
    fields = ("message-id", "references", "in-reply-to")
    raw = "".join(f"{name}: <a{control}b@x.example> <gut@x.example>\n" for name in fields)

    head = read(raw.encode()).head

    assert [head.ids(name) for name in fields] == [["<gut@x.example>"]] * 3


@pytest.mark.parametrize(
    "name",
    ["From", "To", "Cc", "Reply-To", "Subject", "Message-ID", "References", "In-Reply-To", "Delivered-To", "Date"],
)
def test_controls_anywhere_in_the_head_keep_no_mail_from_being_stored(home_page, name):
    usual = letter().as_bytes()
    evil = f"{name}: <a\x00\x01@x.example> b\x00 =?utf-8?q?=00=01?= <frieda\x00@example.org>\n".encode()

    take_in(evil + usual)

    assert Enquiry.objects.count() == 1


# --- Not ours -------------------------------------------------------------------------------------------------------
OURS = {"From": "Amt <website@stadtdo.example>", "Auto_Submitted": "auto-generated"}


@pytest.mark.parametrize(
    "fields", [{}, {"From": "eingang@stadtdo.example"}, {"Reply_To": "eingang+se-2026-abcd-2345.abc@stadtdo.example"}]
)
def test_mail_in_our_name_that_is_not_ours_waits_in_quarantine_without_any_mail(home_page, fields):
    take_in(letter("Bitte zahlen Sie.", **(OURS | fields)))

    new = Enquiry.objects.get()
    assert (new.is_suspicious, new.suspicion, new.email) == (True, "automatische Mail", "")
    assert OutboxMessage.objects.count() == 0


def test_mail_in_our_name_with_the_id_of_a_mail_that_is_not_stored_is_ours(home_page):
    assert take_in(letter(**OURS, Message_ID=new_signed_id())) == Taken()
    assert Enquiry.objects.count() == 0


def test_id_with_a_forged_signature_is_not_ours(home_page):
    name, at, domain = new_signed_id().partition("@")
    other = "b" if name[-1] == "a" else "a"

    take_in(letter(**OURS, Message_ID=f"{name[:-1]}{other}{at}{domain}"))

    assert Enquiry.objects.count() == 1


def test_code_of_a_case_makes_nobody_elses_mail_ours(enquiry, acknowledgement):
    take_in(letter(Auto_Submitted="auto-generated", Reply_To=reply(acknowledgement)["To"]))

    assert Enquiry.objects.get(suspicion="automatische Mail") != enquiry


def test_erased_case_leaves_no_key_of_a_mail_behind(mailbox):
    mailbox.put(letter())
    go_round()

    status_acts.withdraw(Enquiry.objects.get())

    assert MailboxState.current().tried_submission == ""

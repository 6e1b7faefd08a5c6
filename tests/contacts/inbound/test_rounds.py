"""Rounds through a mailbox at a real IMAP server: nothing is lost, nothing is taken twice, whatever fails."""

import datetime as dt
import shutil
import socket
import ssl
import subprocess
import threading
import time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from django.utils import timezone
from imapclient.exceptions import LoginError

from contacts import status_acts
from contacts.inbound import letters, rounds
from contacts.inbound.mailbox import Mailbox
from contacts.inbound.rounds import Round, go_round
from contacts.models import Enquiry, MailboxState
from tests.contacts.inbound.letters import letter, reply
from tests.contacts.inbound.mailboxes import Account
from tests.contacts.pictures_support import picture
from tools import dovecot

pytestmark = pytest.mark.django_db

if reason := dovecot.reason_not_to_run():
    pytest.skip(reason, allow_module_level=True)


@pytest.fixture(scope="module")
def server():
    with dovecot.server() as found:
        yield found


@pytest.fixture
def mailbox(server, settings, request) -> Account:
    """A new, empty mailbox that is the one to be read."""
    account = Account(server, f"konto{abs(hash(request.node.nodeid))}")
    settings.INBOUND_IMAP_URL = account.url
    return account


def test_without_a_mailbox_nothing_runs(settings, capsys):
    settings.INBOUND_IMAP_URL = ""

    call_command("fetch_mail")

    assert go_round() is None
    assert capsys.readouterr().out == "INBOUND_IMAP_URL nennt kein Postfach.\n"
    assert MailboxState.objects.count() == 0


def test_mails_are_stored_and_moved(mailbox, enquiry, acknowledgement, capsys):
    mailbox.put(reply(acknowledgement, Subject="Re: grüne Tür"))
    mailbox.put(letter(Subject="Neu"))

    call_command("fetch_mail")

    assert capsys.readouterr().out == "2 übernommen, 0 zu prüfen\n"
    assert {name: len(found) for name, found in mailbox.folders().items()} == {"INBOX": 0, "Übernommen": 2}
    assert enquiry.events.filter(kind="added").count() == 1
    assert Enquiry.objects.count() == 2
    assert MailboxState.current().last_error == ""
    assert go_round() == Round()


def die_in_a_round(monkeypatch, place, name: str) -> None:
    """Go round, and end as a process that is killed in the function `name` of `place`."""

    def die(*args, **options):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(place, name, die)
        with pytest.raises(SystemExit):
            go_round()


def test_crash_between_storing_and_moving_stores_nothing_twice(mailbox, home_page, monkeypatch):
    mailbox.put(letter())

    die_in_a_round(monkeypatch, Mailbox, "move")
    before = mailbox.folders()

    go_round()

    assert before == {"INBOX": ["Frage zum Umbau"]}
    assert mailbox.folders() == {"INBOX": [], "Übernommen": ["Frage zum Umbau"]}
    assert Enquiry.objects.count() == 1


def test_mail_on_which_a_round_died_is_not_read_again_and_the_next_is_taken(mailbox, home_page, monkeypatch):
    mailbox.put(letter(Subject="A"))
    mailbox.put(letter(Subject="B"))

    die_in_a_round(monkeypatch, rounds, "read")

    assert go_round() == Round(taken=1, set_aside=1)
    assert mailbox.folders() == {"INBOX": [], "Zu prüfen": ["A"], "Übernommen": ["B"]}


def test_mail_that_outlasts_the_connection_is_only_moved_the_next_time(mailbox, home_page, monkeypatch):
    mailbox.put(letter())
    move = Mailbox.move
    reads = []

    def cut(self, *args):
        self._client.shutdown()
        move(self, *args)

    monkeypatch.setattr(rounds, "read", lambda raw, **options: reads.append(1) or letters.read(raw, **options))
    with monkeypatch.context() as patch:
        patch.setattr(Mailbox, "move", cut)
        rounds.fetch()

    assert go_round() == Round(taken=1)
    assert len(reads) == 1
    assert mailbox.folders() == {"INBOX": [], "Übernommen": ["Frage zum Umbau"]}


def test_case_that_is_erased_before_its_mail_is_moved_does_not_come_back(mailbox, home_page, monkeypatch):
    mailbox.put(letter())

    die_in_a_round(monkeypatch, Mailbox, "move")
    status_acts.withdraw(Enquiry.objects.get())

    go_round()

    assert Enquiry.objects.filter(erased_at=None).count() == 0
    assert mailbox.folders() == {"INBOX": [], "Übernommen": []}


def test_mail_that_is_too_much_work_is_set_aside_unread(mailbox, home_page, settings, monkeypatch):
    settings.INBOUND = settings.INBOUND | {"max_comparisons": 5}
    monkeypatch.setattr(rounds, "read", None)
    mailbox.put(letter())

    assert go_round() == Round(set_aside=1)
    assert mailbox.folders() == {"INBOX": [], "Zu prüfen": ["Frage zum Umbau"]}


def test_round_that_is_to_stop_or_has_no_time_left_begins_no_mail(mailbox, home_page, settings):
    mailbox.put(letter())
    stop = threading.Event()
    stop.set()

    assert go_round(stop) == Round()
    settings.INBOUND = settings.INBOUND | {"round_seconds": 0.0}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("contacts.inbound.mailbox._cut", lambda client: None)
        assert go_round() == Round()
    assert mailbox.folders() == {"INBOX": ["Frage zum Umbau"]}


@pytest.mark.parametrize("problem", [OperationalError, OSError, TimeoutError])
def test_while_database_or_disk_is_away_mails_stay_where_they_are(mailbox, home_page, monkeypatch, problem, caplog):
    mailbox.put(letter("Mein geheimes Anliegen."))

    def fail(*args):
        raise problem("Mein geheimes Anliegen.")

    with monkeypatch.context() as patch:
        patch.setattr(rounds, "take", fail)
        with pytest.raises(problem):
            go_round()

    assert mailbox.folders() == {"INBOX": ["Frage zum Umbau"]}
    assert MailboxState.current().last_error == problem.__name__
    assert "geheimes" not in caplog.text
    assert go_round() == Round(taken=1)


def test_mail_that_fails_on_its_own_is_set_aside_and_the_next_is_taken(mailbox, home_page, monkeypatch, caplog):
    mailbox.put(letter("Gift", Subject="A"))
    mailbox.put(letter(Subject="B"))
    take = rounds.take

    def fail_once(mail, *args):
        if mail.text == "Gift":
            raise ValueError("Gift")
        return take(mail, *args)

    monkeypatch.setattr(rounds, "take", fail_once)

    assert go_round() == Round(taken=1, set_aside=1)
    assert mailbox.folders() == {"INBOX": [], "Zu prüfen": ["A"], "Übernommen": ["B"]}
    assert MailboxState.current().in_review == 1
    assert "Gift" not in caplog.text.replace("if mail.text == ", "").replace('"Gift"', "")


def test_too_large_mail_is_taken_with_its_head(mailbox, home_page, settings):
    settings.INBOUND = settings.INBOUND | {"max_bytes": 2 * 1024**2}
    mailbox.put(letter("x" * 100 + "\n" + ("y" * 70 + "\n") * 40_000))

    assert go_round() == Round(taken=1)

    new = Enquiry.objects.get()
    assert new.message == "Betreff: Frage zum Umbau\n\n(Mail zu groß, um sie hier zu zeigen)"
    assert new.events.get().detail == "nur der Kopf: Die Mail ist größer als 2 MB und liegt im Ordner „Zu prüfen“"
    assert mailbox.folders() == {"INBOX": [], "Zu prüfen": ["Frage zum Umbau"]}


def test_what_is_not_taken_over_of_an_old_mail_is_not_deleted_at_once(mailbox, home_page):
    mail = letter()
    mail.add_attachment(b"PK", maintype="application", subtype="zip", filename="plan.zip")
    mailbox.put(mail, at=timezone.now() - dt.timedelta(days=30))

    go_round()

    assert mailbox.folders() == {"INBOX": [], "Zu prüfen": ["Frage zum Umbau"]}
    assert Enquiry.objects.get().events.get().detail == (
        "nicht übernommen: „plan.zip“; die Mail liegt im Ordner „Zu prüfen“"
    )


def test_no_more_than_a_round_may_take_are_taken(mailbox, home_page, settings):
    settings.INBOUND = settings.INBOUND | {"mails_per_round": 2}
    for number in range(3):
        mailbox.put(letter(Subject=str(number)))

    assert (go_round(), go_round()) == (Round(taken=2), Round(taken=1))


def test_after_a_week_mails_are_deleted_there_but_not_those_to_be_looked_at(mailbox, home_page):
    go_round()
    with mailbox.session() as client:
        client.create_folder("Übernommen")
        client.create_folder("Zu prüfen")
    now = timezone.now()
    for days in (6, 8, 9):
        mailbox.put(letter(Subject=str(days)), "Übernommen", now - dt.timedelta(days=days))
    mailbox.put(letter(Subject="alt"), "Zu prüfen", now - dt.timedelta(days=90))

    go_round()

    assert mailbox.folders() == {"INBOX": [], "Zu prüfen": ["alt"], "Übernommen": ["6"]}


def test_erased_case_takes_its_mails_along(mailbox, enquiry, acknowledgement):
    mailbox.put(reply(acknowledgement, Subject="von Frieda"))
    mailbox.put(letter(Subject="von anderen"))
    go_round()

    status_acts.withdraw(enquiry)
    go_round()

    assert mailbox.folders() == {"INBOX": [], "Übernommen": ["von anderen"]}


def test_pictures_come_along(mailbox, enquiry, acknowledgement):
    mail = reply(acknowledgement)
    mail.add_attachment(picture(), maintype="image", subtype="jpeg", filename="tür.jpg")
    mailbox.put(mail)

    go_round()

    assert enquiry.attachments.count() == 1


# --- Other servers --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("options", "prefix"),
    [
        ({"capability": "IMAP4rev1 UIDPLUS"}, ""),
        ({"capability": "IMAP4rev1"}, ""),
        ({"prefix": "INBOX."}, "INBOX."),
    ],
    ids=["without MOVE", "without UIDPLUS", "folders below INBOX"],
)
def test_servers_that_can_less_or_name_folders_otherwise(options, prefix, home_page, settings):
    with dovecot.server(**options) as server:
        account = Account(server, "konto")
        settings.INBOUND_IMAP_URL = account.url
        account.put(letter())

        taken = go_round()

        assert taken == Round(taken=1)
        assert account.folders() == {"INBOX": [], f"{prefix}Übernommen": ["Frage zum Umbau"]}


def test_wrong_password_is_told_by_its_kind_alone(mailbox, settings, capsys):
    settings.INBOUND_IMAP_URL = mailbox.url.replace("geheim", "verraten")

    with pytest.raises(CommandError, match=r"^Der Abruf ist gescheitert: LoginError$"):
        call_command("fetch_mail")

    assert MailboxState.current().last_error == LoginError.__name__
    assert MailboxState.current().well_at is None


def test_server_that_is_away_fails_a_round_of_the_worker_quietly(mailbox, settings, caplog):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.INBOUND_IMAP_URL = f"imap://konto:verraten@127.0.0.1:{probe.getsockname()[1]}/INBOX"

        rounds.fetch()

    assert [record.getMessage() for record in caplog.records] == [
        "Eingehende Mails: Der Abruf ist gescheitert (ConnectionRefusedError)."
    ]


@pytest.fixture
def dumb_server():
    """Return a function that starts a server which lets `talk(connection)` do what it likes; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()
    threads = []

    def start(talk):
        def serve():
            connection, _address = listener.accept()
            with connection:
                talk(connection, over)

        threads.append(threading.Thread(target=serve))
        threads[0].start()
        return listener.getsockname()[1]

    yield start
    over.set()
    for thread in threads:
        thread.join()
    listener.close()


def say_nothing(connection, over):
    over.wait()


def never_come_to_an_end(connection, over):
    connection.sendall(b"* OK ready\r\n")
    tag = connection.recv(1000).split()[0]
    connection.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
    while not over.is_set():
        try:
            connection.sendall(b"* OK still here\r\n")
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize("talk", [say_nothing, never_come_to_an_end])
def test_server_that_stalls_holds_a_round_for_a_bounded_time(dumb_server, settings, talk, db):
    settings.INBOUND = settings.INBOUND | {"timeout_seconds": 0.5, "round_seconds": 1}
    settings.INBOUND_IMAP_URL = f"imap://konto:geheim@127.0.0.1:{dumb_server(talk)}/INBOX"

    rounds.fetch()

    assert MailboxState.current().last_error in {"TimeoutError", "LoginError"}


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_certificate_that_nobody_vouches_for_is_refused(dumb_server, settings, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def greet(connection, over):
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                secure.sendall(b"* OK ready\r\n")
        except OSError:
            pass

    settings.INBOUND_IMAP_URL = f"imaps://konto:geheim@127.0.0.1:{dumb_server(greet)}/INBOX"

    rounds.fetch()

    assert MailboxState.current().last_error == "SSLCertVerificationError"

"""The virus scanner: what it says, and that nothing counts as clean when it says nothing that can be understood."""

import errno
import logging
import socketserver
import threading
from unittest import mock

import pytest
from django.core.cache import cache

from contacts import scanning
from contacts.models import WorkerBeat
from contacts.scanning import NotScanned, Verdict, is_silent, scan
from tests.contacts.clamd_support import CLEAN, HARMFUL


@pytest.fixture(autouse=True)
def _in_a_hurry(settings):
    settings.SCANNER = settings.SCANNER | {"scan_seconds": 1, "ping_seconds": 0.3}


def test_everything_is_seen_in_order_and_found_clean(clamd):
    content = bytes(range(256)) * 1000

    verdict = scan(content)

    assert verdict == Verdict()
    assert verdict.is_clean
    assert clamd.scanned == [content]


def test_what_is_found_has_a_name_and_a_kind(clamd):
    clamd.answer = lambda content: HARMFUL

    verdict = scan(b"x")

    assert (verdict.is_clean, verdict.is_encrypted) == (False, False)
    assert (verdict.signature, verdict.kind) == ("Pdf.Exploit.Agent-123-0", "Pdf.Exploit")


def test_a_password_is_told_apart(clamd):
    clamd.answer = lambda content: b"stream: Heuristics.Encrypted.PDF FOUND\0"

    assert scan(b"x").is_encrypted


@pytest.mark.parametrize(
    "answer",
    [
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"stream: OK and more\0",
        b"\0",
        b"",
        b"stream: OK",
        b"\xff\xfe\0",
        b"stream: OK" * 1000,
        None,
    ],
)
def test_no_clear_answer_is_no_yes_and_keeps_no_other_file_out(clamd, answer):
    clamd.answer = lambda content: answer if content == b"slow" else CLEAN

    with pytest.raises(NotScanned):
        scan(b"slow")
    assert not is_silent()
    assert scan(b"x").is_clean


def test_file_that_is_too_large_for_the_scanner_is_told_in_the_log(clamd, caplog):
    clamd.takes = 1000

    with caplog.at_level(logging.ERROR), pytest.raises(NotScanned):
        scan(b"x" * 2000)

    assert caplog.messages == ["Der Virenscanner nimmt Dateien dieser Größe nicht an (StreamMaxLength): 2000 Byte"]


def test_scanner_that_hangs_up_at_once(settings):
    class HangsUp(socketserver.BaseRequestHandler):
        def handle(self):
            pass

    with socketserver.TCPServer(("127.0.0.1", 0), HangsUp) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        try:
            with pytest.raises(NotScanned):
                scan(b"x" * 10_000_000)
        finally:
            server.shutdown()


@pytest.mark.parametrize(
    "url",
    ["tcp://127.0.0.1:9", "tcp://127.0.0.1", "tcp://127.0.0.1:70000", "unix:///nonexistent", "clamd", "http://[::1"],
)
def test_address_at_which_nobody_answers(settings, url):
    settings.CLAMD_URL = url

    with pytest.raises(NotScanned):
        scan(b"x")
    assert is_silent()


def test_after_a_silence_nobody_waits_again(clamd):
    clamd.answer, clamd.pong = lambda content: b"", b""
    with pytest.raises(NotScanned):
        scan(b"x")

    with pytest.raises(NotScanned):
        scan(b"x")

    assert clamd.calls == 2  # the file, and whether there is anybody


def test_a_silent_scanner_is_asked_once_in_a_while(clamd, settings):
    clamd.pong = None

    assert [is_silent(), is_silent()] == [True, True]
    assert clamd.calls == 1


def test_a_scanner_that_answers_again_is_believed(clamd, settings):
    settings.SCANNER = settings.SCANNER | {"pause_seconds": 0}
    clamd.answer, clamd.pong = lambda content: b"", b""
    with pytest.raises(NotScanned):
        scan(b"x")
    clamd.answer, clamd.pong = lambda content: CLEAN, b"PONG\0"

    assert scan(b"x").is_clean
    assert not is_silent()


def test_a_full_disk_forgets_but_breaks_nothing(clamd, monkeypatch):
    monkeypatch.setattr(cache, "set", mock.Mock(side_effect=OSError(errno.ENOSPC, "full")))

    assert not is_silent()
    assert scan(b"x").is_clean


def test_without_an_address_there_is_no_scanner(settings):
    settings.CLAMD_URL = ""

    assert not scanning.is_configured()


@pytest.mark.django_db
def test_healthz_says_whether_the_scanner_answers(client, clamd):
    WorkerBeat.beat()

    well = client.get("/healthz").json()
    clamd.pong = None
    cache.clear()
    response = client.get("/healthz")

    assert (well["status"], well["scanner"]) == ("ok", True)
    assert (response.status_code, response.json()["status"], response.json()["scanner"]) == (200, "degraded", False)

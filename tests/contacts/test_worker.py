"""The process beside the web server does all its jobs, survives one that fails, and ends when asked to."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.core.management import call_command
from django.utils import timezone

from contacts.models import Enquiry, WorkerBeat
from stadterneuerung.home.management.commands import worker
from stadterneuerung.home.models import PasswordResetRequest
from tests.contacts.factories import EnquiryFactory, OutboxFactory

pytestmark = pytest.mark.django_db


class StopsAfterOneRound(threading.Event):
    def wait(self, timeout=None):
        self.set()
        return True


@pytest.fixture
def one_round(monkeypatch):
    monkeypatch.setattr(worker, "stop_on_signals", StopsAfterOneRound)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


def test_one_round_sends_fetches_publishes_and_cleans(one_round, mailoutbox, monkeypatch):
    called = []
    monkeypatch.setattr(worker, "publish_scheduled", lambda: called.append("publish"))
    monkeypatch.setattr(worker, "fetch", lambda stop: called.append("fetch"))
    EnquiryFactory(state="closed", closed_at=timezone.now() - dt.timedelta(days=400))
    OutboxFactory()
    PasswordResetRequest.objects.create(email="niemand@example.org")

    call_command("worker")

    assert len(mailoutbox) == 1
    assert PasswordResetRequest.objects.count() == 0
    assert called == ["fetch", "publish"]
    assert Enquiry.objects.filter(state="closed", erased_at=None).count() == 0
    assert WorkerBeat.silence() < dt.timedelta(minutes=1)


def test_a_job_that_fails_does_not_end_the_others(one_round, mailoutbox, monkeypatch, caplog):
    words = "".join(["Wann beginnt ", "der Umbau?"])  # the traceback quotes our own lines

    def fail():
        raise LookupError(words)

    monkeypatch.setattr(worker, "publish_scheduled", fail)
    monkeypatch.setattr(worker, "deliver_due", lambda stop, seconds: fail())
    EnquiryFactory(state="closed", closed_at="2001-01-01T00:00Z")

    call_command("worker")

    assert Enquiry.objects.filter(erased_at=None).count() == 0
    failed = [record.getMessage() for record in caplog.records if record.name == worker.logger.name]
    assert len(failed) == 2
    assert WorkerBeat.silence() is None  # a delivery that fails is no sign of life
    assert words not in caplog.text


def test_process_survives_a_missing_database_and_ends_on_sigterm(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "stadterneuerung.settings.dev", "VAR_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], env=environment, stderr=subprocess.PIPE, text=True
    )
    guard = threading.Timer(120, process.kill)
    guard.start()

    output = []
    for line in iter(process.stderr.readline, ""):
        output.append(line)
        if "OperationalError" in line:  # there are no tables
            process.send_signal(signal.SIGTERM)
            break
    output.append(process.stderr.read())
    process.wait()
    guard.cancel()
    process.stderr.close()

    assert "OperationalError" in "".join(output), "".join(output)
    assert process.returncode == 0, "".join(output)

"""The clock is moved forward: what was promised to be deleted is gone, with mails and files; the rest is there."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from contacts.models import Enquiry, OutboxMessage
from contacts.outbox import deliver_due
from contacts.retention import Purge, purge
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "contacts.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def after(days: int, hours: int = 1) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days, hours=hours)


def test_done_enquiries_go_when_their_period_is_over(settings, mail_folder):
    done, open_ = EnquiryFactory(state="closed", closed_at=timezone.now()), EnquiryFactory(state="taken")
    OutboxFactory(enquiry=done)
    OutboxFactory(enquiry=open_)
    deliver_due()
    days = settings.RETENTION_DAYS["enquiry"]

    assert purge(after(days, -1)) == Purge(0, 0, 0, 0)
    assert purge(after(days)) == Purge(enquiries=1, barrier_reports=0, mails=1, mail_files=1)

    assert list(Enquiry.objects.all()) == [open_]
    assert [message.enquiry for message in OutboxMessage.objects.all()] == [open_]
    assert len(list(mail_folder.glob("*.eml"))) == 1


def test_enquiries_of_units_that_work_by_mail_go_after_their_day(settings):
    EnquiryFactory(mail_only=True, due_on=timezone.localdate())
    days = settings.RETENTION_DAYS["enquiry"]

    assert purge(after(days, -30)).enquiries == 0
    assert purge(after(days + 1)).enquiries == 1


def test_answered_barrier_reports_go_when_their_period_is_over(settings):
    BarrierReportFactory(state="closed", closed_at=timezone.now(), ombuds_named=True)
    waiting = BarrierReportFactory()
    days = settings.RETENTION_DAYS["barrier_report"]

    assert purge(after(days, -1)).barrier_reports == 0
    assert purge(after(days)).barrier_reports == 1
    assert list(Enquiry.objects.all()) == [waiting]


def test_old_test_mails_go_too(settings):
    OutboxFactory(kind="test", enquiry=None)

    assert purge(after(settings.RETENTION_DAYS["enquiry"])).mails == 1


def test_dry_run_only_counts(settings):
    OutboxFactory(enquiry=EnquiryFactory(state="closed", closed_at=timezone.now()))

    assert purge(after(settings.RETENTION_DAYS["enquiry"]), dry_run=True) == Purge(1, 0, 1, 0)
    assert Enquiry.objects.count() == 1


def test_command_deletes_the_files_of_expired_counts(settings, tmp_path, capsys):
    backend = "stadterneuerung.base.file_cache.TidyFileCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}
    cache.set("past", 1, timeout=-1)
    cache.set("present", 1, timeout=3600)

    call_command("purge_personal_data")

    assert "1 abgelaufene Zählwerte" in capsys.readouterr().out
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert cache.get("present") == 1


def test_command_logs_numbers_and_no_words(settings, caplog, capsys):
    EnquiryFactory(state="closed", closed_at=timezone.now() - dt.timedelta(days=400), message="Geheim", name="Frieda")

    call_command("purge_personal_data")

    assert "1 Anfragen" in capsys.readouterr().out
    logged = [record.getMessage() for record in caplog.records if "purge" in record.name]
    assert len(logged) == 1
    assert "1 Anfragen" in logged[0]
    assert "Geheim" not in logged[0]
    assert Enquiry.objects.count() == 0

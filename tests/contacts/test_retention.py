"""The clock is moved forward: what was promised to be deleted is gone, with mails and files; the rest is there."""

import datetime as dt
import os
import time

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from contacts import retention
from contacts.desk import actions
from contacts.intake import record_enquiry
from contacts.models import Attachment, AuditEntry, DeletionRun, Enquiry, OutboxMessage, ProcessingPurpose, UnitDesk
from contacts.outbox import deliver_due
from contacts.retention import BATCH, purge
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory, new_version
from tests.factories import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]

QUESTION_DAYS, BARRIER_DAYS = 183, 731  # what the first versions promise


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """Purge as a process does whose transactions are committed; return the counts that are not zero."""

    def run(now: dt.datetime) -> dict[str, int]:
        with django_capture_on_commit_callbacks(execute=True):
            done = purge(now)
        return {name: getattr(done, name) for name in DeletionRun.COUNTS if getattr(done, name)}

    return run


def after(days: int, hours: int = 1) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days, hours=hours)


def closed(**fields) -> Enquiry:
    return EnquiryFactory(state="closed", closed_at=timezone.now(), **fields)


def picture(**fields) -> Attachment:
    return Attachment.objects.create(
        extension="png", size=1, width=1, height=1, file=ContentFile(b"bild", name="x.png"), **fields
    )


def waiting_ids() -> list[int]:
    return list(Enquiry.objects.filter(erased_at=None).order_by("pk").values_list("pk", flat=True))


def test_closed_enquiries_go_when_their_period_is_over(run, folders):
    done, open_ = closed(), EnquiryFactory(state="taken")
    OutboxFactory(enquiry=done)
    OutboxFactory(enquiry=open_)
    picture(enquiry=done)
    kept = picture(enquiry=open_)
    deliver_due()

    assert run(after(QUESTION_DAYS, -1)) == {}
    assert run(after(QUESTION_DAYS)) == {"questions": 1, "mails": 1, "attachments": 1}

    assert waiting_ids() == [open_.pk]
    assert [message.enquiry for message in OutboxMessage.objects.all()] == [open_]
    assert len(list((folders / "mail").glob("*.eml"))) == 1
    assert [path.name for path in (folders / "attachments").iterdir()] == [kept.file.name]


def test_enquiries_of_units_that_work_by_mail_go_after_their_day(run):
    EnquiryFactory(mail_only=True, due_on=timezone.localdate())

    assert run(after(QUESTION_DAYS, -30)) == {}
    assert run(after(QUESTION_DAYS + 1)) == {"questions": 1}


def test_an_old_case_passed_on_to_a_unit_without_desk_is_kept_for_the_whole_period(run, by):
    unit = UnitFactory()
    UnitDesk.objects.create(unit=unit, uses_desk=False)
    long_ago = timezone.now() - dt.timedelta(days=300)
    enquiry = EnquiryFactory(created_at=long_ago, state="taken", assignee=by)

    actions.pass_on(enquiry, by, unit)

    assert run(timezone.now()) == run(after(QUESTION_DAYS, -1)) == {}
    assert run(after(QUESTION_DAYS)) == {"questions": 1, "mails": 1}


def test_an_old_letter_recorded_for_a_unit_without_desk_is_kept_for_the_whole_period(run, by):
    unit = UnitFactory()
    UnitDesk.objects.create(unit=unit, uses_desk=False)
    long_ago = timezone.now() - dt.timedelta(days=300)
    letter = {"kind": "question", "channel": "letter", "received": long_ago, "message": "Wann beginnt der Umbau?"}
    said = {"name": "", "email": "", "phone": "", "url": "", "wanted_alternative": ""}

    record_enquiry(
        letter | said | {"page": None, "subject": None, "unit": unit, "acknowledge": False, "nonce": "1"}, by
    )

    assert run(timezone.now()) == run(after(QUESTION_DAYS, -1)) == {}
    assert run(after(QUESTION_DAYS)) == {"questions": 1, "mails": 1}


@pytest.mark.parametrize(("key", "kept"), [(None, True), ("mail-1", False)])
def test_what_lies_with_a_unit_without_desk_rests_from_its_last_step(run, key, kept):
    enquiry = EnquiryFactory(mail_only=True, due_on=timezone.localdate())
    enquiry.events.create(kind="noted", at=after(100), submission_key=key)

    assert run(after(QUESTION_DAYS + 1)) == ({} if kept else {"questions": 1})
    assert run(after(QUESTION_DAYS + 100, 2)) == ({"questions": 1} if kept else {})


def test_dry_run_knows_what_still_goes_on():
    kept, _gone = EnquiryFactory.create_batch(2, mail_only=True, due_on=timezone.localdate())
    OutboxFactory(enquiry=kept, created_at=after(100))

    assert purge(after(QUESTION_DAYS + 1), dry_run=True).questions == 1


def test_closed_barrier_reports_go_when_their_period_is_over(run):
    BarrierReportFactory(state="closed", closed_at=timezone.now(), ombuds_named=True)
    waiting = BarrierReportFactory()

    assert run(after(BARRIER_DAYS, -1)) == {}
    assert run(after(BARRIER_DAYS)) == {"barriers": 1}
    assert waiting_ids() == [waiting.pk]


def test_each_goes_by_the_version_that_its_sender_was_shown(run):
    first = ProcessingPurpose.objects.in_force("question")
    shorter = new_version(first, retention_days=10, valid_from=timezone.localdate())
    old, _new = closed(purpose=first), closed(purpose=shorter)

    assert run(after(10)) == {"questions": 1}
    assert waiting_ids() == [old.pk]


@pytest.mark.parametrize(
    ("days", "fields"), [(30, {"is_suspicious": True, "suspicion": "Links"}), (60, {"state": "answered"})]
)
def test_what_nobody_closes_is_closed_by_itself_and_goes_when_its_period_is_over(run, days, fields):
    forgotten, kept = EnquiryFactory(**fields), EnquiryFactory(state="taken")

    assert run(after(days, -1)) == {}
    assert not forgotten.events.exists()
    assert run(after(days)) == {}

    forgotten.refresh_from_db()
    [step] = forgotten.events.all()
    assert (forgotten.state, step.kind, step.actor) == ("closed", "closed", None)
    assert f"nach {days} Tagen" in step.detail
    assert run(after(days + QUESTION_DAYS, 0)) == {}
    assert run(after(days + QUESTION_DAYS, 2)) == {"questions": 1}
    assert waiting_ids() == [kept.pk]


def test_a_further_step_keeps_what_is_answered_open(run):
    enquiry = EnquiryFactory(state="answered")
    enquiry.events.create(kind="answered", at=timezone.now())
    enquiry.events.create(kind="noted", at=after(59), text="Rückruf vereinbart")

    run(after(61))
    enquiry.refresh_from_db()
    assert enquiry.state == "answered"

    run(after(59 + 61))
    enquiry.refresh_from_db()
    assert enquiry.state == "closed"


def test_notes_of_machines_keep_nothing_open(run):
    enquiry = EnquiryFactory(state="answered")
    enquiry.events.create(kind="answered", at=timezone.now())
    enquiry.events.create(kind="noted", at=after(59), submission_key="mail-1", detail="automatische Antwort: Urlaub")

    run(after(61))

    enquiry.refresh_from_db()
    assert enquiry.state == "closed"


def test_what_is_held_for_a_legal_reason_stays(run):
    held, _free = closed(hold="legal", hold_reason="Klage"), closed()

    assert run(after(900)) == {"questions": 1}
    assert waiting_ids() == [held.pk]


@pytest.fixture
def for_the_archive():
    first = ProcessingPurpose.objects.in_force("question")
    return new_version(first, archive_duty=True, archive_days=30, valid_from=timezone.localdate())


def test_offer_to_the_archive_comes_first_and_ends_by_itself(run, for_the_archive):
    enquiry = closed(purpose=for_the_archive)

    assert run(after(QUESTION_DAYS)) == {"offered": 1}
    enquiry.refresh_from_db()
    assert (enquiry.hold, enquiry.erased_at) == ("offered", None)
    assert run(after(QUESTION_DAYS + 30)) == {}
    assert run(after(QUESTION_DAYS + 31)) == {"questions": 1}


def test_what_the_archive_has_answered_goes_at_once(run, for_the_archive):
    enquiry = closed(purpose=for_the_archive)
    run(after(QUESTION_DAYS))
    Enquiry.objects.filter(pk=enquiry.pk).update(hold="none")

    assert run(after(QUESTION_DAYS, 2)) == {"questions": 1}


def test_spam_is_offered_to_nobody(run, for_the_archive):
    closed(purpose=for_the_archive, is_suspicious=True)

    assert run(after(QUESTION_DAYS)) == {"questions": 1}


def test_test_mails_and_overviews_go_with_their_files(run, settings, folders):
    OutboxFactory(kind="test", enquiry=None)
    OutboxFactory(kind="digest", enquiry=None)
    deliver_due()
    days = settings.RETENTION_DAYS["mail_without_case"]

    assert run(after(days, -1)) == {}
    assert run(after(days)) == {"mails": 2}
    assert list((folders / "mail").glob("*.eml")) == []


def test_pictures_that_were_never_sent_go_after_a_day(run, folders):
    picture()
    sent = picture(enquiry=EnquiryFactory())

    assert run(after(1, -1)) == {}
    assert run(after(1)) == {"attachments": 1}
    assert [path.name for path in (folders / "attachments").iterdir()] == [sent.file.name]


def test_files_that_no_row_names_are_swept_when_nobody_is_at_work_on_them(run, folders):
    message = OutboxFactory(enquiry=EnquiryFactory())
    deliver_due()
    kept = picture(enquiry=message.enquiry).file.name
    mail = next((folders / "mail").glob("*.eml"))
    foreign = folders / "mail" / "20260101-000000-000000-178.1@host.eml"
    orphans = [
        folders / "attachments" / "verwaist.png",
        mail.with_name("20260101-000000-000000-" + "a" * 32 + "@example.org.eml"),
        mail.with_name("." + mail.name + ".part"),
    ]
    for path in [foreign, *orphans]:
        path.write_text("Worte")
    assert run(timezone.now()) == {}
    old = time.time() - 7200
    for path in [mail, foreign, folders / "attachments" / kept, *orphans]:
        os.utime(path, (old, old))

    assert run(timezone.now()) == {"files": 3}

    left = sorted(path.name for path in folders.rglob("*") if path.is_file())
    assert left == sorted([mail.name, foreign.name, kept])


def test_a_run_that_is_killed_has_logged_what_it_did_and_is_finished_by_the_next(run, monkeypatch):
    EnquiryFactory.create_batch(BATCH + 1, state="closed", closed_at=timezone.now())
    real, calls = retention.erase_rows, []

    def killed(enquiry, **kwargs):
        calls.append(enquiry)
        if len(calls) > BATCH:
            raise KeyboardInterrupt
        return real(enquiry, **kwargs)

    monkeypatch.setattr(retention, "erase_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        purge(after(QUESTION_DAYS))
    monkeypatch.undo()

    assert len(waiting_ids()) == 1
    assert DeletionRun.objects.get().questions == BATCH
    assert run(after(QUESTION_DAYS)) == {"questions": 1}
    assert waiting_ids() == []


def test_dry_run_only_counts():
    done = closed()
    OutboxFactory(enquiry=done)
    picture(enquiry=done)
    picture()

    counted = purge(after(QUESTION_DAYS), dry_run=True)

    assert str(counted) == "1 Anfragen, 1 Mails, 2 Anhänge"
    assert waiting_ids() == [done.pk]
    assert (DeletionRun.objects.count(), AuditEntry.objects.count(), Attachment.objects.count()) == (0, 0, 2)


def test_a_run_that_found_nothing_is_no_row(run):
    run(timezone.now())

    assert DeletionRun.objects.count() == 0


def test_command_deletes_the_files_of_expired_counts(settings, tmp_path, capsys):
    backend = "stadterneuerung.base.file_cache.TidyFileCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}
    cache.set("past", 1, timeout=-1)
    cache.set("present", 1, timeout=3600)

    call_command("purge_personal_data")

    assert "1 abgelaufene Zählwerte" in capsys.readouterr().out
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert cache.get("present") == 1


def test_command_logs_numbers_the_end_of_the_trail_and_no_words(caplog, capsys):
    EnquiryFactory(state="closed", closed_at=timezone.now() - dt.timedelta(days=400), message="Geheim", name="Frieda")

    call_command("purge_personal_data")

    logged = [record.getMessage() for record in caplog.records if "purge" in record.name]
    mark = AuditEntry.objects.get().mark
    assert "1 Anfragen" in capsys.readouterr().out
    assert logged == [
        "Gelöscht: 1 Anfragen; dazu 0 abgelaufene Zählwerte.",
        f"Zugriffsprotokoll: 1 Einträge, Ende 1 {mark}",
    ]


def test_command_says_what_would_go(capsys):
    EnquiryFactory(state="closed", closed_at=timezone.now() - dt.timedelta(days=400))

    call_command("purge_personal_data", dry_run=True)

    assert capsys.readouterr().out == "Zu löschen wären: 1 Anfragen.\n"
    assert len(waiting_ids()) == 1

"""A person's words are in every place that can hold them; after erasing, a dump of all tables and files has none."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from contacts import audit
from contacts.erasure import OnHold, empty_write_ahead_log, erase
from contacts.models import Attachment, AuditEntry, Enquiry, EnquiryEvent
from contacts.outbox import deliver_due
from contacts.personal import emptied
from contacts.retention import purge
from stadterneuerung.users.models import User
from tests.contacts.factories import EnquiryFactory, OutboxFactory
from tests.factories import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]


@pytest.fixture
def colleague():
    return User.objects.create_user("kollegin")


def somebody(word: str, colleague) -> Enquiry:
    """Return an enquiry with `word` in every place that can hold what a person wrote, or where it was written down."""
    enquiry = EnquiryFactory(
        name=f"Name {word}",
        email=f"{word}@example.org",
        phone=f"0231 {word}",
        message=f"Nachricht {word}",
        url=f"/seite/{word}/",
        wanted_alternative=f"Form {word}",
        suspicion=f"Verdacht {word}",
        hold_reason=f"Grund {word}",
        submission_key=f"schluessel-{word}",
        status_digest=f"digest-{word}",
        reference=f"SE-{word}"[:20],
        unit=UnitFactory(),
        assignee=colleague,
        state="closed",
        closed_at=timezone.now(),
    )
    for kind in (EnquiryEvent.Kind.NOTED, EnquiryEvent.Kind.ANSWERED, EnquiryEvent.Kind.ADDED):
        enquiry.events.create(kind=kind, actor=colleague, text=f"{kind} {word}", detail=f"war {word}", is_public=True)
    OutboxFactory(
        enquiry=enquiry,
        to=f"{word}@example.org",
        reply_to=f"{word}@example.org",
        subject=f"An {word}",
        body_text=f"Guten Tag {word}",
        references=f"<{word}@mail>",
    )
    deliver_due()
    Attachment.objects.create(
        enquiry=enquiry, extension="png", size=9, width=1, height=1, file=ContentFile(word.encode(), name=f"{word}.png")
    )
    audit.record(audit.Action.READ, colleague, enquiry)
    kept = {"content_type": ContentType.objects.get_for_model(Enquiry), "object_id": str(enquiry.pk)}
    ModelLogEntry.objects.create(
        **kept, label=f"Anfrage {word}", action="wagtail.edit", data={"title": word}, timestamp=timezone.now()
    )
    Revision.objects.create(
        **kept,
        base_content_type=kept["content_type"],
        content={"message": word},
        object_str=word,
        created_at=timezone.now(),
    )
    ReferenceIndex.objects.create(
        **kept,
        base_content_type=kept["content_type"],
        to_content_type=kept["content_type"],
        to_object_id="1",
        model_path=word,
        content_path=word,
        content_path_hash=f"00000000-0000-0000-0000-{enquiry.pk:012d}",
    )
    return enquiry


def everything(folder: Path) -> str:
    """Return all that database and files hold: a dump of every table, names and content of every file."""
    files = [
        f"{path.name}\n{path.read_bytes().decode(errors='replace')}" for path in folder.rglob("*") if path.is_file()
    ]
    return "\n".join([_dump(), *files])


def _dump() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return "\n".join(connection.connection.iterdump())
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names from the database's own list
            rows += [json.dumps(row, default=str) for row in cursor.fetchall()]
        return "\n".join(rows)


PLACES = 30  # so often the word stands in a dump before


@pytest.mark.parametrize("way", ["erase", "purge"])
def test_no_word_is_left_and_the_other_person_is(folders, colleague, django_capture_on_commit_callbacks, way):
    gone, kept = somebody("grunewaldfalke", colleague), somebody("hafenmoewe", colleague)
    before = everything(folders)
    assert min(before.count("grunewaldfalke"), before.count("hafenmoewe")) >= PLACES
    Enquiry.objects.filter(pk=kept.pk).update(state="taken", closed_at=None)

    with django_capture_on_commit_callbacks(execute=True):
        if way == "erase":
            erase(gone, reason="Antrag 1", actor=colleague)
        else:
            purge(timezone.now() + dt.timedelta(days=200))

    after = everything(folders)
    # The number of the case stays, with the skeleton alone (contacts.personal).
    assert after.count("grunewaldfalke") == after.count("SE-grunewaldfalke") == 1
    assert after.count("hafenmoewe") == before.count("hafenmoewe")
    assert list(audit.verify()) == []


def test_skeleton_keeps_what_the_statistics_need(colleague):
    enquiry = somebody("uferschwalbe", colleague)
    keep = ["kind", "channel", "created_at", "unit_id", "due_on", "closed_at", "reference", "purpose_id"]
    before = Enquiry.objects.filter(pk=enquiry.pk).values(*keep).get()

    erase(enquiry, reason="Frist abgelaufen")

    enquiry.refresh_from_db()
    assert Enquiry.objects.filter(pk=enquiry.pk).values(*keep).get() == before
    assert (enquiry.state, enquiry.assignee) == ("closed", None)
    assert {name: getattr(enquiry, name) for name in emptied(Enquiry) if name != "submission_key"} == {
        name: value for name, value in emptied(Enquiry).items() if name != "submission_key"
    }
    assert [(event.kind, event.text, event.actor, event.is_public) for event in enquiry.events.all()] == [
        ("noted", "", None, False),
        ("answered", "", None, False),
        ("added", "", None, False),
        ("erased", "", None, False),
    ]


def test_trail_says_who_erased_and_why_without_the_number(colleague):
    enquiry = somebody("uferschwalbe", colleague)

    erase(enquiry, reason="Antrag 7", actor=colleague)

    entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor, entry.detail) == ("erased", "kollegin", "Antrag 7")
    assert set(AuditEntry.objects.values_list("label", flat=True)) == {""}


def test_open_enquiry_is_closed_by_erasing(colleague):
    enquiry = EnquiryFactory()

    erase(enquiry, reason="Antrag 1", actor=colleague)

    enquiry.refresh_from_db()
    assert enquiry.state == "closed"
    assert enquiry.closed_at is not None


def test_erasing_twice_is_erasing_once(colleague):
    enquiry = EnquiryFactory()

    assert erase(enquiry, reason="a", actor=colleague).enquiries == 1
    assert erase(enquiry, reason="b", actor=colleague).enquiries == 0
    assert AuditEntry.objects.count() == 1


def test_legal_hold_keeps_everything(colleague):
    enquiry = EnquiryFactory(hold="legal", hold_reason="Klage", message="Bleibt")

    with pytest.raises(OnHold, match="ausgesetzt"):
        erase(enquiry, reason="Antrag 1", actor=colleague)

    enquiry.refresh_from_db()
    assert (enquiry.message, enquiry.erased_at) == ("Bleibt", None)


def test_files_stay_when_the_transaction_fails(folders, colleague, django_capture_on_commit_callbacks):
    enquiry = somebody("uferschwalbe", colleague)
    before = sorted(path for path in folders.rglob("*") if path.is_file())

    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        erase(enquiry, reason="Antrag 1", actor=colleague)

    assert len(callbacks) == 2  # the files, and the log of SQLite
    assert sorted(path for path in folders.rglob("*") if path.is_file()) == before


def test_no_task_results_are_kept():
    """What background tasks were called with would be one more place for words; today there is no such table."""
    tables = connection.introspection.table_names()

    assert [table for table in tables if table.startswith("django_task")] == []
    assert "wagtailcore_task" in tables  # of approvals, which holds no results


def test_files_of_sqlite_hold_no_deleted_word(tmp_path, settings):
    options = {"init_command": settings.SQLITE_INIT}
    given = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "db.sqlite3"), "OPTIONS": options}
    database = DatabaseWrapper(connections.configure_settings({"default": given})["default"])
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE words (word text)")
        cursor.execute("INSERT INTO words VALUES ('Wurzelzwerg'), ('Zaunkönig')")
        empty_write_ahead_log(database)
        cursor.execute("DELETE FROM words WHERE word = 'Wurzelzwerg'")

    def files_with(word: str) -> list[str]:
        return sorted(path.name for path in tmp_path.iterdir() if word.encode() in path.read_bytes())

    assert files_with("Wurzelzwerg") == ["db.sqlite3"]

    empty_write_ahead_log(database)

    assert files_with("Wurzelzwerg") == []
    assert files_with("Zaunkönig") == ["db.sqlite3"]
    database.close()

"""Files that no row names any more: what a process left that was killed between its rows and its files."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from contacts.mail_files import file_key
from contacts.models import Attachment, OutboxMessage
from contacts.models.attachments import attachment_storage

GRACE_SECONDS = 3600  # a file is written before its row, and a mail is sent after its row was read
# Mails of the outbox, whose Message-IDs we make (`models.outbox.new_message_id`), and drafts of such files.
_OWN_MAIL = re.compile(r"\.?\d{8}-\d{6}-\d{6}-(?P<key>[0-9a-f]{32}@.*)\.eml(\.part)?")


def sweep(*, dry_run: bool = False) -> int:
    """Delete the files that no row names; return how many there were."""
    orphans = [*_orphaned_attachments(), *_orphaned_mails()]
    if not dry_run:
        for path in orphans:
            path.unlink(missing_ok=True)
    return len(orphans)


def _orphaned_attachments() -> Iterator[Path]:
    known = set(Attachment.objects.values_list("file", flat=True))
    for path in _old_files(Path(attachment_storage().location)):
        if path.name not in known:
            yield path


def _orphaned_mails() -> Iterator[Path]:
    keys = {file_key(message_id) for message_id in OutboxMessage.objects.values_list("message_id", flat=True)}
    for path in _old_files(Path(settings.EMAIL_FILE_PATH)):
        own = _OWN_MAIL.fullmatch(path.name)
        if own and (own["key"] not in keys or path.suffix == ".part"):
            yield path


def _old_files(folder: Path) -> list[Path]:
    """Return the files at which nobody is at work. Listed before the rows are asked, a new file is never an orphan."""
    if not folder.is_dir():
        return []
    limit = time.time() - GRACE_SECONDS
    return [path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < limit]

"""Mail backend of the embedded installation: one file a mail, none leaves the house."""

import re
import threading
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone

_UNSAFE = re.compile(r"[^A-Za-z0-9@._-]+")


def file_key(message_id: str) -> str:
    """Return the part of the file name that belongs to a Message-ID."""
    return _UNSAFE.sub("", message_id)[:120] or "ohne-kennung"


class EmailBackend(BaseEmailBackend):
    """Write `<time>-<Message-ID>.eml` to EMAIL_FILE_PATH, readable by this account alone."""

    def __init__(self, *args, file_path: str | Path | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)
        self._lock = threading.Lock()

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        count = 0
        with self._lock:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for email in email_messages:
                if email.recipients():
                    self._write(email)
                    count += 1
        return count

    def _write(self, email: EmailMessage) -> None:
        mail = email.message()
        name = f"{timezone.localtime():%Y%m%d-%H%M%S-%f}-{file_key(mail['Message-ID'])}.eml"
        draft = self.folder / f".{name}.part"
        draft.touch(mode=0o600)
        draft.write_bytes(mail.as_bytes())
        draft.rename(self.folder / name)  # appears whole or not at all


def forget_files(message_ids: Iterable[str]) -> int:
    """Delete the files of these mails; return how many there were. Other backends leave no files."""
    keys = {file_key(message_id) for message_id in message_ids}
    folder = Path(settings.EMAIL_FILE_PATH)
    if not keys or not folder.is_dir():
        return 0
    # A name is date, time and microseconds, then the key.
    doomed = [path for path in folder.glob("*.eml") if path.stem.split("-", 3)[-1] in keys]
    for path in doomed:
        path.unlink(missing_ok=True)
    return len(doomed)

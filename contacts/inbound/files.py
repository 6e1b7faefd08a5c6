"""What is attached to a mail is kept as the forms keep it, pictures and scanned PDFs; all else stays in the mailbox."""

import contextlib
import io
import time
from collections.abc import Callable, Iterable
from typing import BinaryIO

from django.conf import settings

from contacts import scanning
from contacts.inbound.bodies import MailFile
from contacts.kept_files import keep
from contacts.models import Attachment
from contacts.pdfs.reading import START as PDF_START
from contacts.pdfs.reading import CleanPdf, read_pdf
from contacts.pictures import Picture, read_picture
from contacts.refused import FileRefused

_PICTURES = (b"\xff\xd8", b"\x89PNG", b"RIFF")  # how JPEG, PNG and WebP begin


def keep_files(files: Iterable[MailFile]) -> tuple[list[Attachment], list[str]]:
    """Return the files that were kept and the names of those that were not taken, for want of time also: other mails
    wait. May raise TimeoutError.
    """
    most = settings.PUBLIC_FORMS["max_files"]
    kept: list[Attachment] = []
    refused: list[str] = []
    tries = 2 * most  # a broken one costs as much time as a good one
    end = time.monotonic() + settings.INBOUND["files_seconds"]
    for file in files:
        read = _reader_of(file.content)
        if read and tries and len(kept) < most and time.monotonic() < end:
            tries -= 1
            with contextlib.suppress(FileRefused):
                kept.append(keep(read(io.BytesIO(file.content))))
                continue
        refused.append(file.name)
    return kept, refused


def _reader_of(content: bytes) -> Callable[[BinaryIO], Picture | CleanPdf] | None:
    """Return what reads a file that begins like this; None for what is not taken."""
    limits = settings.PUBLIC_FORMS
    if content.startswith(_PICTURES) and len(content) <= limits["max_picture_bytes"]:
        return read_picture
    if scanning.is_configured() and content.startswith(PDF_START) and len(content) <= limits["max_pdf_bytes"]:
        return read_pdf
    return None

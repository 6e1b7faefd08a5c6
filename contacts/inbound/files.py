"""Files attached to a mail are kept as those of the forms are; what the forms do not take stays in the mailbox."""

import contextlib
import io
from collections.abc import Iterable

from django.conf import settings

from contacts import scanning
from contacts.inbound.bodies import MailFile
from contacts.models import Attachment
from contacts.pdfs.reading import is_pdf, read_pdf
from contacts.pictures import keep, read_picture
from contacts.refused import FileRefused

_PICTURES = (b"\xff\xd8", b"\x89PNG", b"RIFF")  # how JPEG, PNG and WebP begin


def keep_files(files: Iterable[MailFile]) -> tuple[list[Attachment], list[str]]:
    """Return the files that were kept and the names of those that were not taken. May raise TimeoutError."""
    most = settings.PUBLIC_FORMS["max_files"]
    kept: list[Attachment] = []
    refused: list[str] = []
    tries = 2 * most  # a broken one costs as much time as a good one
    for file in files:
        if _may_be_taken(file) and tries and len(kept) < most:
            tries -= 1
            with contextlib.suppress(FileRefused):
                kept.append(_keep(file))
                continue
        refused.append(file.name)
    return kept, refused


def _may_be_taken(file: MailFile) -> bool:
    limits = settings.PUBLIC_FORMS
    if _is_pdf(file):
        return len(file.content) <= limits["max_pdf_bytes"]
    return file.content.startswith(_PICTURES) and len(file.content) <= limits["max_picture_bytes"]


def _is_pdf(file: MailFile) -> bool:
    return scanning.is_configured() and is_pdf(io.BytesIO(file.content))


def _keep(file: MailFile) -> Attachment:
    content = io.BytesIO(file.content)
    return keep(read_pdf(content) if _is_pdf(file) else read_picture(content))

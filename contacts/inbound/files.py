"""Pictures attached to a mail are kept as those of the forms are; what else is attached stays in the mailbox."""

import io
from collections.abc import Iterable

from django.conf import settings

from contacts.inbound.bodies import MailFile
from contacts.models import Attachment
from contacts.pictures import PictureRefused, keep, read_picture


def keep_pictures(files: Iterable[MailFile]) -> tuple[list[Attachment], list[str]]:
    """Return the pictures that were kept and the names of the files that were not taken."""
    kept: list[Attachment] = []
    refused: list[str] = []
    for file in files:
        try:
            kept.append(_keep(file, len(kept)))
        except PictureRefused:
            refused.append(file.name)
    return kept, refused


def _keep(file: MailFile, already: int) -> Attachment:
    limits = settings.PUBLIC_FORMS
    if already >= limits["max_pictures"] or not 0 < len(file.content) <= limits["max_picture_bytes"]:
        raise PictureRefused
    return keep(read_picture(io.BytesIO(file.content)))

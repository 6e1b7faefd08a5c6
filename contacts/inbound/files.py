"""Pictures attached to a mail are kept as those of the forms are; what else is attached stays in the mailbox."""

import contextlib
import io
from collections.abc import Iterable

from django.conf import settings

from contacts.inbound.bodies import MailFile
from contacts.models import Attachment
from contacts.pictures import PictureRefused, keep, read_picture

_PICTURES = (b"\xff\xd8", b"\x89PNG", b"RIFF")  # how JPEG, PNG and WebP begin


def keep_pictures(files: Iterable[MailFile]) -> tuple[list[Attachment], list[str]]:
    """Return the pictures that were kept and the names of the files that were not taken."""
    limits = settings.PUBLIC_FORMS
    kept: list[Attachment] = []
    refused: list[str] = []
    tries = 2 * limits["max_pictures"]  # a broken one costs as much time as a good one
    for file in files:
        may_be_one = file.content.startswith(_PICTURES) and len(file.content) <= limits["max_picture_bytes"]
        if may_be_one and tries and len(kept) < limits["max_pictures"]:
            tries -= 1
            with contextlib.suppress(PictureRefused):
                kept.append(keep(read_picture(io.BytesIO(file.content))))
                continue
        refused.append(file.name)
    return kept, refused

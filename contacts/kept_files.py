"""Files of citizens, made anew (`contacts.pictures`, `contacts.pdfs`): kept privately, and given to a case."""

import hashlib
from collections.abc import Iterable

from django.core.files.base import ContentFile

from contacts.models.attachments import Attachment, FileCount
from contacts.models.enquiries import Enquiry
from contacts.pdfs.reading import CleanPdf
from contacts.pictures import Picture


def keep(made: Picture | CleanPdf) -> Attachment:
    """Store a file that belongs to nothing yet."""
    return _store(made.content, made.extension, made.width, made.height)


def _store(content: bytes, extension: str, width: int | None, height: int | None) -> Attachment:
    attachment = Attachment(
        extension=extension,
        size=len(content),
        width=width,
        height=height,
        digest=hashlib.sha256(content).hexdigest(),
    )
    attachment.file.save("", ContentFile(content), save=False)
    try:
        attachment.save()
    except Exception:
        attachment.file.storage.delete(attachment.file.name)  # no file without a row that leads to it
        raise
    return attachment


def attach(enquiry: Enquiry, files: Iterable[Attachment]) -> FileCount:
    """Give files to an enquiry; return how many. One that belongs to another message already is copied."""
    given = []
    for file in files:
        waiting = Attachment.objects.filter(pk=file.pk, enquiry=None)
        if not waiting.update(enquiry=enquiry):
            with file.file.open() as content:
                file = _store(content.read(), file.extension, file.width, file.height)
            Attachment.objects.filter(pk=file.pk).update(enquiry=enquiry)
        given.append(file.pk)
    return Attachment.objects.filter(pk__in=given).counted()

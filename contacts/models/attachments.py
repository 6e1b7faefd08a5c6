"""Pictures and PDFs that somebody sent with a message. Private: only the desk sees them, as downloads."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone

from contacts.models.enquiries import Enquiry


class PrivateStorage(FileSystemStorage):
    """Files outside of the media folder that have no address."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file is not accessible via a URL.")


def private_storage() -> PrivateStorage:
    return PrivateStorage(
        location=settings.ATTACHMENT_DIR, file_permissions_mode=0o600, directory_permissions_mode=0o700
    )


def attachment_storage() -> FileSystemStorage:
    """Return the storage in use; the field asks for it once, when the process starts."""
    return Attachment._meta.get_field("file").storage


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Return a name that tells nothing; what the sender called the file is not kept."""
    return f"{uuid.uuid4().hex}.{attachment.extension}"


@dataclass(frozen=True)
class FileCount:
    """How many files there are of each kind, in words for those who answer: "Bilder: 2, PDF: 1"."""

    pictures: int = 0
    pdfs: int = 0

    def __bool__(self) -> bool:
        return bool(self.pictures or self.pdfs)

    def __str__(self) -> str:
        counts = [("Bilder", self.pictures), ("PDF", self.pdfs)]
        return ", ".join(f"{name}: {count}" for name, count in counts if count)


class AttachmentQuerySet(models.QuerySet):
    def counted(self) -> FileCount:
        is_pdf = models.Q(extension=Attachment.Format.PDF)
        return FileCount(
            **self.aggregate(pictures=models.Count("pk", filter=~is_pdf), pdfs=models.Count("pk", filter=is_pdf))
        )


class Attachment(models.Model):
    """One file, made anew: a picture from its pixels alone, a PDF from its pages alone, so that what camera and
    programme wrote into it is gone.

    Without an enquiry it waits for a form that was refused and is sent again; after a day it is deleted.
    """

    class Format(models.TextChoices):
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"
        PDF = "pdf", "PDF"

    enquiry = models.ForeignKey(
        Enquiry, verbose_name="Anfrage", null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    extension = models.CharField("Format", max_length=3, choices=Format)
    file = models.FileField("Datei", storage=private_storage, upload_to=attachment_path)
    size = models.PositiveIntegerField("Größe in Byte")
    # Of pictures alone.
    width = models.PositiveIntegerField("Breite in Pixeln", null=True, blank=True)
    height = models.PositiveIntegerField("Höhe in Pixeln", null=True, blank=True)
    digest = models.CharField("Prüfwert des Inhalts", max_length=64, editable=False)
    created_at = models.DateTimeField("angelegt", default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Anhang"
        verbose_name_plural = "Anhänge"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(extension="pdf", width=None, height=None)
                | (~models.Q(extension="pdf") & models.Q(width__isnull=False, height__isnull=False)),
                name="attachment_picture_has_size",
                violation_error_message="Ein Bild hat Breite und Höhe, ein PDF nicht.",
            )
        ]

    def __str__(self) -> str:
        return f"Anhang {self.pk}"

    @property
    def is_pdf(self) -> bool:
        return self.extension == self.Format.PDF

    @property
    def label(self) -> str:
        """What it is called at the desk: "Bild 12" or "PDF 12"."""
        return f"{'PDF' if self.is_pdf else 'Bild'} {self.pk}"

    @property
    def description(self) -> str:
        """What it is: "JPEG, 30 × 20 Pixel" or "PDF von außen"."""
        if self.is_pdf:
            return "PDF von außen"
        return f"{self.get_extension_display()}, {self.width} × {self.height} Pixel"

    @property
    def download_name(self) -> str:
        """The name that an enquiry's file is handed out with; what the sender called it is not kept."""
        return f"{self.enquiry.reference}-{self.label.replace(' ', '-')}.{self.extension}"

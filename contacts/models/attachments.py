"""Pictures that somebody sent with a message. Private: only the desk sees them, as downloads."""

import uuid

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


class Attachment(models.Model):
    """One picture, encoded anew from its pixels alone, so that what the camera wrote into the file is gone.

    Without an enquiry it waits for a form that was refused and is sent again; after a day it is deleted.
    """

    class Format(models.TextChoices):
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"

    enquiry = models.ForeignKey(
        Enquiry, verbose_name="Anfrage", null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    extension = models.CharField("Format", max_length=3, choices=Format)
    file = models.FileField("Datei", storage=private_storage, upload_to=attachment_path)
    size = models.PositiveIntegerField("Größe in Byte")
    width = models.PositiveIntegerField("Breite in Pixeln")
    height = models.PositiveIntegerField("Höhe in Pixeln")
    digest = models.CharField("Prüfwert des Inhalts", max_length=64, editable=False)
    created_at = models.DateTimeField("angelegt", default=timezone.now)

    class Meta:
        verbose_name = "Anhang"
        verbose_name_plural = "Anhänge"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Anhang {self.pk}"

"""Who forgot a password, until the worker has answered."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone


class PasswordResetQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> "PasswordResetQuerySet":
        """What may be answered now, the one that waits longest first."""
        return self.filter(next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def expired(self, now: dt.datetime) -> "PasswordResetQuerySet":
        """What has been kept for as long as the privacy documents allow."""
        return self.filter(created_at__lt=now - dt.timedelta(seconds=settings.PASSWORD_RESET["keep_seconds"]))


class PasswordResetRequest(models.Model):
    """Somebody asked for a new password for an address, whether it has an account or not.

    Nothing here is secret: the token of the link is made when its mail is sent.
    """

    email = models.EmailField("E-Mail-Adresse")
    created_at = models.DateTimeField("gestellt", default=timezone.now)
    next_attempt_at = models.DateTimeField("nächster Versuch", default=timezone.now)

    objects = PasswordResetQuerySet.as_manager()

    class Meta:
        verbose_name = "Anfrage nach einem neuen Passwort"
        verbose_name_plural = "Anfragen nach einem neuen Passwort"

    def __str__(self) -> str:
        return f"{timezone.localtime(self.created_at):%d.%m.%Y, %H:%M}"

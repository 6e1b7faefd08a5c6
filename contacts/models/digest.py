"""On which days the daily overview was made."""

from django.db import models
from django.utils import timezone


class DigestDay(models.Model):
    """One day's overviews, for all units at once: the day is unique, so of two workers one makes them.

    A day stays marked when there was nothing to say: what arrives later has a mail of its own.
    """

    day = models.DateField("Tag", unique=True)
    created_at = models.DateTimeField("angelegt", default=timezone.now)
    mails = models.PositiveSmallIntegerField("Mails", default=0)

    class Meta:
        verbose_name = "Tag der Tagesübersicht"
        verbose_name_plural = "Tage der Tagesübersicht"
        ordering = ["-day"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}"

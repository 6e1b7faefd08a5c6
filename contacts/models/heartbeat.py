"""The sign of life of the worker, for those who watch the site from outside."""

import datetime as dt

from django.db import models
from django.utils import timezone


class WorkerBeat(models.Model):
    """One row: when the worker last went through the outbox to the end, or for as long as it had."""

    at = models.DateTimeField("letzter Durchgang")

    class Meta:
        verbose_name = "Lebenszeichen des Versands"
        verbose_name_plural = "Lebenszeichen des Versands"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="contacts_worker_beat_is_one_row")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%d.%m.%Y, %H:%M}"

    @classmethod
    def beat(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"at": timezone.now()})

    @classmethod
    def silence(cls) -> dt.timedelta | None:
        """How long the worker has not been heard of; None when it never was."""
        at = cls.objects.filter(pk=1).values_list("at", flat=True).first()
        return max(timezone.now() - at, dt.timedelta()) if at else None

"""How the mailbox of incoming mails is doing, for the desk and for those who watch the site from outside."""

import datetime as dt

from django.db import models
from django.utils import timezone


class MailboxState(models.Model):
    """One row: the last round that went well, the kind of the last error since, what waits for a person, and the mail
    that was read last: it is never read twice. While `tried_folder` is empty, nobody knows what became of it.
    """

    well_at = models.DateTimeField("letzter Abruf ohne Fehler", null=True)
    last_error = models.CharField("letzter Fehler", max_length=100, blank=True)
    in_review = models.PositiveIntegerField("Mails in „Zu prüfen“", default=0)
    tried = models.CharField("zuletzt gelesene Mail", max_length=30, blank=True)
    tried_folder = models.CharField("deren Ordner", max_length=30, blank=True)
    tried_reference = models.CharField("deren Vorgang", max_length=20, blank=True)

    class Meta:
        verbose_name = "Stand des Posteingangs"
        verbose_name_plural = "Stand des Posteingangs"
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="contacts_mailbox_state_is_one_row")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.well_at):%d.%m.%Y, %H:%M}" if self.well_at else "noch kein Abruf"

    @classmethod
    def note_well(cls, in_review: int) -> None:
        said = {"well_at": timezone.now(), "last_error": "", "in_review": in_review}
        cls.objects.update_or_create(pk=1, defaults=said)

    @classmethod
    def note_error(cls, error: BaseException) -> None:
        """Keep the type alone: errors repeat what a server or a mail said."""
        cls.objects.update_or_create(pk=1, defaults={"last_error": type(error).__name__[:100]})

    @classmethod
    def note_try(cls, key: str, folder: str = "", reference: str = "") -> None:
        """Keep which mail is being read, then where it belongs."""
        cls.objects.update_or_create(
            pk=1, defaults={"tried": key, "tried_folder": folder, "tried_reference": reference}
        )

    @classmethod
    def current(cls) -> "MailboxState":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def silence(self) -> dt.timedelta | None:
        """How long no round went well; None when none ever did."""
        return max(timezone.now() - self.well_at, dt.timedelta()) if self.well_at else None

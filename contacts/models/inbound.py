"""How the mailbox of incoming mails is doing, for the desk and for those who watch the site from outside."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class MailboxState(models.Model):
    """One row: the last round that went well, the kind of the last error since, what waits for a person, who goes
    round, and the mail that was read last: a round that died on it must not read it again.

    While `tried_folder` is empty, nobody knows what became of that mail. With a `tried_submission`, it is being stored
    under this key, and belongs into that folder once it is.
    """

    well_at = models.DateTimeField("letzter Abruf ohne Fehler", null=True)
    last_error = models.CharField("letzter Fehler", max_length=100, blank=True)
    in_review = models.PositiveIntegerField("Mails in „Zu prüfen“", default=0)
    tried = models.CharField("zuletzt gelesene Mail", max_length=30, blank=True)
    tried_folder = models.CharField("deren Ordner", max_length=30, blank=True)
    tried_submission = models.CharField("deren Schlüssel", max_length=64, blank=True)
    tried_reference = models.CharField("deren Vorgang", max_length=20, blank=True)

    claimed_until = models.DateTimeField("in Arbeit bis", null=True)

    class Meta:
        verbose_name = "Stand des Posteingangs"
        verbose_name_plural = "Stand des Posteingangs"
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="contacts_mailbox_state_is_one_row")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.well_at):%d.%m.%Y, %H:%M}" if self.well_at else "noch kein Abruf"

    @classmethod
    def claim(cls) -> dt.datetime | None:
        """Reserve the mailbox for a round, and return until when; None while somebody else goes round.

        The conditional UPDATE alone makes the claim unique. One that ran out counts for nothing, nor does one that
        lasts twice as long as any can: it was made by a clock that has been put right since.
        """
        now = timezone.now()
        lease = dt.timedelta(seconds=settings.INBOUND["lease_seconds"])
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now) | Q(claimed_until__gt=now + 2 * lease)
        cls.objects.get_or_create(pk=1)
        return now + lease if cls.objects.filter(free, pk=1).update(claimed_until=now + lease) else None

    @classmethod
    def give_back(cls, claim: dt.datetime) -> None:
        """End a claim, unless it ran out and somebody else has one."""
        cls.objects.filter(pk=1, claimed_until=claim).update(claimed_until=None)

    @classmethod
    def note_well(cls, in_review: int) -> None:
        said = {"well_at": timezone.now(), "last_error": "", "in_review": in_review}
        cls.objects.update_or_create(pk=1, defaults=said)

    @classmethod
    def note_error(cls, error: BaseException) -> None:
        """Keep the type alone: errors repeat what a server or a mail said."""
        cls.objects.update_or_create(pk=1, defaults={"last_error": type(error).__name__[:100]})

    @classmethod
    def note_try(cls, key: str, folder: str = "", *, submission: str = "", reference: str = "") -> None:
        """Keep which mail is being read, then under which key it is being stored, then its case."""
        tried = {"tried": key, "tried_folder": folder, "tried_submission": submission, "tried_reference": reference}
        cls.objects.update_or_create(pk=1, defaults=tried)

    @classmethod
    def current(cls) -> "MailboxState":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def silence(self) -> dt.timedelta | None:
        """How long no round went well; None when none ever did."""
        return max(timezone.now() - self.well_at, dt.timedelta()) if self.well_at else None

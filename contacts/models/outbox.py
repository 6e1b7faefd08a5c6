"""Mail that is to leave the office: stored together with its cause, sent by `contacts.outbox`."""

import datetime as dt
import uuid
from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contacts.models.enquiries import Enquiry


def new_message_id() -> str:
    """Return a Message-ID; it stays with the row, so that a mail sent twice can be recognised as one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{domain}>"


class OutboxQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> "OutboxQuerySet":
        """What may be sent now and nobody is sending; a claim that ran out counts for nothing.

        Nor does a claim or a pause that lasts twice as long as any can: it was made by a clock that has been put right
        since. Twice, because the clocks of two workers differ a little.
        """
        lease = 2 * dt.timedelta(seconds=settings.OUTBOX["lease_seconds"])
        pause = 2 * dt.timedelta(seconds=settings.OUTBOX["max_pause_seconds"])
        unclaimed = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now) | Q(claimed_until__gt=now + lease)
        rested = Q(next_attempt_at__lte=now) | Q(next_attempt_at__gt=now + pause)
        return self.filter(unclaimed, rested, state=OutboxMessage.State.PENDING)

    def thread(self, enquiry: Enquiry, address: str) -> str:
        """Return the Message-IDs of what was written to `address` about an enquiry, oldest first (RFC 5322, 3.6.4)."""
        rows = self.filter(enquiry=enquiry, to__iexact=address).order_by("created_at", "pk")
        return " ".join(rows.values_list("message_id", flat=True))

    def internal(self) -> "OutboxQuerySet":
        """What the office itself must get."""
        return self.filter(kind__in=OutboxMessage.INTERNAL_KINDS)

    def waiting(self) -> "OutboxQuerySet":
        return self.filter(state=OutboxMessage.State.PENDING)

    def unsent(self) -> "OutboxQuerySet":
        return self.exclude(state=OutboxMessage.State.SENT)

    def given_up(self) -> "OutboxQuerySet":
        """What is not tried any more unless somebody says so."""
        return self.unsent().filter(state=OutboxMessage.State.FAILED)  # `unsent` is the condition of an index

    def stuck(self) -> "OutboxQuerySet":
        """Mail to the office that was tried again and again without success: something is broken for everybody."""
        return self.internal().waiting().filter(attempts__gte=settings.OUTBOX["alarm_after"])


class OutboxMessage(models.Model):
    """One mail to one address."""

    class Kind(models.TextChoices):
        OFFICE = "office", "an das Amt"
        UNIT = "unit", "an die Einheit"
        ACKNOWLEDGEMENT = "acknowledgement", "Eingangsbestätigung"
        ANSWER = "answer", "Antwort"
        NEW_LINK = "new_link", "neuer Link"
        DIGEST = "digest", "Tagesübersicht"
        TEST = "test", "Testmail"

    class State(models.TextChoices):
        PENDING = "pending", "wartet"
        SENT = "sent", "gesendet"
        FAILED = "failed", "aufgegeben"

    INTERNAL_KINDS = (Kind.OFFICE, Kind.UNIT)
    SENDER_KINDS = (Kind.ACKNOWLEDGEMENT, Kind.NEW_LINK, Kind.ANSWER)  # to whom the enquiry came from

    enquiry = models.ForeignKey(
        Enquiry, verbose_name="Anfrage", null=True, blank=True, on_delete=models.CASCADE, related_name="outbox"
    )
    kind = models.CharField("Art", max_length=15, choices=Kind)
    to = models.EmailField("an")
    reply_to = models.EmailField("Antwort an", blank=True)
    subject = models.CharField("Betreff", max_length=250)
    body_text = models.TextField("Text")
    # The Message-IDs of the mails before this one in the same conversation, oldest first, with blanks between.
    references = models.TextField("Bezug", blank=True, editable=False)
    message_id = models.CharField("Message-ID", max_length=200, unique=True, default=new_message_id, editable=False)
    created_at = models.DateTimeField("angelegt", default=timezone.now)
    state = models.CharField("Stand", max_length=7, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    next_attempt_at = models.DateTimeField("nächster Versuch", default=timezone.now)
    claimed_until = models.DateTimeField("in Arbeit bis", null=True, blank=True)
    last_error = models.CharField("letzter Fehler", max_length=200, blank=True)
    sent_at = models.DateTimeField("gesendet", null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "ausgehende Mail"
        verbose_name_plural = "Postausgang"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="contacts_outbox_due", condition=Q(state="pending")),
            models.Index(fields=["created_at"], name="contacts_outbox_unsent", condition=~Q(state="sent")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["digest", "test"], enquiry__isnull=True)
                | (~Q(kind__in=["digest", "test"]) & Q(enquiry__isnull=False)),
                name="contacts_outbox_has_its_cause",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="contacts_outbox_sent_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.enquiry or ''}".strip()

    @property
    def does_not_arrive(self) -> bool:
        """Whether it was given up, or tried again and again: whoever works on the enquiry has to know."""
        tried = self.state == self.State.PENDING and self.attempts >= settings.OUTBOX["alarm_after"]
        return tried or self.state == self.State.FAILED

    @property
    def is_automatic_answer(self) -> bool:
        return self.kind == self.Kind.ACKNOWLEDGEMENT

    def came_back(self, reason: str) -> None:
        """Note that it did not arrive although a server took it.

        What the office itself must get is never given up: it is tried again after the longest pause and counts as
        stuck from now on. All else is sent again only when somebody says so.
        """
        self.state, self.sent_at, self.claimed_until = self.State.FAILED, None, None
        self.last_error = reason
        if self.kind in self.INTERNAL_KINDS:
            self.state = self.State.PENDING
            self.attempts = max(self.attempts, settings.OUTBOX["alarm_after"])
            self.next_attempt_at = timezone.now() + dt.timedelta(seconds=settings.OUTBOX["max_pause_seconds"])
        self.save(update_fields=["state", "sent_at", "claimed_until", "last_error", "attempts", "next_attempt_at"])

"""What happened to an enquiry, in order: its timeline, its notes and its answers are one list."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from contacts.models.enquiries import Enquiry
from contacts.text import header_text
from stadterneuerung.organisation.models import OrganisationUnit


class EnquiryEvent(models.Model):
    """One step. When mails left is told by the outbox alone and merged in where the timeline is shown."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "eingegangen"
        ROUTED = "routed", "weitergeleitet"
        TAKEN = "taken", "übernommen"
        NOTED = "noted", "vermerkt"
        WAITING = "waiting", "Rückfrage, wartet"
        REPLIED = "replied", "Rückmeldung ist da"
        INTERIM = "interim", "Zwischennachricht"
        ANSWERED = "answered", "beantwortet"
        ANSWERED_ELSEWHERE = "elsewhere", "außerhalb beantwortet"
        ADDED = "added", "ergänzt"
        WITHDRAWN = "withdrawn", "zurückgezogen"
        RELEASED = "released", "aus der Quarantäne genommen"
        CLOSED = "closed", "abgeschlossen"
        REOPENED = "reopened", "wieder geöffnet"
        ERASED = "erased", "gelöscht"

    enquiry = models.ForeignKey(Enquiry, verbose_name="Anfrage", on_delete=models.CASCADE, related_name="events")
    kind = models.CharField("Art", max_length=10, choices=Kind)
    at = models.DateTimeField("wann", default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="wer",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # A note, an answer, an addition of the sender: personal data, emptied when the enquiry is erased.
    text = models.TextField("Text", blank=True)
    is_public = models.BooleanField("steht auf der Statusseite", default=False)
    # To whom it went, for the history of routing; kept in words too, since units may go.
    unit = models.ForeignKey(
        OrganisationUnit, verbose_name="Einheit", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    detail = models.CharField("Einzelheit", max_length=250, blank=True)
    # Of an addition: the same form sent twice is one addition. Steps of the office have none.
    submission_key = models.CharField(  # noqa: DJ001 -- unique: steps without a key must not be equal to one another
        "Schlüssel der Absendung", max_length=64, unique=True, null=True, editable=False
    )

    class Meta:
        verbose_name = "Schritt"
        verbose_name_plural = "Verlauf"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["enquiry", "at"], name="contacts_event_timeline")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def as_detail(cls, *parts: str) -> str:
        """Return the parts that are not empty as one line that `detail` can hold."""
        return header_text("; ".join(filter(None, parts)), cls._meta.get_field("detail").max_length)

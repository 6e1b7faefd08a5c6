"""What remains of deletion: how much went and when, and who asked for it and who agreed. Never what it was."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from contacts.models.enquiries import Enquiry


class DeletionRun(models.Model):
    """One run of the deletion by periods that found something. Counts only: no content, no numbers of cases."""

    at = models.DateTimeField("wann", default=timezone.now)
    questions = models.PositiveIntegerField("Anfragen", default=0)
    barriers = models.PositiveIntegerField("Barrieremeldungen", default=0)
    offered = models.PositiveIntegerField("dem Stadtarchiv angeboten", default=0)
    mails = models.PositiveIntegerField("Mails", default=0)
    attachments = models.PositiveIntegerField("Anhänge", default=0)
    files = models.PositiveIntegerField("verwaiste Dateien", default=0)
    audit_entries = models.PositiveIntegerField("Protokolleinträge", default=0)

    COUNTS = ["questions", "barriers", "offered", "mails", "attachments", "files", "audit_entries"]

    class Meta:
        verbose_name = "Löschlauf"
        verbose_name_plural = "Löschprotokoll"
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        """Return "2 Anfragen, 1 Mails" for what is not zero."""
        said = [
            f"{getattr(self, name)} {self._meta.get_field(name).verbose_name}"
            for name in self.COUNTS
            if getattr(self, name)
        ]
        return ", ".join(said) or "nichts"

    @property
    def did_something(self) -> bool:
        return any(getattr(self, name) for name in self.COUNTS)


class ErasureRequest(models.Model):
    """Somebody wants to be forgotten (DSGVO Art. 17). One account enters it, another one agrees, then it is done.

    When it is decided, the note and the list of cases are emptied; what remains tells nothing about the person but a
    digest that only our secret key could make.
    """

    class State(models.TextChoices):
        OPEN = "open", "wartet auf Zustimmung"
        APPROVED = "approved", "genehmigt, wird ausgeführt"
        DONE = "done", "ausgeführt"
        REFUSED = "refused", "abgelehnt"
        LAPSED = "lapsed", "verfallen, niemand hat entschieden"

    class Identity(models.TextChoices):
        MAIL = "mail", "Antwort von der gespeicherten E-Mail-Adresse"
        PHONE = "phone", "Rückruf unter der gespeicherten Nummer"
        REFERENCE = "reference", "Vorgangsnummer und Inhalt genannt"
        VISIT = "visit", "persönlich mit Ausweis"

    created_at = models.DateTimeField("angelegt", default=timezone.now)
    digest = models.CharField("Prüfwert der gesuchten Angabe", max_length=64)
    identity = models.CharField("wie die Identität geprüft wurde", max_length=9, choices=Identity)
    # Words of a colleague about a person; emptied when the request is decided.
    note = models.CharField("Vermerk zur Prüfung", max_length=500, blank=True)
    enquiries = models.ManyToManyField(Enquiry, verbose_name="Vorgänge", related_name="+", blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="angelegt von", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="entschieden von",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField("entschieden", null=True, blank=True)
    state = models.CharField("Stand", max_length=8, choices=State, default=State.OPEN)
    cases = models.PositiveSmallIntegerField("Vorgänge", default=0)
    erased = models.PositiveSmallIntegerField("davon gelöscht", default=0)
    done_at = models.DateTimeField("ausgeführt", null=True, blank=True)

    class Meta:
        verbose_name = "Antrag auf Löschung"
        verbose_name_plural = "Anträge auf Löschung"
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        permissions = [
            ("handle_requests", "Kann Auskunft erteilen und Löschung veranlassen"),
            ("hold_enquiries", "Kann die Löschung von Anfragen aussetzen und freigeben"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(requested_by=None) | Q(decided_by=None) | ~Q(requested_by=F("decided_by")),
                name="contacts_erasure_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "approved"]) | Q(note=""), name="contacts_erasure_note_until_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"Antrag {self.pk}"

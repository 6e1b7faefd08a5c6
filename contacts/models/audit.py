"""Who read or changed personal data: a chain of entries, each holding the mark of the one before it.

Entries are written by `contacts.audit` alone; nobody changes or deletes them, and a command proves it.
"""

from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One act. It names the account, the act and the number of the case; never a citizen and never a word of theirs.

    `label` (the case's number) is not part of the chain itself, only its digest is: it can be emptied when the case is
    erased, and the chain still holds.
    """

    class Action(models.TextChoices):
        READ = "read", "gelesen"
        LISTED = "listed", "Liste angesehen"
        CHANGED = "changed", "geändert"
        ANSWERED = "answered", "beantwortet"
        RECORDED = "recorded", "aufgenommen"
        PRINTED = "printed", "gedruckt"
        DOWNLOADED = "downloaded", "Anhang geöffnet"
        SEARCHED = "searched", "nach Person gesucht"
        EXPORTED = "exported", "Auskunft erstellt"
        ERASED = "erased", "gelöscht"
        HELD = "held", "Löschung ausgesetzt"

    number = models.PositiveBigIntegerField("Nummer", unique=True)
    at = models.DateTimeField("wann", default=timezone.now)
    actor = models.CharField("Konto", max_length=150)
    action = models.CharField("was", max_length=10, choices=Action)
    enquiry_id = models.PositiveBigIntegerField("Anfrage", null=True, blank=True)
    label = models.CharField("Vorgang", max_length=40, blank=True)
    label_digest = models.CharField("Prüfwert des Vorgangs", max_length=64)
    detail = models.CharField("Einzelheit", max_length=200, blank=True)
    previous_mark = models.CharField("Prüfwert davor", max_length=64)
    mark = models.CharField("Prüfwert", max_length=64, unique=True)

    class Meta:
        verbose_name = "Zugriff"
        verbose_name_plural = "Zugriffe"
        ordering = ["-number"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["enquiry_id", "number"], name="contacts_audit_of_enquiry")]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}"


class AuditHead(models.Model):
    """The one row that knows where the chain begins and ends; writing an entry locks it.

    `first_mark` is the mark before the oldest entry kept, so that old entries may go and the rest still proves itself.
    """

    first_number = models.PositiveBigIntegerField(default=1)
    first_mark = models.CharField(max_length=64, blank=True)
    last_number = models.PositiveBigIntegerField(default=0)
    last_mark = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = "Ende des Zugriffsprotokolls"
        verbose_name_plural = "Ende des Zugriffsprotokolls"

    def __str__(self) -> str:
        return f"Eintrag {self.last_number}"

    @property
    def count(self) -> int:
        """How many entries are kept."""
        return self.last_number - self.first_number + 1

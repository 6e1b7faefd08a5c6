"""What for, on what ground and for how long people's words are kept: versions that nobody changes (DSGVO Art. 13, 30).

The notice at each form and the privacy page are rendered from the version in force, and each enquiry is deleted by the
version that its sender was shown.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from stadterneuerung.base.dates import today


class PurposeQuerySet(models.QuerySet):
    def in_force(self, key: str, day: dt.date | None = None) -> "ProcessingPurpose":
        """Return the version that holds on `day`; a later version never begins before an earlier one."""
        found = self.filter(key=key, valid_from__lte=day or today()).order_by("-version").first()
        if found is None:  # before the first version there were no forms
            found = self.filter(key=key).order_by("version").first()
        if found is None:
            raise LookupError(f"Zum Zweck „{key}“ gibt es keine Fassung.")
        return found

    def all_in_force(self, day: dt.date | None = None) -> dict[str, "ProcessingPurpose"]:
        """Return the version in force of each purpose by its key."""
        rows = self.filter(valid_from__lte=day or today()).order_by("version")
        return {purpose.key: purpose for purpose in rows}


class ProcessingPurpose(models.Model):
    """One version of one purpose. It is written once; what changes is a new version."""

    class Key(models.TextChoices):
        # The values are those of Enquiry.Kind: each kind has its purpose.
        QUESTION = "question", "Anfragen"
        BARRIER = "barrier", "Barrieremeldungen"

    key = models.CharField("Zweck", max_length=8, choices=Key)
    version = models.PositiveSmallIntegerField("Fassung", editable=False)
    valid_from = models.DateField("gilt ab", default=today, help_text="Nicht rückwirkend: frühestens heute.")
    purpose = models.CharField("wozu", max_length=300, help_text="Ein Satz; er steht am Formular.")
    legal_basis = models.CharField("Rechtsgrundlage", max_length=300)
    recipients = models.TextField("wer es liest")
    voluntariness = models.CharField("Pflicht und Wahl", max_length=300)
    retention_days = models.PositiveSmallIntegerField(
        "Aufbewahrung in Tagen", validators=[MinValueValidator(1), MaxValueValidator(3660)]
    )
    retention_from = models.CharField(
        "gezählt ab", max_length=120, help_text="Ergänzt „… Tage“, zum Beispiel: nach Abschluss Ihres Anliegens."
    )
    archive_duty = models.BooleanField(
        "vor dem Löschen dem Stadtarchiv anbieten",
        default=False,
        help_text="Nach der Frist wartet der Vorgang, bis das Amt ihn freigibt oder die Zeit für das Archiv um ist.",
    )
    archive_days = models.PositiveSmallIntegerField(
        "Zeit für das Archiv in Tagen", default=0, validators=[MaxValueValidator(366)]
    )
    created_at = models.DateTimeField("angelegt", default=timezone.now, editable=False)

    objects = PurposeQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("valid_from")]),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldPanel("legal_basis"),
                FieldPanel("recipients"),
                FieldPanel("voluntariness"),
            ],
            heading="Hinweis am Formular",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("retention_days"), FieldPanel("retention_from")]),
                FieldRowPanel([FieldPanel("archive_duty"), FieldPanel("archive_days")]),
            ],
            heading="Frist",
        ),
    ]

    class Meta:
        verbose_name = "Zweck und Frist"
        verbose_name_plural = "Zwecke und Fristen"
        ordering = ["key", "-version"]
        default_permissions = ("view", "add")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="contacts_purpose_version"),
            models.CheckConstraint(condition=Q(retention_days__gte=1), name="contacts_purpose_keeps_a_day"),
            models.CheckConstraint(
                condition=Q(archive_duty=True, archive_days__gte=1) | Q(archive_duty=False, archive_days=0),
                name="contacts_purpose_archive_has_time",
                violation_error_message="Wird dem Stadtarchiv angeboten, braucht es dafür Tage – sonst bitte 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}, Fassung {self.version}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from is None:
            return
        if self.valid_from < today():
            raise ValidationError({"valid_from": "Eine Fassung gilt nicht rückwirkend. Bitte wählen Sie heute."})
        last = ProcessingPurpose.objects.filter(key=self.key).aggregate(day=Max("valid_from"))["day"]
        if last and self.valid_from < last:
            sentence = f"Die Fassung davor gilt ab dem {last:%d.%m.%Y}; diese kann nicht früher beginnen."
            raise ValidationError({"valid_from": sentence})

    def save(self, *args, **kwargs) -> None:
        """Write a new version; the table itself refuses to change one (a trigger of its migration)."""
        if not self._state.adding:
            raise TypeError("Eine Fassung wird nicht geändert; bitte legen Sie eine neue an.")
        kwargs["force_insert"] = True
        with transaction.atomic():
            before = ProcessingPurpose.objects.select_for_update().filter(key=self.key).order_by("version").last()
            self.version = before.version + 1 if before else 1
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Eine Fassung wird nicht gelöscht: Sie sagt, was Menschen gesagt worden ist.")

"""Who gets what: rules in order, deputies for a time, and how a unit wants to work. The logic: `contacts.routing`."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from areas.models import AreaPage
from contacts.models.enquiries import Enquiry
from contacts.models.subjects import EnquirySubject
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit


class RoutingRuleQuerySet(models.QuerySet):
    def active(self) -> "RoutingRuleQuerySet":
        return self.filter(active=True)

    def pointing_nowhere(self) -> "RoutingRuleQuerySet":
        """Active rules that name a unit which is gone. They are passed over, and somebody has to mend them."""
        return self.active().filter(target=RoutingRule.Target.UNIT, unit=None)


class RoutingRule(models.Model):
    """One rule. All conditions given must hold; the first rule that holds and names a unit decides."""

    class Target(models.TextChoices):
        PAGE = "page", "die zuständige Einheit des Projekts oder der Seite"
        AREA = "area", "die zuständige Einheit des Gebiets"
        SUBJECT = "subject", "die Einheit des Betreffs"
        UNIT = "unit", "immer diese Einheit:"

    position = models.PositiveSmallIntegerField(
        "Reihenfolge", default=0, help_text="Die kleinste Zahl wird zuerst gefragt."
    )
    name = models.CharField("Bezeichnung", max_length=120, help_text="Wofür die Regel da ist, in wenigen Worten.")
    kind = models.CharField("Art", max_length=8, choices=Enquiry.Kind, blank=True, help_text="Leer: alle Arten.")
    subject = models.ForeignKey(
        EnquirySubject,
        verbose_name="Betreff",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Leer: alle Betreffe.",
    )
    page = models.ForeignKey(
        Page,
        verbose_name="Seite",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Diese Seite und alle unter ihr. Leer: alle Seiten.",
    )
    area = models.ForeignKey(
        AreaPage,
        verbose_name="Gebiet",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Dieses Gebiet und seine Projekte. Leer: überall.",
    )
    target = models.CharField("geht an", max_length=7, choices=Target)
    unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name="Einheit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="routing_rules",
    )
    active = models.BooleanField("in Kraft", default=True)

    objects = RoutingRuleQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("position"), FieldPanel("active")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("subject")]),
                FieldPanel("page"),
                FieldPanel("area"),
            ],
            heading="Wenn",
        ),
        MultiFieldPanel([FieldPanel("target"), FieldPanel("unit")], heading="Dann"),
    ]

    class Meta:
        verbose_name = "Regel"
        verbose_name_plural = "Verteilung"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def points_nowhere(self) -> bool:
        return self.target == self.Target.UNIT and self.unit_id is None

    @property
    def condition(self) -> str:
        """When the rule holds, in words."""
        parts = []
        if self.kind:
            parts.append(self.get_kind_display())
        if self.subject:
            parts.append(f"Betreff „{self.subject}“")
        if self.page:
            parts.append(f"„{self.page.title}“ und was darunter liegt")
        if self.area:
            parts.append(f"Gebiet „{self.area.title}“")
        return ", ".join(parts) or "immer"

    @property
    def destination(self) -> str:
        """Where the rule leads to, in words."""
        if self.points_nowhere:
            return "Die Einheit gibt es nicht mehr. Bitte wählen Sie eine andere."
        return str(self.unit) if self.target == self.Target.UNIT else self.get_target_display()

    def clean(self) -> None:
        super().clean()
        if self.target == self.Target.UNIT and self.unit_id is None:
            raise ValidationError({"unit": "Bitte wählen Sie die Einheit, an die diese Nachrichten gehen."})
        if self.target != self.Target.UNIT and self.unit_id is not None:
            raise ValidationError({"unit": "Die Einheit ergibt sich hier von selbst. Bitte lassen Sie das Feld leer."})


class DeputyQuerySet(models.QuerySet):
    def on(self, day: dt.date | None = None) -> "DeputyQuerySet":
        """Who stands in on `day`; both days of the period count."""
        day = day or today()
        return self.filter(first_day__lte=day, last_day__gte=day)


class Deputy(models.Model):
    """From one day to another, one unit also gets and sees what another one is responsible for.

    Periods may overlap, and two units may stand in for each other: all of them get the mail, each once.
    """

    unit = models.ForeignKey(
        OrganisationUnit, verbose_name="Einheit", on_delete=models.CASCADE, related_name="deputies"
    )
    deputy = models.ForeignKey(
        OrganisationUnit, verbose_name="vertreten durch", on_delete=models.CASCADE, related_name="deputises"
    )
    first_day = models.DateField("vom")
    last_day = models.DateField("bis einschließlich")

    objects = DeputyQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("unit"), FieldPanel("deputy")]),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
    ]

    class Meta:
        verbose_name = "Vertretung"
        verbose_name_plural = "Vertretungen"
        ordering = ["-first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="contacts_deputy_ends_after_start",
                violation_error_message="Der letzte Tag darf nicht vor dem ersten liegen.",
            ),
            models.CheckConstraint(
                condition=~Q(unit=F("deputy")),
                name="contacts_deputy_is_another",
                violation_error_message="Eine Einheit kann sich nicht selbst vertreten.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, vertreten durch {self.deputy}"

    @property
    def phase(self) -> str:
        """Whether the deputy stands in "jetzt", will ("kommend"), or did ("vorbei")."""
        day = today()
        if self.last_day < day:
            return "vorbei"
        return "kommend" if self.first_day > day else "jetzt"

    def clean(self) -> None:
        """Say at the field what the constraints would only say above the form."""
        super().clean()
        errors = {}
        if self.unit_id and self.unit_id == self.deputy_id:
            errors["deputy"] = "Eine Einheit kann sich nicht selbst vertreten. Bitte wählen Sie eine andere."
        if self.first_day and self.last_day and self.last_day < self.first_day:
            errors["last_day"] = "Der letzte Tag darf nicht vor dem ersten liegen."
        if errors:
            raise ValidationError(errors)


class UnitDesk(models.Model):
    """How a unit wants to work. Without a record: with the desk, and with a daily overview by mail."""

    unit = models.OneToOneField(OrganisationUnit, verbose_name="Einheit", on_delete=models.CASCADE, related_name="desk")
    uses_desk = models.BooleanField(
        "arbeitet mit dem Anfragen-Tisch",
        default=True,
        help_text=(
            "Sonst bekommt die Einheit nur Mails; ihre Anfragen zählen hier weder als neu noch als überfällig. Eine "
            "Änderung gilt für Anfragen, die danach eingehen: Was schon am Tisch liegt, bleibt dort, bis es "
            "abgeschlossen ist, und was nur per Mail weiterging, kommt nicht zurück."
        ),
    )
    wants_digest = models.BooleanField(
        "bekommt die Tagesübersicht", default=True, help_text="Höchstens eine Mail am Arbeitstag, ohne Namen und Texte."
    )

    panels = [FieldPanel("unit"), FieldPanel("uses_desk"), FieldPanel("wants_digest")]

    class Meta:
        verbose_name = "Arbeitsweise einer Einheit"
        verbose_name_plural = "Arbeitsweise der Einheiten"
        ordering = ["unit__position", "pk"]

    def __str__(self) -> str:
        return str(self.unit)

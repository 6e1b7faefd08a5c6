"""Records of the office: who is responsible, where it can be met, and who works for which unit."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from stadterneuerung.organisation.text import folded_field


class OrganisationUnitQuerySet(models.QuerySet):
    def in_first_language(self) -> "OrganisationUnitQuerySet":
        """The units that accounts, rules and enquiries belong to; translations only stand on pages."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)


class OrganisationUnit(index.Indexed, TranslatableMixin, models.Model):
    """One unit of the office's tree: the office, a department, a staff unit or a project group.

    Contacts are units and functions. Only the office itself carries the name of a person, its head.
    """

    class Kind(models.TextChoices):
        OFFICE = "office", gettext_lazy("Amt")
        DEPARTMENT = "department", gettext_lazy("Abteilung")
        STAFF_UNIT = "staff_unit", gettext_lazy("Stabsstelle")
        PROJECT_GROUP = "project_group", gettext_lazy("Projektgruppe")
        TEAM = "team", pgettext_lazy("Organisationseinheit", "Team")

    key = models.SlugField("Schlüssel", help_text="Kurzname für Adressen und Importe, etwa „citymanagement“.")
    kind = models.CharField("Art", max_length=20, choices=Kind)
    name = models.CharField(
        "Bezeichnung", max_length=160, blank=True, help_text="Leer lassen, solange die Bezeichnung nicht feststeht."
    )
    parent = models.ForeignKey(
        "self", verbose_name="gehört zu", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    summary = models.CharField("Aufgabe in einem Satz", max_length=200, blank=True)
    tasks = RichTextField("Aufgaben", blank=True, features=["bold", "ul", "ol", "link"])
    mailbox = models.EmailField("Funktionspostfach", blank=True)
    mailbox_confirmed_at = models.DateTimeField("Postfach bestätigt am", null=True, blank=True, editable=False)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    head_name = models.CharField("Leitung", max_length=120, blank=True, help_text="Nur beim Amt selbst.")
    head_since = models.DateField("Leitung seit", null=True, blank=True)
    as_of = models.DateField("Stand", default=timezone.localdate)
    source = models.CharField("Quelle", max_length=200, blank=True)

    objects = OrganisationUnitQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldPanel("summary"),
        FieldPanel("tasks"),
        MultiFieldPanel([FieldPanel("mailbox"), FieldPanel("phone")], heading="Erreichbarkeit"),
        FieldRowPanel([FieldPanel("head_name"), FieldPanel("head_since")], heading="Leitung"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("as_of"), FieldPanel("source")]),
    ]

    search_fields = [
        index.SearchField("display_name", boost=2),
        index.SearchField("summary"),
        index.SearchField("tasks"),
        index.AutocompleteField("display_name"),
        index.SearchField("search_folded"),
        index.AutocompleteField("search_folded"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = "Organisationseinheit"
        verbose_name_plural = "Organisationseinheiten"
        ordering = ["position", "pk"]
        unique_together = [("translation_key", "locale"), ("key", "locale")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(head_name="") | models.Q(kind="office"),
                name="organisation_head_only_of_office",
                violation_error_message="Nur das Amt selbst nennt eine Leitung mit Namen.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="office", parent__isnull=True) | ~models.Q(kind="office"),
                name="organisation_office_has_no_parent",
                violation_error_message="Das Amt steht an der Spitze und gehört zu keiner anderen Einheit.",
            ),
        ]

    def __str__(self) -> str:
        """The unit for those who work with it: two without a name are told apart by their keys."""
        return self.name or f"{self.display_name} ({self.key})"

    def save(self, *args, **kwargs) -> None:
        # A changed mailbox has to be confirmed anew before personal data is sent to it.
        if self.pk:
            before = type(self).objects.filter(pk=self.pk).values_list("mailbox", flat=True).first()
            if before is not None and before != self.mailbox:
                self.mailbox_confirmed_at = None
        super().save(*args, **kwargs)

    @property
    def display_name(self) -> str:
        """The name for visitors, or an honest stand-in such as "Abteilung – Bezeichnung folgt"."""
        if self.name:
            return self.name
        return gettext("%(kind)s – Bezeichnung folgt") % {"kind": self.get_kind_display()}

    @property
    def search_folded(self) -> str:
        return folded_field(self.display_name, self.summary)

    @property
    def has_confirmed_mailbox(self) -> bool:
        return bool(self.mailbox and self.mailbox_confirmed_at)

    def clean(self) -> None:
        """Refuse a unit below itself: the tree would have no top."""
        super().clean()
        above = self.parent
        while above is not None:
            if self.pk and above.pk == self.pk:
                raise ValidationError({"parent": "Eine Einheit kann nicht zu sich selbst gehören."})
            above = above.parent


class ServicePoint(index.Indexed, TranslatableMixin, ClusterableModel):
    """A place where people are advised: a neighbourhood office, a house, a counter."""

    class StepFree(models.TextChoices):
        YES = "yes", gettext_lazy("stufenlos zugänglich")
        PARTLY = "partly", gettext_lazy("teilweise stufenlos zugänglich")
        NO = "no", gettext_lazy("nicht stufenlos zugänglich")
        UNKNOWN = "unknown", gettext_lazy("Angaben zum Zugang folgen")

    key = models.SlugField("Schlüssel")
    name = models.CharField("Name", max_length=160)
    operator = models.CharField("Träger", max_length=160, blank=True)
    unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name="zuständige Einheit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="service_points",
    )
    summary = models.CharField("Was es hier gibt", max_length=200, blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("Postleitzahl", max_length=5, blank=True)
    city = models.CharField("Ort", max_length=80, default="Dortmund")
    latitude = models.FloatField("Breitengrad", null=True, blank=True)
    longitude = models.FloatField("Längengrad", null=True, blank=True)
    step_free = models.CharField("Zugang", max_length=10, choices=StepFree, default=StepFree.UNKNOWN)
    access_note = models.CharField("Hinweis zum Zugang", max_length=200, blank=True)
    languages = models.CharField("Sprachen", max_length=200, blank=True, help_text="Mit Komma getrennt.")
    mailbox = models.EmailField("E-Mail", blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    hours_note = models.CharField("Hinweis zu den Öffnungszeiten", max_length=200, blank=True)
    closed_since = models.DateField("geschlossen seit", null=True, blank=True)
    as_of = models.DateField("Stand", default=timezone.localdate)
    source = models.CharField("Quelle", max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldRowPanel([FieldPanel("operator"), FieldPanel("unit")]),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading="Anschrift",
        ),
        MultiFieldPanel(
            [FieldPanel("step_free"), FieldPanel("access_note"), FieldPanel("languages")], heading="Zugang"
        ),
        MultiFieldPanel([FieldPanel("mailbox"), FieldPanel("phone")], heading="Erreichbarkeit"),
        InlinePanel("hours", heading="Öffnungszeiten", label="Zeit"),
        InlinePanel("closures", heading="Geschlossen", label="Schließtag"),
        FieldPanel("hours_note"),
        FieldRowPanel([FieldPanel("closed_since"), FieldPanel("as_of"), FieldPanel("source")]),
    ]

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("summary"),
        index.SearchField("street"),
        index.AutocompleteField("name"),
        index.SearchField("search_folded"),
        index.AutocompleteField("search_folded"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = "Anlaufstelle"
        verbose_name_plural = "Anlaufstellen"
        ordering = ["name"]
        unique_together = [("translation_key", "locale"), ("key", "locale")]

    def __str__(self) -> str:
        return self.name

    @property
    def search_folded(self) -> str:
        return folded_field(self.name, self.summary, self.street, self.languages)

    @property
    def is_closed(self) -> bool:
        return self.closed_since is not None and self.closed_since <= timezone.localdate()

    @property
    def language_list(self) -> list[str]:
        return [part.strip() for part in self.languages.split(",") if part.strip()]

    @cached_property
    def week(self) -> list[tuple[str, list["OpeningHours"]]]:
        """Weekdays that have hours, in order, as (name of the day, its hours); empty when nothing is known."""
        days: dict[int, list[OpeningHours]] = {}
        for hours in sorted(self.hours.all(), key=lambda hours: (hours.weekday, hours.opens)):
            days.setdefault(hours.weekday, []).append(hours)
        return [(OpeningHours.Weekday(day).label, hours) for day, hours in days.items()]

    @cached_property
    def coming_closures(self) -> list["Closure"]:
        today = timezone.localdate()
        return sorted(
            (closure for closure in self.closures.all() if closure.last_day >= today), key=lambda c: c.first_day
        )


class OpeningHours(Orderable):
    """A span on a weekday during which a service point is open (local time)."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, gettext_lazy("Montag")
        TUESDAY = 1, gettext_lazy("Dienstag")
        WEDNESDAY = 2, gettext_lazy("Mittwoch")
        THURSDAY = 3, gettext_lazy("Donnerstag")
        FRIDAY = 4, gettext_lazy("Freitag")
        SATURDAY = 5, gettext_lazy("Samstag")
        SUNDAY = 6, gettext_lazy("Sonntag")

    service_point = ParentalKey(ServicePoint, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField("Wochentag", choices=Weekday)
    opens = models.TimeField("von")
    closes = models.TimeField("bis")

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="organisation_hours_close_after_opening",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            )
        ]


class Closure(Orderable):
    """Days on which a service point is closed, such as holidays; both days included."""

    service_point = ParentalKey(ServicePoint, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField("erster Tag")
    last_day = models.DateField("letzter Tag")
    reason = models.CharField("Anlass", max_length=120, blank=True)

    panels = [FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day"), FieldPanel("reason")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="organisation_closure_ends_after_start",
                violation_error_message="Der letzte Tag darf nicht vor dem ersten liegen.",
            )
        ]


class Membership(models.Model):
    """Which accounts work for which unit; decides whose enquiries someone sees first."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="Konto", on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(
        OrganisationUnit, verbose_name="Einheit", on_delete=models.CASCADE, related_name="memberships"
    )

    panels = [FieldPanel("user"), FieldPanel("unit")]

    class Meta:
        verbose_name = "Zuordnung"
        verbose_name_plural = "Zuordnungen von Konten"
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="organisation_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.unit}"

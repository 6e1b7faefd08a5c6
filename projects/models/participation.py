"""Participation: when people can have a say, how, and what came of it (EGovG NRW § 18: results are published)."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager

from areas.models import AreaPage
from projects.querysets import ParticipationQuerySet
from projects.states import participation_state
from stadterneuerung.base.dates import date_label, today
from stadterneuerung.base.listing import ListingMixin
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture, Status
from stadterneuerung.base.publication import Errors

_FEATURES = ["bold", "ul", "ol", "link", "document-link"]


class ParticipationPage(BasePage):
    """One participation process, formal or informal."""

    class State(models.TextChoices):
        UPCOMING = "upcoming", _("beginnt bald")
        RUNNING = "running", _("läuft")
        ENDED = "ended", _("beendet")
        COMPLETED = "completed", _("abgeschlossen")
        UNKNOWN = "unknown", _("Stand nicht bestätigt")

    parent_page_types = ["projects.ParticipationIndexPage"]
    subpage_types: list[str] = []

    is_formal = models.BooleanField("förmliches Verfahren", default=False)
    legal_basis = models.CharField("Rechtsgrundlage", max_length=160, blank=True)
    starts_on = models.DateField("von", null=True, blank=False)
    ends_on = models.DateField("bis", null=True, blank=True, help_text="Leer, wenn das Ende nicht bekannt ist.")
    formats = RichTextField("Wie man sich beteiligt", features=_FEATURES, blank=True)
    result = RichTextField(
        "Ergebnis", features=_FEATURES, blank=True, help_text="Erst mit Ergebnis gilt das Verfahren als abgeschlossen."
    )
    handling = RichTextField("Was daraus wird", features=_FEATURES, blank=True)
    projects = ParentalManyToManyField(
        "projects.ProjectPage", verbose_name="Projekte", blank=True, related_name="participations"
    )
    areas = ParentalManyToManyField(AreaPage, verbose_name="Gebiete", blank=True, related_name="participations")

    objects = PageManager.from_queryset(ParticipationQuerySet)()

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("is_formal"), FieldPanel("legal_basis")]),
            ],
            heading="Zeitraum",
        ),
        FieldPanel("formats"),
        FieldPanel("result"),
        FieldPanel("handling"),
        MultiFieldPanel([FieldPanel("projects"), FieldPanel("areas")], heading="Verbindungen"),
        *BasePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = "Beteiligung"
        verbose_name_plural = "Beteiligungen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="projects_participation_ends_after_start",
                violation_error_message="Das Ende kann nicht vor dem Beginn liegen.",
            )
        ]

    kicker = _("Beteiligung")
    row_day = "starts_on"
    row_state = "current_state"

    @cached_property
    def state(self) -> str:
        if hasattr(self, "current_state"):
            return self.current_state
        return participation_state(self, today())

    @property
    def status(self) -> Status:
        tone = {"upcoming": "planned", "running": "running", "ended": "done", "completed": "done"}
        return Status(tone.get(self.state, "unknown"), str(self.State(self.state).label))

    @cached_property
    def picture(self) -> Picture:
        until = str(_("bis %(date)s") % {"date": date_label(self.ends_on)}) if self.ends_on else ""
        return Picture("date_tile", {"day": self.starts_on, "time": until, "state": "past" if self.is_over else ""})

    @property
    def period_label(self) -> str:
        """From when until when, in words."""
        start, end = date_label(self.starts_on), date_label(self.ends_on)
        if not end:
            return str(_("seit %(date)s") % {"date": start}) if start else ""
        return start if start == end else f"{start} – {end}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.ENDED, self.State.COMPLETED)

    @property
    def key_facts(self) -> list[tuple[str, str]]:
        """When and on what ground, as (label, value); unknown values are empty."""
        return [
            (str(_("Beginn")), date_label(self.starts_on)),
            (str(_("Ende")), date_label(self.ends_on)),
            (str(_("Verfahren")), str(_("förmlich") if self.is_formal else _("informell"))),
            (str(_("Rechtsgrundlage")), self.legal_basis),
        ]

    @property
    def card_note(self) -> str:
        return self.period_label

    @classmethod
    def for_display(cls):
        return super().for_display().with_state()

    def get_context(self, request, *args, **kwargs):
        projects = self.projects.model.objects.published().filter(pk__in=self.projects.values_list("id", flat=True))
        areas = AreaPage.objects.published().filter(pk__in=self.areas.values_list("id", flat=True))
        return super().get_context(request, *args, **kwargs) | {
            "projects": list(projects.with_status().order_by("title")),
            "areas": list(areas.order_by("title")),
        }

    def publication_errors(self) -> Errors:
        if self.is_formal and not self.legal_basis:
            return {"legal_basis": ["Ein förmliches Verfahren nennt seine Rechtsgrundlage."]}
        return {}


class ParticipationIndexPage(ListingMixin, BasePage):
    """List of participation, what runs now first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ParticipationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = "Übersicht der Beteiligungen"

    def get_items(self, request):
        order = models.Case(
            models.When(current_state="running", then=0),
            models.When(current_state="upcoming", then=1),
            models.When(current_state="ended", then=2),
            default=3,
        )
        pages = ParticipationPage.objects.child_of(self).published().with_state()
        return pages.with_photo().order_by(order, "-starts_on")

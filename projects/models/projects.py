"""Projects: what is built, why, until when, for how much and who pays."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from areas.models import AreaPage
from projects.models.milestones import Milestone
from projects.pictures import area_picture
from projects.querysets import ProjectQuerySet
from projects.states import project_state
from stadterneuerung.base.dates import DatePrecision, date_label, today
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture, Status
from stadterneuerung.base.publication import Errors
from stadterneuerung.base.related import related_pages

_FEATURES = ["bold", "ul", "ol", "link", "document-link"]


class ProjectPage(BasePage):
    """One project of the office."""

    class State(models.TextChoices):
        PLANNED = "planned", _("geplant")
        RUNNING = "running", _("läuft")
        COMPLETED = "completed", _("abgeschlossen")
        HANDED_OVER = "handed_over", _("übergeben")

    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types: list[str] = []

    start_on = models.DateField("Beginn", null=True, blank=True)
    start_precision = models.CharField("Genauigkeit", max_length=6, choices=DatePrecision, default=DatePrecision.DAY)
    start_tentative = models.BooleanField("voraussichtlich", default=False)
    end_on = models.DateField("Ende", null=True, blank=True, help_text="Letzter Tag des genannten Zeitraums.")
    end_precision = models.CharField("Genauigkeit", max_length=6, choices=DatePrecision, default=DatePrecision.DAY)
    end_tentative = models.BooleanField("voraussichtlich", default=False)
    status_by_hand = models.CharField("Status von Hand", max_length=11, choices=State, blank=True)
    status_reason = models.CharField("Grund und Quelle dafür", max_length=250, blank=True)
    status_as_of = models.DateField("Stand des Status", null=True, blank=True)

    areas = ParentalManyToManyField(AreaPage, verbose_name="Gebiete", blank=True, related_name="projects")
    aims = RichTextField("Ziele", blank=True, features=_FEATURES)
    results = RichTextField("Ergebnisse", blank=True, features=_FEATURES)
    take_part = RichTextField("Mitmachen", blank=True, features=_FEATURES)
    place = models.CharField("Ort", max_length=160, blank=True)
    latitude = models.FloatField("Breitengrad", null=True, blank=True)
    longitude = models.FloatField("Längengrad", null=True, blank=True)
    outline = models.JSONField("eigener Umriss (GeoJSON)", null=True, blank=True)
    outline_accuracy_m = models.PositiveIntegerField("Lagefehler in Metern", null=True, blank=True)
    dot_count = models.PositiveSmallIntegerField(
        "Anzahl im Punktebild", null=True, blank=True, help_text="Etwa geförderte Gärten; ersetzt das Bild ohne Ort."
    )
    dot_label = models.CharField("was die Punkte zählen", max_length=60, blank=True)
    dot_note = models.CharField("Stand und Quelle dazu", max_length=120, blank=True)
    service_points = ParentalManyToManyField(
        "organisation.ServicePoint", verbose_name="Anlaufstellen", blank=True, related_name="projects"
    )

    objects = PageManager.from_queryset(ProjectQuerySet)()

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_on"), FieldPanel("start_precision"), FieldPanel("start_tentative")]),
                FieldRowPanel([FieldPanel("end_on"), FieldPanel("end_precision"), FieldPanel("end_tentative")]),
                FieldRowPanel([FieldPanel("status_by_hand"), FieldPanel("status_as_of")]),
                FieldPanel("status_reason"),
            ],
            heading="Zeitraum und Status",
        ),
        InlinePanel("milestones", heading="Meilensteine", label="Meilenstein"),
        FieldPanel("aims"),
        FieldPanel("results"),
        InlinePanel("figures", heading="Zahlen mit Stand und Quelle", label="Zahl"),
        InlinePanel("funding_notices", heading="Wer zahlt", label="Förderhinweis"),
        MultiFieldPanel(
            [
                FieldPanel("areas", widget=forms.CheckboxSelectMultiple),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("outline"),
                FieldPanel("outline_accuracy_m"),
                FieldPanel("service_points", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Ort",
        ),
        FieldRowPanel(
            [FieldPanel("dot_count"), FieldPanel("dot_label"), FieldPanel("dot_note")], heading="Punktebild ohne Ort"
        ),
        FieldPanel("take_part"),
        InlinePanel("documents", heading="Dokumente", label="Dokument"),
        InlinePanel("gallery", heading="Bilder", label="Bild"),
        *BasePage.content_panels[2:],
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("aims"),
        index.SearchField("results"),
        index.SearchField("place"),
    ]

    class Meta:
        verbose_name = "Projekt"
        verbose_name_plural = "Projekte"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_on__isnull=True)
                | models.Q(end_on__isnull=True)
                | models.Q(end_on__gte=models.F("start_on")),
                name="projects_project_ends_after_start",
                violation_error_message="Das Ende kann nicht vor dem Beginn liegen.",
            )
        ]

    kicker = _("Projekt")
    row_state = "current_status"

    # --- what readers see ------------------------------------------------------------------------------------------
    @cached_property
    def state(self) -> str:
        """planned, running, completed, handed_over or unknown; from the query's annotation where there is one."""
        if hasattr(self, "current_status"):
            return self.current_status
        return project_state(self, today())

    @property
    def status(self) -> Status:
        if self.state == "unknown":
            return Status("unknown", str(_("Stand nicht bestätigt")))
        tone = {"planned": "planned", "running": "running"}.get(self.state, "done")
        note = self.status_reason if self.status_by_hand else ""
        return Status(tone, str(self.State(self.state).label), note)

    @property
    def period_label(self) -> str:
        """The period in words, as exact as known: "2017 bis Ende 2020" is "2017 – Dezember 2020"."""
        start = date_label(self.start_on, self.start_precision, self.start_tentative)
        end = date_label(self.end_on, self.end_precision, self.end_tentative)
        if start and end:
            return f"{start} – {end}"
        if start:
            return (
                str(_("seit %(date)s") % {"date": start})
                if self.start_on <= today()
                else str(_("ab %(date)s") % {"date": start})
            )
        return str(_("bis %(date)s") % {"date": end}) if end else ""

    @cached_property
    def timeline(self) -> list[Milestone]:
        """Milestones by date; the first one ahead is marked as next."""
        milestones = sorted(self.milestones.all(), key=lambda milestone: (milestone.period[0], milestone.period[1]))
        for milestone in milestones:
            milestone.is_next = False
        for milestone in milestones:
            if milestone.state == "future":
                milestone.is_next = True
                break
        return milestones

    @cached_property
    def eu_notice(self):
        """The first notice with EU money: it must be seen at first sight."""
        return next((notice for notice in self.funding_notices.all() if notice.from_eu), None)

    @cached_property
    def area_picture(self) -> Picture | None:
        return area_picture(self)

    @property
    def needs_milestones(self) -> bool:
        """Whether the picture is drawn from the milestones, for want of a photograph and a place."""
        return not (self.image_id or self.outline or self.latitude is not None or self.area_picture or self.dot_count)

    @cached_property
    def picture(self) -> Picture:
        if self.outline:
            return Picture("locator", {"outline": self.outline, "name": self.place or self.title})
        if self.latitude is not None and self.longitude is not None:
            return Picture("locator", {"point": (self.longitude, self.latitude), "name": self.place or self.title})
        if self.area_picture:
            return self.area_picture
        if self.dot_count:
            return Picture("garden_dots", {"count": self.dot_count, "label": self.dot_label, "note": self.dot_note})
        steps = self.timeline
        current = next((step.title for step in steps if step.step in ("now", "next")), "")
        return Picture(
            "milestones",
            {
                "states": [step.step for step in steps],
                "current": current or (steps[-1].title if steps else self.title),
                "start": steps[0].date_label if steps else "",
                "end": steps[-1].date_label if len(steps) > 1 else "",
            },
        )

    @property
    def card_note(self) -> str:
        return self.period_label

    @classmethod
    def for_display(cls):
        return super().for_display().with_status().with_area_outline()

    def get_context(self, request, *args, **kwargs):
        gallery = list(self.gallery.select_related("image"))
        photos = [row.image for row in gallery] + ([self.image] if self.image else [])
        models.prefetch_related_objects(photos, "renditions")
        notices = list(self.funding_notices.select_related("programme"))
        self.eu_notice = next((notice for notice in notices if notice.from_eu), None)
        return (
            super().get_context(request, *args, **kwargs)
            | self._related()
            | {
                "notices": notices,
                "figures": list(self.figures.all()),
                "documents": [row.document for row in self.documents.select_related("document")],
                "gallery": gallery,
                "service_points": list(self.service_points.all()),
            }
        )

    def _related(self) -> dict[str, list]:
        """News, dates, offers and participation of the project; events come with the rooms' own knowledge of time."""
        if self.pk is None:  # a preview of a page that was never saved
            return {}
        events = list(self.events.published().order_by("starts_at"))
        related = related_pages(
            {
                "areas": AreaPage.objects.published().filter(pk__in=self.areas.values_list("id", flat=True)),
                "offers": self.offers.published().with_state(),
                "participations": self.participations.published().with_state(),
                "news": self.news.published(),
            }
        )
        return related | {
            "upcoming_events": [event for event in events if not event.is_past],
            "past_events": [event for event in reversed(events) if event.is_past],
        }

    # --- rules -----------------------------------------------------------------------------------------------------
    def publication_errors(self) -> Errors:
        errors: Errors = {}
        if self.status_by_hand and not (self.status_reason and self.status_as_of):
            errors["status_by_hand"] = ["Ein Status von Hand braucht Grund und Stand."]
        if self.eu_notice and not self.aims:
            errors["aims"] = [
                "Bei EU-Mitteln sind Ziele und Ergebnisse Pflicht (Verordnung (EU) 2021/1060, Artikel 50)."
            ]
        if self.dot_count and not (self.dot_label and self.dot_note):
            errors["dot_count"] = ["Bitte nennen Sie, was die Punkte zählen, mit Stand und Quelle."]
        if self.outline and self.outline_accuracy_m is None:
            errors["outline_accuracy_m"] = ["Bitte nennen Sie den möglichen Lagefehler des Umrisses."]
        if (self.latitude is None) != (self.longitude is None):
            errors["latitude"] = ["Bitte nennen Sie Breiten- und Längengrad."]
        if unexplained := [m.title for m in self.milestones.all() if m.date_was_changed and not m.is_explained]:
            errors[NON_FIELD_ERRORS] = [
                f"Meilenstein „{title}“: Das Datum hat sich geändert. Bitte nennen Sie den Grund."
                for title in unexplained
            ]
        return errors

    def save(self, clean: bool = True, **kwargs) -> None:
        if self.live:
            for milestone in self.milestones.all():
                milestone.keep_history()
        super().save(clean=clean, **kwargs)

"""Events: where, when, how to get in, and whether they still take place."""

import datetime as dt

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import PageManager

from areas.models import AreaPage
from news.querysets import EventQuerySet, has_ended
from news.related import related_subjects, subjects_of
from projects.models import ProjectPage
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture, Status
from stadterneuerung.base.publication import Errors
from stadterneuerung.organisation.models import ServicePoint


class EventPage(RoutablePageMixin, BasePage):
    """One event. Past and coming follow from its times; cancelled and moved are said in words."""

    parent_page_types = ["news.EventIndexPage"]
    subpage_types: list[str] = []

    starts_at = models.DateTimeField("Beginn", null=True, blank=False)
    ends_at = models.DateTimeField("Ende", null=True, blank=True)
    all_day = models.BooleanField(
        "ohne Uhrzeit", default=False, help_text="Die Uhrzeit ist nicht bekannt oder gilt nicht."
    )
    place = models.CharField("Ort", max_length=160, blank=True)
    address = models.CharField("Anschrift", max_length=160, blank=True)
    step_free = models.CharField(
        "Zugang", max_length=10, choices=ServicePoint.StepFree, default=ServicePoint.StepFree.UNKNOWN
    )
    access_note = models.CharField("Hinweis zum Zugang", max_length=200, blank=True)
    registration = models.CharField("Anmeldung", max_length=200, blank=True)
    registration_until = models.DateField("Anmeldung bis", null=True, blank=True)
    cost = models.CharField("Kosten", max_length=80, blank=True)
    is_cancelled = models.BooleanField("abgesagt", default=False)
    moved_from = models.DateTimeField("verlegt vom", null=True, blank=True)
    change_reason = models.CharField("Grund der Absage oder Verlegung", max_length=200, blank=True)
    source = models.CharField("Quelle", max_length=200, blank=True)
    series = models.ForeignKey(
        "news.EventSeriesPage",
        verbose_name="Reihe",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    projects = ParentalManyToManyField(ProjectPage, verbose_name="Projekte", blank=True, related_name="events")
    areas = ParentalManyToManyField(AreaPage, verbose_name="Gebiete", blank=True, related_name="events")

    objects = PageManager.from_queryset(EventQuerySet)()

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("all_day")]),
                FieldPanel("place"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("step_free"), FieldPanel("access_note")]),
                FieldRowPanel([FieldPanel("registration"), FieldPanel("registration_until"), FieldPanel("cost")]),
            ],
            heading="Wann und wo",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("is_cancelled"), FieldPanel("moved_from")]), FieldPanel("change_reason")],
            heading="Abgesagt oder verlegt",
        ),
        *BasePage.content_panels[2:],
        MultiFieldPanel(
            [
                FieldPanel("series"),
                FieldPanel("projects", widget=forms.CheckboxSelectMultiple),
                FieldPanel("areas", widget=forms.CheckboxSelectMultiple),
                FieldPanel("source"),
            ],
            heading="Verbindungen",
        ),
    ]

    class Meta:
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(starts_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="news_event_ends_after_start",
                violation_error_message="Das Ende kann nicht vor dem Beginn liegen.",
            )
        ]

    kicker = _("Termin")

    @property
    def is_past(self) -> bool:
        return has_ended(self)

    @property
    def day(self) -> dt.date | None:
        """The first day in Europe/Berlin, for the leaf of the calendar."""
        return timezone.localdate(self.starts_at) if self.starts_at else None

    @property
    def day_state(self) -> str:
        """How the leaf looks: "cancelled", "past" or nothing."""
        if self.is_cancelled:
            return "cancelled"
        return "past" if self.is_past else ""

    @property
    def card_note(self) -> str:
        return " · ".join(part for part in (self.when, self.place) if part)

    @property
    def status(self) -> Status | None:
        if self.is_cancelled:
            return Status("closed", str(_("abgesagt")), self.change_reason)
        if self.moved_from:
            return Status("unknown", str(_("verlegt")), self.change_reason)
        if self.is_past:
            return Status("done", str(_("vorbei")))
        return None

    @property
    def when(self) -> str:
        """Beginning and end in words: "4. Mai 2024, 11–17 Uhr", "4. Mai 2024, 20 Uhr – 5. Mai 2024, 1 Uhr"."""
        if self.starts_at is None:
            return ""
        start = timezone.localtime(self.starts_at)
        end = timezone.localtime(self.ends_at) if self.ends_at else start
        if end.date() == start.date():
            return _day_and_time(start, self.hours)
        return " – ".join(_day_and_time(moment, "" if self.all_day else _oclock(moment)) for moment in (start, end))

    @property
    def hours(self) -> str:
        """The hours of the first day in words: "11–17 Uhr"; only the beginning if the end is unknown or later."""
        if self.starts_at is None or self.all_day:
            return ""
        start = timezone.localtime(self.starts_at)
        end = timezone.localtime(self.ends_at) if self.ends_at else None
        if end is None or end.date() != start.date():
            return _oclock(start)
        return str(_("%(start)s–%(end)s Uhr") % {"start": _clock(start), "end": _clock(end)})

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Labels and values of what one must know to go there; what is not known is empty and left out."""
        until = date_format(self.registration_until, "j. F Y") if self.registration_until else ""
        place = ", ".join(part for part in (self.place, self.address) if part)
        access = " – ".join(part for part in (str(self.get_step_free_display()), self.access_note) if part)
        # What is unknown of a past event will not follow; nobody wants to go there.
        follows = not self.is_past
        return [
            (_("Wann"), self.when),
            (_("Wo"), place or (_("Angabe zum Ort folgt") if follows else "")),
            (_("Zugang"), access if follows or self.step_free != ServicePoint.StepFree.UNKNOWN else ""),
            (_("Anmeldung"), self.registration),
            (_("Anmeldung bis"), until),
            (_("Kosten"), self.cost),
        ]

    @cached_property
    def picture(self) -> Picture | None:
        if self.starts_at is None:
            return None
        time = self.hours or date_format(self.day, "l")
        return Picture("date_tile", {"day": self.day, "time": time, "place": self.place, "state": self.day_state})

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            **related_subjects(*subjects_of(self)),
            "series": self._public_series(),
        }

    def _public_series(self):
        return self.series and type(self.series).objects.live().public().filter(pk=self.series_id).first()

    def structured_data(self):
        from news.structured_data import event

        return [event(self)]

    def publication_errors(self) -> Errors:
        errors: Errors = {}
        if (self.is_cancelled or self.moved_from) and not self.change_reason:
            errors["change_reason"] = ["Bitte nennen Sie den Grund; die Menschen fragen danach."]
        return errors

    @path("")
    def show(self, request):
        return self.render(request)

    @path("termin.ics/")
    def calendar(self, request):
        from news.ical import calendar_response

        return calendar_response([self], f"{self.slug}.ics")


def _day_and_time(moment: dt.datetime, time: str) -> str:
    day = date_format(moment, "j. F Y")
    return f"{day}, {time}" if time else day


def _oclock(moment: dt.datetime) -> str:
    return str(_("%(time)s Uhr") % {"time": _clock(moment)})


def _clock(moment: dt.datetime) -> str:
    """Return "18" or "18.30", as German announcements write times."""
    return date_format(moment, "G.i") if moment.minute else date_format(moment, "G")

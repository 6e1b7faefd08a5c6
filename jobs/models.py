"""Vacancies, with what the law wants to be said (domain: LGG NRW § 8, AGG, SGB IX, TVöD)."""

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from jobs.querysets import VacancyQuerySet
from stadterneuerung.base.dates import today
from stadterneuerung.base.listing import ListingMixin
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture, Status
from stadterneuerung.base.publication import Errors

_FEATURES = ["bold", "ul", "ol", "link"]

# Fixed sentences: an editor cannot leave them out.
EQUALITY_SENTENCE = _(
    "Bewerbungen von Frauen sind ausdrücklich erwünscht. Frauen werden nach Maßgabe des Landesgleichstellungsgesetzes "
    "Nordrhein-Westfalen bevorzugt berücksichtigt."
)
DISABILITY_SENTENCE = _(
    "Bewerbungen von schwerbehinderten und ihnen gleichgestellten Menschen sind willkommen. Sie werden nach dem "
    "Neunten Buch Sozialgesetzbuch zum Gespräch eingeladen."
)
DIVERSITY_SENTENCE = _(
    "Wir begrüßen Bewerbungen aller Menschen, gleich welcher Herkunft, welchen Alters und welchen Geschlechts."
)


class VacancyPage(BasePage):
    """One post to be filled."""

    parent_page_types = ["jobs.JobIndexPage"]
    subpage_types: list[str] = []

    gender_note = models.CharField("Geschlechterzusatz", max_length=20, default="(m/w/d)")
    grade = models.CharField("Entgelt- oder Besoldungsgruppe", max_length=80, blank=True)
    hours = models.CharField("Umfang", max_length=80, blank=True, help_text="Etwa „39 Stunden in der Woche“.")
    part_time_possible = models.BooleanField("Teilzeit möglich", default=True)
    is_fixed_term = models.BooleanField("befristet", default=False)
    fixed_term_reason = models.CharField("Grund und Dauer der Befristung", max_length=200, blank=True)
    start_on = models.DateField("Beginn", null=True, blank=True)
    start_note = models.CharField("Beginn in Worten", max_length=80, blank=True, help_text="Etwa „sofort“.")
    deadline = models.DateField("Bewerbungsschluss", null=True, blank=False, help_text="Bis 23:59 Uhr dieses Tages.")
    tasks = RichTextField("Aufgaben", blank=True, features=_FEATURES)
    requirements = RichTextField("Das bringen Sie mit", blank=True, features=_FEATURES)
    requirements_desired = RichTextField("Das wäre gut", blank=True, features=_FEATURES)
    benefits = RichTextField("Das bieten wir", blank=True, features=_FEATURES)
    apply_url = models.URLField("Adresse der Bewerbung", blank=True)
    place = models.CharField("Arbeitsort", max_length=120, default="Dortmund")

    objects = PageManager.from_queryset(VacancyQuerySet)()

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("gender_note"),
        *BasePage.content_panels[1:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("deadline"), FieldPanel("start_on"), FieldPanel("start_note")]),
                FieldRowPanel([FieldPanel("grade"), FieldPanel("hours"), FieldPanel("part_time_possible")]),
                FieldRowPanel([FieldPanel("is_fixed_term"), FieldPanel("fixed_term_reason")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("apply_url")]),
            ],
            heading="Eckdaten",
        ),
        FieldPanel("tasks"),
        FieldPanel("requirements"),
        FieldPanel("requirements_desired"),
        FieldPanel("benefits"),
        *BasePage.content_panels[2:],
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("tasks"), index.FilterField("deadline")]

    class Meta:
        verbose_name = "Stelle"
        verbose_name_plural = "Stellen"

    kicker = _("Stelle")
    row_day = "deadline"

    @property
    def full_title(self) -> str:
        """The title with its gender note, once: editors write it into the title too."""
        return self.title if self.gender_note in self.title else f"{self.title} {self.gender_note}".strip()

    @property
    def starts(self) -> str:
        """The beginning in words: "sofort" or "1. Januar 2026"."""
        return self.start_note or (date_format(self.start_on, "j. F Y") if self.start_on else "")

    @property
    def is_expired(self) -> bool:
        """True from midnight after the deadline, Europe/Berlin."""
        return self.deadline is not None and self.deadline < today()

    @property
    def is_indexable(self) -> bool:
        return super().is_indexable and not self.is_expired

    @property
    def status(self) -> Status:
        if self.is_expired:
            return Status("closed", str(_("Bewerbungsfrist abgelaufen")))
        return Status("open", str(_("offen")))

    @cached_property
    def picture(self) -> Picture:
        days_left = (self.deadline - today()).days if self.deadline else None
        return Picture(
            "grade_card",
            {
                "grade": self.grade,
                "hours": self.hours,
                "deadline": self.deadline,
                "days_left": days_left,
                "closed": self.is_expired,
            },
        )

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Labels and values for the rail; what an imported record does not say is empty and left out."""
        fixed_term = self.fixed_term_reason or _("befristet") if self.is_fixed_term else ""
        deadline = date_format(self.deadline, "j. F Y") if self.deadline else ""
        return [
            (_("Entgelt oder Besoldung"), self.grade),
            (_("Umfang"), self.hours),
            (_("Teilzeit"), _("möglich") if self.part_time_possible and self.hours else ""),
            (_("Befristung"), fixed_term),
            (_("Beginn"), self.starts),
            (_("Bewerbungsschluss"), _("%(day)s, 23:59 Uhr") % {"day": deadline} if deadline else ""),
            (_("Arbeitsort"), self.place),
        ]

    def get_context(self, request, *args, **kwargs):
        sections = [
            (_("Ihre Aufgaben"), self.tasks),
            (_("Das bringen Sie mit"), self.requirements),
            (_("Das wäre gut"), self.requirements_desired),
            (_("Das bieten wir"), self.benefits),
        ]
        return super().get_context(request, *args, **kwargs) | {
            "sections": [(heading, text) for heading, text in sections if text],
            "fixed_sentences": [EQUALITY_SENTENCE, DISABILITY_SENTENCE, DIVERSITY_SENTENCE],
        }

    def structured_data(self):
        from jobs.structured_data import job_posting

        return [] if self.deadline is None or self.is_expired else [job_posting(self)]

    def publication_errors(self) -> Errors:
        """What the law wants to be said must be there while one can apply; an old record may have gaps."""
        if self.deadline is None or self.is_expired:
            return {}
        errors: Errors = {}
        needed = {
            "grade": "Bitte nennen Sie die Entgelt- oder Besoldungsgruppe.",
            "hours": "Bitte nennen Sie den Umfang.",
            "tasks": "Bitte beschreiben Sie die Aufgaben.",
            "requirements": "Bitte nennen Sie die Anforderungen.",
            "benefits": "Bitte sagen Sie, was wir bieten.",
            "apply_url": "Bitte geben Sie an, wo man sich bewirbt.",
        }
        for name, sentence in needed.items():
            if not getattr(self, name) and not (name == "apply_url" and self.is_example):
                errors[name] = [sentence]
        if self.start_on is None and not self.start_note:
            errors["start_on"] = ["Bitte nennen Sie den Beginn."]
        if self.is_fixed_term and not self.fixed_term_reason:
            errors["fixed_term_reason"] = ["Eine Befristung braucht Grund und Dauer."]
        return errors


class JobIndexPage(ListingMixin, BasePage):
    """Open vacancies; an expired one is never listed."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["jobs.VacancyPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = "Übersicht der Stellen"

    def get_items(self, request):
        vacancies = VacancyPage.objects.child_of(self).live().public().select_related("image", "responsible_unit")
        return vacancies.prefetch_related("image__renditions").open_on()

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "empty_hints": [
                _("Neue Stellen stehen auf dieser Seite, sobald sie ausgeschrieben sind."),
                _("Nach dem Bewerbungsschluss verschwinden sie von selbst aus der Liste."),
            ],
            "empty_links": [(_("Womit sich das Amt beschäftigt"), "/amt/")],
        }

"""Vacancies, with what the law wants to be said (domain: LGG NRW § 8, AGG, SGB IX, TVöD)."""

from django.db import models
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
    "Bewerbungen von schwerbehinderten und ihnen gleichgestellten Menschen sind willkommen. Sie werden nach dem Neunten "
    "Buch Sozialgesetzbuch zum Gespräch eingeladen."
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
        return Picture(
            "grade_card",
            {"grade": self.grade, "deadline": self.deadline, "hours": self.hours, "is_expired": self.is_expired},
        )

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
        return VacancyPage.objects.child_of(self).live().public().select_related("image", "responsible_unit").open_on()

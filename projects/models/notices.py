"""Who pays for a project, and the wording that the giver demands."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class FundingNotice(Orderable):
    """One grant of a project.

    EU wording by period: Regulation (EU) 2021/1060 Annex IX for 2021–2027, the older one for 2014–2020.
    """

    class Period(models.TextChoices):
        P2014 = "2014-2020", "2014–2020"
        P2021 = "2021-2027", "2021–2027"

    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="funding_notices")
    programme = models.ForeignKey(
        "projects.FundingProgramme", verbose_name="Programm", on_delete=models.PROTECT, related_name="notices"
    )
    from_eu = models.BooleanField("EU", default=False)
    from_federal = models.BooleanField("Bund", default=False)
    from_state = models.BooleanField("Land NRW", default=False)
    from_city = models.BooleanField("Stadt Dortmund", default=False)
    period = models.CharField("Förderperiode der EU", max_length=9, choices=Period, blank=True)
    amount = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2, null=True, blank=True)
    amount_as_of = models.CharField("Stand des Betrags", max_length=40, blank=True)
    share_percent = models.DecimalField("Anteil in Prozent", max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField("Quelle", max_length=200, blank=True)
    mandatory_sentence = models.TextField(
        "Pflichttext", blank=True, help_text="Wortlaut aus dem Zuwendungsbescheid. Leer, solange er nicht vorliegt."
    )

    panels = [
        FieldPanel("programme"),
        FieldRowPanel(
            [FieldPanel("from_eu"), FieldPanel("from_federal"), FieldPanel("from_state"), FieldPanel("from_city")]
        ),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("amount_as_of"), FieldPanel("share_percent")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("period")]),
        FieldPanel("mandatory_sentence"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "Förderhinweis"
        verbose_name_plural = "Förderhinweise"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(share_percent__isnull=True) | ~models.Q(source=""),
                name="projects_notice_share_has_source",
                violation_error_message="Ein Anteil darf nur mit Quelle stehen.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | (~models.Q(source="") & ~models.Q(amount_as_of="")),
                name="projects_notice_amount_has_source",
                violation_error_message="Ein Betrag darf nur mit Stand und Quelle stehen.",
            ),
            models.CheckConstraint(
                condition=models.Q(from_eu=False) | ~models.Q(period=""),
                name="projects_notice_eu_has_period",
                violation_error_message="Bei EU-Mitteln bitte die Förderperiode wählen; sie bestimmt den Wortlaut.",
            ),
        ]

    @property
    def givers(self) -> list[str]:
        """Names of those who pay, the EU first."""
        named = [
            (self.from_eu, _("Europäische Union")),
            (self.from_federal, _("Bundesrepublik Deutschland")),
            (self.from_state, _("Land Nordrhein-Westfalen")),
            (self.from_city, _("Stadt Dortmund")),
        ]
        return [str(name) for given, name in named if given]

    @property
    def eu_sentence(self) -> str:
        """The wording beside the EU emblem, or an empty string without EU money."""
        if not self.from_eu:
            return ""
        if self.period == self.Period.P2014:
            return gettext(
                "Europäische Union – Investition in unsere Zukunft – Europäischer Fonds für regionale Entwicklung"
            )
        return gettext("Kofinanziert von der Europäischen Union")

    @property
    def sentence(self) -> str:
        return self.mandatory_sentence or gettext("Pflichttext laut Zuwendungsbescheid – folgt")

"""Pages that the law demands; structured, so that nothing is forgotten and nothing is claimed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from contacts import scanning
from contacts.deadlines import BARRIER_FIRST_DAYS, BARRIER_LAST_DAYS
from contacts.figures.barriers import barrier_rows, barrier_years
from contacts.models import ProcessingPurpose
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.publication import Errors

_FEATURES = ["h2", "h3", "bold", "ul", "ol", "link"]


class LegalPage(BasePage):
    """Common to the legal pages: one of each under the start page. Abstract."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        abstract = True


class ImprintPage(LegalPage):
    """Impressum (DDG § 5, MStV § 18): rendered from the site's settings; what is missing is said."""

    class Meta:
        verbose_name = "Impressum"


class PrivacyPage(LegalPage):
    """Privacy notice (DSGVO Art. 13): purposes and periods are the versions in force, limits the settings enforced."""

    class Meta:
        verbose_name = "Datenschutz"

    def get_context(self, request, *args, **kwargs):
        notices = ProcessingPurpose.objects.all_in_force()
        return super().get_context(request, *args, **kwargs) | {
            "notices": notices,
            "days": settings.RETENTION_DAYS,
            "limits": settings.PUBLIC_FORMS,
            "takes_pdfs": scanning.is_configured(),
            "mailbox": settings.ENQUIRY_MAILBOX,
            "inbound_address": settings.INBOUND_ADDRESS if settings.INBOUND_IMAP_URL else "",
            "notice_date": max((notice.valid_from for notice in notices.values()), default=None),
        }


class AccessibilityPage(LegalPage):
    """Accessibility statement after the model of Decision (EU) 2018/1523; a draft until an assessment is dated."""

    class Conformance(models.TextChoices):
        NOT_ASSESSED = "not_assessed", _("noch nicht bewertet")
        PARTIAL = "partial", _("teilweise vereinbar")
        NOT = "not", _("nicht vereinbar")
        FULL = "full", _("vollständig vereinbar")

    class Method(models.TextChoices):
        SELF = "self", _("Selbstbewertung")
        THIRD = "third", _("Bewertung durch Dritte")

    conformance = models.CharField(
        "Stand der Vereinbarkeit", max_length=14, choices=Conformance, default=Conformance.NOT_ASSESSED
    )
    assessed_on = models.DateField("bewertet am", null=True, blank=True)
    assessed_by = models.CharField("bewertet durch", max_length=160, blank=True)
    method = models.CharField("Methode", max_length=6, choices=Method, blank=True)
    created_on = models.DateField("erstellt am", default=timezone.localdate)
    checked_on = models.DateField("zuletzt überprüft am", null=True, blank=True)

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("conformance"), FieldPanel("method")]),
                FieldRowPanel([FieldPanel("assessed_on"), FieldPanel("assessed_by")]),
                FieldRowPanel([FieldPanel("created_on"), FieldPanel("checked_on")]),
            ],
            heading="Bewertung",
        ),
        InlinePanel("defects", heading="Nicht barrierefreie Inhalte", label="Mangel"),
        *BasePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = "Erklärung zur Barrierefreiheit"

    def get_context(self, request, *args, **kwargs):
        years = barrier_years()
        return super().get_context(request, *args, **kwargs) | {
            "defects": list(self.defects.all()),
            "home_url": f"{self.get_url_parts(request)[1]}/",
            "first_weeks": BARRIER_FIRST_DAYS // 7,
            "last_weeks": BARRIER_LAST_DAYS // 7,
            "barrier_years": years,
            "barrier_rows": barrier_rows(years) if years else [],
            "as_of": today(),
        }

    @property
    def is_draft_statement(self) -> bool:
        return self.conformance == self.Conformance.NOT_ASSESSED

    def publication_errors(self) -> Errors:
        errors: Errors = {}
        if not self.is_draft_statement and not (self.assessed_on and self.assessed_by and self.method):
            errors["assessed_on"] = ["Eine Aussage zur Vereinbarkeit braucht Datum, Methode und wer bewertet hat."]
        if self.conformance == self.Conformance.FULL and self.defects.all():
            errors["conformance"] = ["„Vollständig“ und eine Liste von Mängeln schließen einander aus."]
        return errors


class AccessibilityDefect(Orderable):
    """Something that is not accessible, why, what to use instead, until when."""

    class Reason(models.TextChoices):
        NON_COMPLIANT = "non_compliant", _("nicht mit den Anforderungen vereinbar")
        BURDEN = "burden", _("unverhältnismäßige Belastung")
        OUT_OF_SCOPE = "out_of_scope", _("nicht vom Geltungsbereich erfasst")

    page = ParentalKey(AccessibilityPage, on_delete=models.CASCADE, related_name="defects")
    part = models.CharField("Was", max_length=160)
    description = models.TextField("Worin die Barriere besteht")
    reason = models.CharField("Grund", max_length=13, choices=Reason, default=Reason.NON_COMPLIANT)
    alternative = models.CharField("Alternative", max_length=250, blank=True)
    until = models.CharField("Behebung bis", max_length=80, blank=True)

    panels = [
        FieldPanel("part"),
        FieldPanel("description"),
        FieldPanel("reason"),
        FieldRowPanel([FieldPanel("alternative"), FieldPanel("until")]),
    ]


class PlainLanguagePage(LegalPage):
    """Leichte Sprache; until someone is named as checker it is called a draft in Einfache Sprache."""

    content = RichTextField("Text", features=_FEATURES)
    checked_by = models.CharField("geprüft durch", max_length=160, blank=True)
    checked_on = models.DateField("geprüft am", null=True, blank=True)

    content_panels = [
        *BasePage.content_panels[:2],
        FieldPanel("content"),
        FieldRowPanel([FieldPanel("checked_by"), FieldPanel("checked_on")]),
    ]

    class Meta:
        verbose_name = "Leichte Sprache"

    @property
    def is_checked(self) -> bool:
        return bool(self.checked_by and self.checked_on)


class SignLanguagePage(LegalPage):
    """Deutsche Gebärdensprache; while there is no film, the page says so."""

    film = models.ForeignKey(
        "base.CustomDocument",
        verbose_name="Film (MP4)",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    duration = models.CharField("Dauer", max_length=20, blank=True)
    transcript = RichTextField("Text des Films", blank=True, features=_FEATURES)

    content_panels = [
        *BasePage.content_panels[:2],
        FieldRowPanel([FieldPanel("film"), FieldPanel("duration")]),
        FieldPanel("transcript"),
        *BasePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = "Gebärdensprache"

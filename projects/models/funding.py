"""Funding as data: the offers that residents, owners and groups can apply for."""

from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from areas.models import AreaPage
from projects.models.programmes import FundingProgramme
from projects.pictures import area_picture
from projects.querysets import OfferQuerySet
from projects.states import offer_state
from stadterneuerung.base.dates import date_label, today
from stadterneuerung.base.formats import NBSP, format_euros, format_number
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture, Status
from stadterneuerung.base.publication import Errors

_FEATURES = ["bold", "ul", "ol", "link", "document-link"]


class FundingOfferPage(BasePage):
    """An offer to residents, owners or groups: who, what, how much, until when, how."""

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        CLOSED = "closed", _("geschlossen")
        UNCONFIRMED = "unconfirmed", _("Stand unbestätigt – bitte erfragen")

    class Audience(models.TextChoices):
        OWNERS = "owners", _("Eigentümer*innen")
        RESIDENTS = "residents", _("Bewohner*innen")
        GROUPS = "groups", _("Vereine und Initiativen")
        BUSINESSES = "businesses", _("Gewerbe")

    parent_page_types = ["projects.FundingIndexPage"]
    subpage_types: list[str] = []

    audience = models.CharField("Zielgruppe", max_length=12, choices=Audience)
    who = models.TextField("Wer kann Geld bekommen?")
    what = models.TextField("Was wird gefördert?")
    percent = models.DecimalField("Anteil in Prozent", max_digits=5, decimal_places=2, null=True, blank=True)
    percent_is_maximum = models.BooleanField("Anteil ist ein Höchstsatz", default=True)
    percent_of = models.CharField("Anteil wovon", max_length=60, default="der Kosten")
    cap = models.DecimalField("Höchstbetrag in Euro", max_digits=10, decimal_places=2, null=True, blank=True)
    fixed_amount = models.DecimalField("Festbetrag in Euro", max_digits=10, decimal_places=2, null=True, blank=True)
    minimum_cost = models.DecimalField("Mindestkosten in Euro", max_digits=10, decimal_places=2, null=True, blank=True)
    budget_note = models.CharField("Mittel im Ganzen", max_length=200, blank=True)
    amount_source = models.CharField("Quelle der Beträge", max_length=200, blank=True)
    apply_before_start = models.BooleanField("vor Beginn beantragen", default=True)
    runs_until = models.DateField("läuft bis", null=True, blank=True)
    runs_until_source = models.CharField("Quelle des Enddatums", max_length=200, blank=True)
    closed_on = models.DateField("geschlossen seit", null=True, blank=True)
    confirmed_on = models.DateField(
        "als offen bestätigt am", null=True, blank=True, help_text="Gilt zwölf Monate; danach „Stand unbestätigt“."
    )
    city_wide = models.BooleanField("gilt in ganz Dortmund", default=False)
    areas = ParentalManyToManyField(AreaPage, verbose_name="Gebiete", blank=True, related_name="offers")
    programme = models.ForeignKey(
        FundingProgramme,
        verbose_name="Programm",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
    )
    project = models.ForeignKey(
        "projects.ProjectPage",
        verbose_name="Projekt",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
    )
    service_point = models.ForeignKey(
        "organisation.ServicePoint",
        verbose_name="Anlaufstelle",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
    )
    mailbox = models.EmailField("Postfach des Angebots", blank=True)
    guideline = models.ForeignKey(
        "base.CustomDocument",
        verbose_name="Richtlinie",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PageManager.from_queryset(OfferQuerySet)()

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("who"), FieldPanel("what")], heading="Wer und was"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("percent"), FieldPanel("percent_of"), FieldPanel("percent_is_maximum")]),
                FieldRowPanel([FieldPanel("cap"), FieldPanel("fixed_amount"), FieldPanel("minimum_cost")]),
                FieldPanel("budget_note"),
                FieldPanel("amount_source"),
            ],
            heading="Wie viel",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("runs_until"), FieldPanel("runs_until_source")]),
                FieldRowPanel([FieldPanel("confirmed_on"), FieldPanel("closed_on")]),
                FieldPanel("apply_before_start"),
            ],
            heading="Wie lange",
        ),
        MultiFieldPanel(
            [FieldPanel("city_wide"), FieldPanel("areas", widget=forms.CheckboxSelectMultiple)], heading="Wo"
        ),
        InlinePanel("steps", heading="So geht es", label="Schritt"),
        MultiFieldPanel(
            [
                FieldPanel("programme"),
                FieldPanel("project"),
                FieldPanel("service_point"),
                FieldPanel("mailbox"),
                FieldPanel("guideline"),
            ],
            heading="Verbindungen",
        ),
        *BasePage.content_panels[2:],
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("who"), index.SearchField("what")]

    class Meta:
        verbose_name = "Förderangebot"
        verbose_name_plural = "Förderangebote"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__gt=0, percent__lte=100),
                name="projects_offer_percent_in_range",
                violation_error_message="Der Anteil liegt zwischen 0 und 100 Prozent.",
            )
        ]

    kicker = _("Förderung")
    row_state = "current_state"
    loaded_with = (*BasePage.loaded_with, "programme", "project", "service_point", "guideline")

    @cached_property
    def state(self) -> str:
        if hasattr(self, "current_state"):
            return self.current_state
        return offer_state(self, today())

    @property
    def status(self) -> Status:
        tone = {"open": "open", "closed": "closed"}.get(self.state, "unknown")
        return Status(tone, str(self.State(self.state).label))

    @property
    def amount(self) -> str:
        """The figure people look for first: "bis zu 50 %", "2.000 €"; empty when no amount is known."""
        if self.percent is not None:
            share = f"{format_number(self.percent)}{NBSP}%"
            return str(_("bis zu %(share)s") % {"share": share}) if self.percent_is_maximum else share
        if self.fixed_amount is not None:
            return format_euros(self.fixed_amount)
        return str(_("bis %(amount)s") % {"amount": format_euros(self.cap)}) if self.cap is not None else ""

    @property
    def amount_of(self) -> str:
        """What the figure is a part of."""
        if self.percent is not None:
            return self.percent_of
        return str(_("fester Betrag")) if self.fixed_amount is not None else ""

    @property
    def amounts(self) -> list[tuple[str, str]]:
        """All that is known about the money, as (label, value); unknown values are empty."""
        share = f"{self.amount} {self.amount_of}" if self.percent is not None else ""
        return [
            (str(_("Anteil")), share),
            (str(_("Höchstbetrag")), format_euros(self.cap)),
            (str(_("Festbetrag")), format_euros(self.fixed_amount)),
            (str(_("Mindestkosten")), format_euros(self.minimum_cost)),
            (str(_("Mittel im Ganzen")), self.budget_note),
        ]

    @property
    def has_amount(self) -> bool:
        return any(value for _label, value in self.amounts)

    @property
    def card_note(self) -> str:
        if self.state == self.State.CLOSED:
            return ""
        until = ""
        if self.runs_until and self.state == self.State.OPEN:
            until = str(_("bis %(date)s") % {"date": date_label(self.runs_until)})
        share = f"{self.amount} {self.amount_of}".strip()
        return " · ".join(part for part in (share, until) if part)

    @property
    def until(self) -> str:
        """Until when, in a sentence that says no more than is known."""
        if self.closed_on and self.state == self.State.CLOSED:
            return str(_("Geschlossen seit %(date)s.") % {"date": date_label(self.closed_on)})
        if self.runs_until and self.state != self.State.UNCONFIRMED:
            sentence = _("Lief bis %(date)s.") if self.state == self.State.CLOSED else _("Läuft bis %(date)s.")
            return str(sentence % {"date": date_label(self.runs_until)})
        if self.state == self.State.OPEN:
            return str(_("Ein Ende ist nicht genannt. Als offen bestätigt am %(date)s.")
                       % {"date": date_label(self.confirmed_on)})  # fmt: skip
        return str(_("Wie lange es dieses Angebot gibt, ist nicht bestätigt."))

    @cached_property
    def area_picture(self) -> Picture | None:
        return area_picture(self)

    @cached_property
    def picture(self) -> Picture:
        """Where the offer holds; for the whole city, how much there is."""
        if not self.city_wide and self.area_picture:
            return self.area_picture
        if not self.amount:
            audience = _("Für %(audience)s") % {"audience": self.get_audience_display()}
            label = "" if self.has_amount else str(_("Betrag auf Anfrage"))
            return Picture("funding_bar", {"words": str(audience), "label": label})
        parts = []
        if self.percent is not None:
            own = 100 - self.percent
            parts = [("grant", str(_("Zuschuss")), self.percent), ("other", str(_("Eigenanteil")), own)]
        cap = str(_("höchstens %(amount)s") % {"amount": format_euros(self.cap)}) if self.cap and self.percent else ""
        return Picture("funding_bar", {"value": self.amount, "label": self.amount_of, "parts": parts, "note": cap})

    @classmethod
    def for_display(cls):
        return super().for_display().with_state().with_area_outline()

    def get_context(self, request, *args, **kwargs):
        project = self.project and type(self.project).objects.published().filter(pk=self.project_id).first()
        areas = AreaPage.objects.published().filter(pk__in=self.areas.values_list("id", flat=True))
        return super().get_context(request, *args, **kwargs) | {
            "areas": list(areas.order_by("title")),
            "steps": list(self.steps.all()),
            "project": project,
        }

    def publication_errors(self) -> Errors:
        errors: Errors = {}
        has_amount = any(v is not None for v in (self.percent, self.cap, self.fixed_amount, self.minimum_cost))
        if has_amount and not self.amount_source and not self.is_example:
            errors["amount_source"] = ["Beträge und Anteile brauchen eine Quelle."]
        if not self.city_wide and not self.areas.all():
            errors["areas"] = ["Bitte wählen Sie Gebiete oder „gilt in ganz Dortmund“."]
        if self.city_wide and self.areas.all():
            errors["areas"] = ["Ein Angebot gilt entweder in ganz Dortmund oder in einzelnen Gebieten."]
        return errors


class OfferStep(Orderable):
    """One step on the way to the money."""

    page = ParentalKey(FundingOfferPage, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField("Schritt", max_length=120)
    text = RichTextField("Erläuterung", blank=True, features=["bold", "ul", "link"])

    panels = [FieldPanel("title"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = "Schritt"
        verbose_name_plural = "Schritte"

"""Quartiersanalysen: small-area studies with method, findings and recommendations."""

from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from areas.models.areas import AreaPage
from stadterneuerung.base.listing import FilterForm, ListingMixin
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture
from stadterneuerung.base.publication import Errors

_FEATURES = ["bold", "ul", "ol", "link", "document-link"]


class StudyPage(BasePage):
    """One Quartiersanalyse."""

    parent_page_types = ["areas.StudyIndexPage"]
    subpage_types: list[str] = []

    year = models.PositiveSmallIntegerField(
        "Jahr", null=True, blank=True, help_text="Jahr des Abschlusses, wenn bekannt."
    )
    year_source = models.CharField("Quelle des Jahres", max_length=200, blank=True)
    area = models.ForeignKey(
        AreaPage, verbose_name="Gebiet", null=True, blank=True, on_delete=models.SET_NULL, related_name="studies"
    )
    method = RichTextField("Vorgehen", blank=True, features=_FEATURES)
    findings = RichTextField("Ergebnisse", blank=True, features=_FEATURES)
    recommendations = RichTextField("Empfehlungen", blank=True, features=_FEATURES)
    report = models.ForeignKey(
        "base.CustomDocument",
        verbose_name="Bericht",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outline = models.JSONField("Umriss (GeoJSON)", null=True, blank=True)
    outline_accuracy_m = models.PositiveIntegerField("Lagefehler in Metern", null=True, blank=True)

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("year"), FieldPanel("year_source")]), FieldPanel("area"), FieldPanel("report")],
            heading="Analyse",
        ),
        FieldPanel("method"),
        FieldPanel("findings"),
        FieldPanel("recommendations"),
        MultiFieldPanel([FieldPanel("outline"), FieldPanel("outline_accuracy_m")], heading="Umriss"),
        *BasePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = "Quartiersanalyse"
        verbose_name_plural = "Quartiersanalysen"

    kicker = _("Quartiersanalyse")
    loaded_with = (*BasePage.loaded_with, "area", "report")

    @cached_property
    def picture(self) -> Picture:
        if self.outline:
            return Picture("locator", {"outline": self.outline, "name": self.title})
        return Picture("study_grid", {"year": self.year, "label": self.title})

    @property
    def card_note(self) -> str:
        return str(self.year) if self.year else ""

    @property
    def map_item(self) -> dict:
        """The study as an entry of the city map and of the list beside it."""
        return {
            "name": self.title,
            "url": self.url,
            "outline": self.outline,
            "schematic": True,
            "kind": "study",
            "kind_label": str(self.kicker),
        }

    def get_context(self, request, *args, **kwargs):
        area = AreaPage.objects.published().filter(pk=self.area_id).first() if self.area_id else None
        return super().get_context(request, *args, **kwargs) | {"area": area}

    def publication_errors(self) -> Errors:
        errors: Errors = {}
        if self.year and not self.year_source and not self.is_example:
            errors["year_source"] = ["Bitte nennen Sie die Quelle des Jahres."]
        if not self.method and not self.findings:
            errors["method"] = ["Bitte beschreiben Sie das Vorgehen oder die Ergebnisse."]
        return errors


class StudyFilterForm(FilterForm):
    gebiet = forms.ModelChoiceField(
        AreaPage.objects.none(), to_field_name="slug", required=False, label=_("Gebiet"), empty_label=_("alle Gebiete")
    )
    jahr = forms.TypedChoiceField(label=_("Jahr"), required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, index_page):
        super().__init__(data, index_page=index_page)
        items = index_page.get_items(None)
        years = items.exclude(year=None).order_by("-year").values_list("year", flat=True).distinct()
        self.fields["jahr"].choices = [("", _("alle Jahre")), *((year, str(year)) for year in years)]
        areas = AreaPage.objects.live().filter(locale_id=index_page.locale_id)
        self.fields["gebiet"].queryset = areas.filter(pk__in=items.order_by().values("area")).order_by("title")

    def filter_gebiet(self, queryset, value):
        return queryset.filter(area=value)

    def filter_jahr(self, queryset, value):
        return queryset.filter(year=value)


class StudyIndexPage(ListingMixin, BasePage):
    """List of the Quartiersanalysen; its body explains what they are."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["areas.StudyPage"]
    max_count_per_parent = 1

    filter_form_class = StudyFilterForm

    class Meta:
        verbose_name = "Übersicht der Quartiersanalysen"

    @cached_property
    def picture(self) -> Picture:
        return Picture("study_grid", {"label": str(_("Ein Quartier unter der Lupe"))})

    def get_items(self, request):
        return StudyPage.objects.child_of(self).published().with_photo().order_by("-year", "title")

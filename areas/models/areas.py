"""Areas of urban renewal: what they are in law, since when, how large, and all that happens in them."""

import datetime as dt

from django import forms
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from areas.models.geometry import AreaGeometry, GeometryQuerySet
from stadterneuerung.base.dates import date_label, today
from stadterneuerung.base.listing import FilterForm, ListingMixin, TopicChoiceField, topics_of
from stadterneuerung.base.models import BasePage, DatedFigure
from stadterneuerung.base.pictures import Picture, Status
from stadterneuerung.base.querysets import BasePageQuerySet
from stadterneuerung.base.related import related_pages
from stadterneuerung.organisation.models import ServicePoint


class District(models.TextChoices):
    """The twelve Stadtbezirke of Dortmund."""

    INNENSTADT_WEST = "innenstadt-west", "Innenstadt-West"
    INNENSTADT_NORD = "innenstadt-nord", "Innenstadt-Nord"
    INNENSTADT_OST = "innenstadt-ost", "Innenstadt-Ost"
    EVING = "eving", "Eving"
    SCHARNHORST = "scharnhorst", "Scharnhorst"
    BRACKEL = "brackel", "Brackel"
    APLERBECK = "aplerbeck", "Aplerbeck"
    HOERDE = "hoerde", "Hörde"
    HOMBRUCH = "hombruch", "Hombruch"
    LUETGENDORTMUND = "luetgendortmund", "Lütgendortmund"
    HUCKARDE = "huckarde", "Huckarde"
    MENGEDE = "mengede", "Mengede"


# How each kind is drawn on the map (areas.city_map.KINDS).
MAP_KINDS = {
    "redevelopment": "renewal",
    "conversion": "conversion",
    "social_cohesion": "social",
    "preparatory": "preparatory",
    "concept": "concept",
    "quarter": "quarter",
}


class AreaQuerySet(BasePageQuerySet):
    def in_force(self, day: dt.date) -> "AreaQuerySet":
        """Areas that were not lifted by `day` and had come into force, as far as that day is known."""
        begun = models.Q(in_force_from__isnull=True) | models.Q(in_force_from__lte=day)
        return self.filter(begun, models.Q(lifted_on__isnull=True) | models.Q(lifted_on__gt=day))

    def with_outline(self, day=None) -> "AreaQuerySet":
        """Annotate the outline in force on `day` (default today); translations share that of their source."""
        in_force = AreaGeometry.objects.begun_by(day or today()).filter(
            area__translation_key=OuterRef("translation_key")
        )
        return self.annotate(
            outline_geojson=Subquery(in_force.values("geojson")[:1]),
            outline_accuracy_m=Subquery(in_force.values("accuracy_m")[:1]),
        )


class AreaPage(BasePage):
    """One area, such as a Sanierungsgebiet or a quarter of the Nordstadt."""

    class Kind(models.TextChoices):
        REDEVELOPMENT = "redevelopment", _("Sanierungsgebiet")
        CONVERSION = "conversion", _("Stadtumbaugebiet")
        SOCIAL_COHESION = "social_cohesion", _("Gebiet des Sozialen Zusammenhalts")
        PREPARATORY = "preparatory", _("Untersuchungsgebiet")
        CONCEPT = "concept", _("Konzeptgebiet")
        QUARTER = "quarter", _("Quartier")

    parent_page_types = ["areas.AreaIndexPage"]
    subpage_types: list[str] = []

    kind = models.CharField("Art des Gebiets", max_length=20, choices=Kind)
    legal_basis = models.CharField("Rechtsgrundlage", max_length=160, blank=True)
    decided_on = models.DateField("beschlossen am", null=True, blank=True)
    in_force_from = models.DateField("in Kraft seit", null=True, blank=True)
    lifted_on = models.DateField("aufgehoben am", null=True, blank=True)
    district = models.CharField("Stadtbezirk", max_length=20, choices=District, blank=True)
    part_of = models.ForeignKey(
        "self", verbose_name="liegt in", null=True, blank=True, on_delete=models.SET_NULL, related_name="quarters"
    )
    service_points = ParentalManyToManyField(
        "organisation.ServicePoint", verbose_name="Anlaufstellen", blank=True, related_name="areas"
    )

    objects = PageManager.from_queryset(AreaQuerySet)()

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("district")]),
                FieldPanel("legal_basis"),
                FieldRowPanel([FieldPanel("decided_on"), FieldPanel("in_force_from"), FieldPanel("lifted_on")]),
                FieldPanel("part_of"),
                FieldPanel("service_points", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Gebiet",
        ),
        InlinePanel("figures", heading="Zahlen mit Stand und Quelle", label="Zahl"),
        *BasePage.content_panels[2:],
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("get_district_display"),
        index.FilterField("kind"),
        index.FilterField("district"),
    ]

    class Meta:
        verbose_name = "Gebiet"
        verbose_name_plural = "Gebiete"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lifted_on__isnull=True)
                | models.Q(in_force_from__isnull=True)
                | models.Q(lifted_on__gte=models.F("in_force_from")),
                name="areas_area_lifted_after_start",
                violation_error_message="Die Aufhebung kann nicht vor dem Inkrafttreten liegen.",
            )
        ]

    row_state = "kind"

    @property
    def kicker(self) -> str:
        return self.get_kind_display()

    @property
    def status(self) -> Status | None:
        if self.lifted_on and self.lifted_on <= today():
            return Status("done", str(_("aufgehoben")))
        return None

    @property
    def card_note(self) -> str:
        return self.get_district_display()

    @cached_property
    def outline(self) -> AreaGeometry | None:
        """The outline in force today; translations share that of their source."""
        if hasattr(self, "outline_geojson"):
            if self.outline_geojson is None:
                return None
            return AreaGeometry(area=self, geojson=self.outline_geojson, accuracy_m=self.outline_accuracy_m)
        return AreaGeometry.objects.begun_by(today()).filter(area__translation_key=self.translation_key).first()

    def outline_versions(self) -> GeometryQuerySet:
        """All outlines of the area, the newest first, with what is needed to tell when each held."""
        own = AreaGeometry.objects.filter(area__translation_key=self.translation_key)
        return own.with_next().select_related("area", "decision_document").order_by("-valid_from")

    @cached_property
    def picture(self) -> Picture:
        outline = self.outline
        return Picture(
            "locator",
            {
                "outline": outline.geojson if outline else None,
                "name": self.title,
                "official": outline is not None and not outline.is_schematic,
            },
        )

    @property
    def map_item(self) -> dict:
        """The area as an entry of the city map and of the list beside it."""
        return {
            "name": self.title,
            "url": self.url,
            "outline": self.outline.geojson if self.outline else None,
            "schematic": self.outline is None or self.outline.is_schematic,
            "kind": MAP_KINDS[self.kind],
            "kind_label": str(self.Kind(self.kind).label) if self.kind else "",
        }

    @property
    def legal_facts(self) -> list[tuple[str, str]]:
        """What the area is in law, as (label, value); unknown values are empty."""
        return [
            (str(_("Art")), self.get_kind_display()),
            (str(_("Rechtsgrundlage")), self.legal_basis),
            (str(_("Beschlossen")), date_label(self.decided_on)),
            (str(_("In Kraft seit")), date_label(self.in_force_from)),
            (str(_("Aufgehoben")), date_label(self.lifted_on)),
            (str(_("Stadtbezirk")), self.get_district_display()),
        ]

    @classmethod
    def for_display(cls):
        return super().for_display().with_outline()

    def get_context(self, request, *args, **kwargs):
        part_of = AreaPage.objects.published().filter(pk=self.part_of_id).first() if self.part_of_id else None
        points = ServicePoint.objects.filter(pk__in=self.service_points.values_list("id", flat=True))
        return (
            super().get_context(request, *args, **kwargs)
            | self._related()
            | {
                "part_of": part_of,
                "figures": list(self.figures.all()),
                "versions": list(self.outline_versions()),
                "service_points": list(points.prefetch_related("hours", "closures")),
            }
        )

    def _related(self) -> dict[str, list]:
        """What happens in the area. Rooms above this one are reached through their relations, never by import."""
        if self.pk is None:  # a preview of a page that was never saved
            return {}
        news, events = self.news.model.objects.for_area(self), self.events.model.objects.for_area(self)
        events = list(events.published().order_by("starts_at"))
        related = related_pages(
            {
                "projects": self.projects.published().with_status(),
                "offers": self.offers.published().with_state(),
                "participations": self.participations.published().with_state(),
                "studies": self.studies.published(),
                "quarters": self.quarters.published(),
                "news": news.published(),
            }
        )
        return related | {
            "upcoming_events": [event for event in events if not event.is_past],
            "past_events": [event for event in reversed(events) if event.is_past],
        }


class AreaFigure(DatedFigure):
    page = ParentalKey(AreaPage, on_delete=models.CASCADE, related_name="figures")

    class Meta(DatedFigure.Meta):
        abstract = False


class AreaFilterForm(FilterForm):
    art = forms.ChoiceField(label=_("Art"), required=False)
    bezirk = forms.ChoiceField(label=_("Stadtbezirk"), required=False)
    thema = TopicChoiceField(label=_("Thema"), empty_label=_("alle Themen"))

    def __init__(self, data, *, index_page):
        super().__init__(data, index_page=index_page)
        self.fields["art"].choices = [("", _("alle Arten")), *AreaPage.Kind.choices]
        self.fields["bezirk"].choices = [("", _("ganz Dortmund")), *District.choices]
        self.fields["thema"].queryset = topics_of(index_page.get_items(None))

    def filter_art(self, queryset, value):
        return queryset.filter(kind=value)

    def filter_bezirk(self, queryset, value):
        return queryset.filter(district=value)

    def filter_thema(self, queryset, value):
        return queryset.filter(topics=value)


class AreaIndexPage(ListingMixin, BasePage):
    """List of all areas with the map of their outlines."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["areas.AreaPage"]
    max_count_per_parent = 1

    filter_form_class = AreaFilterForm
    per_page = 24

    class Meta:
        verbose_name = "Übersicht der Gebiete"

    def get_items(self, request):
        return AreaPage.objects.child_of(self).published().with_outline().with_photo().order_by("title")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # The map shows every area found, the cards one page of them.
        return context | {"map_items": [area.map_item for area in context["page_obj"].paginator.object_list]}

"""Outlines of areas with their history."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from areas import outlines
from areas.widgets import OutlineField, OutlineWidget
from stadterneuerung.base.dates import date_label, today
from stadterneuerung.base.formats import format_number
from stadterneuerung.organisation.editing import SeenForm

SCHEMATIC_NOTE = "schematisch, nicht parzellenscharf, ohne Rechtswirkung"


class GeometryQuerySet(models.QuerySet):
    def begun_by(self, day: dt.date) -> "GeometryQuerySet":
        """Outlines that hold on `day` or held before, the newest first: an area's first one is in force."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")

    def in_force(self, day: dt.date) -> "GeometryQuerySet":
        """The one outline of each area that holds on `day`; none of an area that was lifted by then."""
        newer = AreaGeometry.objects.filter(
            area=OuterRef("area"), valid_from__lte=day, valid_from__gt=OuterRef("valid_from")
        )
        not_lifted = Q(area__lifted_on__isnull=True) | Q(area__lifted_on__gt=day)
        return self.filter(not_lifted, ~Exists(newer), valid_from__lte=day)

    def with_next(self) -> "GeometryQuerySet":
        """Annotate `next_from`: the day from which the area's next version holds, or None."""
        newer = AreaGeometry.objects.filter(area=OuterRef("area"), valid_from__gt=OuterRef("valid_from"))
        return self.annotate(next_from=Subquery(newer.order_by("valid_from").values("valid_from")[:1]))


class AreaGeometryForm(SeenForm):
    """Says what is wrong with an outline, and what mending it would change, before anything is mended."""

    geojson = OutlineField(
        label="Umriss (GeoJSON)",
        widget=OutlineWidget,
        help_text="Polygon oder MultiPolygon in Längen und Breiten (EPSG:4326).",
    )
    repair = forms.BooleanField(
        label="Überschneidungen bereinigen",
        required=False,
        help_text="Nur ankreuzen, wenn eine Meldung am Umriss es anbietet und der genannte Unterschied stimmt.",
    )

    def clean_geojson(self):
        geojson = self.cleaned_data["geojson"]
        try:
            return outlines.read(geojson).geojson
        except outlines.OutlineError as error:
            if not error.can_be_repaired:
                raise ValidationError(str(error)) from error
            return self._mended(geojson, error)

    def _mended(self, geojson: dict, error: outlines.OutlineError) -> dict:
        try:
            mended = outlines.repaired(geojson)
        except outlines.OutlineError as still_wrong:
            raise ValidationError([str(error), str(still_wrong)]) from still_wrong
        if self.data.get(self.add_prefix("repair")):
            return mended.geojson
        raise ValidationError(
            f"{error} Bereinigt bestünde er aus {mended.parts} {'Teil' if mended.parts == 1 else 'Teilen'} "
            f"mit zusammen {format_number(round(mended.hectares, 2))} ha. "
            "Wenn das stimmt, kreuzen Sie „Überschneidungen bereinigen“ an."
        ) from error


class AreaGeometry(models.Model):
    """An outline of an area from a day on: GeoJSON (Multi)Polygon, EPSG:4326, lon/lat, at most 6 decimals.

    A version ends where the next one begins or when its area is lifted: that is computed, never stored. `accuracy_m` is
    the possible error of a position in metres for schematic outlines, and empty for official ones. `bbox_*` (degrees),
    `hectares` (on the ellipsoid GRS80) and `checksum` (areas.outlines.Outline) are set on save.
    """

    class Licence(models.TextChoices):
        """As named by dcat-ap.de/def/licenses."""

        DL_DE_ZERO = "dl-zero-de/2.0", "Datenlizenz Deutschland – Zero – Version 2.0"
        DL_DE_BY = "dl-by-de/2.0", "Datenlizenz Deutschland – Namensnennung – Version 2.0"
        CC_ZERO = "cc-zero", "Creative Commons Zero 1.0"
        CC_BY = "cc-by/4.0", "Creative Commons Namensnennung 4.0"

    area = models.ForeignKey(
        "areas.AreaPage", verbose_name="Gebiet", on_delete=models.CASCADE, related_name="geometries"
    )
    valid_from = models.DateField("gültig ab")
    geojson = models.JSONField(
        "Umriss (GeoJSON)", help_text="Polygon oder MultiPolygon in Längen und Breiten (EPSG:4326)."
    )
    accuracy_m = models.PositiveIntegerField(
        "Lagefehler in Metern", null=True, blank=True, help_text="Leer nur bei amtlichen, parzellenscharfen Umrissen."
    )
    source = models.CharField("Quelle", max_length=200)
    licence = models.CharField("Lizenz", max_length=20, choices=Licence, blank=True)
    decision = models.CharField(
        "Beschluss", max_length=200, blank=True, help_text="Was beschlossen wurde, mit Drucksache."
    )
    decision_body = models.CharField("Gremium", max_length=120, blank=True, help_text="Etwa „Rat der Stadt Dortmund“.")
    decided_on = models.DateField("beschlossen am", null=True, blank=True)
    decision_document = models.ForeignKey(
        "base.CustomDocument",
        verbose_name="Beschlussdokument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    bbox_west = models.FloatField(editable=False)
    bbox_south = models.FloatField(editable=False)
    bbox_east = models.FloatField(editable=False)
    bbox_north = models.FloatField(editable=False)
    hectares = models.FloatField("Hektar", editable=False)
    checksum = models.CharField("Prüfsumme", max_length=64, editable=False)
    # Empty where it was never saved since there is this field: old outlines must not look as if just changed.
    changed_at = models.DateTimeField("geändert am", null=True, auto_now=True)

    objects = GeometryQuerySet.as_manager()

    base_form_class = AreaGeometryForm

    panels = [
        FieldPanel("area"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("accuracy_m")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("licence")]),
        MultiFieldPanel(
            [
                FieldPanel("decision"),
                FieldRowPanel([FieldPanel("decision_body"), FieldPanel("decided_on")]),
                FieldPanel("decision_document"),
            ],
            heading="Beschluss",
        ),
        FieldPanel("geojson"),
        FieldPanel("repair"),
    ]

    class Meta:
        verbose_name = "Umriss"
        verbose_name_plural = "Umrisse"
        ordering = ["area", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "valid_from"],
                name="areas_geometry_one_per_day",
                violation_error_message="Für diesen Tag gibt es schon einen Umriss des Gebiets.",
            )
        ]
        indexes = [
            models.Index(fields=["bbox_west", "bbox_east", "bbox_south", "bbox_north"], name="areas_geometry_bbox")
        ]

    def __str__(self) -> str:
        return f"{self.area} ab {self.valid_from:%d.%m.%Y}"

    def save(self, *args, **kwargs) -> None:
        self._measure()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self._measure()
        if self.area_id is None or self.valid_from is None:
            return
        others = AreaGeometry.objects.filter(area=self.area_id).exclude(pk=self.pk)
        before = others.filter(valid_from__lt=self.valid_from).order_by("-valid_from").first()
        after = others.filter(valid_from__gt=self.valid_from).order_by("valid_from").first()
        for other in (before, after):
            if other is not None and other.checksum == self.checksum and other.accuracy_m == self.accuracy_m:
                raise ValidationError(
                    {"geojson": f"Das ist derselbe Umriss wie der, der ab {date_label(other.valid_from)} gilt."}
                )

    @property
    def is_schematic(self) -> bool:
        return self.accuracy_m is not None

    @property
    def valid_until(self) -> dt.date | None:
        """The first day on which this version no longer holds, or None. Needs `with_next()` and the area's record."""
        ends = [day for day in (self.next_from, self.area.lifted_on) if day is not None]
        return max(min(ends), self.valid_from) if ends else None

    @property
    def period_label(self) -> str:
        """The days on which it holds, in words; the last one is the day before the next version's first."""
        start, until = date_label(self.valid_from), self.valid_until
        if until is not None:
            return str(_("%(start)s bis %(end)s")) % {"start": start, "end": date_label(until - dt.timedelta(days=1))}
        known = _("ab %(start)s") if self.valid_from > today() else _("seit %(start)s")
        return str(known) % {"start": start}

    @property
    def is_in_force(self) -> bool:
        until = self.valid_until
        return self.valid_from <= today() and (until is None or today() < until)

    def _measure(self) -> None:
        """Bring the outline into its stored form and measure it; raise ValidationError if it is none."""
        try:
            outline = outlines.read(self.geojson)
        except outlines.OutlineError as error:
            raise ValidationError({"geojson": str(error)}) from error
        self.geojson = outline.geojson
        self.bbox_west, self.bbox_south, self.bbox_east, self.bbox_north = outline.bbox
        self.hectares, self.checksum = outline.hectares, outline.checksum

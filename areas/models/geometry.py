"""Outlines of areas with their history."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

SCHEMATIC_NOTE = "schematisch, nicht parzellenscharf, ohne Rechtswirkung"


class GeometryQuerySet(models.QuerySet):
    def begun_by(self, day) -> "GeometryQuerySet":
        """Outlines that hold on `day` or held before, the newest first: an area's first one is in force."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")


class AreaGeometry(models.Model):
    """An outline of an area from a day on: GeoJSON (Multi)Polygon, EPSG:4326, lon/lat, at most 6 decimals.

    A version ends where the next begins. `accuracy_m` is the possible error of a position in metres for schematic
    outlines, and empty for official ones. `bbox_*` are stored for look-ups and set on save.
    """

    area = models.ForeignKey(
        "areas.AreaPage", verbose_name="Gebiet", on_delete=models.CASCADE, related_name="geometries"
    )
    valid_from = models.DateField("gültig ab")
    geojson = models.JSONField("Umriss (GeoJSON)")
    accuracy_m = models.PositiveIntegerField(
        "Lagefehler in Metern", null=True, blank=True, help_text="Leer nur bei amtlichen, parzellenscharfen Umrissen."
    )
    source = models.CharField("Quelle", max_length=200)
    decision = models.CharField("Beschluss", max_length=200, blank=True)
    bbox_west = models.FloatField(editable=False)
    bbox_south = models.FloatField(editable=False)
    bbox_east = models.FloatField(editable=False)
    bbox_north = models.FloatField(editable=False)

    objects = GeometryQuerySet.as_manager()

    panels = [
        FieldPanel("area"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("accuracy_m")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("decision")]),
        FieldPanel("geojson"),
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
        self._set_bbox()
        super().save(*args, **kwargs)

    @property
    def is_schematic(self) -> bool:
        return self.accuracy_m is not None

    def clean(self) -> None:
        super().clean()
        self._set_bbox()

    def _set_bbox(self) -> None:
        """Store the bounding box; raise ValidationError if `geojson` is no outline of longitudes and latitudes."""
        try:
            rings = {
                "Polygon": lambda c: c,
                "MultiPolygon": lambda c: [ring for polygon in c for ring in polygon],
            }[self.geojson["type"]](self.geojson["coordinates"])
            points = [(float(lon), float(lat)) for ring in rings for lon, lat, *_ in ring]
            if any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings) or not points:
                raise ValueError("offener Ring")
            if not all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points):
                raise ValueError("keine Längen- und Breitengrade")
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise ValidationError(
                {
                    "geojson": "Das ist kein geschlossener Umriss "
                    "(GeoJSON Polygon oder MultiPolygon in Längen und Breiten)."
                }
            ) from error
        self.bbox_west, self.bbox_east = min(lon for lon, _ in points), max(lon for lon, _ in points)
        self.bbox_south, self.bbox_north = min(lat for _, lat in points), max(lat for _, lat in points)

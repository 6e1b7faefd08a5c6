"""Backgrounds of the map: tile services of others, which this site asks so that its visitors need not."""

import hashlib
import json
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from kataster.tile_grid import MAX_ZOOM, Tile
from kataster.tile_hosts import HostRefused, checked_origin

PLACEHOLDERS = ("{z}", "{x}", "{y}")
TILE_PIXELS = 256


class MapBackgroundQuerySet(models.QuerySet):
    def active(self):
        """The one background that the map shows, or none."""
        return self.filter(is_active=True)


class MapBackground(models.Model):
    """A service of map tiles; visitors get its tiles from our own address (see kataster/tiles.py)."""

    class Kind(models.TextChoices):
        XYZ = "xyz", "Kacheln (XYZ)"
        WMS = "wms", "WMS"

    class ImageFormat(models.TextChoices):
        PNG = "image/png", "PNG"
        JPEG = "image/jpeg", "JPEG"
        WEBP = "image/webp", "WebP"

    name = models.CharField("Name", max_length=100)
    kind = models.CharField("Art", max_length=3, choices=Kind.choices, default=Kind.WMS)
    url = models.CharField(
        "Adresse",
        max_length=500,
        help_text="WMS: die Adresse vor dem Fragezeichen. Kacheln: mit {z}, {x} und {y} an ihrer Stelle.",
    )
    layers = models.CharField(
        "Ebenen", max_length=300, blank=True, help_text="Nur für WMS: Namen der Layer, durch Komma getrennt."
    )
    image_format = models.CharField(
        "Bildformat", max_length=10, choices=ImageFormat.choices, default=ImageFormat.PNG, help_text="Nur für WMS."
    )
    attribution = models.CharField(
        "Quellenvermerk", max_length=200, help_text="Wie ihn die Lizenz verlangt; er steht immer auf der Karte."
    )
    attribution_url = models.URLField("Verweis des Quellenvermerks", blank=True)
    licence = models.CharField("Lizenz", max_length=200, blank=True)
    max_zoom = models.PositiveSmallIntegerField(
        "größte Zoomstufe",
        default=18,
        validators=[MaxValueValidator(MAX_ZOOM)],
        help_text=f"0 bis {MAX_ZOOM}; 18 zeigt einzelne Häuser.",
    )
    is_active = models.BooleanField("auf der Karte zeigen", default=False)

    objects = MapBackgroundQuerySet.as_manager()

    panels = [
        HelpPanel(
            content="Der Browser der Besucherinnen und Besucher fragt nie bei diesem Dienst an: Die Website holt die "
            "Kacheln selbst und hebt sie einige Tage auf. Bitte vorher klären, ob die Lizenz das erlaubt."
        ),
        FieldRowPanel([FieldPanel("name"), FieldPanel("is_active")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("image_format"), FieldPanel("max_zoom")]),
                FieldPanel("url"),
                FieldPanel("layers"),
            ],
            heading="Dienst",
        ),
        MultiFieldPanel(
            [FieldPanel("attribution"), FieldPanel("attribution_url"), FieldPanel("licence")],
            heading="Quelle und Lizenz",
        ),
    ]

    class Meta:
        verbose_name = "Kartenhintergrund"
        verbose_name_plural = "Kartenhintergründe"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=models.Q(is_active=True),
                name="kataster_background_one_active",
                violation_error_message="Die Karte zeigt schon einen anderen Hintergrund. Schalten Sie ihn zuerst aus.",
            ),
            models.CheckConstraint(
                condition=models.Q(max_zoom__lte=MAX_ZOOM),
                name="kataster_background_zoom_in_range",
                violation_error_message=f"Die größte Zoomstufe liegt zwischen 0 und {MAX_ZOOM}.",
            ),
            models.CheckConstraint(
                condition=~models.Q(attribution=""),
                name="kataster_background_has_attribution",
                violation_error_message="Ohne Quellenvermerk darf der Hintergrund nicht gezeigt werden.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.url:
            try:
                checked_origin(self.url)
                self._check_template()
            except HostRefused as refusal:
                errors["url"] = str(refusal)
        if self.kind == self.Kind.WMS and not self._layer_names():
            errors["layers"] = "Ein WMS braucht mindestens eine Ebene."
        if errors:
            raise ValidationError(errors)

    def _check_template(self) -> None:
        """Raise HostRefused when placeholders are missing, or stand where they mean nothing."""
        rest = self.url
        if self.kind == self.Kind.XYZ:
            for placeholder in PLACEHOLDERS:
                if self.url.count(placeholder) != 1:
                    raise HostRefused("Die Adresse braucht die Platzhalter {z}, {x} und {y}, jeden genau einmal.")
                rest = rest.replace(placeholder, "")
        if "{" in rest or "}" in rest:
            expected = "{z}, {x} und {y}" if self.kind == self.Kind.XYZ else "keine"
            raise HostRefused(f"Die Adresse enthält andere Platzhalter; möglich sind hier {expected}.")

    def _layer_names(self) -> list[str]:
        return [name.strip() for name in self.layers.split(",") if name.strip()]

    @property
    def tile_url(self) -> str:
        """Where the map gets its tiles: an address of this site with {z}, {x} and {y} to be filled in."""
        return reverse("map_tile", args=[self.pk, 0, 0, 0]).removesuffix("0/0/0") + "/".join(PLACEHOLDERS)

    @property
    def store_key(self) -> str:
        """Name of the folder of its tiles; another one as soon as the service would draw something else."""
        said = json.dumps([self.kind, self.url, self._layer_names(), self.image_format])
        return f"{self.pk}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"

    def source_url(self, tile: Tile) -> str:
        """Return where the service has `tile`."""
        if self.kind == self.Kind.XYZ:
            numbers = zip(PLACEHOLDERS, (tile.z, tile.x, tile.y), strict=True)
            url = self.url
            for placeholder, number in numbers:
                url = url.replace(placeholder, str(number))
            return url
        return self._get_map(tile)

    def _get_map(self, tile: Tile) -> str:
        """Return the GetMap request (WMS 1.3.0); in EPSG:3857 the axes are not swapped."""
        parameters = {
            "SERVICE": "WMS",
            "VERSION": "1.3.0",
            "REQUEST": "GetMap",
            "LAYERS": ",".join(self._layer_names()),
            "STYLES": "",
            "CRS": "EPSG:3857",
            "BBOX": ",".join(f"{metres:.6f}" for metres in tile.bbox),
            "WIDTH": str(TILE_PIXELS),
            "HEIGHT": str(TILE_PIXELS),
            "FORMAT": self.image_format,
        }
        parts = urlsplit(self.url)
        # Some services need a parameter of their own, such as MapServer's "map".
        own = [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if name.upper() not in parameters
        ]
        return parts._replace(query=urlencode([*own, *parameters.items()], quote_via=quote, safe=",:/")).geturl()

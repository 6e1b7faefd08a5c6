"""Addresses with their place, from the Land's Gebäudereferenzen; nobody's, only houses'."""

from django.db import models

DEMO_ACCURACY_M = 300  # of the positions that the selection for showing was made from


class AddressDelivery(models.Model):
    """One file of addresses that was read: where it came from and what day it describes."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", "amtlich"
        DEMO = "demo", "Auswahl zum Zeigen"
        SYNTHETIC = "synthetic", "erfunden, nur für Messungen"

    kind = models.CharField("Art", max_length=10, choices=Kind)
    source = models.CharField("Quelle", max_length=200)
    licence = models.CharField("Lizenz", max_length=120, blank=True)
    as_of = models.DateField("Stand")
    imported_at = models.DateTimeField("eingelesen am", auto_now_add=True)
    kept = models.PositiveIntegerField("Adressen", default=0)
    skipped = models.PositiveIntegerField("andere Gemeinden", default=0)
    refused = models.PositiveIntegerField("nicht lesbare Zeilen", default=0)

    class Meta:
        verbose_name = "Adresslieferung"
        verbose_name_plural = "Adresslieferungen"
        ordering = ["-imported_at"]

    @property
    def accuracy_m(self) -> int | None:
        """The possible error of a position in metres; None for the Land's official positions."""
        return None if self.kind == self.Kind.OFFICIAL else DEMO_ACCURACY_M

    def __str__(self) -> str:
        return f"{self.source}, Stand {self.as_of:%d.%m.%Y}"


class Street(models.Model):
    """A street of a municipality; `key` is its name as areas.address_text.street_key compares it."""

    municipality = models.CharField("Gemeindeschlüssel", max_length=8)
    name = models.CharField("Name", max_length=120)
    key = models.CharField("Schlüssel", max_length=120, db_index=True)

    class Meta:
        verbose_name = "Straße"
        verbose_name_plural = "Straßen"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="areas_street_once")]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """A house number and its place in degrees (EPSG:4326). `suffix` is a lower-case letter or empty."""

    street = models.ForeignKey(Street, verbose_name="Straße", on_delete=models.CASCADE, related_name="addresses")
    number = models.PositiveIntegerField("Hausnummer")
    suffix = models.CharField("Zusatz", max_length=10, blank=True)
    lon = models.FloatField("Länge")
    lat = models.FloatField("Breite")
    delivery = models.ForeignKey(
        AddressDelivery, verbose_name="Lieferung", on_delete=models.CASCADE, related_name="addresses"
    )

    class Meta:
        verbose_name = "Adresse"
        verbose_name_plural = "Adressen"
        ordering = ["street", "number", "suffix"]
        constraints = [models.UniqueConstraint(fields=["street", "number", "suffix"], name="areas_address_once")]

    def __str__(self) -> str:
        return f"{self.street.name} {self.number}{self.suffix}"

"""The programmes of the EU, the Federation and the Land from which the city's projects and offers are paid."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin


class FundingProgramme(TranslatableMixin, models.Model):
    """A programme of the EU, the Federation or the Land from which projects are paid."""

    key = models.SlugField("Kürzel")
    name = models.CharField("Name", max_length=200)
    since = models.CharField("seit", max_length=20, blank=True)
    until = models.CharField("bis", max_length=20, blank=True)
    predecessors = models.CharField("Vorläufer", max_length=250, blank=True)
    givers = models.CharField("Geber", max_length=200, blank=True)
    summary = models.CharField("Worum es geht", max_length=250, blank=True)
    source = models.CharField("Quelle", max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until"), FieldPanel("givers")]),
        FieldPanel("predecessors"),
        FieldPanel("source"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = "Förderprogramm"
        verbose_name_plural = "Förderprogramme"
        ordering = ["name"]
        unique_together = [("translation_key", "locale"), ("key", "locale")]

    def __str__(self) -> str:
        return self.name

    @property
    def period_label(self) -> str:
        """Since when and until when, in words."""
        since = str(_("seit %(date)s") % {"date": self.since}) if self.since else ""
        until = str(_("bis %(date)s") % {"date": self.until}) if self.until else ""
        return " ".join(part for part in (since, until) if part)

"""Small records of the floor: dated figures, tombstones of deleted pages, questions to the office."""

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class DatedFigure(Orderable):
    """A figure with unit, date and source; without them it would be a wrong figure soon.

    Abstract: a page type adds the ParentalKey. `value` is text, since figures come as "ca. 59.500" or "1.442–1.444".
    """

    label = models.CharField("Was", max_length=120)
    value = models.CharField("Wert", max_length=60, help_text="In deutscher Schreibweise, etwa „17,291 Mio.“")
    unit = models.CharField("Einheit", max_length=30, blank=True)
    as_of = models.CharField("Stand", max_length=40, help_text="Datum oder Jahr der Quelle")
    source = models.CharField("Quelle", max_length=200)
    note = models.CharField("Hinweis", max_length=300, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("value"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("as_of"), FieldPanel("source")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = "Zahl"
        verbose_name_plural = "Zahlen"


class Tombstone(models.Model):
    """Address of a page that was deleted on purpose; it answers 410 and says where to go."""

    path = models.CharField("Adresse", max_length=500, unique=True)
    title = models.CharField("Titel", max_length=255)
    successor = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="weiter bei",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deleted_at = models.DateTimeField("gelöscht am", default=timezone.now)

    panels = [FieldPanel("path"), FieldPanel("title"), FieldPanel("successor")]

    class Meta:
        verbose_name = "Gelöschte Seite"
        verbose_name_plural = "Gelöschte Seiten"
        ordering = ["-deleted_at"]

    def __str__(self) -> str:
        return f"{self.title} ({self.path})"


class OpenQuestion(models.Model):
    """A fact that only the office can supply and that no other field would hold; listed under "Offene Angaben"."""

    key = models.SlugField("Schlüssel", unique=True)
    subject = models.CharField("Betrifft", max_length=120)
    question = models.TextField("Was fehlt")
    owner = models.CharField("Wer kann es sagen", max_length=120)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name="Seite", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    blocks_launch = models.BooleanField("verhindert den Start", default=False)
    answered_on = models.DateField("beantwortet am", null=True, blank=True)

    panels = [
        FieldPanel("subject"),
        FieldPanel("question"),
        FieldPanel("owner"),
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("blocks_launch"), FieldPanel("answered_on")]),
    ]

    class Meta:
        verbose_name = "Offene Frage"
        verbose_name_plural = "Offene Fragen"
        ordering = ["subject", "pk"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.question}"

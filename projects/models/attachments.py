"""What belongs to one project alone: figures, documents, photographs."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from stadterneuerung.base.models import DatedFigure


class ProjectFigure(DatedFigure):
    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="figures")

    class Meta(DatedFigure.Meta):
        abstract = False


class ProjectDocument(Orderable):
    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "base.CustomDocument", verbose_name="Dokument", on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField("Hinweis", max_length=160, blank=True)

    panels = [FieldPanel("document"), FieldPanel("note")]


class ProjectGalleryImage(Orderable):
    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey("base.CustomImage", verbose_name="Bild", on_delete=models.CASCADE, related_name="+")
    caption = models.CharField("Bildunterschrift", max_length=250, blank=True)

    panels = [FieldPanel("image"), FieldPanel("caption")]

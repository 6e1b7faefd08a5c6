from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin


class Topic(TranslatableMixin, models.Model):
    """A subject under which pages of all kinds are filtered, such as "Grün und Freiraum"."""

    name = models.CharField("Name", max_length=80)
    slug = models.SlugField("Kurzname")

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = "Thema"
        verbose_name_plural = "Themen"
        ordering = ["name"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]

    def __str__(self) -> str:
        return self.name

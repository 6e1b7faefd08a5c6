"""What `load_content` remembers, so that it never writes over what a person has changed."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class LoadedContent(models.Model):
    """One row of fixtures/ that was loaded: where it went, what it said and how the object looked afterwards.

    `source` is the checksum of the row, `state` that of the object right after loading. An object whose state has
    changed since was edited by a person. The row outlives its object: what a person deleted stays deleted.
    """

    key = models.CharField(max_length=255, unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source = models.CharField(max_length=64)
    state = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "Geladener Inhalt"
        verbose_name_plural = "Geladene Inhalte"

    def __str__(self) -> str:
        return self.key

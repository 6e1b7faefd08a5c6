"""Files with outlines that somebody is about to bring in."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from areas.uploads.mapping import Mapping


class UploadQuerySet(models.QuerySet):
    def kept(self, now: dt.datetime | None = None) -> "UploadQuerySet":
        """Those that have not expired: after OUTLINE_UPLOADS["keep_days"] nobody sees an upload any more."""
        return self.filter(created_at__gt=_oldest(now))

    def expired(self, now: dt.datetime | None = None) -> "UploadQuerySet":
        return self.filter(created_at__lte=_oldest(now))

    def visible_to(self, user) -> "UploadQuerySet":
        """A user's own; administrators see those of all."""
        return self.kept() if user.has_perm("areas.delete_areageometry") else self.kept().filter(user=user)

    def unfinished(self) -> "UploadQuerySet":
        return self.filter(done_at=None)


def _oldest(now: dt.datetime | None) -> dt.datetime:
    return (now or timezone.now()) - dt.timedelta(days=settings.OUTLINE_UPLOADS["keep_days"])


class OutlineUpload(models.Model):
    """A file on its way to outlines: what was read of it, and what has been decided about it.

    `layers` is as the file has it (areas.uploads.reading.Layer, in the file's coordinates); `features` are those of the
    chosen layer in EPSG:4326, None until layer and coordinates are known; `mapping` is areas.uploads.mapping.Mapping,
    None until chosen. `choices` maps the number of a feature (as text) to {"area": key or None, "repair": bool}.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    layers = models.JSONField()
    layer = models.PositiveSmallIntegerField(null=True)
    crs = models.TextField(blank=True)
    features = models.JSONField(null=True)
    notes = models.JSONField(default=list)
    mapping = models.JSONField(null=True)
    choices = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "Datei mit Umrissen"
        verbose_name_plural = "Dateien mit Umrissen"
        ordering = ["-created_at"]
        default_permissions = ()  # whoever may add outlines may upload them

    def __str__(self) -> str:
        return self.file_name

    @property
    def chosen_layer(self) -> dict:
        return self.layers[self.layer or 0]

    @property
    def mapped(self) -> Mapping | None:
        return Mapping(**self.mapping) if self.mapping is not None else None

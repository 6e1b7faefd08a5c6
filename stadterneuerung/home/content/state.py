"""How an object looks: a checksum that changes when a person changes the object, and does not when the code grows."""

from typing import Any

from django.core.serializers import serialize
from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.models import Page

from stadterneuerung.home.content.files import checksum


def state_of(instance: models.Model) -> str:
    """Return the checksum of `instance` as the database has it.

    Each way of editing a page makes a revision, drafts included; only unpublishing and moving do not. Records have no
    revisions, so what they say is compared; empty fields are left out, or a new one would look like an edit.
    """
    fresh = type(instance)._default_manager.get(pk=instance.pk)
    if isinstance(fresh, Page):
        return checksum([fresh.latest_revision_id, fresh.live, fresh.slug, fresh.path[: -Page.steplen]])
    if isinstance(fresh, ClusterableModel):
        return checksum(_said(fresh.serializable_data()))
    return checksum(_said(serialize("python", [fresh])[0]["fields"]))


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [])}

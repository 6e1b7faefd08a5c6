"""Values of rows become values of model fields; what a field does not know is an error, never dropped."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from stadterneuerung.home.content.blocks import to_stream_value
from stadterneuerung.home.content.errors import ContentError
from stadterneuerung.home.content.lookup import Directory
from stadterneuerung.home.content.richtext import to_rich_text


@dataclass
class Values:
    """Values of one object: its own fields, its many-to-many relations, its children (modelcluster)."""

    own: dict[str, Any] = field(default_factory=dict)
    many: dict[str, list[models.Model]] = field(default_factory=dict)
    children: dict[str, list[models.Model]] = field(default_factory=dict)


def convert(model: type[models.Model], fields: dict[str, Any], directory: Directory) -> Values:
    """Return `fields` as values of `model`; raise ContentError naming the field that cannot be filled."""
    values = Values()
    for name, raw in fields.items():
        try:
            model_field = model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise ContentError(f"{model._meta.label} hat kein Feld „{name}“.") from error
        try:
            if model_field.auto_created and model_field.one_to_many:
                values.children[name] = _children(model_field, raw, directory)
            elif isinstance(model_field, (models.ManyToManyField, ParentalManyToManyField)):
                found = [directory.find(model_field.related_model, item) for item in raw]
                values.many[name] = [item for item in found if item is not None]
            else:
                values.own[name] = _value(model_field, raw, directory)
        except (ContentError, ValueError, TypeError) as error:
            raise ContentError(f"Feld „{name}“: {error}") from error
    return values


def _value(model_field: models.Field, raw: Any, directory: Directory) -> Any:
    match model_field:
        case RichTextField():
            return to_rich_text(raw, model_field.features or [], directory.page_id)
        case StreamField():
            return to_stream_value(model_field.stream_block, raw, directory)
        case models.ForeignKey():
            return None if raw is None else directory.find(model_field.related_model, raw)
        case models.DateTimeField():
            return _moment(raw)
        case models.CharField() | models.TextField():
            if not isinstance(raw, str):
                raise ContentError(f"Text erwartet, nicht {raw!r}. Bitte in Anführungszeichen setzen.")
            return raw.strip()
        case _:
            return model_field.to_python(raw)


def _moment(raw: Any) -> dt.datetime:
    """Return a moment in Europe/Berlin from a datetime or ISO text; a bare day means its first minute."""
    if isinstance(raw, str):
        raw = dt.datetime.fromisoformat(raw)
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        raw = dt.datetime.combine(raw, dt.time.min)
    return timezone.make_aware(raw) if timezone.is_naive(raw) else raw


def _children(relation: models.ManyToOneRel, rows: list[dict], directory: Directory) -> list[models.Model]:
    """Return unsaved children in the order of `rows`; one whose page a person has deleted is left out."""
    children = []
    for position, row in enumerate(rows):
        values = convert(relation.related_model, row, directory)
        if any(value is None and _points_to_page(relation.related_model, name) for name, value in values.own.items()):
            continue
        child = relation.related_model(**values.own)
        if hasattr(child, "sort_order"):
            child.sort_order = position
        children.append(child)
    return children


def _points_to_page(model: type[models.Model], name: str) -> bool:
    related = model._meta.get_field(name).related_model
    return related is not None and issubclass(related, Page)

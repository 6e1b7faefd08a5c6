"""Natural keys: how rows of fixtures/ name objects, and how these are found."""

from typing import Any

from django.apps import apps
from django.db import models
from wagtail.models import Locale, Page

from stadterneuerung.home.content.errors import ContentError
from stadterneuerung.home.content.files import Row

# Fields by which records are known, where it is not "key" or "slug".
_KEYS = {"areas.AreaGeometry": ("area", "valid_from"), "base.SiteSettings": ("office_name",)}


def model_of(row: Row) -> type[models.Model]:
    try:
        return apps.get_model(row.model)
    except (LookupError, ValueError) as error:
        raise ContentError(f"{row.file}: Das Modell „{row.model}“ gibt es nicht.") from error


def is_page(model: type[models.Model]) -> bool:
    return issubclass(model, Page)


def key_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of the fields that make up the natural key of a record."""
    if fields := _KEYS.get(model._meta.label):
        return fields
    names = {field.name for field in model._meta.get_fields()}
    return ("key",) if "key" in names else ("slug",)


def key_of(row: Row) -> str:
    """Return the name under which a row is remembered, such as "page:/projekte/gruener-ring/"."""
    model = model_of(row)
    names = ("path",) if is_page(model) else key_fields(model)
    missing = [name for name in names if name not in row.fields]
    if missing:
        raise ContentError(f"{row.file}: Es fehlt „{missing[0]}“ bei einem Eintrag für {row.model}.")
    value = " ".join(str(row.fields[name]) for name in names)
    return f"page:{value}" if is_page(model) else f"{row.model.lower()}:{value}"


class Directory:
    """Finds what rows name. Pages are known by the address of their row, also after a person has moved them."""

    def __init__(self, locale: Locale, known_paths: set[str]):
        self.locale = locale
        self.known_paths = known_paths
        self.pages: dict[str, int] = {}
        self._records: dict[tuple[type, str], models.Model] = {}

    def page_id(self, path: str) -> int | None:
        """Return the id of the page of `path`, None if it has none yet or was deleted; raise if no row has it."""
        if path not in self.known_paths:
            raise ContentError(f"Die Seite „{path}“ steht in keiner Datei.")
        return self.pages.get(path)

    def find(self, model: type[models.Model], name: Any) -> models.Model | None:
        """Return the object of `model` that a row calls `name`; None only for a page without id (see page_id)."""
        if is_page(model):
            pk = self.page_id(str(name))
            return None if pk is None else model.objects.filter(pk=pk).first()
        if (model, str(name)) not in self._records:
            self._records[model, str(name)] = self._find_record(model, str(name))
        return self._records[model, str(name)]

    def _find_record(self, model: type[models.Model], name: str) -> models.Model:
        objects = model.objects.filter(**{key_fields(model)[0]: name})
        if hasattr(model, "locale_id"):
            objects = objects.filter(locale=self.locale)
        record = objects.first()
        if record is None:
            raise ContentError(f"{model._meta.verbose_name} „{name}“ steht in keiner Datei.")
        return record

"""Loading fixtures/ into the database: what is missing is made, what nobody has touched follows the files.

The order solves the cross references: records, then every page as a draft (so that each has an id), then the contents
of the pages with their links, published through revisions, then the records that point to pages.
"""

from collections import Counter
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import Locale, Page, Site

from stadterneuerung.home.content.convert import Values, convert
from stadterneuerung.home.content.errors import ContentError
from stadterneuerung.home.content.files import Row, read_rows
from stadterneuerung.home.content.lookup import Directory, is_page, key_fields, key_of, model_of
from stadterneuerung.home.content.state import state_of
from stadterneuerung.home.models import HomePage, LoadedContent

CREATED, UPDATED, UNCHANGED, EDITED, DELETED = "created", "updated", "unchanged", "edited", "deleted"

# What drafts are made of before links and relations can be resolved.
_LATER = ("body",)


class Loader:
    """Loads the rows of `folder`. `outcomes` says what happened to each, by its key (CREATED, UPDATED …)."""

    def __init__(self, folder: Path, language: str = "de"):
        self.rows = {}
        for row in read_rows(folder):
            key = key_of(row)
            if key in self.rows:
                raise ContentError(f"{row.file}: {key} steht zweimal in den Dateien.")
            self.rows[key] = row
        self.language = language
        self.outcomes: dict[str, str] = {}
        self._existing: dict[str, models.Model] = {}

    @transaction.atomic
    def load(self) -> Counter:
        """Load everything or nothing; return how often each outcome occurred."""
        locale, _ = Locale.objects.get_or_create(language_code=self.language)
        paths = {row.fields["path"] for row in self.rows.values() if is_page(model_of(row))}
        self.directory = Directory(locale, paths)
        self.memory = {memory.key: memory for memory in LoadedContent.objects.select_related("content_type")}
        pages = {key: row for key, row in self.rows.items() if is_page(model_of(row))}
        records = {key: row for key, row in self.rows.items() if key not in pages}
        late = {key: row for key, row in records.items() if _points_to_pages(model_of(row))}

        rank = _ranks({model_of(row) for row in records.values()})
        for key in sorted((key for key in records if key not in late), key=lambda key: rank[model_of(records[key])]):
            self._guarded(key, self._load_record)
        # Parents before children; among neighbours the order of the files is the order in the tree.
        for key in sorted(pages, key=lambda key: pages[key].fields["path"].count("/") if key != "page:/" else 0):
            self._guarded(key, self._make_draft)
        for key in pages:
            self._guarded(key, self._fill_page)
        for key in late:
            self._guarded(key, self._load_record)
        return Counter(self.outcomes.values())

    def _guarded(self, key: str, step) -> None:
        """Run one step; every refusal says which row of which file it is about."""
        row = self.rows[key]
        try:
            step(key, row)
        except ContentError as error:
            raise ContentError(f"{row.file}, {key}: {error}") from error
        except ValidationError as error:
            reasons = "; ".join(
                f"{name}: {' '.join(sentences)}" for name, sentences in getattr(error, "message_dict", {}).items()
            )
            raise ContentError(f"{row.file}, {key}: {reasons or error}") from error

    # --- what to do with a row -------------------------------------------------------------------------------------
    def _decide(self, key: str, row: Row) -> str:
        """Return CREATED, UPDATED, UNCHANGED, EDITED or DELETED; the object, if there is one, is in `_existing`."""
        memory = self.memory.get(key)
        existing = self._remembered(memory) if memory else self._unremembered(row)
        if existing is not None:
            self._existing[key] = existing
        if memory is None:
            return CREATED if existing is None or self._is_bare(existing) else EDITED
        if existing is None:
            return DELETED
        if memory.state != state_of(existing):
            return EDITED
        return UNCHANGED if memory.source == row.checksum else UPDATED

    def _remembered(self, memory: LoadedContent) -> models.Model | None:
        model = memory.content_type.model_class()
        return model._default_manager.filter(pk=memory.object_id).first() if model else None

    def _unremembered(self, row: Row) -> models.Model | None:
        """Return an object that has the row's natural key but was not loaded from it."""
        model = model_of(row)
        if is_page(model):
            if row.fields["path"] == "/":
                return HomePage.objects.filter(locale=self.directory.locale).first()
            parent = self._parent(row)
            return Page.objects.child_of(parent).filter(slug=_slug(row)).first() if parent else None
        names = key_fields(model)
        values = convert(model, {name: row.fields[name] for name in names}, self.directory).own
        if hasattr(model, "locale_id"):
            values["locale"] = self.directory.locale
        return model._default_manager.filter(**values).first()

    def _is_bare(self, existing: models.Model) -> bool:
        """Tell whether an object was made by the set-up and never touched by a person: a page without revision."""
        return isinstance(existing, Page) and existing.latest_revision_id is None

    # --- pages -----------------------------------------------------------------------------------------------------
    def _parent(self, row: Row) -> Page | None:
        path = row.fields["path"]
        if path == "/":
            return Page.get_first_root_node()
        above = path.rstrip("/").rpartition("/")[0] + "/"
        pk = self.directory.page_id(above)
        return Page.objects.get(pk=pk) if pk else None

    def _make_draft(self, key: str, row: Row) -> None:
        """Decide about the page and, if it is missing, put it into the tree, not live and without relations."""
        model, path = model_of(row), row.fields["path"]
        parent = self._parent(row)
        outcome = self._decide(key, row) if parent else DELETED
        if outcome == CREATED and key not in self._existing:
            own = convert(model, _without(row.fields, "path", *_LATER), _Drafting(self.directory)).own
            given = _given(own)
            page = model(slug=_slug(row), locale=self.directory.locale, live=False, **given)
            # Drafts are saved unchecked, and PostgreSQL would refuse what is too long without naming the field.
            page.clean_fields(exclude=[field.name for field in model._meta.fields if field.name not in given])
            self._existing[key] = parent.add_child(instance=page)
        self.outcomes[key] = outcome
        if outcome != DELETED:
            self.directory.pages[path] = self._existing[key].pk
        if path == "/":
            self._point_site_at(self._existing[key])

    def _point_site_at(self, home: Page) -> None:
        """Make the default site show the start page; an address that was set before is kept."""
        site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
        if site.root_page_id != home.pk:
            site.root_page = home
            site.save()

    def _fill_page(self, key: str, row: Row) -> None:
        if self.outcomes[key] not in (CREATED, UPDATED):
            return
        model = model_of(row)
        page = model._default_manager.get(pk=self._existing[key].pk)
        _assign(page, convert(model, _without(row.fields, "path"), self.directory))
        page.save_revision(log_action=self.outcomes[key] == UPDATED).publish()
        self._remember(key, row, page)

    # --- records ---------------------------------------------------------------------------------------------------
    def _load_record(self, key: str, row: Row) -> None:
        outcome = self.outcomes[key] = self._decide(key, row)
        if outcome not in (CREATED, UPDATED):
            return
        model = model_of(row)
        values = convert(model, row.fields, self.directory)
        if any(values.own.get(name) is None for name in key_fields(model)):
            self.outcomes[key] = DELETED  # its page was deleted by a person
            return
        record = self._existing.get(key) or model()
        if hasattr(model, "locale_id") and record.pk is None:
            record.locale = self.directory.locale
        _assign(record, values)
        record.full_clean()
        record.save()
        self._remember(key, row, record)

    def _remember(self, key: str, row: Row, instance: models.Model) -> None:
        content_type = ContentType.objects.get_for_model(type(instance))
        LoadedContent.objects.update_or_create(
            key=key,
            defaults={
                "content_type": content_type,
                "object_id": instance.pk,
                "source": row.checksum,
                "state": state_of(instance),
            },
        )


class _Drafting(Directory):
    """A directory for drafts: nothing that is a page can be found yet."""

    def __init__(self, directory: Directory):
        super().__init__(directory.locale, directory.known_paths)

    def page_id(self, path: str) -> int | None:
        super().page_id(path)
        return None


def _slug(row: Row) -> str:
    return row.fields["path"].strip("/").rpartition("/")[2] or "start"


def _without(fields: dict, *names: str) -> dict:
    return {name: value for name, value in fields.items() if name not in names}


def _given(values: dict) -> dict:
    return {name: value for name, value in values.items() if value is not None}


def _points_to_pages(model: type[models.Model]) -> bool:
    targets = [field.related_model for field in model._meta.get_fields() if field.many_to_one]
    return any(target is not None and issubclass(target, Page) for target in targets)


def _ranks(record_models: set[type[models.Model]]) -> dict[type[models.Model], int]:
    """Return for each model how many steps it stands above those it points to; those come first."""

    def rank(model: type[models.Model]) -> int:
        fields = [field for field in model._meta.get_fields() if not field.auto_created]
        targets = {field.related_model for field in fields if field.many_to_one or field.many_to_many}
        return max((rank(target) + 1 for target in (targets & record_models) - {model}), default=0)

    return {model: rank(model) for model in record_models}


def _assign(instance: models.Model, values: Values) -> None:
    for name, value in values.own.items():
        setattr(instance, name, value)
    for name, related in values.many.items():
        setattr(instance, name, related)
    for name, children in values.children.items():
        setattr(instance, name, children)

"""What a data set is, and how far it has come: rows, last change, and a mark that changes when its files do."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise

from kataster.opendata.fields import Field, Kind
from stadterneuerung.base.dates import today

Rows = Callable[[int], QuerySet]  # of the pages of a locale
CHUNK = 200  # rows in memory at a time
# Change it when the files change although no field does: what clients have kept is then out of date.
LAYOUT = 1


@dataclass(frozen=True)
class Source:
    """Rows from which a file is made; `changed` names their moment of change, where they have one."""

    rows: Rows
    changed: str = "last_published_at"

    def progress(self, locale_id: int) -> dict[str, Any]:
        """Return {rows, keys, changed}: with every row that comes, goes or changes, one of them does."""
        parts = {"rows": Count("pk"), "keys": Sum("pk")}
        if self.changed:
            parts["changed"] = Max(self.changed)
        return {"changed": None} | self.rows(locale_id).order_by().aggregate(**parts)


@dataclass(frozen=True)
class State:
    """How far a data set has come. `changed_at` is the last change of its rows, None where none is known.

    `key` differs when rows come, go or change, and each day: what has no date of change of its own, such as the name of
    a unit, is seen the next day at the latest. `last_modified` never lies before today.
    """

    count: int
    changed_at: dt.datetime | None
    key: str
    last_modified: dt.datetime

    @property
    def as_of(self) -> dt.date | None:
        """The day of the last change, `as_of` at the head of the files; what was checked when, each row says itself."""
        return timezone.localdate(self.changed_at) if self.changed_at else None


@dataclass(frozen=True)
class DataSet:
    """A data set as everything shows it: page, files, catalogue.

    `summary` are two plain sentences; `rule` says what is in it and what is not; `theme` is a key of the EU's data
    themes. `rows` are counted, `prepared(rows, locale)` is what the fields can read; `names` are rows of which only
    names are shown.
    """

    slug: str
    title: str | Promise
    summary: str | Promise
    rule: str | Promise
    keywords: tuple[str | Promise, ...]
    theme: str
    formats: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Source
    prepared: Callable[[QuerySet, int], QuerySet]
    parts: tuple[Source, ...] = ()
    names: tuple[Source, ...] = ()

    @cached_property
    def outline(self) -> Field | None:
        return next((field for field in self.fields if field.kind is Kind.OUTLINE), None)

    def read(self, locale_id: int) -> Iterator[Any]:
        """Yield the rows by key, CHUNK at a time."""
        rows = self.prepared(self.rows.rows(locale_id), locale_id)
        return rows.order_by("pk").iterator(chunk_size=CHUNK)

    def state(self, locale_id: int, *, names: bool = False) -> State:
        """Return count and changes: one query for each source. Files need `names` too, since they hold them.

        Time itself changes what a file says (a project begins, an offer closes), so nothing counts as older than
        today. That also bounds how long a change goes unseen which leaves no date, such as a deleted row for a client
        that asks by date alone.
        """
        rows, *parts = [source.progress(locale_id) for source in (self.rows, *self.parts)]
        named = [source.progress(locale_id) for source in self.names] if names else []
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        moments = [each["changed"] for each in (rows, *parts, *named) if each["changed"]]
        return State(
            count=rows["rows"],
            changed_at=max((each["changed"] for each in (rows, *parts) if each["changed"]), default=None),
            key=repr([self.layout, today(), rows, parts, named]),
            last_modified=max([midnight, *moments]),
        )

    @cached_property
    def layout(self) -> str:
        """What the files look like, whatever they say."""
        return repr([LAYOUT, [(field.name, field.kind.name, [p.name for p in field.parts]) for field in self.fields]])

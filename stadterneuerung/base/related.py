"""Pages of many kinds that belong to one page, in a single query.

An area has projects, offers, news and more; a query for each kind would be most of what its page costs. Lists show
title, sentence, day and state, so these are read for all kinds together and put into complete instances: nothing on
them asks the database again.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import models
from django.db.models import CharField, DateField, DateTimeField, F, Value
from django.db.models.functions import Cast
from wagtail.models import PageQuerySet

from stadterneuerung.base.models.pages import BasePage

_COLUMNS = ("pk", "title", "slug", "url_path", "locale_id", "teaser", "is_example")


def related_pages(querysets: Mapping[str, PageQuerySet]) -> dict[str, list[BasePage]]:
    """Return {name: pages} for querysets of page types, each in the order of its day, the latest first, then title.

    What a list may show of a page is title, url, teaser, is_example, and what the model names in `row_day` and
    `row_state`; other fields hold their defaults.
    """
    parts = [_rows(name, queryset) for name, queryset in querysets.items()]
    found: dict[str, list[BasePage]] = {name: [] for name in querysets}
    if not parts:
        return found
    for name, day, state, *values in parts[0].union(*parts[1:]):
        model = querysets[name].model
        page = model(**dict(zip(_COLUMNS, values, strict=True)))
        if model.row_day:
            setattr(page, model.row_day, _as_field(model, day))
        if model.row_state:
            setattr(page, model.row_state, state)
        found[name].append(page)
    for name, pages in found.items():
        pages.sort(key=lambda page: page.title.casefold())
        if day_field := querysets[name].model.row_day:
            pages.sort(key=lambda page, field=day_field: _sortable(getattr(page, field)), reverse=True)
    return found


def _rows(name: str, queryset: PageQuerySet):
    model = queryset.model
    # PostgreSQL takes a bare NULL for text, and then finds no common type with the days of other kinds.
    empty_day = Cast(Value(None), DateTimeField())
    return (
        queryset.order_by()
        .annotate(
            row_name=Value(name, output_field=CharField()),
            row_moment=Cast(model.row_day, DateTimeField()) if model.row_day else empty_day,
            row_word=Cast(F(model.row_state), CharField()) if model.row_state else Value("", output_field=CharField()),
        )
        .values_list("row_name", "row_moment", "row_word", *_COLUMNS)
    )


def _as_field(model: type[models.Model], moment: dt.datetime | None) -> dt.date | dt.datetime | None:
    field = model._meta.get_field(model.row_day)
    if moment is not None and isinstance(field, DateField) and not isinstance(field, DateTimeField):
        return moment.date()
    return moment


def _sortable(day: dt.date | dt.datetime | None) -> str:
    return day.isoformat() if day else ""

"""Where the search looks, and what the public may see there. Each source is one queryset of the same six columns.

All sources are asked in one statement, so a search costs the same number of queries whatever it finds. What search
engines may not see (examples, closed vacancies, pages marked so) is left out by subqueries, never afterwards.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Length, Substr
from modelsearch.conf import get_app_config
from modelsearch.index import get_indexed_models
from modelsearch.query import Fuzzy
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex
from wagtail.search.backends import get_search_backend

from jobs.models import VacancyPage
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import BasePage, CustomDocument
from stadterneuerung.base.querysets import BasePageQuerySet
from stadterneuerung.home.search.words import Words
from stadterneuerung.organisation.models import OrganisationUnit, ServicePoint

# How a candidate was found, best first.
EXACT, PREFIX, SIMILAR = 0, 1, 2
MIN_SIMILAR = 4  # letters: shorter words are similar to everything


@dataclass(frozen=True)
class Candidate:
    """Something that was found. `detail`: a page's path, a document's file, a unit's kind; else empty."""

    model: type[Model]
    pk: int
    title: str
    detail: str
    content_type_id: int
    found: int

    @property
    def key(self) -> tuple[str, int]:
        return self.model._meta.label, self.pk


def visible_pages(root: Page) -> QuerySet:
    """Return the pages below and including `root` that the public and its search engines may see today."""
    from stadterneuerung.home.models import SearchPage

    examples = RawSQL(*_examples())  # noqa: S611 - written by Django itself, below
    closed = VacancyPage.objects.order_by().expired_on().values("pk")
    visible = BasePageQuerySet(Page).published().filter(path__startswith=root.path)
    visible = visible.exclude(pk__in=examples).exclude(pk__in=closed)
    return visible.exclude(content_type=ContentType.objects.get_for_model(SearchPage))


@functools.cache
def _examples() -> tuple[str, tuple]:
    """Return a statement for the pages of all types that are examples.

    Each page type keeps the mark in its own table; building thirty subqueries anew took longer than running them.
    """
    models = [model for model in get_indexed_models() if issubclass(model, BasePage)]
    parts = [model.objects.order_by().filter(is_example=True).values_list("pk") for model in models]
    return parts[0].union(*parts[1:], all=True).query.sql_with_params()


def candidates(root: Page, words: Words, *, similar: bool = False) -> list[Candidate]:
    """Return everything that holds all `words`, or, with `similar`, what comes close to them. One query.

    Whole words and beginnings of words are asked for together; who is found twice comes twice.
    """
    pages = visible_pages(root)
    sources = {
        Page: _columns(pages, "title", F("url_path"), F("content_type_id")),
        CustomDocument: _columns(_documents(pages), "title", F("file"), _type_of(CustomDocument)),
        OrganisationUnit: _columns(_local(OrganisationUnit, root), "name", F("kind"), _type_of(OrganisationUnit)),
        ServicePoint: _columns(_service_points(root), "name", Value(""), _type_of(ServicePoint)),
    }
    parts = []
    for model, rows in sources.items():
        for found, matching in _matching(model, words, similar):
            row = rows.filter(pk__in=matching.values("pk")).annotate(hit_found=Value(found, IntegerField()))
            parts.append(row.values_list("hit_model", "pk", "hit_title", "hit_detail", "hit_type", "hit_found"))
    if not parts:
        return []
    by_label = {model._meta.label: model for model in sources}
    found_rows = parts[0].union(*parts[1:], all=True)
    return [Candidate(by_label[label], *rest) for label, *rest in found_rows]


def _columns(queryset: QuerySet, title: str, detail, content_type) -> QuerySet:
    return queryset.order_by().annotate(
        hit_model=Value(queryset.model._meta.label, CharField()),
        hit_title=Cast(F(title), CharField()),
        hit_detail=Cast(detail, CharField()),
        hit_type=Cast(content_type, IntegerField()),
    )


def _type_of(model: type[Model]) -> Value:
    return Value(ContentType.objects.get_for_model(model).pk)


def _local(model: type[Model], root: Page) -> QuerySet:
    return model.objects.filter(locale_id=root.locale_id)


def _service_points(root: Page) -> QuerySet:
    return _local(ServicePoint, root).filter(Q(closed_since=None) | Q(closed_since__gt=today()))


def _documents(pages: QuerySet) -> QuerySet:
    """Return documents that a visible page links to, unless their collection is private."""
    references = ReferenceIndex.objects.filter(
        base_content_type=_type_of(Page),
        object_id__in=pages.order_by().annotate(key=Cast("pk", CharField())).values("key"),
        to_content_type=_type_of(CustomDocument),
    )
    above = Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    private = CollectionViewRestriction.objects.filter(collection__path=above)
    linked = CustomDocument.objects.filter(
        pk__in=references.annotate(key=Cast("to_object_id", IntegerField())).values("key"), is_example=False
    )
    return linked.filter(~Exists(private))


def _matching(model: type[Model], words: Words, similar: bool) -> Iterator[tuple[int, QuerySet]]:
    backend = get_search_backend()
    everything = model.objects.all()
    if not similar:
        # Only looked up in: the backends' own order differs by database, so the service puts hits in order itself.
        yield EXACT, backend.search(words.query, everything, order_by_relevance=False).get_queryset()
        yield PREFIX, backend.autocomplete(words.query, everything, order_by_relevance=False).get_queryset()
    elif connection.vendor != "postgresql":
        yield SIMILAR, _containing(model, words)
    elif _knows_trigrams():
        fuzzy = Fuzzy(" ".join(words.words), unaccent=True)
        yield SIMILAR, backend.search(fuzzy, everything, order_by_relevance=False).get_queryset()


@functools.cache
def _knows_trigrams() -> bool:
    """Whether base.search_extensions was applied; a database restored without it must not break the search."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('f_unaccent') IS NOT NULL")
        return cursor.fetchone()[0]


def _containing(model: type[Model], words: Words) -> QuerySet:
    """Return what has all words inside its own, as "Straßenreinigung" has "Reinigung"; where there are no trigrams."""
    entries = index_entries().filter(content_type__in=get_descendants_content_types_pks(model))
    parts = [word for word in words.folded if len(word) >= MIN_SIMILAR]
    for part in parts:
        entries = entries.filter(autocomplete__contains=part)
    if not parts:
        entries = entries.none()
    return model.objects.filter(pk__in=entries.annotate(key=Cast("object_id", IntegerField())).values("key"))


def index_entries() -> QuerySet:
    return get_app_config().get_model("IndexEntry").objects.all()


def indexed_texts(found: list[Candidate]) -> dict[tuple[int, int], str]:
    """Return the indexed text beside the title for each candidate, by content type and primary key. One query."""
    # The plain text lies in a column of its own where the other holds PostgreSQL's vectors.
    column = "body_text" if connection.vendor == "postgresql" else "body"
    entries = index_entries().filter(
        content_type_id__in={candidate.content_type_id for candidate in found},
        object_id__in={str(candidate.pk) for candidate in found},
    )
    rows = entries.values_list("content_type_id", "object_id", column)
    return {(type_id, int(object_id)): text or "" for type_id, object_id, text in rows}

"""`search()`: from what was typed to a page of hits with facets, editors' picks and a way on when nothing was found."""

import difflib
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import normalise_query_string

from stadterneuerung.home.search.hits import hits_of
from stadterneuerung.home.search.kinds import KINDS, kind_of
from stadterneuerung.home.search.ranking import best, merge_units, ranked
from stadterneuerung.home.search.sources import Candidate, candidates, visible_pages
from stadterneuerung.home.search.words import Words, parse
from stadterneuerung.organisation.text import fold_german

PER_PAGE = 10
FEW = 3  # hits: below this, what is merely similar is offered too


@dataclass(frozen=True)
class Facet:
    label: str
    count: int
    url: str
    is_current: bool


@dataclass
class SearchResults:
    """The answer to a search. `page_obj` holds Hits; `is_similar` says that no entry held all words exactly."""

    query: str
    words: tuple[str, ...] = ()
    total: int = 0
    page_obj: PaginatorPage | None = None
    facets: list[Facet] = field(default_factory=list)
    picks: list[SearchPromotion] = field(default_factory=list)
    is_similar: bool = False
    suggestion: str = ""

    @property
    def has_only_common_words(self) -> bool:
        return bool(self.query) and not self.words


def search(text: str, root: Page, *, kind: str = "", number: str | int = 1, address: str = "") -> SearchResults:
    """Return what the public finds below `root` for `text`. Any text is allowed; nothing raises.

    `kind` narrows to one of KINDS, `number` is the page of the list, `address` the search page's own for the facets.
    """
    kind = kind if kind in KINDS else ""
    words = parse(text)
    results = SearchResults(words.text, words.words)
    if not words.words:
        return results
    found = best(candidates(root, words))
    if len(found) < FEW:
        known = set(found)
        similar = best(candidates(root, words, similar=True))
        results.is_similar = not found and bool(similar)
        found |= {key: candidate for key, candidate in similar.items() if key not in known}
    in_order = ranked(merge_units(found), words)
    chosen = [entry for entry in in_order if not kind or kind_of(entry[0]) == kind]
    results.total = len(chosen)
    results.facets = _facets([candidate for candidate, _text in in_order], words, kind, address)
    results.page_obj = Paginator(chosen, PER_PAGE).get_page(number)
    results.page_obj.object_list = hits_of(list(results.page_obj.object_list), words)
    results.picks = _picks(words, visible_pages(root)) if results.page_obj.number == 1 and not kind else []
    if not in_order:
        results.suggestion = _suggestion(words, visible_pages(root))
    return results


def _facets(found: list[Candidate], words: Words, current: str, address: str) -> list[Facet]:
    """Return the kinds that occur, with counts, after one for all."""
    counts: dict[str, int] = {}
    for candidate in found:
        kind = kind_of(candidate)
        counts[kind] = counts.get(kind, 0) + 1
    everything = Facet(str(_("Alle")), len(found), f"{address}?{urlencode({'q': words.text})}", not current)
    kinds = [
        Facet(str(label), counts[kind], f"{address}?{urlencode({'q': words.text, 'art': kind})}", kind == current)
        for kind, label in KINDS.items()
        if kind in counts
    ]
    return [everything, *kinds] if kinds else []


def _picks(words: Words, visible: QuerySet) -> list[SearchPromotion]:
    """Return what editors put on top for exactly this search."""
    picks = SearchPromotion.objects.filter(query__query_string=normalise_query_string(words.text))
    return list(picks.filter(Q(page=None) | Q(page__in=visible)).select_related("page").order_by("sort_order"))


def _suggestion(words: Words, visible: QuerySet) -> str:
    """Return the search with each word replaced by the nearest one from a title, or nothing when none is near."""
    known = {fold_german(word): word for title in visible.values_list("title", flat=True) for word in title.split()}
    corrected = []
    for word in words.folded:
        near = [word] if word in known else difflib.get_close_matches(word, known, n=1, cutoff=0.75)
        if not near:
            return ""
        corrected.append(known[near[0]].strip(".,:;()„“"))
    return " ".join(corrected)

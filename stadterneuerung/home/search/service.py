"""`search()`: from what was typed to a page of hits with facets, editors' picks and a way on when nothing was found."""

import difflib
import posixpath
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import normalise_query_string

from areas.models import AreaPage, StudyPage
from jobs.models import VacancyPage
from news.models import EventPage, EventSeriesPage, NewsPage
from projects.models import FundingOfferPage, ParticipationPage, ProjectPage
from stadterneuerung.base.models import CustomDocument
from stadterneuerung.home.search.excerpts import excerpt, folded_part, readable
from stadterneuerung.home.search.sources import (
    EXACT,
    PREFIX,
    Candidate,
    candidates,
    indexed_texts,
    visible_pages,
)
from stadterneuerung.home.search.words import Words, parse
from stadterneuerung.organisation.models import OrganisationUnit, ServicePoint
from stadterneuerung.organisation.text import fold_german

PER_PAGE = 10
FEW = 3  # hits: below this, what is merely similar is offered too
RANKED = 200  # candidates whose text is read to put them in order

# Kinds in the order of the facets: what stands in the address → what is read.
KINDS = {
    "projekte": _("Projekte"),
    "gebiete": _("Gebiete"),
    "foerderung": _("Förderung"),
    "beteiligung": _("Beteiligung"),
    "aktuelles": _("Nachrichten"),
    "termine": _("Termine"),
    "stellen": _("Stellen"),
    "analysen": _("Quartiersanalysen"),
    "anlaufstellen": _("Anlaufstellen"),
    "amt": _("Amt und Einheiten"),
    "dokumente": _("Dokumente"),
    "seiten": _("Weitere Seiten"),
}
_KIND_OF_MODEL = {
    ProjectPage: "projekte",
    AreaPage: "gebiete",
    FundingOfferPage: "foerderung",
    ParticipationPage: "beteiligung",
    NewsPage: "aktuelles",
    EventPage: "termine",
    EventSeriesPage: "termine",
    VacancyPage: "stellen",
    StudyPage: "analysen",
    ServicePoint: "anlaufstellen",
    OrganisationUnit: "amt",
    CustomDocument: "dokumente",
}


@dataclass(frozen=True)
class Hit:
    """One line of the result, as the template shows it."""

    title: str
    url: str
    kind: str
    path: str
    excerpt: SafeString | str


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
    words = parse(text)
    results = SearchResults(words.text, words.words)
    if not words.words:
        return results
    found = _best(candidates(root, words))
    if len(found) < FEW:
        known = set(found)
        similar = _best(candidates(root, words, similar=True))
        results.is_similar = not found and bool(similar)
        found |= {key: candidate for key, candidate in similar.items() if key not in known}
    ranked = _ranked(_merge_units(found), words)
    chosen = [entry for entry in ranked if not kind or _kind(entry[0]) == kind]
    results.total = len(chosen)
    results.facets = _facets([candidate for candidate, _text in ranked], words, kind, address)
    results.page_obj = Paginator(chosen, PER_PAGE).get_page(number)
    results.page_obj.object_list = _hits(list(results.page_obj.object_list), words)
    results.picks = _picks(words, visible_pages(root)) if results.page_obj.number == 1 and not kind else []
    if not ranked:
        results.suggestion = _suggestion(words, visible_pages(root))
    return results


# --- order -----------------------------------------------------------------------------------------------------------
def _best(found: list[Candidate]) -> dict[tuple[str, int], Candidate]:
    """Keep each candidate once, as it was found best."""
    best: dict[tuple[str, int], Candidate] = {}
    for candidate in sorted(found, key=lambda candidate: -candidate.found):
        best[candidate.key] = candidate
    return best


def _merge_units(found: dict[tuple[str, int], Candidate]) -> list[Candidate]:
    """Let a unit's own page stand for the unit, so that nobody finds the same twice."""
    from stadterneuerung.home.models import UnitPage

    units = [candidate for candidate in found.values() if candidate.model is OrganisationUnit]
    if not units:
        return list(found.values())
    pages = UnitPage.objects.published().filter(unit__in=[unit.pk for unit in units], is_example=False)
    for page in pages.only("pk", "title", "url_path", "content_type_id", "unit_id"):
        unit = found.pop((OrganisationUnit._meta.label, page.unit_id))
        candidate = Candidate(Page, page.pk, page.title, page.url_path, page.content_type_id, unit.found)
        known = found.get(candidate.key)
        found[candidate.key] = candidate if known is None or unit.found < known.found else known
    return list(found.values())


def _ranked(found: list[Candidate], words: Words) -> list[tuple[Candidate, str]]:
    """Return candidates with their indexed text, best first: words in the title count most, then how often they occur."""
    rough = sorted(found, key=lambda candidate: (-_title_score(candidate, words), candidate.found, -candidate.pk))
    texts = indexed_texts(rough[:RANKED]) if rough else {}
    with_text = [(candidate, texts.get((candidate.content_type_id, candidate.pk), "")) for candidate in rough]

    def score(entry: tuple[Candidate, str]) -> float:
        candidate, text = entry
        folded = f" {folded_part(text)}"
        often = sum(min(folded.count(f" {word}"), 5) for word in words.folded) / len(words.words)
        return _title_score(candidate, words) + often / 2 + {EXACT: 3, PREFIX: 1}.get(candidate.found, -10)

    return sorted(with_text, key=score, reverse=True)  # stable: what is equal keeps the rough order


def _title_score(candidate: Candidate, words: Words) -> float:
    title = fold_german(_title(candidate))
    if title == " ".join(words.folded):
        return 30
    parts = title.split()
    score = 0.0
    for word in words.folded:
        if word in parts:
            score += 10
        elif any(part.startswith(word) for part in parts):
            score += 7
        elif word in title:
            score += 4
    return score / len(words.words)


# --- what is shown ---------------------------------------------------------------------------------------------------
def _title(candidate: Candidate) -> str:
    if candidate.model is OrganisationUnit:
        return OrganisationUnit(name=candidate.title, kind=candidate.detail).display_name
    return candidate.title


def _kind(candidate: Candidate) -> str:
    from stadterneuerung.home.models import OfficePage, OrgChartPage, UnitPage

    model = candidate.model
    if model is Page:
        model = ContentType.objects.get_for_id(candidate.content_type_id).model_class()
        if model in (OfficePage, OrgChartPage, UnitPage):
            return "amt"
    return _KIND_OF_MODEL.get(model, "seiten")


def _hits(entries: list[tuple[Candidate, str]], words: Words) -> list[Hit]:
    places = _places([candidate for candidate, _text in entries if candidate.model is ServicePoint])
    chart = _org_chart_url() if any(candidate.model is OrganisationUnit for candidate, _text in entries) else ""
    hits = []
    for candidate, text in entries:
        url = _url(candidate, places, chart)
        kind = str(KINDS[_kind(candidate)])
        hits.append(Hit(_title(candidate), url, kind, url, excerpt(readable(text), words.folded)))
    return hits


def _url(candidate: Candidate, places: dict[int, str], chart: str) -> str:
    if candidate.model is Page:
        return _page_url(candidate.pk, candidate.detail)
    if candidate.model is CustomDocument:
        return reverse("wagtaildocs_serve", args=[candidate.pk, posixpath.basename(candidate.detail)])
    if candidate.model is ServicePoint:
        return places.get(candidate.pk, "/kontakt/")
    return chart or "/kontakt/"


def _page_url(pk: int, url_path: str) -> str:
    """Return a page's address from what the search knows of it, without loading the page."""
    return Page(pk=pk, url_path=url_path).url or ""


def _places(points: list[Candidate]) -> dict[int, str]:
    """Return for each service point the address of a page that shows it. One query."""
    wanted = [candidate.pk for candidate in points]
    if not wanted:
        return {}
    shown = [
        _shown(AreaPage, "service_points", wanted),
        _shown(ProjectPage, "service_points", wanted),
        _shown(FundingOfferPage, "service_point", wanted),
    ]
    rows = shown[0].union(*shown[1:])
    return {point: _page_url(pk, url_path) for point, pk, url_path in sorted(rows, reverse=True)}


def _shown(model: type[Page], relation: str, wanted: list[int]) -> QuerySet:
    pages = model.objects.published().filter(**{f"{relation}__in": wanted}).order_by()
    return pages.values_list(relation, "pk", "url_path")


def _org_chart_url() -> str:
    from stadterneuerung.home.models import OrgChartPage

    page = OrgChartPage.objects.published().first()
    return page.url if page else ""


def _facets(found: list[Candidate], words: Words, current: str, address: str) -> list[Facet]:
    """Return the kinds that occur, with counts, after one for all."""
    counts: dict[str, int] = {}
    for candidate in found:
        kind = _kind(candidate)
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

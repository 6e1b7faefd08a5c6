"""From candidates to what the result list shows."""

import posixpath
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.models import Page

from areas.models import AreaPage
from projects.models import FundingOfferPage, ProjectPage
from stadterneuerung.base.models import CustomDocument
from stadterneuerung.home.search.excerpts import excerpt, readable
from stadterneuerung.home.search.kinds import KINDS, kind_of
from stadterneuerung.home.search.ranking import candidate_title
from stadterneuerung.home.search.sources import Candidate
from stadterneuerung.home.search.words import Words
from stadterneuerung.organisation.models import OrganisationUnit, ServicePoint


@dataclass(frozen=True)
class Hit:
    """One line of the result, as the template shows it."""

    title: str
    url: str
    kind: str
    path: str
    excerpt: SafeString | str


def hits_of(entries: list[tuple[Candidate, str]], words: Words) -> list[Hit]:
    """Return the lines for candidates with their indexed text. At most two queries."""
    places = _places([candidate for candidate, _text in entries if candidate.model is ServicePoint])
    chart = _org_chart_url() if any(candidate.model is OrganisationUnit for candidate, _text in entries) else ""
    hits = []
    for candidate, text in entries:
        url = _url(candidate, places, chart)
        kind = str(KINDS[kind_of(candidate)])
        hits.append(Hit(candidate_title(candidate), url, kind, url, excerpt(readable(text), words.folded)))
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

"""Kinds of entries, as the facets count them."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from areas.models import AreaPage, StudyPage
from jobs.models import VacancyPage
from news.models import EventPage, EventSeriesPage, NewsPage
from projects.models import FundingOfferPage, ParticipationPage, ProjectPage
from stadterneuerung.base.models import CustomDocument
from stadterneuerung.home.search.sources import Candidate
from stadterneuerung.organisation.models import OrganisationUnit, ServicePoint

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
KIND_OF_MODEL = {
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


def kind_of(candidate: Candidate) -> str:
    """Return a key of KINDS."""
    from stadterneuerung.home.models import OfficePage, OrgChartPage, UnitPage

    model = candidate.model
    if model is Page:
        model = ContentType.objects.get_for_id(candidate.content_type_id).model_class()
        if model in (OfficePage, OrgChartPage, UnitPage):
            return "amt"
    return KIND_OF_MODEL.get(model, "seiten")

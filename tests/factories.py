"""Factories of test data; fixtures/ is for showing, these are for testing.

Each page factory takes `parent=`; without one it makes the index page it needs below the start page.
"""

import datetime as dt

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Page, Site

from areas.address_text import street_key
from areas.gebref import DORTMUND
from areas.models import (
    Address,
    AddressDelivery,
    AreaGeometry,
    AreaIndexPage,
    AreaPage,
    Street,
    StudyIndexPage,
    StudyPage,
)
from jobs.models import JobIndexPage, VacancyPage
from news.models import EventIndexPage, EventPage, EventSeriesPage, NewsIndexPage, NewsPage
from projects.models import (
    FundingIndexPage,
    FundingOfferPage,
    FundingProgramme,
    ParticipationIndexPage,
    ParticipationPage,
    ProjectIndexPage,
    ProjectPage,
)
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import Topic
from stadterneuerung.home.models import HomePage, OfficePage, StandardPage, UnitPage
from stadterneuerung.organisation.models import OrganisationUnit, ServicePoint

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[7.45, 51.51], [7.47, 51.51], [7.47, 51.52], [7.45, 51.52], [7.45, 51.51]]],
}


def text_body(words: str = "Ein Absatz.") -> list[tuple[str, str]]:
    """Return a page body of one paragraph."""
    return [("text", f"<p>{words}</p>")]


def start_page() -> HomePage:
    """Return the start page of the default site, made on first use."""
    existing = HomePage.objects.first()
    if existing is not None:
        return existing
    root = Page.get_first_root_node()
    page = root.add_child(instance=HomePage(title="Start", slug="start", teaser="Startseite", claim="Stadt erneuern"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True, site_name="Stadterneuerung")
    return page


def index_page(model: type[Page], slug: str, title: str) -> Page:
    """Return the one index page of `model` below the start page, made on first use."""
    existing = model.objects.first()
    if existing is not None:
        return existing
    return start_page().add_child(instance=model(title=title, slug=slug, teaser=title))


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Thema {n}")
    slug = factory.Sequence(lambda n: f"thema-{n}")
    locale = factory.LazyFunction(lambda: start_page().locale)


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganisationUnit

    key = factory.Sequence(lambda n: f"einheit-{n}")
    kind = OrganisationUnit.Kind.STAFF_UNIT
    name = factory.Sequence(lambda n: f"Stabsstelle {n}")
    locale = factory.LazyFunction(lambda: start_page().locale)


class ServicePointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServicePoint

    key = factory.Sequence(lambda n: f"stelle-{n}")
    name = factory.Sequence(lambda n: f"Anlaufstelle {n}")
    locale = factory.LazyFunction(lambda: start_page().locale)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FundingProgramme

    key = factory.Sequence(lambda n: f"programm-{n}")
    name = factory.Sequence(lambda n: f"Programm {n}")
    locale = factory.LazyFunction(lambda: start_page().locale)


class BasePageFactory(wagtail_factories.PageFactory):
    """Common to pages: title, slug, teaser and a parent that is made when none is given."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Seite {n}")
    slug = factory.Sequence(lambda n: f"seite-{n}")
    teaser = "Worum es geht."

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        return super()._create_instance(model_class, parent or cls.default_parent(), kwargs)

    @staticmethod
    def default_parent() -> Page:
        return start_page()


class StandardPageFactory(BasePageFactory):
    class Meta:
        model = StandardPage


class OfficePageFactory(BasePageFactory):
    class Meta:
        model = OfficePage

    title = "Amt für Stadterneuerung"
    slug = "amt"
    introduction = "<p>Das Amt.</p>"


class UnitPageFactory(BasePageFactory):
    class Meta:
        model = UnitPage

    unit = factory.SubFactory(UnitFactory)

    @staticmethod
    def default_parent() -> Page:
        return OfficePage.objects.first() or OfficePageFactory()


class AreaPageFactory(BasePageFactory):
    class Meta:
        model = AreaPage

    title = factory.Sequence(lambda n: f"Gebiet {n}")
    slug = factory.Sequence(lambda n: f"gebiet-{n}")
    kind = AreaPage.Kind.CONVERSION

    @staticmethod
    def default_parent() -> Page:
        return index_page(AreaIndexPage, "gebiete", "Gebiete")


class AreaGeometryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AreaGeometry

    area = factory.SubFactory(AreaPageFactory)
    valid_from = dt.date(2020, 1, 1)
    geojson = SQUARE
    accuracy_m = 500
    source = "Zeichnung"


class StreetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Street
        django_get_or_create = ("municipality", "key")

    municipality = DORTMUND
    name = "Beispielweg"
    key = factory.LazyAttribute(lambda street: street_key(street.name))


class AddressDeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AddressDelivery
        django_get_or_create = ("kind",)

    kind = AddressDelivery.Kind.OFFICIAL
    source = "Gebäudereferenzen"
    as_of = dt.date(2026, 10, 1)


class AddressFactory(factory.django.DjangoModelFactory):
    """A house in the middle of SQUARE, from an official delivery."""

    class Meta:
        model = Address

    street = factory.SubFactory(StreetFactory)
    number = factory.Sequence(lambda n: n + 1)
    lon = 7.46
    lat = 51.515
    delivery = factory.SubFactory(AddressDeliveryFactory)


class StudyPageFactory(BasePageFactory):
    class Meta:
        model = StudyPage

    title = factory.Sequence(lambda n: f"Analyse {n}")
    slug = factory.Sequence(lambda n: f"analyse-{n}")
    method = "<p>Begehung und Befragung.</p>"

    @staticmethod
    def default_parent() -> Page:
        return index_page(StudyIndexPage, "quartiersanalysen", "Quartiersanalysen")


class ProjectPageFactory(BasePageFactory):
    class Meta:
        model = ProjectPage

    title = factory.Sequence(lambda n: f"Projekt {n}")
    slug = factory.Sequence(lambda n: f"projekt-{n}")

    @staticmethod
    def default_parent() -> Page:
        return index_page(ProjectIndexPage, "projekte", "Projekte")


class FundingOfferPageFactory(BasePageFactory):
    class Meta:
        model = FundingOfferPage

    title = factory.Sequence(lambda n: f"Angebot {n}")
    slug = factory.Sequence(lambda n: f"angebot-{n}")
    audience = FundingOfferPage.Audience.OWNERS
    who = "Wer ein Haus besitzt."
    what = "Fassaden und Höfe."
    city_wide = True

    @staticmethod
    def default_parent() -> Page:
        return index_page(FundingIndexPage, "foerderung", "Förderung")


class ParticipationPageFactory(BasePageFactory):
    class Meta:
        model = ParticipationPage

    title = factory.Sequence(lambda n: f"Beteiligung {n}")
    slug = factory.Sequence(lambda n: f"beteiligung-{n}")
    starts_on = factory.LazyFunction(today)

    @staticmethod
    def default_parent() -> Page:
        return index_page(ParticipationIndexPage, "beteiligung", "Beteiligung")


class NewsPageFactory(BasePageFactory):
    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda n: f"Nachricht {n}")
    slug = factory.Sequence(lambda n: f"nachricht-{n}")
    body = factory.LazyFunction(text_body)

    @staticmethod
    def default_parent() -> Page:
        return index_page(NewsIndexPage, "aktuelles", "Aktuelles")


class EventSeriesPageFactory(BasePageFactory):
    class Meta:
        model = EventSeriesPage

    @staticmethod
    def default_parent() -> Page:
        return index_page(EventIndexPage, "termine", "Termine")


class EventPageFactory(EventSeriesPageFactory):
    class Meta:
        model = EventPage

    title = factory.Sequence(lambda n: f"Termin {n}")
    slug = factory.Sequence(lambda n: f"termin-{n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))


class VacancyPageFactory(BasePageFactory):
    """A vacancy that is open for another two weeks and says all the law wants."""

    class Meta:
        model = VacancyPage

    title = factory.Sequence(lambda n: f"Stelle {n}")
    slug = factory.Sequence(lambda n: f"stelle-{n}")
    deadline = factory.LazyFunction(lambda: today() + dt.timedelta(days=14))
    start_on = factory.LazyFunction(lambda: today() + dt.timedelta(days=60))
    grade = "EG 11 TVöD"
    hours = "39 Stunden in der Woche"
    tasks = "<p>Planen und begleiten.</p>"
    requirements = "<p>Ein Studium.</p>"
    benefits = "<p>Sinnvolle Arbeit.</p>"
    apply_url = "https://www.example.org/bewerben"

    @staticmethod
    def default_parent() -> Page:
        return index_page(JobIndexPage, "stellen", "Stellen")

"""The start page: tasks first, then what is happening."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from areas.models import AreaPage
from jobs.models import VacancyPage
from kataster.models import AddressCheckPage
from news.models import EventPage, NewsPage
from projects.models import FundingOfferPage, ProjectPage
from projects.pictures import load_milestones
from stadterneuerung.base.models import BasePage

# What people come for, as (label, sentence, address). The first one leads to the address check as soon as that is live.
CHECK_ADDRESS = (
    _("Adresse prüfen"),
    _("Liegt Ihr Haus in einem Fördergebiet? Was gilt dort?"),
    "/foerderung/adresse-pruefen/",
)
FIND_AREA = (_("Gebiet finden"), _("Liegt Ihre Straße in einem Fördergebiet? Was geschieht dort?"), "/gebiete/")
TASKS = [
    (_("Projekt finden"), _("Was wird geplant, gebaut und fertig – und wann?"), "/projekte/"),
    (_("Förderung finden"), _("Zuschüsse für Hof, Fassade, Garten und gute Ideen."), "/foerderung/"),
    (_("Frage stellen"), _("Schreiben Sie uns. Sie müssen keine Zuständigkeit kennen."), "/kontakt/"),
]


class HomePage(BasePage):
    """The root of a language's tree."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.OfficePage",
        "home.StandardPage",
        "home.SearchPage",
        "home.ImprintPage",
        "home.PrivacyPage",
        "home.AccessibilityPage",
        "home.PlainLanguagePage",
        "home.SignLanguagePage",
        "areas.AreaIndexPage",
        "areas.StudyIndexPage",
        "projects.ProjectIndexPage",
        "projects.FundingIndexPage",
        "projects.ParticipationIndexPage",
        "news.NewsIndexPage",
        "news.EventIndexPage",
        "jobs.JobIndexPage",
        "kataster.MapPage",
        "kataster.DataCataloguePage",
        "contacts.ContactPage",
        "contacts.BarrierReportPage",
    ]
    max_count_per_parent = 1

    claim = models.CharField("Leitsatz", max_length=120, help_text="Die große Zeile der Startseite.")
    tasks_heading = models.CharField("Überschrift der Aufgaben", max_length=80, default="Was möchten Sie tun?")
    projects_heading = models.CharField("Überschrift der Projekte", max_length=80, default="Daran arbeiten wir")
    map_heading = models.CharField("Überschrift der Karte", max_length=80, default="Wo wir arbeiten")

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("claim"),
        *BasePage.content_panels[1:],
        MultiFieldPanel(
            [FieldPanel("tasks_heading"), FieldPanel("projects_heading"), FieldPanel("map_heading")],
            heading="Überschriften",
        ),
    ]

    class Meta:
        verbose_name = "Startseite"
        verbose_name_plural = "Startseiten"

    def get_context(self, request, *args, **kwargs):
        self._request = request
        here = {"locale_id": self.locale_id}
        running_first = models.Case(models.When(current_status="running", then=0), default=1)
        projects = ProjectPage.objects.published().filter(**here).with_status().with_picture()
        projects = projects.filter(current_status__in=["running", "planned"])
        offers = FundingOfferPage.objects.published().filter(**here).with_state().filter(current_state="open")
        projects = list(projects.order_by(running_first, "-as_of", "title")[:6])
        load_milestones(projects)
        news = NewsPage.objects.published().filter(**here)
        events = EventPage.objects.published().filter(**here).upcoming()
        vacancies = VacancyPage.objects.published().filter(**here).open_on()
        areas = AreaPage.objects.published().filter(**here).with_outline().order_by("title")
        can_check = AddressCheckPage.objects.published().filter(**here).exists()
        return super().get_context(request, *args, **kwargs) | {
            "tasks": [CHECK_ADDRESS if can_check else FIND_AREA, *TASKS],
            "projects": projects,
            "events": events[:3],
            "news": news.newest_first()[:4],
            "offers": offers.order_by("title")[:4],
            "vacancies": vacancies[:3],
            "map_items": [area.map_item for area in areas],
        }

    def structured_data(self):
        from stadterneuerung.home.structured_data import government_office

        return [government_office(self, getattr(self, "_request", None))]

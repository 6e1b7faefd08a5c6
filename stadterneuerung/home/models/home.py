"""The start page: tasks first, then what is happening."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from areas.models import AreaPage
from jobs.models import VacancyPage
from news.models import EventPage, NewsPage
from projects.models import FundingOfferPage, ProjectPage
from stadterneuerung.base.models import BasePage


class HomePage(BasePage):
    """The root of a language's tree."""

    parent_page_types = ["wagtailcore.Page"]
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
        here = {"locale_id": self.locale_id}
        areas = models.Prefetch("areas", queryset=AreaPage.objects.live().with_outline())
        projects = ProjectPage.objects.live().public().filter(**here).with_status().select_related("image")
        running_first = models.Case(
            models.When(current_status="running", then=0), models.When(current_status="planned", then=1), default=2
        )
        news = NewsPage.objects.live().public().filter(**here).select_related("image").newest_first()
        news_projects = models.Prefetch("projects", queryset=ProjectPage.objects.live().prefetch_related(areas))
        offers = FundingOfferPage.objects.live().public().filter(**here).with_state().select_related("image")
        events = EventPage.objects.live().public().filter(**here).select_related("image").upcoming()
        vacancies = VacancyPage.objects.live().public().filter(**here).select_related("image").open_on()
        return super().get_context(request, *args, **kwargs) | {
            "projects": list(
                projects.prefetch_related(areas, "milestones").order_by(running_first, "-as_of", "title")[:6]
            ),
            "offers": list(offers.filter(current_state="open").order_by("title")[:3]),
            "events": list(events[:3]),
            "news": list(news.prefetch_related(news_projects)[:3]),
            "vacancies": list(vacancies[:3]),
            "areas": list(AreaPage.objects.live().public().filter(**here).with_outline().order_by("title")),
        }

    def structured_data(self):
        from stadterneuerung.home.structured_data import government_office

        return [government_office(self)]

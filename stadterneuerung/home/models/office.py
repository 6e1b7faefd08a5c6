"""The office's own pages: the office, its units, its organisation chart."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from jobs.models import VacancyPage
from news.models import NewsPage
from projects.models import FundingOfferPage, ProjectPage
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture
from stadterneuerung.base.related import related_pages
from stadterneuerung.organisation.models import OrganisationUnit, ServicePoint


class PageTeaser(Orderable):
    """A page in an editor's order, with words of its own where the page's would not fit. Abstract."""

    target = models.ForeignKey(Page, verbose_name="Seite", on_delete=models.CASCADE, related_name="+")
    heading = models.CharField("Überschrift", max_length=120, blank=True, help_text="Leer: Titel der Seite.")
    text = models.CharField("Text", max_length=300, blank=True, help_text="Leer: Kurztext der Seite.")

    panels = [PageChooserPanel("target"), FieldPanel("heading"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        abstract = True


class OfficePage(BasePage):
    """`/amt/`: what the office is, whom to ask, what it does, in the order of the city's own page."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.UnitPage", "home.OrgChartPage", "home.StandardPage"]
    max_count_per_parent = 1

    introduction = RichTextField("Einleitung", features=["bold", "link", "document-link"])
    contacts_heading = models.CharField(
        "Überschrift Kontakt", max_length=120, default="Ihre Ansprechpartner*innen im Amt"
    )
    projects_heading = models.CharField("Überschrift Projekte", max_length=120, default="Projekte der Stadterneuerung")
    highlight_heading = models.CharField("Überschrift Schwerpunkt", max_length=120, blank=True)
    highlight_text = RichTextField("Schwerpunkt", blank=True, features=["bold", "link"])
    highlight_page = models.ForeignKey(
        Page, verbose_name="Seite zum Schwerpunkt", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    themes_heading = models.CharField("Überschrift Themen", max_length=120, default="Themen")

    content_panels = [
        *BasePage.content_panels[:2],
        FieldPanel("introduction"),
        FieldPanel("contacts_heading"),
        FieldPanel("projects_heading"),
        InlinePanel("cards", heading="Projektkarten", label="Karte"),
        MultiFieldPanel(
            [FieldPanel("highlight_heading"), FieldPanel("highlight_text"), PageChooserPanel("highlight_page")],
            heading="Schwerpunkt",
        ),
        FieldPanel("themes_heading"),
        InlinePanel("themes", heading="Themen", label="Thema"),
        *BasePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = "Seite des Amts"
        verbose_name_plural = "Seiten des Amts"

    kicker = _("Amt")
    loaded_with = (*BasePage.loaded_with, "highlight_page")

    def get_context(self, request, *args, **kwargs):
        from stadterneuerung.home.teasers import load_teasers, units_with_addresses

        self._request = request
        here = {"locale_id": self.locale_id}
        cards, themes = load_teasers(self.cards.all(), self.themes.all())
        rows = related_pages(
            {
                "news": NewsPage.objects.published().filter(**here),
                "vacancies": VacancyPage.objects.published().filter(**here).open_on(),
            }
        )
        office, units = units_with_addresses(self)
        return super().get_context(request, *args, **kwargs) | {
            "office": office,
            "units": units,
            "cards": cards,
            "themes": themes,
            "vacancies": rows["vacancies"][::-1],
            "news": rows["news"][:3],
        }

    def structured_data(self):
        from stadterneuerung.home.structured_data import government_office

        return [government_office(self, getattr(self, "_request", None))]


class OfficeCard(PageTeaser):
    page = ParentalKey(OfficePage, on_delete=models.CASCADE, related_name="cards")


class OfficeTheme(PageTeaser):
    page = ParentalKey(OfficePage, on_delete=models.CASCADE, related_name="themes")


class UnitPage(BasePage):
    """The page of a unit; its projects, offers, vacancies and news come by themselves."""

    parent_page_types = ["home.OfficePage"]
    subpage_types: list[str] = []

    unit = models.ForeignKey(
        OrganisationUnit, verbose_name="Einheit", null=True, blank=False, on_delete=models.PROTECT, related_name="+"
    )

    content_panels = [*BasePage.content_panels[:2], FieldPanel("unit"), *BasePage.content_panels[2:]]

    class Meta:
        verbose_name = "Seite einer Einheit"
        verbose_name_plural = "Seiten der Einheiten"

    @property
    def kicker(self) -> str:
        return self.unit.get_kind_display() if self.unit else ""

    loaded_with = (*BasePage.loaded_with, "unit")

    @cached_property
    def picture(self) -> Picture:
        return Picture("office")

    def get_context(self, request, *args, **kwargs):
        mine = {"responsible_unit": self.unit_id, "locale_id": self.locale_id}
        rows = related_pages(
            {
                "projects": ProjectPage.objects.published().filter(**mine).with_status(),
                "offers": FundingOfferPage.objects.published().filter(**mine).with_state(),
                "vacancies": VacancyPage.objects.published().filter(**mine).open_on(),
                "news": NewsPage.objects.published().filter(**mine),
            }
        )
        points = ServicePoint.objects.filter(unit=self.unit_id, closed_since=None)
        return (
            super().get_context(request, *args, **kwargs)
            | rows
            | {"news": rows["news"][:5], "service_points": list(points.prefetch_related("hours", "closures"))}
        )


class OrgChartPage(RoutablePageMixin, BasePage):
    """The organisation chart as an accessible tree, and as a tagged PDF from the same records."""

    parent_page_types = ["home.OfficePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    kicker = _("Amt")

    class Meta:
        verbose_name = "Organigramm"

    def get_context(self, request, *args, **kwargs):
        from stadterneuerung.home.org_chart import unit_tree

        return super().get_context(request, *args, **kwargs) | {
            "tree": unit_tree(self),
            "pdf_url": f"{self.get_url(request)}organigramm.pdf",
        }

    @path("")
    def show(self, request):
        return self.render(request)

    @path("organigramm.pdf/")
    def pdf(self, request):
        from stadterneuerung.home.org_chart_pdf import pdf_response

        return pdf_response(self)

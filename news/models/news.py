"""News about the office's own tasks, with archive and feeds."""

import datetime as dt

from django import forms
from django.db import models
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import PageManager
from wagtail.search import index

from areas.models import AreaPage
from news.querysets import NewsQuerySet
from projects.models import ProjectPage
from stadterneuerung.base.dates import today
from stadterneuerung.base.listing import FilterForm, ListingMixin
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture
from stadterneuerung.base.publication import Errors


class NewsPage(BasePage):
    """One news item. It needs title, teaser and text, nothing else."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

    date = models.DateField("Datum", default=today)
    source = models.CharField(
        "Quelle", max_length=200, blank=True, help_text="Wenn die Nachricht auf einer anderen beruht."
    )
    projects = ParentalManyToManyField(ProjectPage, verbose_name="Projekte", blank=True, related_name="news")
    areas = ParentalManyToManyField(AreaPage, verbose_name="Gebiete", blank=True, related_name="news")

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("date"),
                FieldPanel("projects", widget=forms.CheckboxSelectMultiple),
                FieldPanel("areas", widget=forms.CheckboxSelectMultiple),
                FieldPanel("source"),
            ],
            heading="Datum und Verbindungen",
        ),
    ]

    search_fields = [*BasePage.search_fields, index.FilterField("date")]

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"

    @property
    def kicker(self) -> str:
        return date_format(self.date, "j. F Y")

    @cached_property
    def picture(self) -> Picture:
        """The drawing of the first project or area, or the date."""
        for subject in [*self.projects.all()[:1], *self.areas.all()[:1]]:
            if subject.picture is not None:
                return subject.picture
        return Picture("date_tile", {"start": self.date, "end": None, "label": str(_("Nachricht"))})

    def publication_errors(self) -> Errors:
        return {} if self.body else {"body": ["Bitte schreiben Sie einen Text."]}


class NewsFilterForm(FilterForm):
    jahr = forms.TypedChoiceField(label=_("Jahr"), required=False, coerce=int, empty_value=None)
    projekt = forms.ModelChoiceField(
        ProjectPage.objects.none(),
        to_field_name="slug",
        required=False,
        label=_("Projekt"),
        empty_label=_("alle Projekte"),
    )
    gebiet = forms.ModelChoiceField(
        AreaPage.objects.none(), to_field_name="slug", required=False, label=_("Gebiet"), empty_label=_("alle Gebiete")
    )

    def __init__(self, data, *, index_page):
        super().__init__(data, index_page=index_page)
        items = index_page.get_items(None)
        years = items.order_by().dates("date", "year", order="DESC")
        self.fields["jahr"].choices = [("", _("alle Jahre")), *((day.year, str(day.year)) for day in years)]
        projects = ProjectPage.objects.live().filter(pk__in=items.order_by().values("projects"))
        self.fields["projekt"].queryset = projects.order_by("title")
        areas = AreaPage.objects.live().filter(pk__in=items.order_by().values("areas"))
        self.fields["gebiet"].queryset = areas.order_by("title")

    def filter_jahr(self, queryset, value):
        return queryset.filter(date__gte=dt.date(value, 1, 1), date__lte=dt.date(value, 12, 31))

    def filter_projekt(self, queryset, value):
        return queryset.for_project(value)

    def filter_gebiet(self, queryset, value):
        return queryset.for_area(value)


class NewsIndexPage(RoutablePageMixin, ListingMixin, BasePage):
    """News, newest first, by year and by project; RSS and Atom for all and for each project."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1

    filter_form_class = NewsFilterForm

    class Meta:
        verbose_name = "Übersicht der Nachrichten"

    def get_items(self, request):
        pages = NewsPage.objects.child_of(self).live().public().select_related("image")
        projects = models.Prefetch("projects", queryset=ProjectPage.objects.live().public())
        areas = models.Prefetch("areas", queryset=AreaPage.objects.live().public().with_outline())
        return pages.prefetch_related(projects, areas).newest_first()

    @path("")
    def listing(self, request):
        return self.render(request)

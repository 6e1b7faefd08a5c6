"""News about the office's own tasks, with archive and feeds."""

import datetime as dt

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.models import PageManager
from wagtail.search import index

from areas.models import AreaPage
from news.feeds import feed_response
from news.querysets import NewsQuerySet, in_areas_of
from news.related import related_subjects, subjects_of, with_pictures
from projects.models import ProjectPage
from stadterneuerung.base.dates import DatePrecision, date_label, today
from stadterneuerung.base.listing import FilterForm, ListingMixin
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture
from stadterneuerung.base.publication import Errors


class NewsPage(BasePage):
    """One news item. It needs title, teaser and text, nothing else."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

    date = models.DateField("Datum", default=today)
    date_precision = models.CharField(
        "Genauigkeit",
        max_length=6,
        choices=DatePrecision,
        default=DatePrecision.DAY,
        help_text="Wenn die Quelle den Tag nicht nennt. Sortiert wird trotzdem nach dem Datum.",
    )
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
                FieldRowPanel([FieldPanel("date"), FieldPanel("date_precision")]),
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

    row_day = "date"
    row_state = "date_precision"

    @property
    def kicker(self) -> str:
        return date_label(self.date, self.date_precision)

    @property
    def known_day(self) -> dt.date | None:
        """The date where it stands for a day; what is written for machines has no word for less."""
        return self.date if self.date_precision == DatePrecision.DAY else None

    @cached_property
    def subjects(self) -> tuple[list[ProjectPage], list[AreaPage]]:
        return subjects_of(self)

    @cached_property
    def picture(self) -> Picture:
        """The drawing of the first project or area, or the date."""
        projects, areas = self.subjects
        for subject in (*projects, *areas):
            if subject.picture is not None:
                return subject.picture
        return Picture("date_tile", {"day": self.known_day, "words": self.kicker, "time": _("Nachricht")})

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | related_subjects(*self.subjects)

    def structured_data(self):
        from news.structured_data import news_article

        return [news_article(self)]

    def publication_errors(self) -> Errors:
        return {} if self.body else {"body": ["Bitte schreiben Sie einen Text."]}


class NewsFilterForm(FilterForm):
    jahr = forms.TypedChoiceField(label=_("Jahr"), required=False, coerce=int, empty_value=None)
    projekt = forms.ChoiceField(label=_("Projekt"), required=False)
    gebiet = forms.ChoiceField(label=_("Gebiet"), required=False)

    def __init__(self, data, *, index_page):
        super().__init__(data, index_page=index_page)
        items = index_page.get_news().order_by()
        years = items.dates("date", "year", order="DESC")
        self.fields["jahr"].choices = [("", _("alle Jahre")), *((day.year, str(day.year)) for day in years)]
        # Projects and areas in one query: each is a few words, and the list needs enough queries for its cards.
        choices = {"projekt": [("", _("alle Projekte"))], "gebiet": [("", _("alle Gebiete"))]}
        projects = self._subjects(ProjectPage, "projekt", models.Q(pk__in=items.values("projects")))
        areas = self._subjects(AreaPage, "gebiet", in_areas_of(items))
        self.ids = {}
        for field, slug, title, pk in projects.union(areas):
            choices[field].append((slug, title))
            self.ids[field, slug] = pk
        for field, entries in choices.items():
            self.fields[field].choices = [entries[0], *sorted(entries[1:], key=lambda entry: entry[1].casefold())]

    @staticmethod
    def _subjects(model, field: str, wanted: models.Q):
        pages = model.objects.published().filter(wanted).order_by()
        return pages.annotate(field=models.Value(field, models.CharField())).values_list("field", "slug", "title", "pk")

    def filter_jahr(self, queryset, value):
        return queryset.filter(date__gte=dt.date(value, 1, 1), date__lte=dt.date(value, 12, 31))

    def filter_projekt(self, queryset, value):
        return queryset.for_project(self.ids["projekt", value])

    def filter_gebiet(self, queryset, value):
        return queryset.for_area(self.ids["gebiet", value])


class NewsIndexPage(ListingMixin, RoutablePageMixin, BasePage):
    """News, newest first, by year and by project; RSS and Atom for all and for each project."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1

    filter_form_class = NewsFilterForm

    class Meta:
        verbose_name = "Übersicht der Nachrichten"

    def get_news(self) -> NewsQuerySet:
        return NewsPage.objects.child_of(self).published().newest_first()

    def get_items(self, request):
        return with_pictures(self.get_news())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        form = context["filter_form"]
        return context | {
            "feeds": self.get_url(request),
            "years": [choice for choice in form.fields["jahr"].choices if choice[0]],
            "year": form.cleaned_data.get("jahr"),
        }

    @path("")
    def listing(self, request):
        return self.render(request)

    @re_path(r"^(?P<kind>rss|atom)/$")
    def feed(self, request, kind):
        return feed_response(request, kind, self, self.get_news())

    @path("projekt/<slug:slug>/")
    def of_project(self, request, slug):
        """All news of one project, with feeds of their own."""
        project = self._project(slug)
        items = self.get_items(request).for_project(project)
        page_obj = Paginator(items, self.per_page).get_page(request.GET.get("seite"))
        own = {
            "project": project,
            "page_obj": page_obj,
            "total": page_obj.paginator.count,
            "feeds": f"{self.get_url(request)}projekt/{project.slug}/",
        }
        return self.render(request, context_overrides=own, template="pages/news/project_news.html")

    @re_path(r"^projekt/(?P<slug>[-\w]+)/(?P<kind>rss|atom)/$")
    def feed_of_project(self, request, slug, kind):
        project = self._project(slug)
        return feed_response(request, kind, self, self.get_news().for_project(project), project)

    def _project(self, slug: str) -> ProjectPage:
        projects = ProjectPage.objects.live().public().filter(locale_id=self.locale_id).with_status()
        return get_object_or_404(projects, slug=slug)

"""Lists of events: all of them with filters and a calendar feed, and the series they belong to."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from areas.models import AreaPage
from news.models.events import EventPage
from news.querysets import in_areas_of
from stadterneuerung.base.listing import FilterForm, ListingMixin
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture


class EventSeriesPage(BasePage):
    """A series such as the Tag der Städtebauförderung, with its coming and past events."""

    parent_page_types = ["news.EventIndexPage"]
    subpage_types: list[str] = []

    kicker = _("Reihe")

    class Meta:
        verbose_name = "Veranstaltungsreihe"
        verbose_name_plural = "Veranstaltungsreihen"

    def get_context(self, request, *args, **kwargs):
        events = EventPage.objects.live().public().filter(series=self)
        return super().get_context(request, *args, **kwargs) | {
            "upcoming": list(events.upcoming()),
            "past": list(events.past()),
        }

    @cached_property
    def picture(self) -> Picture | None:
        event = EventPage.objects.live().filter(series=self).order_by("-starts_at").first()
        return event.picture if event else None


class EventFilterForm(FilterForm):
    zeit = forms.ChoiceField(
        label=_("Zeit"), required=False, choices=[("", _("kommende")), ("vergangen", _("vergangene"))]
    )
    gebiet = forms.ModelChoiceField(
        AreaPage.objects.none(), to_field_name="slug", required=False, label=_("Gebiet"), empty_label=_("alle Gebiete")
    )
    jahr = forms.TypedChoiceField(label=_("Jahr"), required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, index_page):
        super().__init__(data, index_page=index_page)
        items = index_page.get_items(None)
        years = items.order_by().datetimes("starts_at", "year", order="DESC")
        self.fields["jahr"].choices = [("", _("alle Jahre")), *((moment.year, str(moment.year)) for moment in years)]
        self.fields["gebiet"].queryset = AreaPage.objects.published().filter(in_areas_of(items)).order_by("title")

    def apply(self, queryset):
        filtered = super().apply(queryset)
        return filtered if self.wants_past else filtered.upcoming()

    @property
    def wants_past(self) -> bool:
        """Past events were asked for, or a whole year with what lies behind and ahead."""
        return bool(self.cleaned_data.get("zeit") == "vergangen" or self.cleaned_data.get("jahr"))

    def filter_zeit(self, queryset, value):
        return queryset.past()

    def filter_jahr(self, queryset, value):
        return queryset.filter(starts_at__year=value)

    def filter_gebiet(self, queryset, value):
        return queryset.for_area(value)


class EventIndexPage(ListingMixin, RoutablePageMixin, BasePage):
    """Coming events first, past ones by choice; calendar feed."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.EventPage", "news.EventSeriesPage"]
    max_count_per_parent = 1

    filter_form_class = EventFilterForm

    class Meta:
        verbose_name = "Übersicht der Termine"

    def get_items(self, request):
        pages = EventPage.objects.child_of(self).live().public()
        return pages.order_by("-starts_at", "-pk")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        here = self.get_url(request)
        return context | {
            "series": EventSeriesPage.objects.child_of(self).live().public().order_by("title"),
            "shows_past": context["filter_form"].wants_past,
            "empty_links": [(_("Vergangene Termine ansehen"), f"{here}?zeit=vergangen")],
        }

    @path("")
    def listing(self, request):
        return self.render(request)

    @path("kalender.ics/")
    def calendar(self, request):
        from news.ical import calendar_response

        return calendar_response(self.get_items(request).upcoming(), "termine.ics", name=self.title)

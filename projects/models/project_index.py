"""The list of all projects and its filters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.models import AreaPage
from projects.models.programmes import FundingProgramme
from projects.models.projects import ProjectPage
from projects.pictures import load_milestones
from stadterneuerung.base.listing import FilterForm, ListingMixin, TopicChoiceField, topics_of
from stadterneuerung.base.models import BasePage


class ProjectFilterForm(FilterForm):
    status = forms.ChoiceField(label=_("Status"), required=False)
    gebiet = forms.ModelChoiceField(
        AreaPage.objects.none(), to_field_name="slug", required=False, label=_("Gebiet"), empty_label=_("alle Gebiete")
    )
    programm = forms.ModelChoiceField(
        FundingProgramme.objects.none(),
        to_field_name="key",
        required=False,
        label=_("Programm"),
        empty_label=_("alle Programme"),
    )
    thema = TopicChoiceField(label=_("Thema"), empty_label=_("alle Themen"))

    def __init__(self, data, *, index_page):
        super().__init__(data, index_page=index_page)
        items = index_page.get_items(None)
        self.fields["status"].choices = [
            ("", _("jeder Status")),
            *ProjectPage.State.choices,
            ("unknown", _("Stand nicht bestätigt")),
        ]
        areas = AreaPage.objects.published().filter(pk__in=items.order_by().values("areas"))
        self.fields["gebiet"].queryset = areas.order_by("title")
        self.fields["programm"].queryset = FundingProgramme.objects.filter(
            notices__page__in=items.order_by()
        ).distinct()
        self.fields["thema"].queryset = topics_of(items)

    def filter_status(self, queryset, value):
        return queryset.filter(current_status=value)

    def filter_gebiet(self, queryset, value):
        return queryset.filter(areas=value)

    def filter_programm(self, queryset, value):
        return queryset.filter(pk__in=value.notices.values("page"))

    def filter_thema(self, queryset, value):
        return queryset.filter(topics=value)


class ProjectIndexPage(ListingMixin, BasePage):
    """List of all projects."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    max_count_per_parent = 1

    filter_form_class = ProjectFilterForm
    per_page = 24

    class Meta:
        verbose_name = "Übersicht der Projekte"

    def get_items(self, request):
        return ProjectPage.objects.child_of(self).published().with_status().with_picture().order_by("title")

    def listing_context(self, request, items=None):
        context = super().listing_context(request, items)
        load_milestones(context["page_obj"])
        return context

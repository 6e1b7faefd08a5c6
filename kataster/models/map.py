"""The Gebiets- und Förderkataster: all areas and studies on one map and in one list."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from areas.models import AreaPage, StudyPage
from stadterneuerung.base.listing import FilterForm
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture


class MapForm(FilterForm):
    """Which layers the map shows; a plain GET form. Without a choice all programme areas are shown."""

    ebene = forms.MultipleChoiceField(
        label=_("Gebiete"), required=False, choices=AreaPage.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    analysen = forms.BooleanField(label=_("Quartiersanalysen einblenden"), required=False)

    def filter_ebene(self, queryset, value):
        return queryset.filter(kind__in=value)

    def filter_analysen(self, queryset, value):
        return queryset


class MapPage(BasePage):
    """The map page: a server-drawn picture with legend, and the same in a list."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    kicker = _("Karte")

    class Meta:
        verbose_name = "Karte"

    def get_context(self, request, *args, **kwargs):
        form = MapForm(request.GET, index_page=self)
        areas = AreaPage.objects.published().filter(locale_id=self.locale_id).with_outline().order_by("title")
        items = [area.map_item for area in form.apply(areas)]
        if form.cleaned_data.get("analysen"):
            studies = StudyPage.objects.published().filter(locale_id=self.locale_id).order_by("title")
            items += [study.map_item for study in studies]
        return super().get_context(request, *args, **kwargs) | {"filter_form": form, "map_items": items}

    @cached_property
    def picture(self) -> Picture:
        return Picture("locator", {"name": str(_("Stadtgebiet Dortmund")), "official": True})

"""The list of all funding offers and its filters, and the programmes behind them."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import AreaPage
from projects.models.funding import FundingOfferPage
from projects.models.programmes import FundingProgramme
from stadterneuerung.base.listing import FilterForm, ListingMixin
from stadterneuerung.base.models import BasePage


class OfferFilterForm(FilterForm):
    zustand = forms.ChoiceField(label=_("Stand"), required=False)
    fuer = forms.ChoiceField(label=_("Für wen"), required=False)
    gebiet = forms.ModelChoiceField(
        AreaPage.objects.none(), to_field_name="slug", required=False, label=_("Gebiet"), empty_label=_("alle Gebiete")
    )

    def __init__(self, data, *, index_page):
        super().__init__(data, index_page=index_page)
        self.fields["zustand"].choices = [("", _("offen und geschlossen")), *FundingOfferPage.State.choices]
        self.fields["fuer"].choices = [("", _("alle")), *FundingOfferPage.Audience.choices]
        areas = AreaPage.objects.published().filter(locale_id=index_page.locale_id, offers__isnull=False)
        self.fields["gebiet"].queryset = areas.distinct().order_by("title")

    def filter_zustand(self, queryset, value):
        return queryset.filter(current_state=value)

    def filter_fuer(self, queryset, value):
        return queryset.filter(audience=value)

    def filter_gebiet(self, queryset, value):
        """Offers of the area, and those that hold in the whole city."""
        return queryset.filter(models.Q(areas=value) | models.Q(city_wide=True)).distinct()


class FundingIndexPage(ListingMixin, BasePage):
    """List of all funding offers and of the programmes behind them."""

    parent_page_types = ["home.HomePage"]
    # The check belongs below the offers in the address bar; its room lies above this one, so it is named, not imported.
    subpage_types = ["projects.FundingOfferPage", "kataster.AddressCheckPage"]
    max_count_per_parent = 1

    filter_form_class = OfferFilterForm

    class Meta:
        verbose_name = "Übersicht der Förderangebote"

    def get_items(self, request):
        order = models.Case(
            models.When(current_state="open", then=0), models.When(current_state="unconfirmed", then=1), default=2
        )
        offers = FundingOfferPage.objects.child_of(self).published().with_state()
        return offers.with_picture().order_by(order, "title")

    def get_context(self, request, *args, **kwargs):
        programmes = FundingProgramme.objects.filter(locale_id=self.locale_id)
        return super().get_context(request, *args, **kwargs) | {"programmes": programmes}

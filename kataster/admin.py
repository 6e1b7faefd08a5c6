"""The address check for editors: the same answer with distances, the outlines behind it, and for any point."""

import math
import re

from django import forms
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from areas import lookup
from areas.address_text import MAX_LENGTH
from areas.geo import METRES_PER_DEGREE
from areas.lookup import Place
from areas.models import AddressDelivery
from areas.outlines import SURROUNDINGS
from kataster.address_check import answer, not_found

_POINT = re.compile(r"\s*(\d{1,2}[.,]\d+)\s*[;,/ ]\s*(\d{1,2}[.,]\d+)\s*")
DECIMALS = 4  # of a degree: about ten metres


class PlaceForm(forms.Form):
    """An address as the public types it, or a point as maps write it: latitude first."""

    ort = forms.CharField(
        label="Adresse oder Punkt",
        max_length=MAX_LENGTH,
        help_text="Straße und Hausnummer, oder Breite und Länge in Grad, etwa „51.5033, 7.4185“.",
        error_messages={"required": "Bitte geben Sie eine Adresse oder einen Punkt ein."},
    )

    def clean_ort(self) -> str | Place:
        text = self.cleaned_data["ort"]
        found = _POINT.fullmatch(text)
        if not found:
            return text
        lat, lon = (float(value.replace(",", ".")) for value in found.groups())
        west, south, east, north = SURROUNDINGS.bounds
        if not (west <= lon <= east and south <= lat <= north):
            raise forms.ValidationError("Dieser Punkt liegt nicht in oder um Dortmund. Zuerst kommt die Breite.")
        decimals = min(len(re.split("[.,]", value)[1]) for value in found.groups())
        if decimals < DECIMALS:
            raise forms.ValidationError(f"Bitte geben Sie mindestens {DECIMALS} Nachkommastellen an.")
        # A point is no official address, however many decimals it has: it is never answered by "ja" or "nein".
        accuracy = math.ceil(METRES_PER_DEGREE / 10**decimals)
        return Place(f"Punkt {lat:.5f}, {lon:.5f}", ((lon, lat),), accuracy)


class AddressCheckView(WagtailAdminTemplateMixin, TemplateView):
    """By POST as well: what somebody asked about stays out of addresses and logs here too."""

    page_title = "Adresse prüfen"
    header_icon = "site"
    template_name = "admin/kataster/address_check.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def post(self, request):
        form = PlaceForm(request.POST)
        context = {"form": form}
        if form.is_valid():
            place = form.cleaned_data["ort"]
            if isinstance(place, str):
                found = lookup.find(place)
                place = found.place
                context |= {"found": found, "sentence": not_found(found)}
            if place is not None:
                context["answer"] = answer(place, Locale.get_default().pk)
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs):
        context = {"form": PlaceForm(), "delivery": AddressDelivery.objects.first()}
        return super().get_context_data(**kwargs) | context | kwargs

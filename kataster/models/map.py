"""The map page: everything the Kataster knows on one map and, from the same entries, in one list."""

import datetime as dt
from collections import Counter
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from areas.geo import CITY_BOUNDS
from areas.models.geometry import SCHEMATIC_NOTE
from kataster.entries import DEFAULT_LAYERS, LAYERS, Entry, Layer, entries
from kataster.geojson import View, feature_collection
from kataster.models.background import MapBackground
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.pictures import Picture

EARLIEST = dt.date(1950, 1, 1)  # before the Städtebauförderung began (1971) there is nothing to show


class MapForm(forms.Form):
    """Which layers the map shows, and of which day; a plain GET form. Without a choice: all areas, today."""

    ebene = forms.MultipleChoiceField(
        label=_("Ebenen"),
        required=False,
        choices=[(layer.key, layer.label) for layer in LAYERS],
        error_messages={"invalid_choice": _("Die Ebene „%(value)s“ gibt es nicht. Gezeigt werden alle Gebiete.")},
    )
    am = forms.DateField(
        label=_("Stand am"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Das ist kein Tag. Gezeigt wird der heutige Stand.")},
        help_text=_("Leer lassen für heute."),
    )

    def clean_am(self) -> dt.date | None:
        day = self.cleaned_data["am"]
        if day is not None and not EARLIEST <= day <= today().replace(year=today().year + 20, day=1):
            raise forms.ValidationError(_("Bitte nennen Sie einen Tag zwischen 1950 und den nächsten 20 Jahren."))
        return day

    @property
    def layers(self) -> set[str]:
        """Keys of the layers to show."""
        self.is_valid()
        return set(self.cleaned_data.get("ebene") or DEFAULT_LAYERS)

    @property
    def day(self) -> dt.date:
        self.is_valid()
        return self.cleaned_data.get("am") or today()


class MapPage(RoutablePageMixin, BasePage):
    """The map, its list and its data; all three come from kataster.entries."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    kicker = _("Karte")

    class Meta:
        verbose_name = "Karte"

    # Neither answer holds a secret that its compressed length could tell.
    @path("")
    @method_decorator(gzip_page)
    def page(self, request: HttpRequest):
        return self.render(request)

    @path("daten/", name="data")
    @method_decorator(gzip_page)
    def data(self, request: HttpRequest) -> JsonResponse:
        """Return the chosen entries as GeoJSON; `zoom` and `bbox` say how much detail is worth sending."""
        form = MapForm(request.GET)
        layers = form.layers
        chosen = [entry for entry in entries(self.locale_id, form.day) if entry.layer.key in layers]
        view = View.read(request.GET.get("zoom", ""), request.GET.get("bbox", ""))
        collection = feature_collection(chosen, view)
        return JsonResponse(
            collection, content_type="application/geo+json", json_dumps_params={"separators": (",", ":")}
        )

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        form = MapForm(request.GET)
        everything = entries(self.locale_id, form.day)
        layers = form.layers
        shown = [entry for entry in everything if entry.layer.key in layers]
        selected = request.GET.get("ort", "")
        return super().get_context(request, *args, **kwargs) | {
            "form": form,
            "groups": _groups(everything, layers),
            "chosen_layers": len(layers),
            "layer_count": len(LAYERS),
            "layers": _with_numbers(shown),
            "map_items": [_map_item(entry) for entry in shown],
            "unplaced": [entry for entry in shown if not entry.has_place],
            "total": len(shown),
            "selected": next((entry for entry in shown if entry.key == selected), None),
            "is_today": form.day == today(),
            "background": MapBackground.objects.active().first(),
            "city_bounds": ",".join(f"{value:.6f}" for value in CITY_BOUNDS),
            "schematic_note": SCHEMATIC_NOTE,
        }

    @cached_property
    def picture(self) -> Picture:
        return Picture("locator", {"name": str(_("Stadtgebiet Dortmund")), "official": True})


def _groups(everything: list[Entry], chosen: set[str]) -> list[tuple[str, list[dict]]]:
    """Return the switches by group: [(group, [{"layer", "count", "checked"}])]."""
    counts = Counter(entry.layer.key for entry in everything)
    groups: dict[str, list[dict]] = {}
    for layer in LAYERS:
        switch = {"layer": layer, "count": counts[layer.key], "checked": layer.key in chosen}
        groups.setdefault(str(layer.group), []).append(switch)
    return list(groups.items())


def _with_numbers(shown: list[Entry]) -> list[tuple[Layer, list[tuple[int, Entry]]]]:
    """Return the entries by layer, each with the number it has on the map."""
    layers: dict[str, tuple[Layer, list]] = {}
    for number, entry in enumerate(shown, start=1):
        layers.setdefault(entry.layer.key, (entry.layer, []))[1].append((number, entry))
    return list(layers.values())


def _map_item(entry: Entry) -> dict[str, Any]:
    """Return the entry as an item of areas.city_map.build_map."""
    return {
        "name": entry.name,
        "url": entry.url or f"#{entry.key}",
        "outline": entry.outline,
        "schematic": entry.schematic,
        "point": entry.point,
        "kind": entry.layer.symbol,
        "kind_label": str(entry.layer.label),
    }

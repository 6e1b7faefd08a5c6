"""Outlines of areas in the admin; open items: official outlines."""

from django.urls import reverse
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from areas.models import AddressDelivery, AreaGeometry, AreaPage
from stadterneuerung.base.open_items import OpenItem


class GeometryViewSet(SnippetViewSet):
    model = AreaGeometry
    icon = "site"
    list_display = ["area", "valid_from", "accuracy_m", "source"]
    list_filter = ["area"]


register_snippet(GeometryViewSet)


@hooks.register("register_open_items")
def schematic_outlines():
    """Every live area that is still drawn schematically, or not at all."""
    for area in AreaPage.objects.live().filter(is_example=False).with_outline().order_by("title"):
        if area.outline is None or area.outline.is_schematic:
            url = reverse("wagtailadmin_pages:edit", args=[area.pk])
            missing = "amtlicher Umriss (bisher nur schematisch)" if area.outline else "Umriss"
            yield OpenItem(area.title, missing, "Vermessungs- und Katasteramt", url, blocks_launch=False)


@hooks.register("register_open_items")
def official_addresses():
    """The address check works on a selection, or not at all, until the Land's file was read."""
    if not AddressDelivery.objects.filter(kind=AddressDelivery.Kind.OFFICIAL).exists():
        missing = "Adressen der ganzen Stadt (Gebäudereferenzen NRW)"
        yield OpenItem("Adresse prüfen", missing, "IT der Stadt", blocks_launch=False)

"""The Kataster in the admin: the address check for editors, backgrounds of the map; open items of the open data."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet

from kataster.admin import AddressCheckView
from kataster.models import DataCataloguePage, MapBackground
from stadterneuerung.base.open_items import OpenItem
from stadterneuerung.organisation.viewsets import SeenViewSet


class BackgroundViewSet(SeenViewSet):
    model = MapBackground
    icon = "site"
    list_display = ["name", "kind", BooleanColumn("is_active", label="auf der Karte"), "attribution"]


register_snippet(BackgroundViewSet)


@hooks.register("register_admin_urls")
def address_check_url():
    return [path("adresse-pruefen/", AddressCheckView.as_view(), name="kataster_address_check")]


@hooks.register("register_admin_menu_item")
def address_check_menu_item():
    url = reverse("kataster_address_check")
    return MenuItem("Adresse prüfen", url, name="address-check", icon_name="site", order=850)


@hooks.register("register_open_items")
def undecided_open_data():
    """Licence and number of the catalogue: without them nobody may pass the data on, and no portal takes them."""
    for page in DataCataloguePage.objects.live():
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        if not page.licence:
            yield OpenItem(page.title, "Lizenz der Daten", "Amtsleitung und Rechtsamt", url, blocks_launch=False)
        if not page.contributor_id:
            missing = "Kennung der Stadt bei GovData (contributorID)"
            yield OpenItem(page.title, missing, "Open-Data-Stelle der Stadt", url, blocks_launch=False)

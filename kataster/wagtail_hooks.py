"""The Kataster in the admin: the address check for editors, backgrounds of the map."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from kataster.admin import AddressCheckView
from kataster.models import MapBackground


class BackgroundViewSet(SnippetViewSet):
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

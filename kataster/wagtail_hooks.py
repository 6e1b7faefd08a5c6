"""Backgrounds of the map in the admin; open items: what the open data still need."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from kataster.models import DataCataloguePage, MapBackground
from stadterneuerung.base.open_items import OpenItem


class BackgroundViewSet(SnippetViewSet):
    model = MapBackground
    icon = "site"
    list_display = ["name", "kind", BooleanColumn("is_active", label="auf der Karte"), "attribution"]


register_snippet(BackgroundViewSet)


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

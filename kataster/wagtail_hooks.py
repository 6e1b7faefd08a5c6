"""Backgrounds of the map in the admin."""

from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from kataster.models import MapBackground


class BackgroundViewSet(SnippetViewSet):
    model = MapBackground
    icon = "site"
    list_display = ["name", "kind", BooleanColumn("is_active", label="auf der Karte"), "attribution"]


register_snippet(BackgroundViewSet)

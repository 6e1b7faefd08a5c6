"""Outlines of areas in the admin; open items: official outlines."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from areas.admin.upload_views import PERMISSION, FileView, MappingView, PreviewView, SourceView, discard
from areas.admin.viewsets import GeometryViewSet
from areas.models import AddressDelivery, AreaIndexPage, AreaPage
from areas.uploads.importing import LOG_ACTION
from stadterneuerung.base.open_items import OpenItem

register_snippet(GeometryViewSet)


@hooks.register("register_admin_urls")
def upload_urls():
    return [
        path("umrisse/", FileView.as_limited_view(), name="areas_upload"),
        path("umrisse/<int:pk>/quelle/", SourceView.as_view(), name="areas_upload_source"),
        path("umrisse/<int:pk>/zuordnung/", MappingView.as_view(), name="areas_upload_mapping"),
        path("umrisse/<int:pk>/vorschau/", PreviewView.as_view(), name="areas_upload_preview"),
        path("umrisse/<int:pk>/verwerfen/", discard, name="areas_upload_discard"),
    ]


@hooks.register("register_page_header_buttons")
def upload_from_area_index(page, user, view_name, next_url=None):
    if isinstance(page, AreaIndexPage) and user.has_perm(PERMISSION):
        yield Button("Umrisse hochladen", url=reverse("areas_upload"), icon_name="upload", priority=75)


@hooks.register("register_log_actions")
def log_of_imports(actions):
    @actions.register_action(LOG_ACTION)
    class FromFile(LogFormatter):
        label = "Umriss aus Datei"

        def format_message(self, log_entry):
            return f"Aus der Datei „{log_entry.data['file']}“ übernommen"


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

"""How outlines are listed in the admin."""

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView

from areas.admin.upload_views import PERMISSION
from areas.models import AreaGeometry
from stadterneuerung.organisation.viewsets import SeenViewSet


class GeometryIndexView(IndexView):
    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if self.request.user.has_perm(PERMISSION):
            buttons.append(HeaderButton("Aus Datei hochladen", url=reverse("areas_upload"), icon_name="upload"))
        return buttons


class GeometryViewSet(SeenViewSet):
    model = AreaGeometry
    icon = "site"
    list_display = ["area", "valid_from", "accuracy_m", "source"]
    list_filter = ["area"]
    index_view_class = GeometryIndexView

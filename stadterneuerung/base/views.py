"""Admin views of the floor."""

from django.conf import settings
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from stadterneuerung.base.open_items import open_items


class OpenItemsView(WagtailAdminTemplateMixin, TemplateView):
    """Every missing fact with its owner and the place to enter it."""

    page_title = "Offene Angaben"
    header_icon = "list-ul"
    template_name = "admin/open_items.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def get_context_data(self, **kwargs):
        items = open_items()
        return super().get_context_data(**kwargs) | {
            "items": items,
            "blocking": sum(item.blocks_launch for item in items),
            "site_preview": settings.SITE_PREVIEW,
        }

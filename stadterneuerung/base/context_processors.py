"""What every template knows."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from stadterneuerung.base.models import SiteSettings


def site(request) -> dict:
    """Give the preview switch and the facts about the office; the latter cost a query only when used."""
    return {
        "site_preview": settings.SITE_PREVIEW,
        "site_settings": SimpleLazyObject(lambda: SiteSettings.load(request_or_site=request)),
    }

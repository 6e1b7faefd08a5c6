"""Small addresses that machines ask for: robots.txt, security.txt, healthz, favicon, renditions of images."""

import datetime as dt
import logging
from dataclasses import asdict
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import Error as DatabaseProblem
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.views import defaults
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from contacts import scanning
from contacts.inbound.health import inbound_health
from contacts.outbox_alarm import delivery_health
from contacts.unsent import handed_back
from stadterneuerung.base.models import SiteSettings

logger = logging.getLogger(__name__)

# What renditions may be; anything else below images/ is not handed out.
IMAGE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
SECURITY_TXT_DAYS = 180  # RFC 9116 wants a date of expiry, less than a year ahead


def _plain(*lines: str) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=3600)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Keep search engines out while the site is a preview; later out of the admin and the search alone."""
    if settings.SITE_PREVIEW:
        return _plain("User-agent: *", "Disallow: /")
    sitemap = f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}/sitemap.xml"
    return _plain("User-agent: *", "Disallow: /admin/", "Disallow: /suche/", "", sitemap)


@require_safe
@cache_control(max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell about a weakness (RFC 9116)."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=SECURITY_TXT_DAYS)
    base = settings.WAGTAILADMIN_BASE_URL
    return _plain(
        f"Contact: mailto:{SiteSettings.load(request_or_site=request).security_contact}",
        f"Expires: {expires.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {base}/.well-known/security.txt",
    )


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say in numbers alone whether the service can work: 503 without its database, 200 otherwise.

    "degraded" means that pages are served and messages stored, but mail does not leave or come in, or a scanner that
    there should be is silent; see docs/betrieb.md.
    """
    try:
        health, inbound = delivery_health(), inbound_health()
    except DatabaseProblem:
        logger.exception("healthz: no database")
        return JsonResponse({"status": "failed", "database": False}, status=503)
    is_well, told = health.is_well, asdict(health)
    if inbound:
        told["inbound"] = asdict(inbound)
        is_well = is_well and not inbound.is_silent
    if scanning.is_configured():
        told["scanner"] = not scanning.is_silent()
        is_well = is_well and told["scanner"]
    return JsonResponse({"status": "ok" if is_well else "degraded", "database": True, **told})


@require_safe
@cache_control(max_age=86400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead programs that ask for the old address to the drawing."""
    return redirect(static("img/favicon.svg"))


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a rendition of an image while SERVE_MEDIA is on; a web server does it otherwise.

    Only renditions have an address: originals carry what cameras write into files, documents have their own view.
    """
    content_type = IMAGE_TYPES.get(PurePosixPath(name).suffix.lower())
    if not settings.SERVE_MEDIA or content_type is None:
        raise Http404
    try:
        file = default_storage.open(f"images/{name}")
    except (OSError, ValueError) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    # A new file or crop gets a new name, so a name never changes what it shows.
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke; a public form that was being sent comes back with everything in it."""
    return handed_back(request) or defaults.server_error(request)

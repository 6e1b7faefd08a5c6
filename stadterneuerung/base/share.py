"""The address of a page's share image. It names what the image shows, so that it may be cached for ever."""

import hashlib
import json
from typing import Any

from django.urls import reverse


def share_outlines(page) -> list[dict[str, Any]]:
    """Return the outlines (GeoJSON geometries) that the page's own drawing shows; empty for all other drawings."""
    picture = page.picture
    outline = picture.context.get("outline") if picture else None
    return [outline] if isinstance(outline, dict) else []


def share_key(page) -> str:
    """Return a short hash of the image's content."""
    content = json.dumps([page.title, str(page.kicker), share_outlines(page)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def share_image_url(page) -> str:
    """Return the full address on the page's own site, or an empty string for a page that has no address."""
    parts = page.get_url_parts() if page.pk else None
    return parts[1] + reverse("share_image", args=[page.pk, share_key(page)]) if parts else ""

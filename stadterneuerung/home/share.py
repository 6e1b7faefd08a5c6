"""Share images: 1200×630 PNG, drawn from a page's own data on first use and kept on disk."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from wagtail.models import Page

from areas.share_image import draw_share_image
from stadterneuerung.base.share import share_key, share_outlines


@require_safe
def share_image(request: HttpRequest, page_id: int, key: str) -> HttpResponse:
    """Serve the image of a live, public page; an outdated address leads to the current one."""
    page = Page.objects.live().public().filter(pk=page_id, depth__gt=1).specific().first()
    if page is None or not hasattr(page, "share_image_url"):
        raise Http404
    current = share_key(page)
    if key != current:
        return redirect("share_image", page_id, current)
    response = FileResponse(_image(page, current).open("rb"), content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _image(page, key: str) -> Path:
    """Return the file, drawn if it is missing; older images of the page are removed."""
    folder = settings.VAR_DIR / "share"
    path = folder / f"{page.pk}-{key}.png"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        image = draw_share_image(page.title, str(page.kicker), share_outlines(page))
        for old in folder.glob(f"{page.pk}-*.png"):
            old.unlink(missing_ok=True)
        # Written aside and moved: two workers may draw at once, and a reader must never see half a file.
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(image)
        Path(name).replace(path)
    return path

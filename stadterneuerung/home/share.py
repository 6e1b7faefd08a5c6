"""Share images: 1200×630 PNG, drawn from a page's own data on first use and kept on disk."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from wagtail.models import Page

from areas.share_image import draw_share_image
from stadterneuerung.base.kept import kept_file
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
    return kept_file(
        "share",
        f"{page.pk}-{key}.png",
        f"{page.pk}-*.png",
        lambda: draw_share_image(page.title, str(page.kicker), share_outlines(page)),
    )

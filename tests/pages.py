"""What tests of pages share: pictures, a page with everything on it, and how many queries a page costs."""

import io

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import PageViewRestriction, Site

from stadterneuerung.base.models import CustomDocument, CustomImage

# Wagtail leaves the temporary file of a new rendition to the garbage collector.
leaves_files_open = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def photo(title: str = "Platz") -> CustomImage:
    """Return a small saved photograph."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, "PNG")
    return CustomImage.objects.create(
        title=title,
        file=ImageFile(file, name=f"{title}.png"),
        description=f"Foto: {title}",
        credit="Stadt Dortmund",
        licence="CC BY 4.0",
    )


def document(title: str = "Plan") -> CustomDocument:
    """Return a saved document."""
    return CustomDocument.objects.create(title=title, file=ImageFile(io.BytesIO(b"%PDF-1.7"), name=f"{title}.pdf"))


def restrict(page) -> None:
    """Let only signed-in people see the page and what lies below it."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def cost(client, address: str) -> int:
    """Return how many queries a page costs without cache.

    It was shown before, so that its pictures exist; where the site begins is known to the process, not to the page.
    """
    assert client.get(address).status_code == 200
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)

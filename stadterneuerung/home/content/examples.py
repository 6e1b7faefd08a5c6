"""What is only there to be shown."""

from wagtail.models import Page, get_page_models


def example_pages() -> list[Page]:
    """Return all example pages, live or not, none of which lies below another."""
    found = [
        page
        for model in get_page_models()
        if any(field.name == "is_example" for field in model._meta.get_fields())
        for page in model._default_manager.filter(is_example=True)
    ]
    return [page for page in found if not any(page.is_descendant_of(other) for other in found)]

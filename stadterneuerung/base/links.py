"""Links in rich text: all that stand on a page are looked up in one query.

Wagtail asks once for each rich text, once more for each page type in it and once for each link's language.
"""

import re
from contextvars import ContextVar

from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

# In a stream the quotes of the attributes are escaped, since it is kept as JSON.
PAGE_LINK = re.compile(r'<a (?=[^>]*\blinktype=\\?"page\b)[^>]*?\bid=\\?"(\d+)')


def urls_of(ids: set[int], request: HttpRequest | None = None) -> dict[int, str]:
    """Return page id → address in the active language where the page is live in it, else in its own.

    Pages that are gone or not live are left out: a link to them would lead nowhere.
    """
    wanted = Q(pk__in=ids) | Q(translation_key__in=Page.objects.filter(pk__in=ids).values("translation_key"))
    pages = list(Page.objects.live().filter(wanted).select_related("locale"))
    language = get_language()
    here = {page.translation_key: page for page in pages if page.locale.language_code == language}
    targets = {page.pk: here.get(page.translation_key, page) for page in pages if page.pk in ids}
    return {pk: url for pk, target in targets.items() if (url := target.get_url(request))}


def linked_ids(page: Page) -> set[int]:
    """Return the ids that the rich texts of `page` itself link to; those of its children are not looked at."""
    texts = []
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            texts.append(getattr(page, field.attname) or "")
        elif isinstance(field, StreamField):
            texts.append(field.value_to_string(page))
    return {int(number) for text in texts for number in PAGE_LINK.findall(text)}


class Known:
    """The targets of the links on the page that is being shown; asked for when the first link is written."""

    def __init__(self, page: Page, request: HttpRequest):
        self.page, self.request = page, request
        self._urls: dict[int, str] | None = None
        self._ids: set[int] = set()

    def urls(self, ids: set[int]) -> dict[int, str]:
        if self._urls is None:
            self._ids = linked_ids(self.page) | ids
            self._urls = urls_of(self._ids, self.request)
        elif not ids <= self._ids:
            self._urls |= urls_of(ids - self._ids, self.request)
            self._ids |= ids
        return self._urls


# Belongs to one request: base.routing sets it for each, so nothing is remembered beyond.
known_links: ContextVar[Known | None] = ContextVar("known_links", default=None)


class LiveLinkHandler(PageLinkHandler):
    """Write links to pages; words whose page is gone stay as words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        numbers = [int(attrs["id"]) if attrs.get("id", "").isdecimal() else 0 for attrs in attrs_list]
        known = known_links.get()
        urls = known.urls(set(numbers)) if known else urls_of(set(numbers))
        return [f'<a href="{escape(urls[number])}">' if number in urls else "<a>" for number in numbers]

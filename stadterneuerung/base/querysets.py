"""Questions that every list of pages asks."""

from functools import cache

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageQuerySet, PageViewRestriction


@cache
def _restricted_above() -> Exists:
    """Whether a page or one above it is restricted. The question is always the same, so it is put together once."""
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    return Exists(PageViewRestriction.objects.filter(page__path=above))


class BasePageQuerySet(PageQuerySet):
    """Wagtail's queryset, with what is restricted decided inside the query."""

    def public(self) -> "BasePageQuerySet":
        """Leave out pages that stand in a restricted section.

        Wagtail asks for all restrictions first, one more query for each list on a page. A page's path begins with the
        paths of the pages above it, so the database can decide by itself.
        """
        return self.filter(~_restricted_above())

    def published(self) -> "BasePageQuerySet":
        """Pages that anybody may see."""
        return self.live().public()

    def with_photo(self) -> "BasePageQuerySet":
        """Load photographs and the sizes that exist of them: one more query for a list, none for a card."""
        return self.select_related("image").prefetch_related("image__renditions")

"""The search page."""

from stadterneuerung.base.models import BasePage


class SearchPage(BasePage):
    """`/suche/`: one box over pages, documents, units and service points."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = "Suche"

    @property
    def is_indexable(self) -> bool:
        return False

    def get_context(self, request, *args, **kwargs):
        from stadterneuerung.home.search import search

        results = search(
            request.GET.get("q", ""),
            self.get_parent(),
            kind=request.GET.get("art", ""),
            number=request.GET.get("seite", 1),
            address=self.get_url(request) or "",
        )
        return super().get_context(request, *args, **kwargs) | {"results": results}

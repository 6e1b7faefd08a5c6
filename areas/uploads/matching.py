"""Which area a feature of a file means: by title or address of the page, in whatever spelling."""

from collections.abc import Callable, Iterable

from areas.models import AreaPage
from stadterneuerung.organisation.text import fold_german

# Words that offices put into a name and titles leave out, or the other way round; "&" folds to nothing.
_COMMON = ("und", "sanierungsgebiet", "stadtumbaugebiet", "untersuchungsgebiet", "gebiet", "quartier")


def areas_to_choose() -> list[AreaPage]:
    """Return every area once: translations share the outlines of their source."""
    areas = AreaPage.objects.order_by("title", "pk").select_related("locale")
    by_key: dict = {}
    for area in areas:
        kept = by_key.get(area.translation_key)
        if kept is None or area.locale.language_code == "de":
            by_key[area.translation_key] = area
    return sorted(by_key.values(), key=lambda area: fold_german(area.title))


class Matcher:
    """Finds the one area that a name means; what could be two is nobody's."""

    def __init__(self, areas: Iterable[AreaPage]):
        self.areas = list(areas)
        self.keys = {key: self._by(key) for key in (fold_german, _bare)}  # the exact spelling wins

    def _by(self, key: Callable[[str], str]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for area in self.areas:
            for name in (area.title, area.slug):
                found.setdefault(key(name), set()).add(area.pk)
        return found

    def match(self, name: str) -> int | None:
        """Return the key of the area that `name` is the title or slug of, or None."""
        for key, found in self.keys.items():
            pks = found.get(key(name), set()) if key(name) else set()
            if len(pks) == 1:
                return next(iter(pks))
        return None


def _bare(name: str) -> str:
    """Return the name without the word for its kind: "Sanierungsgebiet Hörde" and "Hörde" are the same."""
    words = [word for word in fold_german(name.replace("_", " ")).split() if word not in _COMMON]
    return "".join(words)

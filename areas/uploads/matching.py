"""Which area a feature of a file means: by title or address of the page, in whatever spelling."""

from collections.abc import Iterable

from areas.models import AreaPage
from stadterneuerung.organisation.text import fold_german

# Words that offices put before a name and titles leave out, or the other way round.
_COMMON = ("sanierungsgebiet", "stadtumbaugebiet", "untersuchungsgebiet", "gebiet", "quartier")


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
        self.found: dict[str, set[int]] = {}
        for area in areas:
            for name in (area.title, area.slug):
                for key in {fold_german(name), _bare(name)}:
                    self.found.setdefault(key, set()).add(area.pk)

    def match(self, name: str) -> int | None:
        """Return the key of the area that `name` is the title or slug of, or None."""
        for key in (fold_german(name), _bare(name)):
            pks = self.found.get(key, set()) if key else set()
            if len(pks) == 1:
                return next(iter(pks))
        return None


def _bare(name: str) -> str:
    """Return the name without the word for its kind: "Sanierungsgebiet Hörde" and "Hörde" are the same."""
    words = [word for word in fold_german(name.replace("_", " ")).split() if word not in _COMMON]
    return "".join(words)

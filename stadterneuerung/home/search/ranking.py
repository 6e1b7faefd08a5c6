"""Which candidate comes first. The databases rank by rules of their own; ours are the same on both."""

from wagtail.models import Page

from stadterneuerung.home.search.excerpts import folded_part
from stadterneuerung.home.search.sources import EXACT, PREFIX, Candidate, indexed_texts
from stadterneuerung.home.search.words import Words
from stadterneuerung.organisation.models import OrganisationUnit
from stadterneuerung.organisation.text import fold_german

RANKED = 200  # candidates whose text is read to put them in order


def best(found: list[Candidate]) -> dict[tuple[str, int], Candidate]:
    """Keep each candidate once, as it was found best."""
    kept: dict[tuple[str, int], Candidate] = {}
    for candidate in sorted(found, key=lambda candidate: -candidate.found):
        kept[candidate.key] = candidate
    return kept


def merge_units(found: dict[tuple[str, int], Candidate]) -> list[Candidate]:
    """Let a unit's own page stand for the unit, so that nobody finds the same twice."""
    from stadterneuerung.home.models import UnitPage

    units = [candidate for candidate in found.values() if candidate.model is OrganisationUnit]
    if not units:
        return list(found.values())
    pages = UnitPage.objects.published().filter(unit__in=[unit.pk for unit in units], is_example=False)
    for page in pages.only("pk", "title", "url_path", "content_type_id", "unit_id"):
        unit = found.pop((OrganisationUnit._meta.label, page.unit_id), None)
        if unit is None:  # a second page of the same unit
            continue
        candidate = Candidate(Page, page.pk, page.title, page.url_path, page.content_type_id, unit.found)
        known = found.get(candidate.key)
        found[candidate.key] = candidate if known is None or unit.found < known.found else known
    return list(found.values())


def ranked(found: list[Candidate], words: Words) -> list[tuple[Candidate, str]]:
    """Return candidates with their indexed text, best first: words in the title count most, then how often they are."""
    rough = sorted(found, key=lambda candidate: (-_title_score(candidate, words), candidate.found, -candidate.pk))
    texts = indexed_texts(rough[:RANKED]) if rough else {}
    with_text = [(candidate, texts.get((candidate.content_type_id, candidate.pk), "")) for candidate in rough]

    def score(entry: tuple[Candidate, str]) -> float:
        candidate, text = entry
        folded = f" {folded_part(text)}"
        often = sum(min(folded.count(f" {word}"), 5) for word in words.folded) / len(words.words)
        return _title_score(candidate, words) + often / 2 + {EXACT: 3, PREFIX: 1}.get(candidate.found, -10)

    return sorted(with_text, key=score, reverse=True)  # stable: what is equal keeps the rough order


def _title_score(candidate: Candidate, words: Words) -> float:
    title = fold_german(candidate_title(candidate))
    if title == " ".join(words.folded):
        return 30
    parts = title.split()
    score = 0.0
    for word in words.folded:
        if word in parts:
            score += 10
        elif any(part.startswith(word) for part in parts):
            score += 7
        elif word in title:
            score += 4
    return score / len(words.words)


def candidate_title(candidate: Candidate) -> str:
    """Return what the candidate is called; a unit without a name has an honest stand-in."""
    if candidate.model is OrganisationUnit:
        return OrganisationUnit(name=candidate.title, kind=candidate.detail).display_name
    return candidate.title

"""Reports of barriers by year: what the accessibility statement says about how they were answered (BITVNRW § 5)."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext

from contacts.figures.outcomes import Outcome, with_outcomes
from contacts.figures.small import Shown, protect, shown
from contacts.models import Enquiry

YEARS = 5  # shown at most


@dataclass(frozen=True)
class BarrierYear:
    """One year of reports, as it may be shown. `outcomes` are in the order of Outcome."""

    year: int
    reports: Shown
    outcomes: list[Shown]
    alternatives: Shown


def barrier_years() -> list[BarrierYear]:
    """Return the last five years that had reports, newest first; one query."""
    counts = {outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome}
    years = (
        with_outcomes(Enquiry.objects.counted().barriers())
        .annotate(year=ExtractYear("created_at"))
        .order_by("-year")
        .values("year")
        .annotate(reports=Count("pk"), alternatives=Count("pk", filter=Q(wants_alternative=True)), **counts)
    )
    return [_shown(row) for row in years[:YEARS]]


def barrier_rows(years: list[BarrierYear]) -> list[tuple[str, list[Shown]]]:
    """Return (what is counted, what is shown for each year): the statement shows years, one at least, side by side."""
    outcomes = zip(Outcome.labels, zip(*[year.outcomes for year in years], strict=True), strict=True)
    return [
        (gettext("Insgesamt"), [year.reports for year in years]),
        *[(name, list(cells)) for name, cells in outcomes],
        (gettext("Mit Bitte um eine andere Form"), [year.alternatives for year in years]),
    ]


def _shown(row: dict) -> BarrierYear:
    reports, (outcomes,) = protect(row["reports"], [[row[outcome.value] for outcome in Outcome]])
    return BarrierYear(row["year"], reports, outcomes, shown(row["alternatives"]))

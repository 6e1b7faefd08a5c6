"""All figures of a period, of the office or of one unit with what lies below it, as tables that may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import date_format

from contacts.figures import counts
from contacts.figures import facets as facts
from contacts.figures.areas import by_area
from contacts.figures.barriers import barrier_years
from contacts.figures.counts import Summary
from contacts.figures.outcomes import Outcome
from contacts.figures.period import Period
from contacts.figures.plots import bars, columns
from contacts.figures.small import WITHHELD, Guard, Shown, share
from contacts.figures.tables import Cell, Line, Table, Words, median_days
from contacts.models import Enquiry
from contacts.units import with_units_below
from stadterneuerung.organisation.models import OrganisationUnit

RECEIVED = "Eingegangen"
ANSWER_HEAD = ["Rechtzeitig", "Verspätet", "Anteil rechtzeitig", "Median bis zur Antwort (Tage)"]
NO_UNIT = "Amt (keiner Einheit zugeordnet)"
NO_AREA = "ohne Gebiet"


@dataclass(frozen=True)
class Scope:
    """What is asked for. `units` are all of the office, in its order.

    `unit` None means the office; `visible` are the units that may be named, None means all.
    """

    period: Period
    units: Sequence[OrganisationUnit]
    unit: OrganisationUnit | None = None
    visible: frozenset[int] | None = None

    @property
    def label(self) -> str:
        return str(self.unit) if self.unit else "das ganze Amt"

    @property
    def key(self) -> str:
        return f"{self.unit.key if self.unit else 'amt'}_{self.period.key}"


@dataclass(frozen=True)
class Report:
    scope: Scope
    summary: list[tuple[str, str]]
    tables: list[Table]

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)


class _Builder:
    """Asks once for everything and hides small numbers of all tables together: they add up to the same totals."""

    def __init__(self, scope: Scope):
        self.scope = scope
        tree = [(unit.pk, unit.parent_id) for unit in scope.units]
        self.units = frozenset(with_units_below([scope.unit.pk], tree)) if scope.unit else None
        enquiries: QuerySet = Enquiry.objects.counted().received_between(*scope.period.moments)
        if self.units is not None:
            enquiries = enquiries.filter(unit__in=self.units)
        self.enquiries = enquiries
        self.whole = counts.overall(enquiries)
        self.received = Guard(self.whole.received)
        self.in_time, self.late = Guard(self.whole.in_time), Guard(self.whole.late)
        self.facets = facts.facets(enquiries)
        self.unit_names = {unit.pk: str(unit) for unit in scope.units} | {None: NO_UNIT}

    def months(self) -> list[Table]:
        months = self.scope.period.months
        found = counts.by_month(self.enquiries)
        summaries = [found.get(month, Summary()) for month in months]
        received = self.received.row([each.received for each in summaries])
        answers = self._answers(summaries)
        labels = [date_format(month, "F Y") for month in months]
        medians = [line[-1] for line in answers]
        title = "Anfragen nach Monat"
        return [
            Table(
                "monate",
                title,
                "Was in dem Monat eingegangen ist.",
                ["Monat", RECEIVED],
                [Line(label, [cell]) for label, cell in zip(labels, received, strict=True)],
                None if WITHHELD in received else columns(title, months, received, "Anfragen", least_step=5),
            ),
            Table(
                "antworten",
                "Antworten nach Monat des Eingangs",
                "Verspätet ist auch, was noch auf Antwort wartet und dessen Frist vorbei ist. Die Zeit bis zur Antwort "
                "zählt vom Eingang bis zur ersten Antwort in Kalendertagen; die Hälfte ging schneller, die Hälfte "
                "dauerte länger. Was nur per Mail weitergegeben oder ohne Antwort abgeschlossen ist, zählt nicht mit.",
                ["Monat", *ANSWER_HEAD],
                [Line(label, cells) for label, cells in zip(labels, answers, strict=True)],
                columns("Zeit bis zur ersten Antwort (Median)", months, medians, "Tage"),
            ),
        ]

    def subjects(self) -> Table:
        found = facts.by_subject(self.facets)
        cells = self.received.row(list(found.values()))
        about = "Wonach gefragt wurde. Barrieremeldungen haben keinen Betreff und stehen für sich."
        return _ranked("betreffe", "Anfragen nach Betreff", about, ["Betreff", RECEIVED], list(found), cells)

    def areas(self) -> Table:
        found = by_area(facts.by_page(self.facets))
        cells = self.received.overlapping(list(found.areas.values()), found.nowhere)
        about = (
            "Das Gebiet ist die Seite, von der aus gefragt wurde, oder das Gebiet eines Projekts oder Angebots. Eine "
            "Anfrage zu einem Projekt in zwei Gebieten zählt in beiden; die Summe kann deshalb größer sein als die "
            "Zahl der Anfragen."
        )
        labels = [*found.areas, NO_AREA]
        return _ranked("gebiete", "Anfragen nach Gebiet", about, ["Gebiet", RECEIVED], labels, cells)

    def by_units(self) -> Table:
        found = counts.by_unit(self.enquiries)
        received = self.received.row([each.received for each in found.values()])
        answers = self._answers(list(found.values()))
        cells: dict[int | None, list[Cell]] = {
            unit: [first, *rest] for unit, first, rest in zip(found, received, answers, strict=True)
        }
        about = "Die Einheit ist die, bei der die Anfrage jetzt liegt."
        return self._of_units(
            "einheiten", "Anfragen nach Einheit", about, [RECEIVED, *ANSWER_HEAD], cells, {RECEIVED: 0}
        )

    def open_now(self) -> tuple[Table, tuple[Shown, Shown]]:
        found = counts.open_by_unit()
        if self.units is not None:
            found = {unit: each for unit, each in found.items() if unit in self.units}
        opened = Guard(sum(each for each, _ in found.values()))
        overdue = Guard(sum(each for _, each in found.values()))
        both = zip(
            opened.row([each for each, _ in found.values()]),
            overdue.row([each for _, each in found.values()]),
            strict=True,
        )
        cells: dict[int | None, list[Cell]] = {unit: list(pair) for unit, pair in zip(found, both, strict=True)}
        about = (
            "Offen ist, was nicht abgeschlossen ist; überfällig, was nicht beantwortet ist und dessen Frist vorbei "
            "ist. Gezählt wird jetzt, unabhängig vom Zeitraum."
        )
        head = ["Offen", "Überfällig"]
        table = self._of_units("offen", "Jetzt offen", about, head, cells, {"Offen": 0, "Überfällig": 1})
        return table, (opened.total, overdue.total)

    def channels(self) -> Table:
        found = facts.by_channel(self.facets)
        cells = self.received.row(list(found.values()))
        about = "Wie die Anfragen das Amt erreichten."
        return _ranked("wege", "Anfragen nach Eingangsweg", about, ["Eingangsweg", RECEIVED], list(found), cells)

    def _answers(self, summaries: Sequence[Summary]) -> list[list[Cell]]:
        in_time = self.in_time.row([each.in_time for each in summaries])
        late = self.late.row([each.late for each in summaries])
        return [
            [good, bad, Words(share(good, bad)), median_days(each)]
            for good, bad, each in zip(in_time, late, summaries, strict=True)
        ]

    def _of_units(self, key: str, title: str, about: str, head: list[str], cells: dict, drawn: dict[str, int]) -> Table:
        """Return a table of units in the office's order, only of those that may be named; hidden together with all."""
        visible = self.scope.visible
        named = [unit for unit in self.unit_names if unit in cells and (visible is None or unit in visible)]
        if visible is not None:
            about += " Hier stehen nur Ihre Einheiten."
        lines = [Line(self.unit_names[unit], cells[unit]) for unit in named]
        return _drawn(Table(key, title, about, ["Einheit", *head], lines), drawn)


def report(scope: Scope) -> Report:
    build = _Builder(scope)
    months, answers = build.months()
    subjects, units, areas, channels = build.subjects(), build.by_units(), build.areas(), build.channels()
    open_now, (opened, overdue) = build.open_now()
    summary = [
        (RECEIVED, build.received.total.text),
        ("Rechtzeitig beantwortet", share(build.in_time.total, build.late.total)),
        ("Median bis zur Antwort", _with_unit(median_days(build.whole).text)),
        ("Jetzt offen", opened.text),
        ("Jetzt überfällig", overdue.text),
    ]
    return Report(scope, summary, [months, answers, open_now, units, subjects, areas, channels, barriers()])


def barriers() -> Table:
    """Return reports of barriers by year, of the whole office: the same figures as in the accessibility statement."""
    years = barrier_years()
    lines = [Line(str(year.year), [year.reports, *year.outcomes, year.alternatives]) for year in years]
    head = ["Jahr", "Meldungen", *[str(outcome.label) for outcome in Outcome], "Mit Bitte um eine andere Form"]
    about = (
        "Immer für das ganze Amt, die letzten fünf Jahre mit Meldungen. Die erste Frist sind zwei Wochen; ging in "
        "dieser Zeit eine Zwischennachricht hinaus, sind es sechs (BITVNRW § 5). Ohne erfasste Antwort ist, was ohne "
        "Antwort abgeschlossen oder gelöscht wurde, etwa weil niemand zu erreichen war."
    )
    return _drawn(Table("barrieren", "Barrieremeldungen nach Jahr", about, head, lines), {"Meldungen": 0})


def _ranked(key: str, title: str, about: str, head: list[str], labels: list[str], cells: list[Shown]) -> Table:
    """Return a table with the largest first. What is equal as shown stands by name: order would tell about it."""
    ranked = sorted(zip(labels, cells, strict=True), key=lambda pair: (-pair[1].low, pair[0]))
    lines = [Line(label, [cell]) for label, cell in ranked if cell.value != 0]
    return _drawn(Table(key, title, about, head, lines), {head[1]: 0})


def _drawn(table: Table, drawn: dict[str, int]) -> Table:
    if table.is_withheld or not table.lines:
        return table
    labels = [line.label for line in table.lines]
    series = {name: [line.cells[place] for line in table.lines] for name, place in drawn.items()}
    unit = " und ".join(drawn)
    plot = bars(table.title, labels, series, unit)
    return Table(table.key, table.title, table.about, table.head, table.lines, plot)


def _with_unit(text: str) -> str:
    return f"{text}\u00a0Tage" if text[0].isdigit() else text

"""Pages that look up an address in the outlines, measured beside the contact page in the same run."""

import re
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from tools.audit.instance import Instance
from tools.budgets import Report
from tools.fetch import fetch

COMPARED_WITH = "/kontakt/"
REQUESTS = 60
WARM_UP = 6  # both worker processes have seen the page
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True)
class Page:
    """An address, what is posted to it (nothing: GET), the status it answers with, and how much longer than the
    contact page it may take.
    """

    name: str
    path: str
    data: dict[str, str] = field(default_factory=dict)
    answers: tuple[int, ...] = (200,)
    most: float = 1.5


# Each street of make_addresses has numbers from 1 to 40.
PAGES = [
    Page("Adresse prüfen: gefunden", "/foerderung/adresse-pruefen/", {"adresse": "Erfundene Straße 1204 17"}),
    Page(
        "Adresse prüfen: Straße unbekannt",
        "/foerderung/adresse-pruefen/",
        {"adresse": "Straße ohne Namen 5"},
        (200, 422),
    ),
]


def measure(site: Instance, report: Report) -> None:
    report.head(f"Seiten mit 110.000 Adressen und 300 Gebieten, Mediane aus {REQUESTS} Anfragen im Wechsel")
    for page in PAGES:
        url = site.url + page.path
        shown = fetch(url, accepted=(200, 404))
        if shown.status == 404:
            report.note(f"Nicht gemessen: {page.name} – {page.path} gibt es hier nicht.")
            continue
        form = page.data and dict(HIDDEN.findall(shown.text)) | page.data
        own, compared = [], []
        for turn in range(WARM_UP + REQUESTS):
            took = _seconds(url, form or None, page.answers), _seconds(site.url + COMPARED_WITH)
            if turn >= WARM_UP:
                own.append(took[0])
                compared.append(took[1])
        report.figure(f"{page.name}", median(own) * 1000, "ms")
        report.figure(f"… Kontaktseite ({COMPARED_WITH})", median(compared) * 1000, "ms")
        report.figure("… Verhältnis", median(own) / median(compared), "mal", most=page.most)


def _seconds(url: str, form: dict[str, str] | None = None, answers: tuple[int, ...] = (200,)) -> float:
    started = perf_counter()
    fetch(url, form, answers)
    return perf_counter() - started

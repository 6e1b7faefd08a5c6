"""`make bench`: requests per second of ten pages beside a bare Django view under the same gunicorn in the same run.

The bare view passes the same middleware and does nothing. Nothing is cached but drawings (areas.templatetags.locator).
Client and server share the machine, so the figures compare pages with one another and with the bare view, no more.
"""

import sys

from tools.audit import instance, load
from tools.audit.instance import Instance
from tools.console import SetupError

BARE_PATH = "/bench/"
GOAL = 0.03  # of the bare view, for the start page
SECONDS = 3.0
WARM_UP_SECONDS = 1.0  # each worker process has seen the page before it is measured
FIXED = ["/", "/amt/", "/projekte/", "/aktuelles/", "/stellen/", "/suche/?q=Nordstadt", "/kontakt/"]
ONE_OF_EACH = ["projectpage", "areapage", "fundingofferpage"]


def pages(site: Instance) -> list[str]:
    types = site.page_types()
    missing = [name for name in ONE_OF_EACH if not types.get(name)]
    if missing:
        raise SetupError(f"Im Demo-Inhalt fehlt eine Seite zum Messen: {', '.join(missing)}.")
    return FIXED + [types[name][0] for name in ONE_OF_EACH]


def report(site: Instance) -> float:
    """Print the table; return the share of the bare view that the start page reaches."""
    shares = {}
    print(f"Client: {load.client_name()}, {load.CONNECTIONS} Verbindungen, je {SECONDS:.0f} s\n")
    print(f"{'Seite':<52}{'Anfragen/s':>12}{'Anteil':>9}{'p50 ms':>9}{'p95 ms':>9}")
    bare = 0.0
    for path in [BARE_PATH, *pages(site)]:
        load.measure(site.url + path, WARM_UP_SECONDS)
        figures = load.measure(site.url + path, SECONDS)
        bare = bare or figures.per_second
        shares[path] = figures.per_second / bare
        name = "nackte Django-Ansicht" if path == BARE_PATH else path
        print(
            f"{name:<52}{figures.per_second:>12.1f}{shares[path]:>9.3f}{figures.p50_ms:>9.1f}{figures.p95_ms:>9.1f}",
            flush=True,
        )
    return shares["/"]


def main() -> int:
    try:
        with instance.running(settings="tools.bench_settings") as site:
            share = report(site)
    except (SetupError, load.LoadError) as reason:
        print(reason, file=sys.stderr)
        return 1
    verdict = "erreicht" if share >= GOAL else "verfehlt"
    print(f"\nStartseite: {share:.3f} der nackten Ansicht, Ziel {GOAL}: {verdict}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What the map of a large city weighs and costs: bytes as sent, compressed as the application does it."""

import re
import sys
from statistics import median
from time import perf_counter
from urllib.parse import urljoin

from tools import console
from tools.audit import document
from tools.audit.instance import Instance
from tools.budgets import Report
from tools.fetch import Answer, fetch
from tools.paths import LOGS, ROOT

AREAS, VERTICES, POINTS = 300, 300, 1000
CITY_ZOOM = 12
REPEATS = 5
KILO = 1000
PICTURE = re.compile(r'<svg class="city-map__picture".*?</svg>', re.DOTALL)
FONT = re.compile(r"url\(([^)]+\.woff2)\)")
MODULE = re.compile(r'from\s*"(\.[^"]+)"')


def measure(site: Instance, report: Report) -> None:
    report.head(f"Karte mit {AREAS} Gebieten zu {VERTICES} Ecken und {POINTS} Orten")
    report.note(
        "Gezählt wird, was über die Leitung geht: HTML und Daten mit gzip, Stile und Skripte wie vorverdichtet."
    )
    page = fetch(site.url + "/karte/")
    everything = "/karte/?" + "&".join(f"ebene={key}" for key in re.findall(r'name="ebene" value="([^"]+)"', page.text))
    data = everything.replace("?", "daten/?") + f"&zoom={CITY_ZOOM}"
    full, sent = fetch(site.url + everything), fetch(site.url + data)
    report.figure("Kartendaten, alle Ebenen, Stadtmaßstab", sent.bytes / KILO, "kB", most=150)
    report.figure("… unverdichtet", len(sent.text.encode()) / KILO, "kB")
    picture = PICTURE.search(full.text)[0]
    report.figure("Zeichnung des Servers, alle Ebenen, unverdichtet", len(picture.encode()) / KILO, "kB", most=120)
    parts = first_view(site.url, page)
    report.figure("Erster Aufruf von /karte/ mit allem", sum(parts.values()) / KILO, "kB", most=260)
    for name, size in parts.items():
        report.figure(f"… {name}", size / KILO, "kB")
    report.figure("HTML mit allen Ebenen", full.bytes / KILO, "kB")
    for name, address in (("/karte/", "/karte/"), ("/karte/, alle Ebenen", everything), ("Kartendaten", data)):
        report.figure(f"Abfragen: {name}", queries(site, address), "", most=12)
        report.figure("… Zeit der Antwort, Median", seconds(site.url + address) * 1000, "ms")


def first_view(url: str, page: Answer) -> dict[str, int]:
    """Return what a first visit with a script fetches, in bytes by kind."""
    sizes = {"HTML": page.bytes, "Stile": 0, "Skripte": 0, "Schriften": 0, "Zeichnung der Stadt": 0, "Sonstiges": 0}
    waiting = [urljoin(page.url, reference) for reference in document.read(page.text).resources if reference]
    seen = set()
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in seen or address.startswith("data:"):
            continue
        seen.add(address)
        answer = fetch(address)
        sizes[_kind(address)] += answer.bytes
        pattern = FONT if address.endswith(".css") else MODULE if address.endswith(".js") else None
        waiting += [urljoin(address, found) for found in pattern.findall(answer.text)] if pattern else []
    sizes["Daten"] = fetch(f"{page.url}daten/?zoom={CITY_ZOOM}").bytes
    return sizes


def _kind(address: str) -> str:
    kinds = {".css": "Stile", ".js": "Skripte", ".woff2": "Schriften"}
    name = next((kind for suffix, kind in kinds.items() if address.endswith(suffix)), None)
    return name or ("Zeichnung der Stadt" if "/city." in address else "Sonstiges")


def queries(site: Instance, address: str) -> int:
    host = site.url.removeprefix("http://")
    command = [sys.executable, "-m", "tools.queries", host, address]
    return int(console.run(command, log=LOGS / "bench-queries.log", cwd=ROOT, env=site.env).splitlines()[-1])


def seconds(url: str) -> float:
    times = []
    for _ in range(REPEATS):
        started = perf_counter()
        fetch(url)
        times.append(perf_counter() - started)
    return median(times)

"""`make bench`: requests per second of ten pages without any cache, beside a bare Django view under the same gunicorn.

Client and server share the machine, so the figures compare pages with one another and with the bare view, no more.
"""

import http.client
import re
import socket
import sys
import threading
import time
from urllib.parse import quote, urlsplit

from tools import serve, trial
from tools.console import SetupError

BARE_PATH = "/nackte-ansicht"
FLOOR = 0.03  # of the bare view; the start page must not fall below
CONNECTIONS = 8
SECONDS = 4.0
WARM_UP_REQUESTS = 16  # each worker process has seen the page before it is measured

# A pattern with a star stands for the first page linked from the list in front of it.
PAGES = [
    "/",
    "/amt/",
    "/projekte/",
    "/projekte/*",
    "/gebiete/*",
    "/foerderung/*",
    "/aktuelles/",
    "/stellen/",
    "/kontakt/",
    "/suche/?q=" + quote("Nordstadt"),
]


def get(address: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")
    finally:
        connection.close()


def resolve(address: str, pattern: str) -> str:
    if not pattern.endswith("*"):
        return pattern
    index = pattern[:-1]
    found = re.search(rf'href="({re.escape(index)}[a-z0-9-]+/)"', get(address, index)[1])
    if not found:
        raise SetupError(f"Auf {index} ist keine Seite verlinkt, die gemessen werden könnte.")
    return found[1]


def read_response(stream) -> int:
    """Read one answer from a keep-alive connection; return its status."""
    status = int(stream.readline().split()[1])
    length = 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    stream.read(length)
    return status


class Load:
    """As many requests as a few keep-alive connections get answered in the given time."""

    def __init__(self, address: str, path: str):
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port
        self.request = f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n\r\n".encode()
        self.answered = 0
        self.failed = 0
        self.lock = threading.Lock()

    def _work(self, until: float, at_most: float) -> None:
        answered = failed = 0
        with socket.create_connection((self.host, self.port), timeout=60) as connection:
            stream = connection.makefile("rb", buffering=1 << 16)
            while answered < at_most and time.monotonic() < until:
                connection.sendall(self.request)
                failed += read_response(stream) != 200
                answered += 1
        with self.lock:
            self.answered += answered
            self.failed += failed

    def run(self, seconds: float, at_most: float = float("inf")) -> float:
        """Return requests per second; `at_most` bounds the requests of each connection."""
        self.answered = self.failed = 0
        started = time.monotonic()
        threads = [threading.Thread(target=self._work, args=(started + seconds, at_most)) for _ in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.answered / (time.monotonic() - started)


def measure(address: str, path: str) -> tuple[float, int]:
    """Return requests per second and how many of them were not answered with 200."""
    load = Load(address, path)
    load.run(30, at_most=WARM_UP_REQUESTS // CONNECTIONS)
    return load.run(SECONDS), load.failed


def report(address: str) -> bool:
    bare, _ = measure(address, BARE_PATH)
    print(f"{'Seite':<52}{'Anfragen/s':>12}{'Anteil':>9}{'kB':>8}")
    print(f"{'nackte Django-Ansicht':<52}{bare:>12.0f}{1:>9.3f}{0:>8.1f}")
    good = True
    for pattern in PAGES:
        path = resolve(address, pattern)
        size = len(get(address, path)[1].encode()) / 1024
        speed, failed = measure(address, path)
        print(f"{path:<52}{speed:>12.1f}{speed / bare:>9.3f}{size:>8.1f}", flush=True)
        if failed:
            print(f"  {failed} Antworten ohne Status 200")
            good = False
        if path == "/" and speed < FLOOR * bare:
            print(f"  Die Startseite liegt unter {FLOOR} der nackten Ansicht.")
            good = False
    return good


def main() -> int:
    try:
        serve.prepare()
        with trial.served_copy("tools.bench_app:application", DJANGO_SETTINGS_MODULE="tools.bench_settings") as address:
            return 0 if report(address) else 1
    except SetupError as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

"""Asks one address as often as the server can answer, a few times at once, for a bounded time.

Each request has its own connection, as behind a proxy: kept ones may all fall to one of the server's workers.
With `wrk` where it is installed; else with a small client of our own, which takes more of the machine from the server.
"""

import re
import selectors
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECTIONS = 8
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
# wrk prints its percentiles only through its script interface; times are in microseconds.
WRK_SCRIPT = """
done = function(summary, latency, requests)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.status + summary.errors.timeout
  io.write(string.format("FIGURES %d %d %d %d %d", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), bad))
end
"""


class LoadError(Exception):
    """The server answered with something else than 200, or not at all."""


@dataclass(frozen=True)
class Figures:
    per_second: float
    p50_ms: float
    p95_ms: float


def client_name() -> str:
    return "wrk" if shutil.which("wrk") else "eigener Client (wrk ist nicht installiert)"


def measure(url: str, seconds: float) -> Figures:
    """Return what the server managed for `url`; raise LoadError when an answer is not 200."""
    return _with_wrk(url, seconds) if shutil.which("wrk") else _with_sockets(url, seconds)


def _with_wrk(url: str, seconds: float) -> Figures:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(WRK_SCRIPT)
        script.flush()
        command = [
            "wrk",
            "-H",
            "Connection: close",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{max(1, round(seconds))}s",
            "-s",
            script.name,
            url,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=True)
    found = re.search(r"FIGURES (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    requests, duration, p50, p95, bad = map(int, found.groups())
    if bad or not requests:
        raise LoadError(f"{url}: {bad} von {requests} Antworten waren nicht in Ordnung")
    return Figures(requests / duration * 1e6, p50 / 1000, p95 / 1000)


class _Visitor:
    """Asks, reads to the end, hangs up and asks again."""

    def __init__(self, address: tuple[str, int], question: bytes, selector: selectors.BaseSelector):
        self.address, self.question, self.selector = address, question, selector
        self.ask()

    def ask(self) -> None:
        self.received = b""
        self.asked_at = time.perf_counter()
        self.socket = socket.create_connection(self.address, timeout=10)
        self.selector.register(self.socket, selectors.EVENT_READ, self)
        self.socket.sendall(self.question)

    def take(self) -> bool:
        """Read what is there; return whether the answer is complete."""
        part = self.socket.recv(262_144)
        if part:
            self.received += part
            return False
        self.hang_up()
        head, separator, body = self.received.partition(b"\r\n\r\n")
        if not separator or not head.startswith(b"HTTP/1.1 200"):
            raise LoadError(head.split(b"\r\n")[0].decode("latin-1") or "Der Server hat nicht geantwortet")
        return len(body) >= int(LENGTH.search(head)[1])

    def hang_up(self) -> None:
        self.selector.unregister(self.socket)
        self.socket.close()


def _with_sockets(url: str, seconds: float) -> Figures:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    question = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
    times = []
    with selectors.DefaultSelector() as selector:
        started = time.perf_counter()
        for _ in range(CONNECTIONS):
            _Visitor((parts.hostname, parts.port), question, selector)
        try:
            while (now := time.perf_counter()) - started < seconds:
                for key, _ in selector.select(timeout=seconds):
                    visitor = key.data
                    if visitor.take():
                        times.append(time.perf_counter() - visitor.asked_at)
                        visitor.ask()
            elapsed = now - started
        finally:
            for key in list(selector.get_map().values()):
                key.data.hang_up()
    if not times:
        raise LoadError(f"{url}: keine Antwort in {seconds:.0f} s")
    times.sort()
    return Figures(len(times) / elapsed, times[len(times) // 2] * 1000, times[int(len(times) * 0.95)] * 1000)

"""Follows every link of the site from its start page and its sitemap, with GET alone and within bounds."""

import http.client
import re
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tools.audit.document import Document, read

MOST_ADDRESSES = 4000
MOST_QUERIES_PER_PATH = 25  # filters combine without end; this many show whether they work
AT_THE_SAME_TIME = 4
SECONDS = 60
NOT_CRAWLED = re.compile(r"^/admin/")
LOCATION = re.compile(r"<loc>(.*?)</loc>")
ROBOT_FILES = ["/robots.txt", "/.well-known/security.txt", "/favicon.ico", "/healthz"]


@dataclass
class Answer:
    """What the server said to one address (path and query)."""

    address: str
    status: int
    content_type: str
    body: bytes
    cookies: list[str]
    location: str = ""
    document: Document | None = None

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.document is not None


@dataclass
class Crawl:
    """All answers by address, who links where, and what lies on other hosts."""

    answers: dict[str, Answer] = field(default_factory=dict)
    linked_from: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    foreign_links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    foreign_resources: list[str] = field(default_factory=list)
    in_sitemap: list[str] = field(default_factory=list)
    left_out: int = 0

    @property
    def pages(self) -> list[Answer]:
        return [answer for _, answer in sorted(self.answers.items()) if answer.is_page]

    def final(self, address: str) -> Answer | None:
        """Return the answer at the end of redirections; None where it was not fetched."""
        for _ in range(6):
            answer = self.answers.get(address)
            if answer is None or not answer.location:
                return answer
            address = answer.location
        return None


class Client:
    """GET over one kept connection per thread, closed with the block."""

    def __init__(self, base: str):
        self.host = urlsplit(base).netloc
        self.local = threading.local()
        self.opened: list[http.client.HTTPConnection] = []

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *reason) -> None:
        for connection in self.opened:
            connection.close()

    def get(self, address: str) -> Answer:
        try:
            response, body = self._ask(address)
        except (http.client.HTTPException, OSError):  # the server closed the kept connection
            self.local.connection.close()
            self.local.connection = None
            response, body = self._ask(address)
        content_type = response.headers.get_content_type()
        answer = Answer(address, response.status, content_type, body, response.headers.get_all("Set-Cookie") or [])
        answer.location = response.headers.get("Location", "")
        if content_type == "text/html":
            answer.document = read(body.decode())
        return answer

    def _ask(self, address: str):
        connection = getattr(self.local, "connection", None)
        if connection is None:
            connection = self.local.connection = http.client.HTTPConnection(self.host, timeout=SECONDS)
            self.opened.append(connection)
        connection.request("GET", address, headers={"Accept-Encoding": "identity"})
        response = connection.getresponse()
        return response, response.read()


class Crawler:
    """`fetch` answers for an address: a Client of a running server, or a test client."""

    def __init__(self, base: str, fetch: Callable[[str], Answer], at_the_same_time: int = AT_THE_SAME_TIME):
        self.base = base
        self.fetch = fetch
        self.at_the_same_time = at_the_same_time
        self.crawl = Crawl()
        self.queries: dict[str, int] = defaultdict(int)
        self.waiting: list[str] = []
        self.known: set[str] = set()

    def run(self) -> Crawl:
        for address in ("/", "/sitemap.xml", *ROBOT_FILES):
            self._add(address, "")
        with ThreadPoolExecutor(self.at_the_same_time) as pool:
            while self.waiting:
                wave, self.waiting = self.waiting, []
                # A list of one thread is walked here, since a test's database connection belongs to its thread.
                answers = pool.map(self.fetch, wave) if self.at_the_same_time > 1 else map(self.fetch, wave)
                for answer in answers:
                    self._take(answer)
        return self.crawl

    def resolve(self, reference: str, address: str) -> tuple[str, str] | None:
        """Return (path and query, fragment) of a reference on our host, None for another host or scheme."""
        absolute = urljoin(f"{self.base}{address}", reference.strip())
        url, fragment = urldefrag(absolute)
        parts, own = urlsplit(url), urlsplit(self.base)
        if parts.scheme != own.scheme or parts.netloc != own.netloc:
            return None
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), unquote(fragment)

    def _add(self, reference: str, source: str) -> None:
        target = self.resolve(reference, source or "/")
        if target is None:
            scheme = urlsplit(reference).scheme
            if scheme not in {"mailto", "tel", "data", "sms", "webcal"}:
                self.crawl.foreign_links[reference].add(source)
            return
        address, fragment = target
        if source:
            self.crawl.linked_from[f"{address}#{fragment}" if fragment else address].add(source)
        if address in self.known or NOT_CRAWLED.match(address):
            return
        path, _, query = address.partition("?")
        if query:
            self.queries[path] += 1
        if len(self.known) >= MOST_ADDRESSES or self.queries[path] > MOST_QUERIES_PER_PATH:
            self.crawl.left_out += 1
            return
        self.known.add(address)
        self.waiting.append(address)

    def _take(self, answer: Answer) -> None:
        self.crawl.answers[answer.address] = answer
        if answer.location:
            target = self.resolve(answer.location, answer.address)
            answer.location = target[0] if target else ""
            self._add(target[0] if target else answer.location, answer.address)
        if answer.address == "/sitemap.xml":
            for location in LOCATION.findall(answer.body.decode()):
                target = self.resolve(location, "/")
                self.crawl.in_sitemap.append(target[0] if target else location)
                self._add(location, "/sitemap.xml")
        if answer.document is None or answer.status != 200:
            return
        document = answer.document
        for reference in (*document.links, *document.references, *document.resources):
            self._add(reference, answer.address)
        for reference in document.resources:
            if not reference.startswith("data:") and self.resolve(reference, answer.address) is None:
                self.crawl.foreign_resources.append(f"{answer.address} lädt {reference}")


def broken_links(crawl: Crawl) -> list[str]:
    """Return addresses that do not answer well and fragments that their page does not have, with one page each."""
    broken = []
    for target, sources in sorted(crawl.linked_from.items()):
        address, _, fragment = target.partition("#")
        answer = crawl.final(address)
        where = f"{target} (verlinkt auf {min(sources)})"
        if answer is None:
            continue  # left out by the bounds, or the admin
        if answer.status >= 400:
            broken.append(f"{answer.status} {where}")
        elif fragment and answer.document and fragment not in answer.document.ids and fragment != "top":
            broken.append(f"Anker fehlt: {where}")
    return broken

"""One request as a browser sends it; the answer as it came over the wire and as it reads."""

import gzip
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import brotli

from tools.console import SetupError

TIMEOUT = 60
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}


@dataclass(frozen=True)
class Answer:
    """`bytes` is the length of the body as sent."""

    url: str
    status: int
    bytes: int
    text: str


def fetch(url: str, form: dict[str, str] | None = None, accepted: tuple[int, ...] = (200,)) -> Answer:
    """GET `url`, or POST `form` as a page of the same site would; raise SetupError unless its status is `accepted`."""
    parts = urlsplit(url)
    headers = {"Accept-Encoding": "gzip, br", "Sec-Fetch-Site": "same-origin", "Connection": "close"}
    body = None
    if form is not None:
        body = urlencode(form)
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"{parts.scheme}://{parts.netloc}"}
    connection = HTTPConnection(parts.netloc, timeout=TIMEOUT)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET" if form is None else "POST", target, body, headers)
        response = connection.getresponse()
        raw = response.read()
    finally:
        connection.close()
    if response.status not in accepted:
        raise SetupError(f"{url}: Der Server antwortete mit {response.status}.")
    text = UNPACK[response.headers.get("Content-Encoding", "")](raw).decode("utf-8", "replace")
    return Answer(url, response.status, len(raw), text)

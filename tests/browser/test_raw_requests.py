"""Requests as no browser and no library writes them, on a bare socket: an answer or a closed line, and no server error.

After each the server answers as before; a line that stays open holds one thread and no more.
"""

import socket
from urllib.parse import urlsplit

import pytest

HEAD = b"POST /kontakt/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
PARTS = b"Content-Type: multipart/form-data; boundary=b\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
ONE = b'--b\r\nContent-Disposition: form-data; name="message"\r\n\r\na\r\n--b--\r\n'
RAW = {
    "chunks": HEAD + FORM + CHUNKED + b"\r\n9\r\nmessage=a\r\n0\r\n\r\n",
    "chunks of parts": HEAD + PARTS + CHUNKED + b"\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(ONE), ONE),
    "a chunk that is longer than it says": HEAD + FORM + CHUNKED + b"\r\n2\r\nmessage=a\r\n0\r\n\r\n",
    "a chunk whose length is no number": HEAD + FORM + CHUNKED + b"\r\nzz\r\nmessage=a\r\n0\r\n\r\n",
    "a chunk of many gigabytes": HEAD + FORM + CHUNKED + b"\r\nffffffffffffffff\r\nmessage=a\r\n0\r\n\r\n",
    "chunks and a length": HEAD + FORM + CHUNKED + b"Content-Length: 3\r\n\r\n9\r\nmessage=a\r\n0\r\n\r\n",
    "two lengths": HEAD + FORM + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\nmessage=a",
    "a longer length": HEAD + FORM + b"Content-Length: 900\r\n\r\nmessage=a",
    "a longer length of parts": HEAD + PARTS + b"Content-Length: 900\r\n\r\n" + ONE,
    "a shorter length": HEAD + PARTS + b"Content-Length: 30\r\n\r\n" + ONE,
    "a negative length": HEAD + FORM + b"Content-Length: -1\r\n\r\nmessage=a",
    "a huge length": HEAD + FORM + b"Content-Length: 99999999999999999999\r\n\r\nmessage=a",
    "no length": HEAD + FORM + b"\r\nmessage=a",
    "an unknown transfer": HEAD + FORM + b"Transfer-Encoding: gzip\r\n\r\nmessage=a",
    "a head of 100 kB": HEAD + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
    "1,000 heads": HEAD + b"X-A: b\r\n" * 1000 + b"\r\n",
    "a head with NUL": HEAD + b"X-A: \x00\r\n\r\n",
    "bare line feeds": HEAD.replace(b"\r\n", b"\n") + b"\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "an address of 10 kB": b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    "an address that is no text": b"GET /%ff%fe%00\xff HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    "another host": b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n",
}


def ask(url: str, request: bytes) -> int:
    """Send the bytes, end our side of the line and return the status; 0 when the line is closed without a word."""
    where = urlsplit(url)
    with socket.create_connection((where.hostname, where.port), timeout=50) as line:
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(65_536)
        except ConnectionError:  # the server has seen enough
            return 0
    return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0


@pytest.mark.parametrize("request_bytes", RAW.values(), ids=RAW)
def test_no_request_is_a_server_error_and_the_server_goes_on(site, request_bytes):
    plain = b"GET /kontakt/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"

    statuses = [ask(site.url, request_bytes), ask(site.url, plain)]

    assert statuses[0] < 500
    assert statuses[1] == 200
    assert site.rows("SELECT count(*) FROM contacts_enquiry WHERE message = 'a'") == [(0,)]

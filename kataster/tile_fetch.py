"""Ask a tile service, and trust nothing about it: neither its address nor its pace nor what it says it sends.

The name is resolved once and the connection goes to the very address that was checked; a second look-up could return
another one (DNS rebinding). Nothing about the visitor is passed on.
"""

import functools
import http.client
import io
import ipaddress
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.conf import settings

from kataster.tile_hosts import HostRefused, Origin, checked_origin

CHUNK = 64 * 1024
OVERLOADED = {429, 502, 503, 504}  # statuses that speak of the whole service; others may concern this tile alone
# The system's resolver takes no time-out, so it is waited for from outside.
_resolver = ThreadPoolExecutor(max_workers=4, thread_name_prefix="tile-resolver")


class TileError(Exception):
    """No tile came; the text says why in a few words, for the log."""


class ServiceDown(TileError):
    """The service as a whole cannot be asked: other tiles would fare no better."""


class Deadline:
    """The end of one fetch, as seconds on the monotonic clock; `step()` is how long a single wait may take."""

    def __init__(self) -> None:
        self.step_seconds: float = settings.MAP_TILES["timeout_seconds"]
        self.end = time.monotonic() + settings.MAP_TILES["deadline_seconds"]

    def step(self) -> float:
        """Return seconds, or raise TimeoutError when none are left."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("deadline")
        return min(self.step_seconds, left)


def fetch(url: str) -> bytes:
    """Return what the service sends for `url`, at most `max_bytes` long. Raises TileError."""
    try:
        origin = checked_origin(url)
    except HostRefused:
        raise ServiceDown("Server nicht freigegeben") from None
    deadline = Deadline()
    try:
        with _connect(origin, deadline) as sock:
            return _get(sock, origin, url, deadline)
    except TimeoutError:
        raise ServiceDown("Zeit überschritten") from None
    except ssl.SSLError as error:
        raise ServiceDown(f"TLS: {error.reason or type(error).__name__}") from None
    except (OSError, ValueError, http.client.HTTPException) as error:  # ValueError: a name that cannot be one
        raise ServiceDown(type(error).__name__) from None


# --- Connection -----------------------------------------------------------------------------------------------------
def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet.

    `is_global` alone would let multicast pass, and IPv6 addresses that lead to an IPv4 address inside (6to4; NAT64
    counts as reserved). An IPv4-mapped address is judged by the IPv4 address in it.
    """
    ip = ipaddress.ip_address(address)
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.version == 6 and (ip.sixtofour or ip.teredo or ip.is_site_local):
        return False
    return ip.is_global and not (
        ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified
    )


def _connect(origin: Origin, deadline: Deadline) -> socket.socket:
    """Return a connection to an address that may be asked; with TLS its certificate is verified against the name."""
    failure: OSError = OSError("no address")
    for family, kind, protocol, _, address in _permitted_addresses(origin, deadline):
        try:
            return _connected(socket.socket(family, kind, protocol), address, origin, deadline)
        except OSError as error:
            failure = error
    raise failure


def _connected(sock: socket.socket, address: tuple, origin: Origin, deadline: Deadline) -> socket.socket:
    try:
        sock.settimeout(deadline.step())
        sock.connect(address)
        if origin.scheme == "https":
            sock.settimeout(deadline.step())
            sock = tls_context().wrap_socket(sock, server_hostname=origin.host)
    except BaseException:
        sock.close()
        raise
    return sock


def _permitted_addresses(origin: Origin, deadline: Deadline) -> list[tuple]:
    """Return what getaddrinfo knows, without addresses that are not public. Raises ServiceDown when none is left."""
    future = _resolver.submit(socket.getaddrinfo, origin.host, origin.port, type=socket.SOCK_STREAM)
    try:
        found = future.result(timeout=deadline.step())
    except TimeoutError:
        future.cancel()
        raise
    permitted = found if origin.is_local else [entry for entry in found if is_public(entry[4][0])]
    if not permitted:
        raise ServiceDown("Adresse ist nicht öffentlich (siehe MAP_TILE_LOCAL_HOSTS)")
    return permitted


@functools.cache
def tls_context() -> ssl.SSLContext:
    """Return the context with the system's certificates; reading them takes long enough to do it once."""
    return ssl.create_default_context()


# --- Request --------------------------------------------------------------------------------------------------------
class _TimedReader(io.RawIOBase):
    """Reads a socket; each wait ends with the deadline, so that a trickle of bytes cannot keep us for ever."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._sock.settimeout(self._deadline.step())
        return self._sock.recv_into(buffer)


class _TimedSocket:
    """The few methods of a socket that http.client uses."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.step())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def close(self) -> None:
        """Leave it open: the connection is closed by who made it, after the body has been read."""


def _get(sock: socket.socket, origin: Origin, url: str, deadline: Deadline) -> bytes:
    """Return the body of a plain 200; a redirect is a failure, for it could lead anywhere."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(origin.host, origin.port)
    connection.sock = _TimedSocket(sock, deadline)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = {
        "Host": parts.netloc,
        "User-Agent": f"Stadterneuerung-Kartencache (+{settings.WAGTAILADMIN_BASE_URL})",
        "Accept": "image/png, image/jpeg, image/webp",
        "Connection": "close",
    }
    connection.request("GET", path, headers=headers)
    with connection.getresponse() as response:
        if response.status != 200:
            failure = ServiceDown if response.status in OVERLOADED else TileError
            raise failure(f"Status {response.status}")
        return _body(response)


def _body(response: http.client.HTTPResponse) -> bytes:
    limit = settings.MAP_TILES["max_bytes"]
    if (response.length or 0) > limit:
        raise TileError("zu groß")
    content = bytearray()
    while chunk := response.read(min(CHUNK, limit + 1 - len(content))):
        content += chunk
        if len(content) > limit:
            raise TileError("zu groß")
    if response.length:
        raise TileError("abgebrochen")
    return bytes(content)

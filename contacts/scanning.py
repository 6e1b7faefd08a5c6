"""Asks ClamAV's daemon whether a file holds something harmful. Whatever is no clear "clean" is no yes.

The protocol is that of clamd(8): "zINSTREAM\\0", then pieces, each behind its length (four bytes, network order), then
a length of zero; the answer is one line that ends with a zero byte.
"""

import contextlib
import logging
import re
import socket
import struct
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger(__name__)

_PIECE = 64 * 1024
_LONGEST_ANSWER = 1024
_FOUND = re.compile(r"stream: (?P<name>\S+) FOUND")
_TOO_LONG = "INSTREAM size limit exceeded"
_ENCRYPTED = "Heuristics.Encrypted."
_SILENT = "scanner-silent"  # in the cache: whether the scanner was silent when last asked
_FAILURES = (OSError, ValueError)  # the latter: an address that is none, an answer that is no text


class NotScanned(Exception):
    """Nobody can say whether the file is harmless: the scanner is silent, or cannot take it."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner says of a file; `signature` is "" when it found nothing."""

    signature: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.signature

    @property
    def is_encrypted(self) -> bool:
        """Whether all that it found is a password before the content (AlertEncryptedDoc)."""
        return self.signature.startswith(_ENCRYPTED)

    @property
    def kind(self) -> str:
        """Return platform and category of the signature ("Pdf.Exploit" of "Pdf.Exploit.Agent-123-0")."""
        return ".".join(self.signature.split(".")[:2])


def is_configured() -> bool:
    return bool(settings.CLAMD_URL)


def scan(content: bytes) -> Verdict:
    """Return what the scanner says of these bytes. Raises NotScanned.

    After a silence nobody asks again for `pause_seconds`, or every sender would wait for the same nothing.
    """
    if cache.get(_SILENT):
        raise NotScanned
    pieces = [content[start : start + _PIECE] for start in range(0, len(content), _PIECE)]
    answer = _asked([b"zINSTREAM\0", *[struct.pack("!L", len(piece)) + piece for piece in pieces], b"\0\0\0\0"])
    if answer == "stream: OK":
        return Verdict()
    if found := _FOUND.fullmatch(answer):
        return Verdict(found["name"])
    if _TOO_LONG in answer:
        logger.error("Der Virenscanner nimmt Dateien dieser Größe nicht an (StreamMaxLength): %d Byte", len(content))
    else:
        logger.error("Der Virenscanner konnte eine Datei nicht prüfen")
    raise NotScanned


def is_silent() -> bool:
    """Whether the scanner does not answer, or did not within the last `pause_seconds`."""
    silent = cache.get(_SILENT)
    return _is_silent_now() if silent is None else silent


def _asked(message: list[bytes]) -> str:
    """Return the scanner's answer about a file. Raises NotScanned."""
    try:
        answer = _exchange(message, settings.SCANNER["scan_seconds"])
    except _FAILURES as error:
        logger.error("Der Virenscanner hat eine Datei nicht geprüft: %s", type(error).__name__)
        _is_silent_now()  # one file that takes too long must not keep all others out
        raise NotScanned from error
    _remember(silent=False)
    return answer


def _is_silent_now() -> bool:
    """Ask whether the scanner is there, and remember it for `pause_seconds`."""
    try:
        silent = _exchange([b"zPING\0"], settings.SCANNER["ping_seconds"]) != "PONG"
    except _FAILURES as error:
        logger.error("Der Virenscanner antwortet nicht: %s", type(error).__name__)
        silent = True
    _remember(silent=silent)
    return silent


def _remember(*, silent: bool) -> None:
    with contextlib.suppress(OSError):  # the cache is on a disk, which may be full: then we ask each time
        cache.set(_SILENT, silent, settings.SCANNER["pause_seconds"])


def _exchange(message: list[bytes], seconds: float) -> str:
    """Send the parts of a message and return the line that comes back, all of it within so many seconds."""
    deadline = time.monotonic() + seconds
    with _connected(deadline) as connection:
        # A scanner that has seen enough answers and hangs up while we still send: its answer counts, not our error.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for part in message:
                connection.settimeout(_left(deadline))
                connection.sendall(part)
        answer = b""
        while not answer.endswith(b"\0"):
            connection.settimeout(_left(deadline))
            received = connection.recv(_LONGEST_ANSWER)
            if not received or len(answer) > _LONGEST_ANSWER:
                raise ConnectionError
            answer += received
    return answer.rstrip(b"\0").decode("ascii").strip()


def _connected(deadline: float) -> socket.socket:
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "tcp" and address.hostname and address.port:
        return socket.create_connection((address.hostname, address.port), timeout=_left(deadline))
    if address.scheme != "unix":
        raise ValueError
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(_left(deadline))
        connection.connect(address.path)
    except OSError:
        connection.close()
        raise
    return connection


def _left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds

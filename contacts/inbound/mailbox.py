"""The mailbox at the IMAP server: what lies in it, and moving it. Knows nothing of cases.

Time is bounded twice: each wait for the server has a timeout, and what follows its greeting is cut off as a whole, for
a server that goes on and on and never comes to an end.
"""

import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from imapclient import IMAPClient

from contacts.inbound.server import Server

_LARGEST_HEAD = 1024**2  # bytes


@dataclass(frozen=True)
class Lying:
    """A mail in the mailbox, not read yet. `size` in bytes; `arrived`: the day on which the server got it; `key` is
    never given to another mail (UIDVALIDITY and UID: RFC 9051, 2.3.1.1).
    """

    uid: int
    key: str
    size: int
    arrived: dt.date


class Mailbox:
    def __init__(self, client: IMAPClient, folder: str):
        self._client = client
        self._folder = folder
        self._prefix = _namespace(client)
        self._selected = ""
        self._validity = 0
        self._takes_keywords = False

    def new(self, count: int) -> list[Lying]:
        """Return what lies in the mailbox, oldest first, at most `count`."""
        self._select(self._folder)
        uids = sorted(self._client.search("UNDELETED"))[:count]
        found = self._client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"]) if uids else {}
        return [
            Lying(
                uid,
                f"{self._validity}.{uid}",
                found[uid][b"RFC822.SIZE"],
                timezone.localdate(found[uid][b"INTERNALDATE"]),
            )
            for uid in uids
            if uid in found
        ]

    def read(self, mail: Lying, *, head_alone: bool = False) -> bytes | None:
        """Return the mail as it came, without marking it as seen; None when somebody took it away in between."""
        part = f"BODY.PEEK[HEADER]<0.{_LARGEST_HEAD}>" if head_alone else "BODY.PEEK[]"
        self._select(self._folder)
        answer = self._client.fetch([mail.uid], [part]).get(mail.uid, {})
        return next((value for key, value in answer.items() if key.startswith(b"BODY[")), None)

    def move(self, mail: Lying, folder: str, label: str = "") -> None:
        """Move a mail. `label` is a keyword (RFC 9051, 2.3.2) by which it is found there, if the server takes any."""
        self._need(folder)
        self._select(self._folder)
        if label and self._takes_keywords:
            self._client.add_flags([mail.uid], [label], silent=True)
        if self._client.has_capability("MOVE"):
            self._client.move([mail.uid], self._prefix + folder)
        else:
            self._client.copy([mail.uid], self._prefix + folder)
            self._delete([mail.uid])

    def count(self, folder: str) -> int:
        """Return how many mails lie in a folder; 0 when there is none of this name."""
        if not self._client.folder_exists(self._prefix + folder):
            return 0
        return self._client.folder_status(self._prefix + folder, ["MESSAGES"])[b"MESSAGES"]

    def labels(self, folder: str) -> dict[int, set[str]]:
        """Return the keywords and flags of the mails in a folder."""
        if not self.count(folder):
            return {}
        self._select(self._prefix + folder)
        flags = self._client.get_flags(self._client.search("ALL"))
        return {uid: {flag.decode("ascii", "replace") for flag in each} for uid, each in flags.items()}

    def delete(self, folder: str, uids: list[int]) -> None:
        if uids:
            self._select(self._prefix + folder)
            self._delete(uids)

    def before(self, folder: str, day: dt.date) -> list[int]:
        """Return the mails in a folder that arrived before `day`."""
        if not self.count(folder):
            return []
        self._select(self._prefix + folder)
        return self._client.search(["BEFORE", day])

    def _delete(self, uids: list[int]) -> None:
        self._client.delete_messages(uids, silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)
        else:  # whatever is marked goes: the mailbox belongs to this program
            self._client.expunge()

    def _need(self, folder: str) -> None:
        if not self._client.folder_exists(self._prefix + folder):
            self._client.create_folder(self._prefix + folder)
            self._client.subscribe_folder(self._prefix + folder)

    def _select(self, folder: str) -> None:
        if self._selected != folder:
            answer = self._client.select_folder(folder)
            self._takes_keywords = b"\\*" in answer.get(b"PERMANENTFLAGS", ())
            self._validity = answer.get(b"UIDVALIDITY", 0)
            self._selected = folder


@contextlib.contextmanager
def opened(server: Server) -> Iterator[Mailbox]:
    """Yield the mailbox, signed in, for at most `round_seconds`. Errors of IMAPClient and OSError come through."""
    limits = settings.INBOUND
    client = IMAPClient(
        server.host,
        server.port,
        ssl=server.tls,
        ssl_context=ssl.create_default_context() if server.tls else None,
        timeout=limits["timeout_seconds"],
    )
    client.normalise_times = False  # times with their zone
    guard = threading.Timer(limits["round_seconds"], _cut, [client])
    guard.daemon = True
    guard.start()
    try:
        client.login(server.user, server.password)
        yield Mailbox(client, server.folder)
    finally:
        guard.cancel()
        _hang_up(client)


def _hang_up(client: IMAPClient) -> None:
    """Take leave; what is done is done, and a server that is gone hears it no more."""
    try:
        client.logout()
    except Exception:
        with contextlib.suppress(OSError):
            client.shutdown()


def _cut(client: IMAPClient) -> None:
    with contextlib.suppress(OSError, ValueError):  # closed already
        client.socket().shutdown(socket.SHUT_RDWR)


def _namespace(client: IMAPClient) -> str:
    """Return what names of folders begin with here ("INBOX." at some servers)."""
    if not client.has_capability("NAMESPACE"):
        return ""
    personal = client.namespace().personal
    return personal[0][0] if personal else ""

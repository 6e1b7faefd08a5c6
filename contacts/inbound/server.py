"""Where the mailbox is that `INBOUND_IMAP_URL` names."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.conf import settings

_PORTS = {"imaps": 993, "imap": 143}


@dataclass(frozen=True)
class Server:
    """An account at an IMAP server and the folder in which its mails arrive."""

    host: str
    port: int
    tls: bool
    user: str = field(repr=False)
    password: str = field(repr=False)
    folder: str = "INBOX"

    @property
    def is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def is_on() -> bool:
    return bool(settings.INBOUND_IMAP_URL)


def server_of(url: str) -> Server:
    """Return the server that a URL such as `imaps://user:password@host:993/INBOX` names; user and password may hold
    percent signs. ValueError with a German sentence, which quotes nothing: the URL holds a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("INBOUND_IMAP_URL ist keine Adresse.") from None
    if parts.scheme not in _PORTS:
        raise ValueError("INBOUND_IMAP_URL muss mit imaps:// beginnen.")
    if not (parts.hostname and parts.username and parts.password):
        raise ValueError("INBOUND_IMAP_URL braucht Konto, Passwort und Server: imaps://konto:passwort@server/INBOX.")
    server = Server(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        tls=parts.scheme == "imaps",
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
    if not server.tls and not server.is_loopback:
        raise ValueError("imap:// ohne Verschlüsselung geht nur auf diesem Rechner; sonst imaps://.")
    return server

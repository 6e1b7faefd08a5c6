"""Which tile servers this site may ask: an allow-list in the settings, and never OpenStreetMap's own servers.

The model asks when a background is entered, the fetch asks again before each request: who shortens the list in the
settings stops the traffic at once.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

DEFAULT_PORTS = {"http": 80, "https": 443}
OSM_DOMAINS = ("openstreetmap.org", "openstreetmap.de", "osm.org")
OSM_POLICY = "https://operations.osmfoundation.org/policies/tiles/"
# What an address may be made of (RFC 3986), and the braces of the template. Spaces, control characters and
# backslashes are where parsers disagree about which host is meant.
ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%{}-]+")


class HostRefused(ValueError):
    """An address that must not be asked; the text is a German sentence for the administrator."""


@dataclass(frozen=True)
class Origin:
    """A server as the address names it; the host is in lower case and without brackets."""

    scheme: str
    host: str
    port: int

    @property
    def host_and_port(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether MAP_TILE_LOCAL_HOSTS allows it to lie inside the city's network."""
        return self.host_and_port in {entry.strip().lower() for entry in settings.MAP_TILE_LOCAL_HOSTS}

    @property
    def is_openstreetmap(self) -> bool:
        return any(self.host == domain or self.host.endswith(f".{domain}") for domain in OSM_DOMAINS)


def checked_origin(url: str) -> Origin:
    """Return the server that `url` names, or raise HostRefused when it must not be asked."""
    origin = _read_origin(url)
    if origin.is_openstreetmap:
        raise HostRefused(
            "Die Kachelserver von OpenStreetMap können hier nicht eingetragen werden. Sie leben von Spenden; ihre "
            f"Nutzungsrichtlinie (Tile Usage Policy, {OSM_POLICY}) rät von einem Zwischenspeicher wie unserem ab, "
            "sagt keine Verfügbarkeit zu und behält vor, den Zugang ohne Ankündigung zu sperren. Nehmen Sie den "
            "Kartendienst der Stadt, des Regionalverbands oder des Landes."
        )
    if origin in _allowed(settings.MAP_TILE_HOSTS):
        return origin
    entry = origin.host_and_port.removesuffix(f":{DEFAULT_PORTS[origin.scheme]}")
    if origin.scheme == "http":
        raise HostRefused(
            "Die Adresse muss mit https:// beginnen. Unverschlüsselt wird nur ein Server gefragt, den der Betrieb "
            f"ausdrücklich so erlaubt: MAP_TILE_HOSTS=http://{entry} (siehe docs/betrieb.md)."
        )
    raise HostRefused(
        f"Der Server {entry} ist nicht freigegeben. Der Betrieb gibt ihn frei, indem er ihn in die Einstellung "
        f"MAP_TILE_HOSTS einträgt (MAP_TILE_HOSTS={entry}, mehrere durch Komma getrennt) und die Website neu startet."
    )


def _read_origin(url: str) -> Origin:
    """Return the origin of an address without name and password, or raise HostRefused."""
    if not ADDRESS.fullmatch(url):
        raise HostRefused(
            "Das ist keine vollständige Webadresse: Sie beginnt mit https:// und enthält weder Leerzeichen noch "
            "Umlaute (Namen mit Umlauten in der Form xn--…)."
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise HostRefused("Die Adresse ist ungültig.") from None
    if "@" in parts.netloc:
        raise HostRefused("Name und Passwort gehören nicht in die Adresse.")
    if parts.fragment or not parts.hostname or set("{}%") & set(parts.netloc):
        raise HostRefused("Die Adresse ist ungültig.")
    return _origin(parts, port)


def _origin(parts: SplitResult, port: int | None) -> Origin:
    # "name." is the same server as "name".
    return Origin(parts.scheme, parts.hostname.rstrip(".").lower(), port or DEFAULT_PORTS[parts.scheme])


def _allowed(entries: list[str]) -> set[Origin]:
    """Return the origins of "host", "host:port" (both https) and "http://host:port"; others allow nothing."""
    origins = set()
    for entry in entries:
        address = entry.strip() if "://" in entry else f"https://{entry.strip()}"
        try:
            origins.add(_read_origin(address))
        except HostRefused:
            continue
    return origins

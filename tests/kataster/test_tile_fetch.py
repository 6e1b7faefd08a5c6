"""Which addresses the server asks: public ones, each looked up once, with a certificate for the name."""

import socket
import ssl
import threading

import pytest

from kataster import tile_fetch
from kataster.models import MapBackground
from kataster.tile_fetch import ServiceDown, fetch, is_public
from tests.kataster.tile_support import TileService, ask, certificate, image, openssl_is_there, running


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to be refused, nothing listens
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "::ffff:a9fe:a9fe",
        "fe80::1%lo",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
def test_address_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "::ffff:8.8.8.8", "2a00:1450:4001:830::200e"])
def test_address_outside_is_public(address):
    assert is_public(address)


def resolving_to(monkeypatch, *addresses: str, port: int) -> list[str]:
    """Let every name lead to these addresses, one look-up each, the last one for ever; return the names asked."""
    asked = []

    def getaddrinfo(host, *args, **kwargs):
        asked.append(host)
        address = addresses[min(len(asked), len(addresses)) - 1]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port, 0, 0) if ":" in address else (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254"])
def test_name_that_leads_inside_is_not_asked(client, service, background, tile_settings, monkeypatch, address):
    tile_settings.MAP_TILE_HOSTS = [f"http://karten.example:{service.port}"]
    tile_settings.MAP_TILE_LOCAL_HOSTS = ["andere.example:80", "karten.example:80"]
    MapBackground.objects.update(url=f"http://karten.example:{service.port}/{{z}}/{{x}}/{{y}}")
    resolving_to(monkeypatch, address, port=service.port)

    assert ask(client, background).status_code == 404
    assert service.requests == []


def test_connection_goes_to_the_address_that_was_checked(tile_settings, service, monkeypatch):
    """A second look-up of the name could lead elsewhere (DNS rebinding), so there is none."""
    tile_settings.MAP_TILE_HOSTS = ["http://karten.example"]
    asked = resolving_to(monkeypatch, "203.0.114.7", "127.0.0.1", port=service.port)
    connected = []

    def connect(sock, address):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "socket", type("Socket", (socket.socket,), {"connect": connect}))

    with pytest.raises(ServiceDown, match="ConnectionRefusedError"):
        fetch("http://karten.example/1/1/1")
    assert asked == ["karten.example"]
    assert connected == [("203.0.114.7", service.port)]


def test_local_service_is_asked_by_its_name(tile_settings, service, monkeypatch):
    tile_settings.MAP_TILE_HOSTS = [f"http://karten.intern.example:{service.port}"]
    tile_settings.MAP_TILE_LOCAL_HOSTS = [f"Karten.intern.example:{service.port}"]
    resolving_to(monkeypatch, "127.0.0.1", port=service.port)

    assert fetch(f"http://karten.intern.example:{service.port}/1") == image()
    assert service.requests[0][1]["Host"] == f"karten.intern.example:{service.port}"


def test_look_up_that_hangs_ends_with_the_deadline(tile_settings, impatient, monkeypatch):
    tile_settings.MAP_TILE_HOSTS = ["karten.example"]
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: over.wait(5))

    with pytest.raises(ServiceDown, match="Zeit"):
        fetch("https://karten.example/1/1/1")
    over.set()


def test_certificate_is_verified_against_the_name(tile_settings, service, monkeypatch):
    tile_settings.MAP_TILE_HOSTS = [f"karten.example:{service.port}"]
    tile_settings.MAP_TILE_LOCAL_HOSTS = [f"karten.example:{service.port}"]
    resolving_to(monkeypatch, "127.0.0.1", port=service.port)
    context = tile_fetch.tls_context()
    names = []

    def wrap_socket(sock, server_hostname):
        names.append(server_hostname)
        return ssl.SSLContext.wrap_socket(context, sock, server_hostname=server_hostname)

    monkeypatch.setattr(context, "wrap_socket", wrap_socket)

    with pytest.raises(ServiceDown):  # the service speaks plain HTTP
        fetch(f"https://karten.example:{service.port}/1")
    assert names == ["karten.example"]
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert service.requests == []


def test_host_taken_off_the_list_is_not_asked_any_more(client, service, background, tile_settings):
    tile_settings.MAP_TILE_HOSTS = []

    assert ask(client, background).status_code == 404
    assert service.requests == []


# --- TLS -------------------------------------------------------------------------------------------------------------
@openssl_is_there
@pytest.mark.parametrize(
    ("name", "trusted", "reason"),
    [
        ("karten.example", True, None),
        ("andere.example", True, "CERTIFICATE_VERIFY_FAILED"),
        ("karten.example", False, "CERTIFICATE_VERIFY_FAILED"),
    ],
)
def test_certificate_decides(tile_settings, monkeypatch, tmp_path, name, trusted, reason):
    service, file = TileService(), certificate(tmp_path, "karten.example")
    tile_settings.MAP_TILE_HOSTS = tile_settings.MAP_TILE_LOCAL_HOSTS = [f"{name}:{service.port}"]
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(file)
    service.server.socket = theirs.wrap_socket(service.server.socket, server_side=True)
    service.server.handle_error = lambda *args: None  # a handshake that fails is no news
    if trusted:
        ours = ssl.create_default_context(cafile=file)
        monkeypatch.setattr(tile_fetch, "tls_context", lambda: ours)
    resolving_to(monkeypatch, "127.0.0.1", port=service.port)

    with running(service.server):
        if reason:
            with pytest.raises(ServiceDown, match=reason):
                fetch(f"https://{name}:{service.port}/1")
        else:
            assert fetch(f"https://{name}:{service.port}/1") == image()
    assert len(service.requests) == (0 if reason else 1)

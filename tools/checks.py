"""What is checked before anything is started: each failure is one sentence that says what to do."""

import errno
import os
import socket
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.console import SetupError
from tools.paths import ROOT, VENV, var_dir

POSTGRES_SCHEMES = {"postgres", "postgresql", "psql", "pgsql"}
DEFAULT_POSTGRES_PORT = 5432
CONNECT_SECONDS = 5


def venv_module() -> None:
    """Debian ships Python without `venv` and `ensurepip`; they are needed only while there is no .venv yet."""
    if (VENV / "bin" / "python").exists():
        return
    try:
        import ensurepip  # noqa: F401 - only its presence matters
        import venv  # noqa: F401
    except ImportError:
        raise SetupError(
            "Pythons Modul „venv“ fehlt: Bitte nachinstallieren (Debian und Ubuntu: apt-get install python3-venv) "
            "und den Befehl noch einmal starten."
        ) from None


def writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise SetupError(f"Auf dem Datenträger von {folder} ist kein Platz mehr: Bitte Platz schaffen.") from None
        raise SetupError(
            f"Der Ordner {folder} ist nicht beschreibbar: Bitte Rechte prüfen "
            "oder mit VAR_DIR=/anderer/ordner einen anderen Datenordner angeben."
        ) from None


def folders_writable() -> None:
    for folder in (ROOT, var_dir()):
        writable(folder)


def address() -> tuple[str, int]:
    """Return HOST and PORT of the environment."""
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SetupError(f"PORT={port} ist keine Portnummer: Bitte eine Zahl zwischen 1 und 65535 angeben.")
    return host, int(port)


def port_free() -> None:
    host, port = address()
    try:
        family, kind, *_, target = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SetupError(
                f"Port {port} auf {host} ist schon belegt: Bitte das andere Programm beenden "
                f"oder einen anderen Port wählen, z. B. make run PORT={port + 1 if port < 65535 else 8000}."
            ) from None
        if error.errno == errno.EACCES:
            raise SetupError(f"Port {port} ist nur mit Sonderrechten erlaubt: Bitte z. B. PORT=8000 wählen.") from None
        raise SetupError(
            f"HOST={host} ist keine Adresse dieses Rechners: Bitte z. B. HOST=127.0.0.1 angeben."
        ) from None


def uses_postgres() -> bool:
    return urlsplit(os.environ.get("DATABASE_URL", "")).scheme in POSTGRES_SCHEMES


def database_reachable() -> None:
    """Ask the server of DATABASE_URL for a connection; whether it lets us in is asked later, by Django."""
    if not uses_postgres():
        return
    url = urlsplit(os.environ["DATABASE_URL"])
    host = unquote(url.hostname or "localhost")
    port = url.port or DEFAULT_POSTGRES_PORT
    try:
        if host.startswith("/"):
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(f"{host}/.s.PGSQL.{port}")
        else:
            socket.create_connection((host, port), timeout=CONNECT_SECONDS).close()
    except OSError:
        raise SetupError(
            f"Die Datenbank auf {host}, Port {port}, ist nicht erreichbar: Bitte DATABASE_URL prüfen "
            "und den Datenbankserver starten."
        ) from None

"""Prepares database and static files in one Django process, then runs gunicorn and the worker until Ctrl-C."""

import contextlib
import http.client
import os
import signal
import subprocess
import time

from tools import checks, console
from tools.console import CommandError, SetupError, Step
from tools.paths import LOGS, PYTHON, ROOT, STATIC, VENV, var_dir
from tools.stamps import Stamp, files_below, fingerprint

APPS = ["areas", "contacts", "jobs", "kataster", "news", "projects", "stadterneuerung"]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


def environ() -> dict[str, str]:
    """Return the environment of all children: development settings, the address, no output held back."""
    host, port = checks.address()
    return {
        "DJANGO_SETTINGS_MODULE": "stadterneuerung.settings.dev",
        **os.environ,
        "HOST": host,
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }


def database_stamp() -> Stamp:
    """Holds while code, content, address and the embedded database file are as they were at the last start."""
    files = files_below(*APPS, suffixes=(".py",)) + files_below("fixtures", suffixes=(".yaml", ".geojson"))
    names = ("HOST", "PORT", "BASE_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    values = [f"{name}={environ().get(name, '')}" for name in names]
    outputs = [] if os.environ.get("DATABASE_URL") else [var_dir() / "db.sqlite3"]
    return Stamp(var_dir() / "stamps", "database", fingerprint(files, *values), outputs)


def static_stamp() -> Stamp:
    ours = [path for path in STATIC.rglob("*") if path.is_file()]
    key = fingerprint([*ours, ROOT / "requirements.txt"], os.environ.get("DEBUG", ""))
    return Stamp(var_dir() / "stamps", "static", key, [var_dir() / "static" / "staticfiles.json"])


def prepare(reset: bool = False) -> None:
    """Run `manage.py prepare` for what is not up to date; a database server is always asked, it may be another one."""
    database, static = database_stamp(), static_stamp()
    parts = ["--reset"] if reset else []
    if reset or os.environ.get("DATABASE_URL") or not database.holds():
        parts.append("--database")
    if not static.holds():
        parts.append("--static")
    if not parts:
        return
    database.drop()
    with Step("Datenbank, Inhalte und statische Dateien vorbereiten") as step:
        command = [str(PYTHON), "manage.py", "prepare", *parts]
        try:
            console.run(command, log=LOGS / "prepare.log", cwd=ROOT, env=environ(), on_line=step.progress)
        except CommandError as error:
            # A reason that Django's commands give is a sentence of its own; anything else needs the last lines.
            reason = error.output.rpartition("CommandError: ")[2].strip()
            if reason == error.output.strip():
                reason = f"Zuletzt wurde gemeldet:\n{error.tail(20)}"
            raise SetupError(f"Die Vorbereitung ist fehlgeschlagen. {reason}") from None
    database.record()
    if "--static" in parts:
        static.record()


def start(*command: str) -> subprocess.Popen:
    """Start a child in a session of its own, so that Ctrl-C reaches it through us alone and in order."""
    return subprocess.Popen(command, cwd=ROOT, env=environ(), stdin=subprocess.DEVNULL, start_new_session=True)


def stop(children: list[subprocess.Popen]) -> None:
    """Ask the children to end, wait, then end whatever is left of their process groups."""
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    with contextlib.suppress(KeyboardInterrupt, subprocess.TimeoutExpired):  # a second Ctrl-C does not wait
        for child in children:
            child.wait(max(0, deadline - time.monotonic()))
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait_for_answer(server: subprocess.Popen, host: str, port: int) -> int:
    """Return the status of the start page as soon as the server answers."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SetupError("Der Webserver ließ sich nicht starten; der Grund steht darüber.")
        connection = http.client.HTTPConnection(reachable, port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise SetupError(f"Der Webserver antwortet nicht innerhalb von {SECONDS_TO_START} Sekunden.")


def welcome(status: int) -> None:
    host, port = checks.address()
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - compared, not bound
    accounts = var_dir() / "accounts.txt"
    print(f"\nDie Website läuft:    {address}/")
    print(f"Verwaltung:           {address}/admin/")
    print(f"Mails liegen als Dateien in {var_dir() / 'mail'}")
    if accounts.is_file():
        print(f"\nDemo-Zugänge (aus {accounts}):")
        print("\n".join("  " + line for line in accounts.read_text(encoding="utf-8").strip().splitlines()))
    if status >= 500:
        print(f"\nAchtung: Die Startseite meldet einen Fehler ({status}); der Grund steht darüber.")
    print("\nBeenden mit Strg-C.", flush=True)


def serve() -> int:
    prepare()
    children = []
    try:
        with Step("Webserver starten"):
            children.append(start(str(VENV / "bin" / "gunicorn"), "stadterneuerung.wsgi:application"))
            status = wait_for_answer(children[0], *checks.address())
        children.append(start(str(PYTHON), "manage.py", "worker"))
        welcome(status)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise SetupError("Ein Dienst hat sich beendet; der Grund steht darüber. Alles wird angehalten.")
    except KeyboardInterrupt:
        print("\nWird beendet …", flush=True)
        return 0
    finally:
        stop(children)

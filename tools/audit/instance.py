"""A copy of the freshly seeded site under gunicorn: own folder, own port, embedded database; gone at the end.

Seeding takes half a minute, so the seeded folder is kept under var/audit and made anew only when code, content or the
day have changed (examples are dated relative to the day). Browser tests, `make crawl` and `make bench` start from it.
"""

import contextlib
import datetime as dt
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import console, serve
from tools.console import CommandError, SetupError, Step
from tools.paths import LOGS, ROOT, STATIC
from tools.stamps import files_below, fingerprint

KEPT = ROOT / "var" / "audit"
HOST = "127.0.0.1"
# What a developer's shell may say about another installation must not reach the copy.
NOT_INHERITED = {
    "BASE_URL",
    "CLAMD_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "ENQUIRY_MAILBOX",
    "PROXY_COUNT",
    "SECRET_KEY",
    "SERVE_MEDIA",
    "SITE_PREVIEW",
}


@dataclass(frozen=True)
class Instance:
    """A running site. `url` has no slash at its end, `folder` is its VAR_DIR."""

    url: str
    folder: Path
    env: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command beside the server and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        return console.run(command, log=LOGS / "audit-command.log", cwd=ROOT, env=self.env)

    def rows(self, query: str, *values: str | int) -> list[tuple]:
        """Ask the database of the copy; read only."""
        uri = f"file:{self.folder / 'db.sqlite3'}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=10)) as connection:
            return connection.execute(query, values).fetchall()

    def accounts(self) -> dict[str, str]:
        """Return user name → password of the demo accounts."""
        lines = (self.folder / "accounts.txt").read_text(encoding="utf-8").splitlines()
        return dict(line.split(maxsplit=1) for line in lines)

    def page_types(self) -> dict[str, list[str]]:
        """Return model name → paths of its live pages, in tree order."""
        home = self.rows(
            "SELECT page.url_path FROM wagtailcore_site site "
            "JOIN wagtailcore_page page ON page.id = site.root_page_id WHERE site.is_default_site"
        )[0][0]
        pages = self.rows(
            "SELECT type.model, page.url_path FROM wagtailcore_page page "
            "JOIN django_content_type type ON type.id = page.content_type_id "
            "WHERE page.live AND page.depth > 1 ORDER BY page.path"
        )
        types: dict[str, list[str]] = {}
        for model, url_path in pages:
            types.setdefault(model, []).append("/" + url_path.removeprefix(home))
        return types


def child_environ(folder: Path, port: int = 8000, settings: str = "stadterneuerung.settings.dev") -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": settings,
        "VAR_DIR": str(folder),
        "HOST": HOST,
        "PORT": str(port),
        "DEBUG": "0",
        "PYTHONUNBUFFERED": "1",
    }


def prepare(title: str, part: str, folder: Path) -> None:
    """Run `manage.py prepare` into `folder`."""
    with Step(title) as step:
        command = [sys.executable, "manage.py", "prepare", part]
        try:
            console.run(
                command, log=LOGS / "audit-prepare.log", cwd=ROOT, env=child_environ(folder), on_line=step.progress
            )
        except CommandError as error:
            raise SetupError(f"{title}: fehlgeschlagen. Zuletzt wurde gemeldet:\n{error.tail(20)}") from None


def kept(name: str, key: str, title: str, part: str) -> Path:
    """Return the folder var/audit/<name>-<key>, prepared on first use; those of earlier keys are removed."""
    folder = KEPT / f"{name}-{key[:16]}"
    if not folder.is_dir():
        KEPT.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f"new-{name}-", dir=KEPT))
        try:
            prepare(title, part, unfinished)
            with contextlib.suppress(OSError):  # another run was quicker: its folder is as good
                unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        for old in KEPT.glob(f"{name}-*"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)
    return folder


def seeded_folder() -> Path:
    code = files_below(*serve.APPS, suffixes=(".py",)) + files_below("fixtures", suffixes=(".yaml", ".geojson"))
    key = fingerprint(code, dt.date.today().isoformat())
    return kept("seed", key, "Datenbank mit Demo-Inhalt für die Prüfung anlegen", "--database")


def static_folder() -> Path:
    ours = [path for path in STATIC.rglob("*") if path.is_file()]
    key = fingerprint([*ours, ROOT / "requirements.txt"])
    return kept("static", key, "Statische Dateien für die Prüfung sammeln", "--static") / "static"


def copy_of_seed(folder: Path, port: int) -> None:
    """Fill `folder` with database, media and accounts, and tell the database its address."""
    shutil.copytree(seeded_folder(), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cache", "log"))
    (folder / "static").symlink_to(static_folder(), target_is_directory=True)
    with contextlib.closing(sqlite3.connect(folder / "db.sqlite3")) as connection, connection:
        connection.execute("UPDATE wagtailcore_site SET hostname = ?, port = ? WHERE is_default_site", (HOST, port))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def server_log() -> Path:
    return LOGS / "audit-server.log"


@contextlib.contextmanager
def running(settings: str | None = None) -> Iterator[Instance]:
    """Serve a copy of the seeded site until the block ends. What the server says is in var/log/audit-server.log."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="stadterneuerung-audit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copy_of_seed(folder, port)
        env = child_environ(folder, port, *([settings] if settings else []))
        LOGS.mkdir(parents=True, exist_ok=True)
        with server_log().open("w", encoding="utf-8") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "stadterneuerung.wsgi:application"],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                serve.wait_for_answer(server, HOST, port)
                yield Instance(f"http://{HOST}:{port}", folder, env)
            finally:
                serve.stop([server])

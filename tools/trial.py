"""The site as a citizen gets it, on a copy of this installation's data: for measuring, crawling and browser tests."""

import contextlib
import os
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools import serve
from tools.paths import ROOT, VENV, var_dir


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def copy_data(target: Path) -> None:
    """Copy the embedded database (consistent even while it is in use); link to the files, which nobody changes."""
    source = var_dir() / "db.sqlite3"
    if not os.environ.get("DATABASE_URL"):
        with (
            contextlib.closing(sqlite3.connect(source)) as live,
            contextlib.closing(sqlite3.connect(target / "db.sqlite3")) as copy,
        ):
            live.backup(copy)
    for name in ("static", "media"):
        (var_dir() / name).mkdir(exist_ok=True)
        (target / name).symlink_to(var_dir() / name)


@contextlib.contextmanager
def served_copy(application: str = "stadterneuerung.wsgi:application", **env: str) -> Iterator[str]:
    """Serve a copy under gunicorn on a free port of this machine; yield its address without a slash at the end.

    The installation must have been prepared. `env` adds to or replaces environment variables of the server.
    """
    port = str(free_port())
    with tempfile.TemporaryDirectory(prefix="stadterneuerung-copy-") as folder:
        copy_data(Path(folder))
        address = {"HOST": "127.0.0.1", "PORT": port, "VAR_DIR": folder}
        command = [str(VENV / "bin" / "gunicorn"), application]
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**serve.environ(), **address, **env},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            serve.wait_for_answer(server, "127.0.0.1", int(port))
            yield f"http://127.0.0.1:{port}"
        finally:
            serve.stop([server])

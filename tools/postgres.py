"""A PostgreSQL cluster to be thrown away: own folder, free port on the loopback address, gone at the end.

Debian's pg_createcluster needs root. What is measured or tested in the cluster needs no lasting disk, unless it is
about what survives.
"""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.audit.instance import HOST, free_port
from tools.console import SetupError

VERSIONS = Path("/usr/lib/postgresql")
CONFIGURATION = Path("/etc/postgresql")
# The data are thrown away: no need to wait for the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    version: str
    name: str
    port: int

    @property
    def url(self) -> str:
        """The DATABASE_URL of its one database."""
        return f"postgres://postgres@{HOST}:{self.port}/postgres"

    def restart(self, mode: str) -> None:
        """Stop and start the server: "fast" ends all connections, "immediate" is as good as a crash."""
        _run("pg_ctlcluster", "--skip-systemctl-redirect", "-m", mode, self.version, self.name, "restart")


def reason_not_to_run() -> str | None:
    """Return in German why no cluster can be made here, or None."""
    if not shutil.which("pg_createcluster") or not _versions():
        return "PostgreSQL ist nicht installiert (auf Debian als root: apt-get install postgresql)"
    if os.geteuid() != 0:
        return "nur root darf mit pg_createcluster ein Cluster anlegen"
    return None


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Yield a server with an empty database until the block ends; a durable one waits for the disk."""
    version, name, port = _versions()[-1], f"throwaway{os.getpid()}", free_port()
    options = {"listen_addresses": f"'{HOST}'", **({} if durable else CARELESS)}
    try:
        _run("pg_createcluster", version, name, "-p", str(port), "--", "--auth=trust")
        with (CONFIGURATION / version / name / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{option} = {value}\n" for option, value in options.items())
        _run("pg_ctlcluster", "--skip-systemctl-redirect", version, name, "start")
        yield Cluster(version, name, port)
    finally:
        subprocess.run(["pg_dropcluster", "--stop", version, name], capture_output=True, timeout=60, check=False)


def _versions() -> list[str]:
    found = [path.parents[1].name for path in VERSIONS.glob("*/bin/initdb")]
    return sorted(found, key=lambda version: [int(part) for part in version.split(".")])


def _run(*command: str) -> None:
    # Not captured through a pipe: the server that is started inherits it and never closes it.
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False
    )
    if done.returncode:
        raise SetupError(f"PostgreSQL: {command[0]} ist gescheitert ({done.returncode}).")

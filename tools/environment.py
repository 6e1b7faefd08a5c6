"""The virtual environment: made by `venv`, filled from the hash locks, done again only when a lock has changed."""

import re
import shutil
import sys

from tools import console
from tools.console import CommandError, SetupError, Step
from tools.paths import LOGS, PYTHON, ROOT, SETUP_STAMPS, VENV
from tools.stamps import Stamp, fingerprint

RUNTIME_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "requirements-dev.txt"
NODE_LOCK = ROOT / "requirements-node.txt"

# What pip and npm print when they cannot reach their index.
NETWORK_SIGNS = re.compile(
    r"Failed to establish a new connection|NewConnectionError|NameResolutionError|Temporary failure in name resolution"
    r"|Connection refused|Network is unreachable|Cannot connect to proxy|ProxyError|ConnectTimeout|Read timed out"
    r"|Max retries exceeded|EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT"
)


def explained(error: CommandError, what: str) -> SetupError:
    """Turn the output of a package client into one sentence; keep its last lines only when they are needed."""
    if NETWORK_SIGNS.search(error.output):
        return SetupError(
            f"Keine Netzverbindung: {what} konnten nicht geladen werden. "
            "Bitte Netzwerk oder Proxy prüfen und den Befehl noch einmal starten."
        )
    return SetupError(
        f"{what} ließen sich nicht einrichten. Einzelheiten stehen in {error.log}, zuletzt:\n{error.tail()}"
    )


def python_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def ensure_venv() -> None:
    """Make .venv; one that was made by another Python (after a system upgrade) is made anew."""
    stamp = Stamp(SETUP_STAMPS, "venv", python_version(), [PYTHON, VENV / "bin" / "pip"])
    if stamp.holds():
        return
    with Step("Virtuelle Python-Umgebung anlegen"):
        shutil.rmtree(VENV, ignore_errors=True)
        command = [sys.executable, "-m", "venv", str(VENV)]
        try:
            console.run(command, log=LOGS / "venv.log", cwd=ROOT)
        except CommandError as error:
            raise explained(error, "Die Python-Umgebung und ihre Werkzeuge") from None
        for name in ("packages", "packages-dev", "packages-node"):
            Stamp(SETUP_STAMPS, name, "").drop()
    stamp.record()


def packages_stamp(lock_name: str) -> Stamp:
    locks = {
        "packages": (RUNTIME_LOCK, "gunicorn"),
        "packages-dev": (DEV_LOCK, "pytest"),
        "packages-node": (NODE_LOCK, "python"),
    }
    lock, program = locks[lock_name]
    return Stamp(SETUP_STAMPS, lock_name, fingerprint([lock], python_version()), [VENV / "bin" / program])


def install(lock, title: str) -> None:
    total = sum(1 for line in lock.read_text().splitlines() if re.match(r"[A-Za-z0-9]", line))
    seen = 0

    with Step(f"{title} installieren") as step:

        def follow(line: str) -> None:
            nonlocal seen
            if line.startswith("Collecting "):
                seen += 1
                step.progress(f"{seen} von höchstens {total} geladen")
            elif line.startswith("Installing collected packages"):
                step.progress("werden entpackt")

        command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-compile"]
        command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--retries", "2"]
        command += ["-r", str(lock)]
        try:
            console.run(command, log=LOGS / "pip.log", cwd=ROOT, on_line=follow)
        except CommandError as error:
            raise explained(error, "Die Python-Pakete") from None


def ensure_packages(dev: bool = False) -> None:
    """Fill .venv; the development lock holds everything of the run-time lock, in the same versions."""
    runtime, development = packages_stamp("packages"), packages_stamp("packages-dev")
    if dev:
        if not development.holds():
            install(DEV_LOCK, "Python-Pakete samt Prüfwerkzeugen")
            development.record()
            runtime.record()
    elif not runtime.holds():
        install(RUNTIME_LOCK, "Python-Pakete")
        development.drop()
        runtime.record()


def ensure_node_package() -> None:
    """Install Node.js and npm as a Python package into .venv."""
    stamp = packages_stamp("packages-node")
    if not stamp.holds():
        install(NODE_LOCK, "Node.js (auf diesem Rechner fehlt es)")
        stamp.record()

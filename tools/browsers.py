"""Chromium and Java for the browser tests; as root on Debian they are installed, elsewhere the tests say what lacks."""

import os
import shutil
import sys
from pathlib import Path

from tools import console
from tools.console import CommandError, Step
from tools.paths import LOGS, ROOT

PACKAGES = {"chromium": ["chromium", "fonts-dejavu-core"], "java": ["default-jre-headless"]}


def missing() -> list[str]:
    return [program for program in PACKAGES if not shutil.which(program)]


def can_install() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def main() -> None:
    """Install what is missing; a failure is no reason to keep the other tests from running."""
    absent = missing()
    if not absent or not can_install():
        return
    packages = [package for program in absent for package in PACKAGES[program]]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    try:
        with Step(f"{' und '.join(absent)} für die Browsertests installieren") as step:
            for command in (["apt-get", "update"], install):
                console.run(
                    command, log=LOGS / "apt.log", cwd=ROOT, env=env, on_line=lambda line: step.progress(line[:60])
                )
    except CommandError as error:
        print(f"Die Installation über apt ist fehlgeschlagen:\n{error.tail(5)}", file=sys.stderr)


if __name__ == "__main__":
    main()

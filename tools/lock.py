"""Writes the hash locks: requirements*.txt by uv, package-lock.json by npm; none of them may name a host."""

import re
import subprocess
import sys

from tools import node
from tools.environment import DEV_LOCK, NODE_LOCK, RUNTIME_LOCK
from tools.paths import ROOT, VENV

UV = [str(VENV / "bin" / "uv"), "--no-config", "pip", "compile", "--universal", "--python-version", "3.11"]
UV += ["--generate-hashes", "--no-header", "--no-emit-index-url", "--quiet", "--upgrade"]
LOCKS = [
    (RUNTIME_LOCK, ["pyproject.toml"]),
    (DEV_LOCK, ["pyproject.toml", "--extra", "dev", "-c", RUNTIME_LOCK.name]),
    (NODE_LOCK, ["--group", "node"]),
]
NAMES_A_PLACE = re.compile(r"https?://|file:|--(extra-)?index-url|--find-links")


def main() -> int:
    for lock, sources in LOCKS:
        subprocess.run([*UV, *sources, "-o", lock.name], cwd=ROOT, check=True)
        if NAMES_A_PLACE.search(lock.read_text()):
            print(f"{lock.name} nennt eine Paketquelle und darf so nicht eingecheckt werden.", file=sys.stderr)
            return 1
        print(f"{lock.name} geschrieben")
    _, npm = node.commands()
    subprocess.run([*npm, "install", "--package-lock-only"], cwd=ROOT, env=node.npm_environ(), check=True)
    if '"resolved"' in (ROOT / "package-lock.json").read_text():
        print("package-lock.json nennt Paketquellen und darf so nicht eingecheckt werden.", file=sys.stderr)
        return 1
    print("package-lock.json geschrieben")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)

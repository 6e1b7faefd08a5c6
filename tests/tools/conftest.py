"""A copy of the set-up in an empty folder, as a newcomer's clone has it: no .venv, no node_modules, no var."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["Makefile", "package.json", "package-lock.json", ".npmrc"]
SET_BY_THE_MACHINE = ("PIP_", "npm_config_", "DATABASE_URL", "VAR_DIR", "HOST", "PORT", "MAKE", "MFLAGS", "PYTHON")


class Clone:
    def __init__(self, root: Path):
        self.root = root
        shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        for name in [*COPIED, *(path.name for path in ROOT.glob("requirements*.txt"))]:
            shutil.copy(ROOT / name, root / name)
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(SET_BY_THE_MACHINE)}
        self.env["PIP_CONFIG_FILE"] = os.devnull

    def run(self, *command: str, **env: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, cwd=self.root, env={**self.env, **env}, capture_output=True, text=True, timeout=120, check=False
        )

    def python_with(self, code: str) -> str:
        """Return a PATH whose `python3` runs `code` before the module it is asked for."""
        folder = self.root / "fake-bin"
        folder.mkdir()
        fake = folder / "python3"
        program = (
            f"import runpy, sys; sys.path.insert(0, '.'); {code}; "
            "module = sys.argv.pop(2); del sys.argv[1]; runpy.run_module(module, None, '__main__')"
        )
        fake.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{program}" "$@"\n')
        fake.chmod(0o755)
        return f"{folder}:{self.env['PATH']}"


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    folder = tmp_path / "clone"
    folder.mkdir()
    return Clone(folder)

"""Where things lie. The environment belongs to the clone, the data to VAR_DIR."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
FIXTURES = ROOT / "fixtures"
STATIC = ROOT / "static"
BUILD = STATIC / "build"
VENDOR = STATIC / "vendor"
LOGS = ROOT / "var" / "log"
SETUP_STAMPS = ROOT / "var" / "stamps"  # of .venv, node_modules and static/build, which lie in the clone


def var_dir() -> Path:
    """Return the folder of database, media, mails and accounts, as the settings do."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()

"""`make demo-reset`: throws the demo data away and loads it anew; asks first and never beside a running server."""

import os
import shutil
import sys

from tools import checks, serve
from tools.console import SetupError
from tools.paths import var_dir


def main() -> int:
    try:
        checks.port_free()
        checks.database_reachable()
        if os.environ.get("FORCE") != "1":
            print("Alle Inhalte, Änderungen, Anfragen und hochgeladenen Dateien dieser Installation werden gelöscht.")
            if input("Wirklich zurücksetzen? [ja/nein] ").strip().lower() != "ja":
                print("Nichts geändert.")
                return 0
        for folder in ("media", "mail", "cache"):
            shutil.rmtree(var_dir() / folder, ignore_errors=True)
        serve.prepare(reset=True)
    except SetupError as reason:
        print(reason, file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nNichts geändert.")
        return 1
    print("Der Demo-Inhalt ist wieder da. Start mit: make run")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`make bench-desk`: the desk's pages on PostgreSQL with 100 and with 100,000 invented enquiries.

Every page may ask the database 20 times and take twice as long with many as with few. Ends with 1 if a goal was missed.
"""

import json
import sys
import tempfile
from pathlib import Path

from tools import console, postgres
from tools.audit.instance import HOST, child_environ, static_folder
from tools.budgets import Report
from tools.console import CommandError, SetupError, Step
from tools.paths import LOGS, ROOT

FEW, MANY = 100, 100_000
REPEATS = 15
MOST_QUERIES, MOST_TIMES = 20, 2.0
LOG = LOGS / "bench-desk.log"


def run(env: dict[str, str], *arguments: str) -> str:
    return console.run([sys.executable, *arguments], log=LOG, cwd=ROOT, env=env)


def measure(count: int) -> dict[str, dict]:
    """Return the figures of a site with so many enquiries, in a database of its own."""
    with postgres.cluster() as server, tempfile.TemporaryDirectory(prefix="bench-desk-") as folder:
        (Path(folder) / "static").symlink_to(static_folder(), target_is_directory=True)
        env = child_environ(Path(folder)) | {"DATABASE_URL": server.url}
        with Step(f"Site mit {count} erfundenen Anfragen auf PostgreSQL anlegen"):
            run(env, "manage.py", "prepare", "--database")
            run(env, "-m", "tools.synthetic_desk", "--enquiries", str(count))
            run(env, "manage.py", "shell", "-c", "from django.db import connection as c; c.cursor().execute('ANALYZE')")
        return json.loads(run(env, "-m", "tools.desk_times", HOST, str(REPEATS)).splitlines()[-1])


def compare(few: dict[str, dict], many: dict[str, dict], report: Report) -> None:
    report.head(f"Anfragen-Tisch mit {FEW} und {MANY} Anfragen, Mediane aus {REPEATS} Aufrufen im selben Prozess")
    for name, large in many.items():
        small = few[name]
        report.figure(f"Abfragen: {name}", max(small["queries"], large["queries"]), "", most=MOST_QUERIES)
        report.figure(f"… mit {FEW} ({small['rows']} Zeilen)", small["ms"], "ms")
        report.figure(f"… mit {MANY} ({large['rows']} Zeilen)", large["ms"], "ms")
        report.figure(f"… Verhältnis: {name}", large["ms"] / small["ms"], "mal", most=MOST_TIMES)


def main() -> int:
    report = Report()
    try:
        if reason := postgres.reason_not_to_run():
            raise SetupError(f"Der Tisch wird nicht gemessen: {reason}.")
        compare(measure(FEW), measure(MANY), report)
    except (SetupError, CommandError) as reason:
        print(reason, file=sys.stderr)
        return 1
    print("\nAlle Ziele sind erreicht." if not report.missed else f"\nVerfehlt: {', '.join(report.missed)}")
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())

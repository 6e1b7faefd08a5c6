"""`make bench-map`: the map, the import of addresses and the address check within their budgets, on invented data.

Figures of one run are compared with goals and with one another. Ends with 1 if a goal was missed.
"""

import sys
import tempfile
from pathlib import Path

from tools import bench_addresses, bench_pages, bench_sizes, console
from tools.audit import instance
from tools.audit.instance import Instance
from tools.budgets import Report
from tools.console import CommandError, SetupError, Step
from tools.paths import LOGS, ROOT


def build_city(site: Instance) -> None:
    with Step("Erfundene Stadt anlegen"):
        size = {"areas": bench_sizes.AREAS, "vertices": bench_sizes.VERTICES, "points": bench_sizes.POINTS}
        options = [word for name, value in size.items() for word in (f"--{name}", str(value))]
        command = [sys.executable, "-m", "tools.synthetic_city", *options]
        console.run(command, log=LOGS / "bench-city.log", cwd=ROOT, env=site.env)


def main() -> int:
    report = Report()
    try:
        with instance.running() as site, tempfile.TemporaryDirectory(prefix="bench-", dir=site.folder) as folder:
            build_city(site)
            bench_sizes.measure(site, report)
            bench_addresses.measure(site, Path(folder), report)
            bench_pages.measure(site, report)
    except (SetupError, CommandError) as reason:
        print(reason, file=sys.stderr)
        return 1
    print("\nAlle Ziele sind erreicht." if not report.missed else f"\nVerfehlt: {', '.join(report.missed)}")
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())

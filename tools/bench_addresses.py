"""How quickly addresses are read from a file of the Land's size, and how much memory that takes at most."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tools import console, postgres
from tools.audit.instance import Instance
from tools.budgets import Report, number
from tools.console import SetupError
from tools.paths import LOGS, ROOT

OWN, OTHERS = 110_000, 4_000_000
BOCHUM = "05911000"
REPEATS = 3
MEMORY_MB = 200


@dataclass(frozen=True)
class Run:
    """One import: seconds, and the peak of its resident memory in bytes."""

    seconds: float
    peak: int


def measure(site: Instance, folder: Path, report: Report) -> None:
    """Measure on SQLite and, where it can be had, PostgreSQL. `folder` takes about 1.2 GB for a while."""
    files = _files(site, folder)
    _measure_database("SQLite", site.env, files, 5_000, report)
    if reason := postgres.reason_not_to_run():
        report.head("Adressen in PostgreSQL")
        report.note(f"Nicht gemessen: {reason}.")
    else:
        with postgres.cluster() as server:
            env = {**site.env, "DATABASE_URL": server.url}
            console.run(
                [sys.executable, "manage.py", "migrate", "-v0"], log=LOGS / "bench-migrate.log", cwd=ROOT, env=env
            )
            _measure_database("PostgreSQL", env, files, 10_000, report)


def _files(site: Instance, folder: Path) -> dict[str, Path]:
    """Write the files: one address, all of one's own, one and all others, all of both."""
    files = {name: folder / f"{name}.txt" for name in ("one", "own", "skipped", "all")}
    others = folder / "others.txt"
    site.manage("make_addresses", str(files["own"]), "--count", str(OWN))
    site.manage("make_addresses", str(others), "--count", str(OTHERS), "--municipality", BOCHUM)
    with files["own"].open("rb") as own:
        files["one"].write_bytes(own.readline())
    for name, first in (("skipped", "one"), ("all", "own")):
        with files[name].open("wb") as target:
            for source in (files[first], others):
                with source.open("rb") as part:
                    shutil.copyfileobj(part, target, 1_000_000)
    others.unlink()
    return files


def _measure_database(name: str, env: dict[str, str], files: dict[str, Path], goal: int, report: Report) -> None:
    report.head(f"Adressen in {name}, Mediane aus {REPEATS} Läufen")
    report.note("Die Zeit, in der das Kommando eine einzige Adresse liest, ist abgezogen: Sie ist der Start.")
    starts, kept, peaks = [], [], []
    for _ in range(REPEATS):
        start = _import(files["one"], env)  # takes the addresses of the run before away, too
        again = _import(files["one"], env)
        own = _import(files["own"], env)
        starts += [start.seconds, again.seconds]
        kept.append(own.seconds - again.seconds)
        peaks.append(own.peak)
    skipped = [_import(files["skipped"], env).seconds for _ in range(REPEATS)]
    whole = _import(files["all"], env)
    report.figure("Start des Kommandos", median(starts) * 1000, "ms")
    report.figure("behaltene Zeilen", OWN / median(kept), "je Sekunde", least=goal)
    report.figure("übergangene Zeilen", OTHERS / max(median(skipped) - min(starts), 0.001), "je Sekunde", least=100_000)
    report.figure(f"Speicher höchstens, {number(OWN + OTHERS)} Zeilen", whole.peak / 1e6, "MB", most=MEMORY_MB)
    report.figure(f"… bei {number(OWN)} Zeilen", median(peaks) / 1e6, "MB")


def _import(file: Path, env: dict[str, str]) -> Run:
    command = [
        sys.executable,
        "manage.py",
        "import_addresses",
        str(file),
        "--as-of",
        "2026-01-01",
        "--kind",
        "synthetic",
    ]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    # wait4 tells the peak of this child alone, which getrusage(RUSAGE_CHILDREN) would mix with those before.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SetupError(f"import_addresses ist gescheitert ({process.returncode}) an {file.name}.")
    return Run(time.perf_counter() - started, usage.ru_maxrss * 1024)

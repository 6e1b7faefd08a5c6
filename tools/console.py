"""What the set-up says while it works: one line for each step, progress on what takes long, one sentence on failure."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SECONDS_BETWEEN_LINES = 10  # progress in a log file or CI, where a line cannot be rewritten


class SetupError(Exception):
    """A reason why it cannot go on: one clear German sentence, shown without a traceback."""


class CommandError(Exception):
    """A program failed; `output` holds what it printed, `log` names the file that keeps it."""

    def __init__(self, output: str, log: Path):
        super().__init__(output)
        self.output = output
        self.log = log

    def tail(self, lines: int = 12) -> str:
        return "\n".join("    " + line for line in self.output.strip().splitlines()[-lines:])


class Step:
    """A named piece of work. On a terminal its line is rewritten; elsewhere it gets a line every ten seconds."""

    def __init__(self, title: str):
        self.title = title
        self.terminal = sys.stdout.isatty()

    def __enter__(self) -> "Step":
        self.started = self.last_line = time.monotonic()
        self._write(f"▸ {self.title} …", end="" if self.terminal else "\n")
        return self

    def progress(self, text: str) -> None:
        now = time.monotonic()
        if self.terminal:
            self._write(f"\r\033[K▸ {self.title} … {text} ({now - self.started:.0f} s)", end="")
        elif now - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = now
            self._write(f"  … {text} ({now - self.started:.0f} s)")

    def __exit__(self, kind, error, traceback) -> None:
        seconds = time.monotonic() - self.started
        if kind is None and self.terminal:
            self._write(f"\r\033[K✓ {self.title} ({seconds:.0f} s)")
        elif kind is None:
            self._write(f"  fertig nach {seconds:.0f} s")
        elif self.terminal:
            self._write("")

    @staticmethod
    def _write(text: str, end: str = "\n") -> None:
        print(text, end=end, flush=True)


def run(
    command: list[str],
    *,
    log: Path,
    cwd: Path,
    on_line: Callable[[str], None] = lambda line: None,
    env: dict[str, str] | None = None,
) -> str:
    """Run a program, keep its output in `log` and hand each line to `on_line`; raise CommandError when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    with (
        log.open("w", encoding="utf-8") as kept,
        subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        try:
            for line in process.stdout:
                lines.append(line)
                kept.write(line)
                on_line(line.rstrip())
        except BaseException:
            process.terminate()
            raise
    output = "".join(lines)
    if process.returncode:
        raise CommandError(output, log)
    return output

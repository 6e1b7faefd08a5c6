"""Foreign files are read by a process of its own: without our environment, and with limits that it sets itself.

Both sides are here, and neither knows Django: `ask_child` runs `python -m MODULE PATH ARGUMENTS LIMITS`, and the module
calls `confine` before it touches a byte.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

MEMORY_EXIT = 77  # the child's exit status when its memory did not suffice
# Nothing of ours is inherited.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_END = 400  # bytes of what the child complained about


class ChildFailed(Exception):
    """The child gave no answer. `status` as of a process; `complaint` may quote the file, so mind where it goes."""

    def __init__(self, status: int | None = None, complaint: str = ""):
        super().__init__(status)
        self.status = status
        self.complaint = complaint


class TookTooLong(ChildFailed):
    """Its time, by the clock or of the processor, was not enough."""


class TookTooMuch(ChildFailed):
    """Its memory, or what a file of it may have, was not enough."""


def ask_child(
    module: str, path: Path, *arguments: str, limits: Mapping[str, int], environment: Mapping[str, str] | None = None
) -> bytes:
    """Return what the module writes about the file, which stands alone in a folder that is thrown away afterwards.

    Limits: memory_mb (of address space), cpu_seconds, wall_seconds, max_written_bytes (of one file),
    max_answer_bytes; the child gets all that are given. Raises ChildFailed.
    """
    # -s -P: no packages of the user, no modules from the folder of the file.
    command = [sys.executable, "-s", "-P", "-m", module, str(path), *arguments, json.dumps(dict(limits))]
    answer, errors = path.with_name("answer"), path.with_name("errors")
    with answer.open("wb") as out, errors.open("wb") as err:
        try:
            done = subprocess.run(  # noqa: S603 - fixed command, no shell; the path is one we made
                command,
                cwd=path.parent,
                env={**ENVIRONMENT, **(environment or {}), "TMPDIR": str(path.parent), "HOME": str(path.parent)},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                timeout=limits["wall_seconds"],
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired as error:
            raise TookTooLong from error
    if done.returncode:
        raise _failure(done.returncode)(done.returncode, _end_of(errors))
    if answer.stat().st_size > limits["max_answer_bytes"]:
        raise ChildFailed(done.returncode)  # a child that keeps its rules refuses by itself to say so much
    return answer.read_bytes()


def _failure(status: int) -> type[ChildFailed]:
    if status in (MEMORY_EXIT, -signal.SIGXFSZ):
        return TookTooMuch
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return TookTooLong
    return ChildFailed


def _end_of(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(os.fstat(file.fileno()).st_size - _END, 0))
        return file.read().decode("utf-8", "replace")


def confine(limits: Mapping[str, int]) -> None:
    """Set the limits of this process for good: hard limits cannot be raised again.

    It is done here and not between fork and exec: in a server with threads, code that runs there can hang for ever.
    """
    memory = limits["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # At the soft limit the system ends the process with SIGXCPU, at the hard one with SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"] + 1))
    # Python ignores SIGXFSZ, and a library that can no longer write may abort, which tells nobody why.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["max_written_bytes"], limits["max_written_bytes"]))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

"""Tiles on disk: VAR_DIR/tiles/<background>/<z>/<x>/<y>, shared by all processes, kept below a quota.

Files are written aside and moved, so nobody reads half a tile. The age of a file is the age of the tile.
"""

import fcntl
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from kataster.tile_grid import Tile

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
BLOCK = 4096  # bytes; the least that a file takes on most disks
SHARE_OF_SWEEP = 0.05  # each process counts the files anew when it has written this share of the quota
SHARE_KEPT = 0.9  # what a sweep leaves, so that the next one is not due at once


class StoredTile(NamedTuple):
    content: bytes
    is_fresh: bool


class _Written:
    """Bytes this process has written since it last looked at the quota; None before its first look."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.count: int | None = None


_written = _Written()


def root() -> Path:
    return settings.VAR_DIR / "tiles"


def read(folder: str, tile: Tile) -> StoredTile | None:
    """Return the tile if it is there, however old."""
    try:
        with _path(folder, tile).open("rb") as file:
            age = time.time() - os.fstat(file.fileno()).st_mtime
            content = file.read()
    except OSError:
        return None
    return StoredTile(content, is_fresh=age < settings.MAP_TILE_DAYS * 24 * 3600)


def write(folder: str, tile: Tile, content: bytes) -> None:
    """Keep the tile. A disk that is full or read-only costs speed, not the map: it is logged and passed over."""
    if settings.MAP_TILE_QUOTA_MB <= 0:
        return
    try:
        _drop_former_folders(folder)
        _write(_path(folder, tile), content)
        _keep_quota(_size(len(content)))
    except OSError as error:
        logger.warning("Kartenkacheln lassen sich nicht ablegen: %s", error.strerror or type(error).__name__)


def clear() -> tuple[int, int]:
    """Delete all tiles; return how many there were and their size in bytes."""
    files = list(_files(root()))
    shutil.rmtree(root(), ignore_errors=True)
    return len(files), sum(size for _, size, _ in files)


def _path(folder: str, tile: Tile) -> Path:
    return root() / folder / str(tile.z) / str(tile.x) / str(tile.y)


def _write(path: Path, content: bytes) -> None:
    for attempt in range(3):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_aside(path, content)
        except FileNotFoundError:  # another process has just removed the empty folder
            if attempt == 2:
                raise
        else:
            return


def _write_aside(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise


def _drop_former_folders(folder: str) -> None:
    """Delete what the same background drew with other settings, when the first tile of the new ones arrives."""
    if (root() / folder).exists():
        return
    background = folder.split("-")[0]
    for former in root().glob(f"{background}-*"):
        if former.name != folder:
            shutil.rmtree(former, ignore_errors=True)


# --- Quota ----------------------------------------------------------------------------------------------------------
def _keep_quota(size: int) -> None:
    """Count `size` bytes; look at all files only at the first write of a process and after a share of the quota."""
    with _written.lock:
        due = _written.count is None or _written.count + size > settings.MAP_TILE_QUOTA_MB * MEGABYTE * SHARE_OF_SWEEP
        _written.count = 0 if due else _written.count + size
    if due:
        with _only_one_process() as first:
            if first:
                _sweep()


def _sweep() -> None:
    """Delete the oldest files until the rest fits."""
    quota = settings.MAP_TILE_QUOTA_MB * MEGABYTE
    files = sorted(_files(root()))
    total = sum(size for _, size, _ in files)
    if total <= quota:
        return
    for _, size, path in files:
        if total <= quota * SHARE_KEPT:
            break
        with suppress(OSError):
            os.unlink(path)
            total -= size
        with suppress(OSError):  # not empty, in most cases
            os.rmdir(os.path.dirname(path))


@contextmanager
def _only_one_process() -> Iterator[bool]:
    """Say whether this is the only process that sweeps; nobody waits."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _files(folder: Path) -> Iterator[tuple[float, int, str]]:
    """Yield (seconds since the epoch, bytes on disk, path) of each file, unfinished ones of a crash included."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif entry.name != ".lock":
            with suppress(OSError):  # deleted in the meantime
                status = entry.stat(follow_symlinks=False)
                yield status.st_mtime, _size(status.st_size), entry.path


def _size(length: int) -> int:
    """Return the bytes that a file of `length` bytes takes on disk."""
    return -(-length // BLOCK) * BLOCK

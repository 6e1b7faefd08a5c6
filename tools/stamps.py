"""A stamp records the hash of what a step was made from, so that the step is done again only when that changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.paths import ROOT


def fingerprint(files: Iterable[Path], *values: str) -> str:
    """Return one hash over names and contents of the files and over further values; dates do not count."""
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT)}\0{len(content)}\0".encode())
        digest.update(content)
    for value in values:
        digest.update(f"\0{value}".encode())
    return digest.hexdigest()


def files_below(*folders: str, suffixes: tuple[str, ...]) -> list[Path]:
    """Return the files with one of the suffixes below the folders (relative to the root); missing folders are empty."""
    return [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and "__pycache__" not in path.parts and path.is_file()
    ]


class Stamp:
    """The stamp of one step in a folder; it holds only while everything the step made is still there."""

    def __init__(self, folder: Path, name: str, key: str, outputs: Iterable[Path] = ()):
        self.path = folder / name
        self.key = key
        self.outputs = list(outputs)

    def holds(self) -> bool:
        if not all(output.exists() for output in self.outputs):
            return False
        return self.path.is_file() and self.path.read_text().strip() == self.key

    def record(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.key + "\n")

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)

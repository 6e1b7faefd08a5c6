"""Unpacks a zip that nobody vouches for: under names of our own, counting each byte."""

import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from areas.uploads.child.problem import Problem

SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
ALONE = (".geojson", ".json", ".gpkg", ".fgb")
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".kmz")
CHUNK = 64 * 1024
RATIO_FROM = 1024 * 1024  # bytes; what is small may be squeezed as much as it likes


@dataclass(frozen=True)
class Member:
    """A file that can be read, unpacked at `path`; `name` is what its layer is called."""

    path: str
    name: str
    stated_encoding: str = ""


def unpack(path: str, folder: str, limits: dict) -> list[Member]:
    """Unpack what can be read into `folder` and return it, in the order of names. Raises Problem."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _entries(archive, limits)
            return _unpack_groups(archive, _groups(entries), Path(folder), limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Problem("Die zip-Datei ist beschädigt oder auf ungewöhnliche Weise gepackt.") from error


def _entries(archive: zipfile.ZipFile, limits: dict) -> list[zipfile.ZipInfo]:
    found = archive.infolist()
    if len(found) > limits["max_entries"]:
        raise Problem(f"Die zip-Datei enthält {len(found)} Dateien; erlaubt sind {limits['max_entries']}.")
    entries = []
    for entry in found:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in entry.filename:
            raise Problem("Die zip-Datei enthält einen Pfad, der aus ihr hinausführt. Bitte packen Sie sie neu.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Problem(
                "Die zip-Datei enthält eine Verknüpfung (Symlink). Bitte packen Sie die Dateien selbst hinein."
            )
        if entry.flag_bits & 0x1:
            raise Problem("Die zip-Datei ist mit einem Passwort geschützt. Bitte packen Sie sie ohne Passwort.")
        if name.suffix.lower() in ARCHIVES:
            raise Problem("In der zip-Datei liegt noch ein Archiv. Bitte packen Sie die Dateien direkt hinein.")
        if not entry.is_dir() and "__MACOSX" not in name.parts and not name.name.startswith("."):
            entries.append(entry)
    return entries


def _groups(entries: list[zipfile.ZipInfo]) -> dict[tuple[str, str], zipfile.ZipInfo]:
    """Return {(path without ending, ending): entry} of what is readable; capital letters make no difference."""
    groups: dict[tuple[str, str], zipfile.ZipInfo] = {}
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        ending = name.suffix.lower()
        if ending in SHAPEFILE + ALONE:
            key = (str(name.with_suffix("")).lower(), ending)
            if key in groups:
                raise Problem(f"Die zip-Datei enthält die Datei „{name.name}“ zweimal.")
            groups[key] = entry
    return groups


def _unpack_groups(archive, groups: dict, folder: Path, limits: dict) -> list[Member]:
    counter = _Counter(limits)
    members = []
    for number, (stem, ending) in enumerate(sorted(groups)):
        name = PurePosixPath(groups[stem, ending].filename.replace("\\", "/")).stem
        if ending in ALONE:
            target = folder / f"{number}{ending}"
            counter.extract(archive, groups[stem, ending], target)
            members.append(Member(str(target), name))
        elif ending == ".shp":
            missing = [part for part in (".shx", ".dbf") if (stem, part) not in groups]
            if missing:
                raise Problem(f"Zum Shapefile „{name}“ fehlt die Datei {' und '.join(missing)}.")
            for part in (".shp", ".shx", ".dbf", ".prj"):
                if (stem, part) in groups:
                    counter.extract(archive, groups[stem, part], folder / f"{number}{part}")
            stated = groups.get((stem, ".cpg"))
            members.append(Member(str(folder / f"{number}.shp"), name, _stated(archive, stated)))
    if not members:
        raise Problem(
            "In der zip-Datei liegt nichts, das gelesen werden kann: kein Shapefile, GeoPackage oder GeoJSON."
        )
    return members


def _stated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> str:
    if entry is None:
        return ""
    with archive.open(entry) as file:
        return file.read(40).decode("ascii", "ignore").strip()


class _Counter:
    """Writes members to disk and stops as soon as they are too large: sizes in the directory may be lies."""

    def __init__(self, limits: dict):
        self.left, self.total, self.ratio = (
            limits["max_unpacked_bytes"],
            limits["max_unpacked_bytes"],
            limits["max_ratio"],
        )

    def extract(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
        size = 0
        with archive.open(entry) as source, target.open("wb") as copy:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                self.left -= len(chunk)
                if self.left < 0:
                    raise Problem(f"Ausgepackt ist die zip-Datei größer als {self.total // 1024 // 1024} MB.")
                if size > RATIO_FROM and size > self.ratio * max(entry.compress_size, 1):
                    raise Problem("Die zip-Datei ist ungewöhnlich stark gepackt und wird deshalb nicht gelesen.")
                copy.write(chunk)

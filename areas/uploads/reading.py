"""Has a file read in a limited process of its own and turns whatever comes back into layers or one German sentence."""

import json
import logging
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from stadterneuerung.base.confined import ChildFailed, TookTooLong, TookTooMuch, ask_child

logger = logging.getLogger(__name__)

ENCODINGS = {"": "selbst erkennen", "utf-8": "UTF-8", "cp1252": "Windows-1252 oder ISO 8859-1", "cp850": "DOS (CP850)"}
# GDAL may fetch nothing, list no folders, load no plugins.
ENVIRONMENT = {
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "GDAL_HTTP_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "PROJ_NETWORK": "OFF",
}


class UploadError(ValueError):
    """Why a file cannot be taken, in a German sentence."""


@dataclass(frozen=True)
class Layer:
    """A layer as the file has it. `crs` is what the file says of its coordinates ("" if nothing); a feature is
    {"properties": {field: text}, "geometry": GeoJSON in these coordinates or None}.
    """

    name: str
    crs: str
    fields: list[str]
    features: list[dict]
    notes: list[str]


def too_large() -> str:
    """The sentence for a file above the limit."""
    megabytes = settings.OUTLINE_UPLOADS["max_bytes"] // 1024 // 1024
    return f"Die Datei ist größer als {megabytes} MB. Bitte wählen Sie vorher aus, was gebraucht wird."


def read_file(file: BinaryIO, size: int, encoding: str = "") -> list[Layer]:
    """Return the layers of an open file of `size` bytes. Raises UploadError."""
    if size > settings.OUTLINE_UPLOADS["max_bytes"]:
        raise UploadError(too_large())
    with tempfile.TemporaryDirectory(prefix="umrisse-") as folder:  # for its owner alone
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        return _layers(_ask_child(path, encoding))


def _ask_child(path: Path, encoding: str) -> bytes:
    limits = settings.OUTLINE_UPLOADS
    written = max(limits["max_unpacked_bytes"], limits["max_answer_bytes"])
    try:
        return ask_child(
            "areas.uploads.child",
            path,
            encoding,
            limits={**limits, "max_written_bytes": written},
            environment=ENVIRONMENT,
        )
    except TookTooLong as error:
        raise UploadError(_TOO_LONG) from error
    except TookTooMuch as error:
        raise UploadError(_TOO_MUCH) from error
    except ChildFailed as error:
        logger.warning("Reading an upload ended with %s: %s", error.status, error.complaint)
        raise UploadError(_BROKEN) from error


_TOO_LONG = "Das Lesen der Datei dauert zu lange und wurde abgebrochen. Bitte vereinfachen oder teilen Sie sie."
_TOO_MUCH = "Die Datei braucht beim Lesen zu viel Speicher. Bitte vereinfachen oder teilen Sie sie."
_BROKEN = "Beim Lesen der Datei ist etwas schiefgegangen; vermutlich ist sie beschädigt. Übernommen wurde nichts."


def _layers(answer: bytes) -> list[Layer]:
    try:
        found = json.loads(answer)
        if "problem" in found:
            raise UploadError(str(found["problem"]))
        return [Layer(**layer) for layer in found["layers"]]
    except UploadError:
        raise
    except (ValueError, TypeError, KeyError) as error:
        raise UploadError(_BROKEN) from error

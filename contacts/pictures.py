"""Pictures that citizens send: read by content and made anew from their pixels.

Whatever a camera or a program wrote into the file – place, time, device, thumbnail, comments, colour profile, bytes
behind the end – is not in the new one. Memory and time are bounded: a picture has a limit of bytes, of pixels and of
scans that is looked at before anything is decoded, JPEGs are decoded in reduced size, and a process decodes one picture
at a time. Whoever waits too long for that is told to try again, and the thread answers others.

No virus scanner sees pictures: of the bytes that somebody sent none is kept, so there is nothing left to be found.
"""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from contacts.models.attachments import Attachment
from contacts.refused import FileRefused

JPEG_QUALITY = 85
JPEG_START, JPEG_SCAN = b"\xff\xd8", b"\xff\xda"
MPO = "MPO"  # a JPEG with a preview behind it, from some telephones
_one_at_a_time = threading.Lock()


class PictureRefused(FileRefused):
    """It is a picture that we cannot read."""


class UnknownFormat(PictureRefused):
    """It is no picture, or none of the kinds that we read."""


@dataclass(frozen=True)
class Picture:
    """A picture made anew. `extension` is a value of Attachment.Format; width and height in pixels."""

    content: bytes
    extension: str
    width: int
    height: int


def read_picture(file: BinaryIO) -> Picture:
    """Return the picture in `file`, upright, with at most `picture_side` pixels on its longer side.

    TimeoutError: others were decoded for too long.
    """
    limits = settings.PUBLIC_FORMS["max_picture_pixels"]
    _refuse_many_scans(file)
    with _turn():
        try:
            image = Image.open(file, formats=list(limits))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise PictureRefused(_too_many_pixels(min(limits.values()))) from None
        except Exception:
            raise UnknownFormat(
                _("Dieses Format können wir nicht lesen. Möglich sind Bilder als JPEG, PNG oder WebP.")
            ) from None
        most = limits["JPEG" if image.format == MPO else image.format]
        if image.width * image.height > most:
            raise PictureRefused(_too_many_pixels(most))
        try:
            return _made_anew(image)
        except Exception:
            raise PictureRefused(
                _("Das Bild ist beschädigt. Bitte wählen Sie ein anderes oder speichern Sie es neu.")
            ) from None


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for the one place in this process, but not so long that all threads stand in line."""
    if not _one_at_a_time.acquire(timeout=settings.PUBLIC_FORMS["picture_wait_seconds"]):
        raise TimeoutError
    try:
        yield
    finally:
        _one_at_a_time.release()


def _refuse_many_scans(file: BinaryIO) -> None:
    """Refuse a JPEG that goes over its pixels again and again: each scan takes a few bytes, and time for all of them.

    The mark of a scan cannot stand in the data of one (ITU-T T.81, B.1.1.5); in other formats it means nothing.
    """
    content = file.read()
    file.seek(0)
    scans = content.count(JPEG_SCAN) if content.startswith(JPEG_START) else 0
    if scans > settings.PUBLIC_FORMS["max_picture_scans"]:
        raise PictureRefused(_("Das Bild ist zu aufwendig gespeichert. Bitte speichern Sie es neu als JPEG oder PNG."))


def _too_many_pixels(most: int) -> str:
    return _("Das Bild hat zu viele Bildpunkte; möglich sind %(count)d Megapixel.") % {"count": most // 1_000_000}


def _made_anew(image: Image.Image) -> Picture:
    side = settings.PUBLIC_FORMS["picture_side"]
    if image.format in ("JPEG", MPO):
        image.draft(None, (side, side))  # decodes an eighth, a quarter or a half where that is enough
    has_alpha = image.mode in ("LA", "PA", "RGBA", "RGBa") or "transparency" in image.info
    as_png = image.format == "PNG" or has_alpha
    orientation = _orientation(image)
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256)  # 16 bits of grey; Pillow would cut, not scale
    if image.width > side or image.height > side:
        if image.mode in ("1", "P", "PA"):
            image = image.convert("RGBA" if has_alpha else "RGB")
        image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    pixels = image.convert("RGBA" if has_alpha else "RGB")
    if orientation:
        pixels = pixels.transpose(orientation)
    clean = Image.new(pixels.mode, pixels.size)  # knows nothing but pixels: what stood in the file is left behind
    clean.paste(pixels)
    target = io.BytesIO()
    if as_png:
        clean.save(target, "PNG")
    else:
        clean.save(target, "JPEG", quality=JPEG_QUALITY)
    extension = Attachment.Format.PNG if as_png else Attachment.Format.JPEG
    return Picture(target.getvalue(), extension, clean.width, clean.height)


def _orientation(image: Image.Image) -> Image.Transpose | None:
    """Return how the picture has to be turned to stand upright (Exif tag 274)."""
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    try:
        return turns.get(image.getexif().get(0x0112))
    except Exception:
        return None

"""Tell what an image is by its content; what a server says about it counts for nothing."""

import io

from PIL import Image

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
SMALLEST, LARGEST = 256, 512  # pixels; services for sharp screens send tiles of twice the size


def image_type(content: bytes) -> str | None:
    """Return the media type by the first bytes: PNG, JPEG, WebP, or None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def is_tile(content: bytes) -> bool:
    """Whether this is a whole, square image of the size of a tile."""
    media_type = image_type(content)
    if media_type is None:
        return False
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[media_type]]) as image:
            width, height = image.size
            if width != height or not SMALLEST <= width <= LARGEST:
                return False
            image.load()
    except Exception:  # Pillow raises many kinds of errors for broken images, all of them mean the same to us
        return False
    return True

"""Pictures for tests, and the words that a camera might have hidden in them."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

SECRET = b"GEHEIM-51.5136N-7.4653E"


def picture(kind: str = "JPEG", size=(60, 40), colour="red", **options) -> bytes:
    """Return an encoded picture whose left half has `colour` and whose right half is white."""
    image = Image.new("RGB", size, "white")
    image.paste(colour, (0, 0, size[0] // 2, size[1]))
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def upload(content: bytes | None = None, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, content_type="image/jpeg")


def talkative_jpeg() -> bytes:
    """Return a JPEG with words in Exif, GPS, comment, colour profile and behind its end."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    return picture(exif=exif, comment=SECRET, icc_profile=SECRET) + SECRET


def talkative_jpeg_2000() -> bytes:
    """Return a JPEG 2000 with words in a comment and in a box of XML behind the picture."""
    box = b"xml " + SECRET
    return picture("JPEG2000", comment=SECRET) + (4 + len(box)).to_bytes(4, "big") + box


def talkative_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return picture("PNG", pnginfo=info, icc_profile=SECRET) + SECRET


def talkative_webp() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    return picture("WEBP", exif=exif, xmp=SECRET, icc_profile=SECRET)


def png_bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def jpeg_of_scans(count: int) -> bytes:
    """Return a JPEG whose last scan, a refinement of nothing, is said so often that there are `count` scans."""
    image = Image.new("L", (64, 64), 128)
    target = io.BytesIO()
    image.save(target, "JPEG", progressive=True)
    content, end = target.getvalue()[:-2], target.getvalue()[-2:]
    last = content[content.rindex(b"\xff\xda") :]
    return content + last * (count - content.count(b"\xff\xda")) + end

"""Takes out of a JPEG 2000 file what is said about the picture, and leaves what draws it."""

from collections.abc import Iterator

from contacts.pdfs.jpeg import UnreadablePhotograph

_BOXES_START = b"\0\0\0\x0cjP  \r\n\x87\n"
# Boxes that draw (ISO/IEC 15444-1, table I.2; 15444-2 for layers of colour). Not among them: XML, UUID with Exif or
# XMP, and whatever else a program puts beside the picture.
_DRAWN = {b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jpch", b"jplh", b"jp2c"}
_PICTURE = b"jp2c"
_START, _COMMENT, _TILE = b"\xff\x4f", b"\xff\x64", b"\xff\x90"  # of a codestream (table A.2)


def without_metadata(content: bytes) -> bytes:
    """Return the file without boxes and comments that tell. Raises UnreadablePhotograph for what is no JPEG 2000."""
    if content.startswith(_START):
        return _uncommented(content)
    if not content.startswith(_BOXES_START):
        raise UnreadablePhotograph
    return b"".join(_packed(kind, inside) for kind, inside in _boxes(content) if kind in _DRAWN)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each box: a length of four bytes, which counts itself, or 1 and then eight (I.4)."""
    at = 0
    while at + 8 <= len(content):
        length, kind, head = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], 8
        if length == 1:
            length, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        end = at + max(length, head) if length else len(content)  # 0: up to the end of the file
        yield kind, content[at + head : end]
        at = end


def _packed(kind: bytes, inside: bytes) -> bytes:
    if kind == _PICTURE:
        inside = _uncommented(inside)
    return (8 + len(inside)).to_bytes(4, "big") + kind + inside


def _uncommented(codestream: bytes) -> bytes:
    """Leave out the comments before the first tile (A.9.2)."""
    kept, at = [codestream[:2]], 2
    while at + 4 <= len(codestream) and codestream[at : at + 2] != _TILE:
        end = at + 2 + int.from_bytes(codestream[at + 2 : at + 4], "big")
        if codestream[at : at + 2] != _COMMENT:
            kept.append(codestream[at:end])
        at = end
    return b"".join(kept) + codestream[at:]

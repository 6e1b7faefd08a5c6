"""Takes out of a JPEG what a camera wrote into it and leaves its pixels alone: PDFs hold photographs as they are.

Sections and tables are those of ITU-T T.81.
"""

import re

_START, _END = b"\xff\xd8", b"\xff\xd9"
_MARKER = re.compile(rb"\xff+([^\x00\xff])")  # any number of fill bytes may stand before it (B.1.1.2)
# Ends the data of a scan: in it only a zero or a restart follows 0xFF (B.1.1.5). One 0xFF, so that a run of them is
# read once; the others of the run are taken off.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_EOI, _SOS, _APP14 = 0xD9, 0xDA, 0xEE
# Table B.1: frames (SOF), Huffman tables (DHT), conditions of arithmetic coding (DAC), scans (SOS), quantisation (DQT),
# number of lines (DNL), restarts (DRI).
_DRAWING = {*range(0xC0, 0xD0), *range(0xDA, 0xDE)} - {0xC8}
# Application segments and the comment: Exif with place and time, XMP, IPTC, thumbnails. Density and colour profile are
# told by the PDF itself.
_TELLING = {*range(0xE0, 0xF0), 0xFE}
_ADOBE, _ADOBE_BYTES = b"Adobe", 12  # how colours are stored (Adobe Technical Note 5116)


class UnreadablePhotograph(Exception):
    """Something in it is neither known to draw nor known to tell, so nobody can say what it holds."""


def without_metadata(content: bytes) -> bytes:
    """Return the JPEG from its start to its end with nothing but what draws it. Raises UnreadablePhotograph.

    One that breaks off within the data of a scan gets an end, as programs that show it suppose one there.
    """
    at = content.find(_START)
    if at < 0:
        raise UnreadablePhotograph
    at += len(_START)
    drawn = bytearray(_START)
    kind, at = _marker(content, at)
    while kind != _EOI:
        segment = _segment(content, at)
        at += len(segment)
        drawn += _drawing_part(kind, segment)
        if kind == _SOS:
            after = _AFTER_SCAN.search(content, at)
            end = after.start() if after else len(content)
            drawn += content[at:end].rstrip(b"\xff")
            if not after:
                break
            at = end
        kind, at = _marker(content, at)
    return bytes(drawn + _END)


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """Return which marker stands there and where it ends."""
    found = _MARKER.match(content, at)
    if not found:
        raise UnreadablePhotograph
    return found[1][0], found.end()


def _segment(content: bytes, at: int) -> bytes:
    """Return what follows a marker: a length of two bytes, which counts itself, and so many bytes (B.1.1.4)."""
    length = int.from_bytes(content[at : at + 2], "big")
    if not 2 <= length <= len(content) - at:
        raise UnreadablePhotograph
    return content[at : at + length]


def _drawing_part(kind: int, segment: bytes) -> bytes:
    if kind == _APP14 and segment.startswith(_ADOBE, 2) and len(segment) >= 2 + _ADOBE_BYTES:
        segment = (2 + _ADOBE_BYTES).to_bytes(2, "big") + segment[2 : 2 + _ADOBE_BYTES]
    elif kind in _TELLING:
        return b""
    elif kind not in _DRAWING:
        raise UnreadablePhotograph
    return bytes([0xFF, kind]) + segment

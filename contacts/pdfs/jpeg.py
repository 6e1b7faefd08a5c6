"""Takes out of a JPEG what a camera wrote into it and leaves its pixels alone: PDFs hold photographs as they are."""

_START, _END, _SCAN = b"\xff\xd8", b"\xff\xd9", 0xDA
# Application segments and the comment (ITU-T T.81, table B.1): Exif with place and time, XMP, IPTC, thumbnails. Of them
# APP14 alone stays, it says how colours are stored. Density and colour profile are told by the PDF itself.
_TOLD = {*range(0xE0, 0xF0), 0xFE} - {0xEE}


def without_metadata(content: bytes) -> bytes:
    """Return the JPEG from its start to its end with nothing but what draws it; what is no JPEG comes back as it is."""
    if not content.startswith(_START):
        return content
    kept, at = [_START], len(_START)
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != _SCAN:
        length = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] not in _TOLD:
            kept.append(content[at : at + length])
        at += length
    picture, end, _behind = content[at:].partition(_END)  # cannot stand in the data of a scan (B.1.1.5)
    return b"".join(kept) + picture + end

"""The first bytes by which a file is recognised."""

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
SHAPE = b"\x00\x00\x27\x0a"
GEOPACKAGE = b"SQLite format 3\x00"
FLATGEOBUF = b"fgb\x03"

"""The text of a PDF as a reading program gets it: the glyphs that are drawn, through each font's own table of letters.

Enough for what typst writes (two-byte codes, literal strings), and no more.
"""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) [\d.]+ Tf")
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Return all that is shown, page after page; pieces stand without a blank between them."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b(?!s)", body)]
    return "".join(_shown(_unpacked(objects[_ref(page, b"Contents")]), _fonts(objects, page)) for page in pages)


def _ref(body: bytes, name: bytes) -> int:
    return int(re.search(rb"/" + name + rb" (\d+) 0 R", body)[1])


def _fonts(objects: dict[int, bytes], page: bytes) -> dict[bytes, dict[int, str]]:
    resources = re.search(rb"/Font<<(.*?)>>", objects[_ref(page, b"Resources")])[1]
    return {name: _letters(objects, int(font)) for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    table = _unpacked(objects[_ref(objects[font], b"ToUnicode")])
    return {
        int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for code, letters in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
    }


def _unpacked(body: bytes) -> bytes:
    stream = _STREAM.search(body)[1]
    return zlib.decompress(stream) if b"FlateDecode" in body else stream


def _shown(page: bytes, letters: dict[bytes, dict[int, str]]) -> str:
    text, font, at = [], {}, 0
    while (start := page.find(b"(", at)) >= 0:
        for name in _FONT.findall(page, at, start):
            font = letters[name]
        at = _end_of_string(page, start)
        codes = _ESCAPE.sub(_byte, page[start + 1 : at - 1])
        text += [font.get(int.from_bytes(codes[pair : pair + 2]), "") for pair in range(0, len(codes), 2)]
    return "".join(text)


def _end_of_string(page: bytes, start: int) -> int:
    """Return where the string that begins at `start` ends: balanced brackets stand in it as they are, at any depth.

    See ISO 32000-2, 7.3.4.2. Codes of glyphs hold bytes that look like brackets.
    """
    depth = 0
    for match in _BRACKET.finditer(page, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    raise ValueError("a string has no end")


def _byte(match: re.Match) -> bytes:
    said = match[1]
    return bytes([int(said, 8)]) if said.isdigit() else _ESCAPED.get(said, said)

"""Of a photograph what draws it is kept, and nothing that tells of it, wherever in the file that stands."""

import io
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from contacts.pdfs.jpeg import UnreadablePhotograph, without_metadata
from tests.contacts.pictures_support import SECRET, picture, talkative_jpeg

START, END, SCAN = b"\xff\xd8", b"\xff\xd9", b"\xff\xda"
EXIF, COMMENT, ADOBE = 0xE1, 0xFE, 0xEE
WRITTEN = [  # the ways to write a JPEG that Pillow knows
    {"mode": mode, **options}
    for mode in ("L", "RGB", "CMYK")
    for options in (
        {},
        {"progressive": True},
        {"restart_marker_blocks": 1},
        {"progressive": True, "restart_marker_rows": 1},
        {"subsampling": 0, "optimize": True},
        {"keep_rgb": True},
    )
]


def segment(marker: int, inside: bytes) -> bytes:
    return bytes([0xFF, marker]) + (2 + len(inside)).to_bytes(2, "big") + inside


def noise(mode: str = "RGB", width: int = 40, height: int = 24, seed: int = 0, **options) -> bytes:
    image = Image.frombytes(mode, (width, height), random.Random(seed).randbytes(width * height * len(mode)))  # noqa: S311 - pixels
    target = io.BytesIO()
    image.save(target, "JPEG", **options)
    return target.getvalue()


def pixels(content: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(io.BytesIO(content)) as image:
        return image.mode, image.size, image.tobytes()


def places(content: bytes) -> list[int]:
    """Return where a segment begins or the file ends: others may stand before it. `content` has no fill bytes."""
    found = [2]
    while content[found[-1] :] != END:
        at = found[-1]
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at : at + 2] == SCAN:
            end = re.compile(rb"\xff[^\x00\xd0-\xd7]").search(content, end).start()
        found.append(end)
    return found


def inserted(content: bytes, at: int, more: bytes) -> bytes:
    return content[:at] + more + content[at:]


@st.composite
def segments_that_tell(draw) -> bytes:
    fill = st.integers(0, 4).map(lambda count: b"\xff" * count)
    marker = draw(st.sampled_from([*range(0xE0, 0xF0), COMMENT]))
    head = draw(st.sampled_from([b"", b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0"]))
    inside = head + SECRET + draw(st.binary(max_size=40) | st.sampled_from([START, END, SCAN + b"\0\2"]))
    return draw(fill) + segment(marker, inside) + draw(fill)


# --- What goes ------------------------------------------------------------------------------------------------------
def test_what_a_camera_wrote_goes():
    original = talkative_jpeg()

    clean = without_metadata(original)

    assert (original.count(SECRET), clean.count(SECRET)) == (5, 0)
    assert pixels(clean) == pixels(original)


@pytest.mark.parametrize("fill", [1, 2, 500])
def test_fill_bytes_hide_nothing(fill):
    original = picture()
    told = inserted(original, 2, b"\xff" * fill + segment(EXIF, b"Exif\0\0" + SECRET))

    assert without_metadata(told) == without_metadata(original)


@pytest.mark.parametrize("fill", [0, 1, 500])
def test_nothing_hides_between_the_scans(fill):
    original = told = noise(progressive=True)
    for at in reversed(places(original)):
        told = inserted(told, at, b"\xff" * fill + segment(COMMENT, SECRET) + segment(EXIF, SECRET))

    clean = without_metadata(told)

    assert original.count(SCAN) == 10
    assert told.count(SECRET) == 2 * len(places(original))
    assert clean == without_metadata(original)
    assert pixels(clean) == pixels(original)


def test_second_picture_of_a_file_goes():
    first, target = Image.new("RGB", (60, 40), "red"), io.BytesIO()
    first.save(target, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")])

    clean = without_metadata(target.getvalue())

    assert (target.getvalue().count(END), clean.count(END)) == (2, 1)
    assert pixels(clean) == pixels(target.getvalue())


def test_what_stands_before_the_start_goes():
    assert without_metadata(b"\n" + SECRET + picture()) == without_metadata(picture())


# --- What stays -----------------------------------------------------------------------------------------------------
def test_how_colours_are_stored_stays():
    original = noise("CMYK")
    [adobe] = re.findall(rb"\xff\xee\x00\x0eAdobe.{7}", original, re.DOTALL)

    clean = without_metadata(original.replace(adobe, segment(ADOBE, adobe[4:] + SECRET)))

    assert clean == without_metadata(original)
    assert clean.count(adobe) == 1
    assert pixels(clean) == pixels(original)


def test_photograph_without_an_end_gets_one():
    whole = without_metadata(picture())

    assert [without_metadata(whole[:-cut]) for cut in (1, 2)] == [whole, whole]


@pytest.mark.parametrize("options", WRITTEN, ids=str)
@settings(max_examples=20)
@given(
    told=st.lists(st.tuples(st.floats(0, 1), segments_that_tell()), min_size=1, max_size=6),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    quality=st.integers(1, 100),
    behind=st.binary(max_size=40),
)
def test_pixels_stay_and_words_go(options, told, size, quality, behind):
    original = full = noise(width=size[0], height=size[1], quality=quality, **options)
    allowed = places(original)
    for share, more in sorted(told, reverse=True):  # from behind, so that the places before stay where they are
        full = inserted(full, allowed[round(share * (len(allowed) - 1))], more)

    clean = without_metadata(full + SECRET + behind)

    assert clean == without_metadata(original)
    assert SECRET not in clean
    assert pixels(clean) == pixels(original)


# --- What is refused ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no JPEG",
        START,
        START + b"\xff",
        START + b"\xff" * 500,
        START + b"\xff\x00" + END,
        START + SECRET + END,
        START + b"\xff\xe1",
        START + b"\xff\xe1\0\1" + END,
        START + segment(EXIF, SECRET)[:-1],
        START + segment(0x02, SECRET) + END,
        START + segment(0xF7, SECRET) + END,
        START + START + END,
        START + segment(0xDA, b"") + b"data" + START + END,
        START + segment(0xDA, b"") + b"data" + segment(COMMENT, SECRET)[:-1],
    ],
)
def test_what_does_not_parse_is_refused(content):
    with pytest.raises(UnreadablePhotograph):
        without_metadata(content)


PIECES = st.sampled_from([START, END, SCAN, b"\xff", b"\0", b"\0\2", b"\0\3", b"\xff\xd0", b"\xff\xe1", b"\xff\xee"])


@given(
    st.binary(max_size=200).map(lambda content: START + content)
    | st.lists(PIECES | st.binary(max_size=4), max_size=40).map(lambda pieces: START + b"".join(pieces))
    | st.tuples(st.integers(0, 2000), st.binary(max_size=8)).map(
        lambda wrong: inserted(noise(progressive=True), wrong[0], wrong[1])
    )
)
def test_whatever_comes_is_clean_at_once_or_refused(content):
    try:
        clean = without_metadata(content)
    except UnreadablePhotograph:
        return

    assert without_metadata(clean) == clean

"""Pictures made anew from their pixels, and what is refused."""

import io

import pytest
from django.conf import settings
from PIL import Image

from contacts.pictures import PictureRefused, read_picture
from tests.contacts.pictures_support import (
    SECRET,
    jpeg_of_scans,
    picture,
    png_bomb,
    talkative_jpeg,
    talkative_png,
    talkative_webp,
)


def read(content: bytes):
    return read_picture(io.BytesIO(content))


def colour_at(made, x: int, y: int) -> str:
    """Return "red" or "white", whichever the pixel is nearer to."""
    pixel = Image.open(io.BytesIO(made.content)).convert("RGB").getpixel((x, y))
    return "white" if pixel[1] > 128 else "red"


@pytest.mark.parametrize("make", [talkative_jpeg, talkative_png, talkative_webp])
def test_nothing_but_pixels_is_left(make):
    original = make()

    made = read(original)

    assert SECRET in original
    assert SECRET not in made.content
    with Image.open(io.BytesIO(made.content)) as image:
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_picture_taken_upright_stands_upright():
    made = read(talkative_jpeg())

    assert (made.width, made.height) == (40, 60)
    assert (colour_at(made, 20, 5), colour_at(made, 20, 55)) == ("red", "white")


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "jpg"), ("MPO", "jpg")])
def test_content_decides_the_type(kind, extension):
    made = read(picture(kind))

    assert (made.extension, made.width, made.height) == (extension, 60, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(50, 30), (4000, 30)])
def test_every_kind_of_png_is_read(mode, size):
    target = io.BytesIO()
    Image.new(mode, size).save(target, "PNG")

    made = read(target.getvalue())

    assert max(made.width, made.height) == min(max(size), settings.PUBLIC_FORMS["picture_side"])


def test_grey_of_sixteen_bits_keeps_its_brightness():
    target = io.BytesIO()
    Image.new("I;16", (4, 4), 32768).save(target, "PNG")

    grey = Image.open(io.BytesIO(read(target.getvalue()).content)).convert("L").getpixel((1, 1))

    assert grey in (127, 128)


def test_transparency_stays():
    target = io.BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 0)).save(target, "WEBP")

    made = read(target.getvalue())

    assert made.extension == "png"
    assert Image.open(io.BytesIO(made.content)).getpixel((4, 4))[3] == 0


def test_large_pictures_become_smaller():
    made = read(picture(size=(6000, 3000)))

    assert (made.width, made.height) == (2560, 1280)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Dieses Format"),
        (b"%PDF-1.7", "Dieses Format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Dieses Format"),
        (picture("GIF"), "Dieses Format"),
        (picture("TIFF"), "Dieses Format"),
        (picture("JPEG", size=(600, 600))[:1500], "beschädigt"),
        (picture("PNG", size=(300, 300))[:80], "beschädigt"),
        (png_bomb(5001, 5000), "zu viele Bildpunkte; möglich sind 25 Megapixel"),
        (png_bomb(9000, 9000), "zu viele Bildpunkte"),
        (png_bomb(10_000, 10_000), "zu viele Bildpunkte"),
        (png_bomb(100_000, 100_000), "zu viele Bildpunkte"),
        (png_bomb(4000, 4000), "beschädigt"),
        (jpeg_of_scans(65), "zu aufwendig gespeichert"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(content, sentence):
    with pytest.raises(PictureRefused, match=sentence):
        read(content)


def test_jpeg_of_many_scans_that_is_still_read():
    assert read(jpeg_of_scans(64)).width == 64


def test_bytes_that_look_like_scans_mean_nothing_in_a_png():
    content = picture("PNG")

    assert read(content + b"\xff\xda" * 100).width == 60

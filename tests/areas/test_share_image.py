"""The picture shown where a page is shared."""

import io

import pytest
from PIL import Image

from areas.share_image import FACTOR, TITLE_BOX, _font, draw_share_image, wrap
from tests.areas.test_locator import OUTLINES


def opened(title="Titel", kicker="Projekt", outlines=()):
    return Image.open(io.BytesIO(draw_share_image(title, kicker, outlines)))


def test_size_and_format_are_what_networks_ask_for():
    image = opened(outlines=[OUTLINES["hoerde"]])

    assert (image.format, image.size) == ("PNG", (1200, 630))


@pytest.mark.parametrize("name", ["nordstadt", "keltenstrasse"])
def test_area_is_drawn_in_brick(name):
    with_area = _count_brick(opened(outlines=[OUTLINES[name]]))
    without = _count_brick(opened())

    assert without == 0
    assert with_area > 150


def test_unreadable_outlines_are_left_out():
    assert opened(outlines=[{"type": "Polygon"}, {}]).tobytes() == opened().tobytes()


@pytest.mark.parametrize("title", ["", "Wort " * 120, "Donaudampfschifffahrtsgesellschaftskapitän" * 4, "🙂 <b>"])
def test_any_title_is_drawn(title):
    assert opened(title=title).size == (1200, 630)


def test_long_titles_are_wrapped_within_the_box():
    font = _font(600, 38)

    lines = wrap("Aus dem Werksgelände der Westfalenhütte wird nach und nach ein Park", font, TITLE_BOX[0])

    assert len(lines) > 1
    assert all(font.getlength(line) <= TITLE_BOX[0] * FACTOR for line in lines)
    assert " ".join(lines) == "Aus dem Werksgelände der Westfalenhütte wird nach und nach ein Park"


def _count_brick(image) -> int:
    return sum(
        count
        for count, (red, green, blue) in image.convert("RGB").getcolors(1_000_000)
        if 140 < red < 185 and 40 < green < 85 and 15 < blue < 60
    )

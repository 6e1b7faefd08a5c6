"""The picture that is shown where a page is shared: title on the left, the city with the area on the right.

1200 × 630 pixels, PNG, drawn from the same outlines as the locator; twice as large at first, so that lines get smooth.
"""

import io
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from areas.geo import CITY_HEIGHT, CITY_WIDTH, Point, hatch_strokes, rings, to_plane

SIZE = (1200, 630)
FACTOR = 2
PANEL = 590  # pixels: width of the part that holds the text
MARGIN = 56
TITLE_BOX = (PANEL - 2 * MARGIN, 330)
TITLE_SIZES = (62, 56, 50, 44, 38, 32, 26)
INSET = 250
INSET_BELOW = 4_000  # metres

INK, MUTED, PAPER = "#1c2528", "#4c5a5f", "#ffffff"
PETROL, BRICK, WASH = "#005b6c", "#a23b1f", "#f3d9cf"
GROUND, LAND, GREEN, WATER, OUTLINE = "#dfe8e8", "#fbfdfc", "#d9e8d5", "#9cc6d4", "#93a3a6"
BORDER, RAIL, RING = "#c0cccb", "#a3acad", "#7e8b8f"


def draw_share_image(title: str, kicker: str, outlines: Iterable[dict]) -> bytes:
    """Return the PNG for a page. `outlines` are GeoJSON geometries; unreadable ones are left out, none are needed."""
    image = Image.new("RGB", (SIZE[0] * FACTOR, SIZE[1] * FACTOR), GROUND)
    draw = ImageDraw.Draw(image)
    shapes = [shape for outline in outlines if (shape := _shape(outline)) is not None]
    _draw_city(image, unary_union(shapes) if shapes else None)
    draw.rectangle(_scaled((0, 0, PANEL, SIZE[1])), fill=PAPER)
    draw.rectangle(_scaled((0, 0, 14, SIZE[1])), fill=PETROL)
    _draw_text(draw, title, kicker)
    # A few dozen tones suffice for flat areas and smooth edges: a third of the size.
    image = image.resize(SIZE, Image.Resampling.LANCZOS).quantize(200)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _shape(outline: dict) -> BaseGeometry | None:
    try:
        return to_plane(outline)
    except ValueError:
        return None


# --- text -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    path = finders.find(f"build/fira-{weight}.ttf")
    if path:
        return ImageFont.truetype(path, size * FACTOR)
    return ImageFont.load_default(size * FACTOR)  # before the fonts are built; legible, only not ours


def _draw_text(draw: ImageDraw.ImageDraw, title: str, kicker: str) -> None:
    top = MARGIN + 4
    if kicker:
        font = _font(400, 26)
        text = wrap(kicker, font, TITLE_BOX[0])[0]
        draw.text((MARGIN * FACTOR, top * FACTOR), text, font=font, fill=MUTED)
    font, lines = _fit(title)
    line_height = font.size / FACTOR * 1.14
    top += 52
    for i, line in enumerate(lines):
        draw.text((MARGIN * FACTOR, (top + i * line_height) * FACTOR), line, font=font, fill=INK)
    base = SIZE[1] - MARGIN - 58
    draw.text((MARGIN * FACTOR, base * FACTOR), "Stadt Dortmund", font=_font(400, 22), fill=MUTED)
    draw.text((MARGIN * FACTOR, (base + 28) * FACTOR), "Amt für Stadterneuerung", font=_font(600, 27), fill=PETROL)


def _fit(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest font in which the title fits its box, with its lines; the smallest cuts what is too much."""
    for size in TITLE_SIZES:
        font = _font(600, size)
        lines = wrap(title, font, TITLE_BOX[0], split_words=size == TITLE_SIZES[-1])
        fits = len(lines) * size * 1.14 <= TITLE_BOX[1]
        if fits and all(font.getlength(line) <= TITLE_BOX[0] * FACTOR for line in lines):
            return font, _balance(title, font, lines)
    room = int(TITLE_BOX[1] // (TITLE_SIZES[-1] * 1.14))
    return font, [*lines[: room - 1], lines[room - 1].rstrip() + " …"]


def _balance(text: str, font: ImageFont.FreeTypeFont, lines: list[str]) -> list[str]:
    """Return as many lines as before, but of similar length: no word is left alone on a line."""
    for width in range(TITLE_BOX[0] * 2 // 5, TITLE_BOX[0], 8):
        narrower = wrap(text, font, width)
        if len(narrower) == len(lines) and all(font.getlength(line) <= width * FACTOR for line in narrower):
            return narrower
    return lines


def wrap(text: str, font: ImageFont.FreeTypeFont, width: float, split_words: bool = False) -> list[str]:
    """Return `text` in lines of at most `width` pixels of the finished picture.

    A word that is longer stays whole, or is split with `split_words`.
    """
    lines = [""]
    for word in text.split() or [""]:
        joined = f"{lines[-1]} {word}".strip()
        if font.getlength(joined) <= width * FACTOR:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        while split_words and font.getlength(word) > width * FACTOR and len(word) > 1:
            cut = next(i for i in range(len(word) - 1, 0, -1) if font.getlength(word[:i]) <= width * FACTOR or i == 1)
            lines[-1] = word[:cut]
            lines.append("")
            word = word[cut:]
        lines[-1] = word
    return lines


# --- map ------------------------------------------------------------------------------------------------------------


class View:
    """Turns metres on the plane into pixels of the large drawing."""

    def __init__(self, left: float, top: float, scale: float, x: float, y: float) -> None:
        self.left, self.top, self.scale, self.x, self.y = left, top, scale, x, y

    def __call__(self, point: Point) -> tuple[float, float]:
        return (
            ((point[0] - self.left) * self.scale + self.x) * FACTOR,
            ((point[1] - self.top) * self.scale + self.y) * FACTOR,
        )


@lru_cache(maxsize=1)
def _context() -> list[tuple[str, BaseGeometry]]:
    """Return the background as (kind, shape on the plane)."""
    path = Path(settings.ROOT) / "fixtures" / "geo" / "city_context.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(feature["properties"]["kind"], to_plane(feature["geometry"])) for feature in features]


def _draw_city(image: Image.Image, area: BaseGeometry | None) -> None:
    width = SIZE[0] - PANEL - 40
    scale = width / CITY_WIDTH
    view = View(0, 0, scale, PANEL + 20, (SIZE[1] - CITY_HEIGHT * scale) / 2)
    _paint(image, view)
    if area is None:
        return
    left, top, right, bottom = area.bounds
    extent = max(right - left, bottom - top)
    _paint_area(image, view, area, max(extent / 14, 180))
    if extent >= INSET_BELOW:
        return
    window = max(extent * 1.5, 420)
    centre = ((left + right) / 2, (top + bottom) / 2)
    x = PANEL + 24 if centre[0] > CITY_WIDTH / 2 else SIZE[0] - 24 - INSET
    y = SIZE[1] - 24 - INSET if centre[1] < CITY_HEIGHT * 0.55 else 24
    inset = Image.new("RGB", (INSET * FACTOR, INSET * FACTOR), GROUND)
    close = View(centre[0] - window / 2, centre[1] - window / 2, INSET / window, 0, 0)
    _paint(inset, close)
    _paint_area(inset, close, area, extent / 13)
    draw = ImageDraw.Draw(image)
    half = max(window * scale / 2, 7)
    spot_x, spot_y = (value / FACTOR for value in view(centre))
    # Both ends of the inset's nearer edge are tied to the square it enlarges.
    edge = y if y > spot_y else y + INSET
    near = spot_y + half if y > spot_y else spot_y - half
    for start, end in ((x, spot_x - half), (x + INSET, spot_x + half)):
        draw.line([*_scaled((start, edge)), *_scaled((end, near))], fill=RING, width=2)
    draw.rectangle(_scaled((spot_x - half, spot_y - half, spot_x + half, spot_y + half)), outline=INK, width=3)
    image.paste(inset, _scaled((x, y)))
    draw.rectangle(_scaled((x, y, x + INSET, y + INSET)), outline=INK, width=4)


def _paint(image: Image.Image, view: View) -> None:
    """Paint the background into the image."""
    draw = ImageDraw.Draw(image)
    for kind, fill in (("city", LAND), ("green", GREEN), ("water", WATER)):
        for shape in (shape for other, shape in _context() if other == kind and shape.geom_type == "Polygon"):
            draw.polygon([view(point) for point in shape.exterior.coords], fill=fill)
    for kind, colour, width in (
        ("district", BORDER, 2), ("rail", RAIL, 2), ("water", WATER, 4), ("ring", RING, 4), ("city", OUTLINE, 3),
    ):  # fmt: skip
        for shape in (shape for other, shape in _context() if other == kind):
            for points, closed in rings(shape):
                _line(draw, [view(point) for point in points], closed, colour, width)


def _paint_area(image: Image.Image, view: View, area: BaseGeometry, spacing: float) -> None:
    draw = ImageDraw.Draw(image)
    # Rounded corners: out, in and out again by the same distance.
    soft = area.buffer(-spacing / 4).buffer(spacing / 2).buffer(-spacing / 4) if area.area else area
    for points, closed in rings(area if soft.is_empty else soft):
        pixels = [view(point) for point in points]
        if closed:
            draw.polygon(pixels, fill=WASH)
        _line(draw, pixels, closed, BRICK, 5)
    for start, end in hatch_strokes(area, spacing, -45):
        draw.line([view(start), view(end)], fill=BRICK, width=3)


def _line(draw: ImageDraw.ImageDraw, pixels: list, closed: bool, colour: str, width: int) -> None:
    draw.line([*pixels, *pixels[:2]] if closed else pixels, fill=colour, width=width, joint="curve")


def _scaled(values: Iterable[float]) -> tuple[int, ...]:
    return tuple(round(value * FACTOR) for value in values)

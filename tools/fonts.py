"""Cuts the two weights of Fira Sans down to what German pages use. Needs fontTools, so it runs inside .venv."""

from fontTools import subset
from fontTools.ttLib import TTFont

from tools.paths import BUILD, NODE_MODULES

SOURCE = NODE_MODULES / "@kern-ux" / "native" / "dist" / "fonts" / "fira-sans"
WEIGHTS = {400: "FiraSans-Regular.woff2", 600: "FiraSans-SemiBold.woff2"}

# Latin letters of the languages of the city's residents (German, Turkish, Polish, Romanian …), figures, German
# typography, currency and units, fractions, arrows. Arabic and Cyrillic fall back to the reader's own fonts.
CHARACTERS = (
    [*range(0x20, 0x7F), *range(0xA0, 0x180)]
    + [0x218, 0x219, 0x21A, 0x21B, 0x1E9E]
    + [ord(character) for character in "\u2002\u2003\u2009\u202f\u2010\u2011–—‘’‚“”„†•…‰‹›⁄€−×≈≠≤≥∞½¼¾⅓⅔²³←↑→↓↗↘№™"]
)
# Kerning, localised forms, fractions, and figures of equal width for tables and dates.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "frac", "numr", "dnom", "tnum", "lnum", "case"]


def cut(source: str, weight: int) -> None:
    """Write fira-<weight>.woff2 for browsers and fira-<weight>.ttf for pictures that the server draws."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]  # author and licence stay in the file
    options.notdef_outline = True
    options.hinting = False
    options.desubroutinize = True
    font = TTFont(SOURCE / source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    for flavor, suffix in (("woff2", "woff2"), (None, "ttf")):
        font.flavor = flavor
        font.save(BUILD / f"fira-{weight}.{suffix}")


if __name__ == "__main__":
    BUILD.mkdir(parents=True, exist_ok=True)
    for font_weight, file_name in WEIGHTS.items():
        cut(file_name, font_weight)

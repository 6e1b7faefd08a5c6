"""What the front-end build made: within the budgets of the first visit and complete."""

import brotli
import pytest
from fontTools.ttLib import TTFont

from tools.frontend import FONTS, LICENCES, VENDORED
from tools.paths import BUILD, VENDOR

CSS_BYTES = 20 * 1024
FONT_BYTES = 60 * 1024
GERMAN = "ABCabcÄÖÜäöüßẞ0123456789„“‚‘–—…€§²³×·→←↑↓½"
NEIGHBOURS = "ğşıİçłżșțăéèñ"  # Turkish, Polish, Romanian, French and Spanish names


def test_css_within_its_budget():
    css = (BUILD / "site.css").read_bytes()

    assert 0 < len(brotli.compress(css)) <= CSS_BYTES


def test_css_asks_no_other_host():
    css = (BUILD / "site.css").read_text(encoding="utf-8")

    assert "url(http" not in css.replace('"', "").replace("'", "")
    assert "@import" not in css


def test_fonts_within_their_budget():
    web = [BUILD / name for name in FONTS if name.endswith(".woff2")]

    assert len(web) == 2
    assert sum(path.stat().st_size for path in web) <= FONT_BYTES


@pytest.mark.parametrize("name", FONTS)
def test_fonts_hold_the_characters_of_our_pages_and_their_licence(name):
    font = TTFont(BUILD / name)
    characters = font.getBestCmap()
    texts = [str(record) for record in font["name"].names]

    assert [character for character in GERMAN + NEIGHBOURS if ord(character) not in characters] == []
    assert "Licensed under the Open Font License, version 1.1 or later" in texts


def test_licences_lie_beside_what_is_served():
    served = [VENDOR / target for target in [*VENDORED.values(), *LICENCES.values()]]
    packages = {path.relative_to(VENDOR).parts[0] for path in served}
    licences = [path for path in served if path.stem in {"LICENSE", "OFL-1"} or path.stem.startswith("OFL")]

    assert {path.relative_to(VENDOR).parts[0] for path in licences} == packages
    assert [path for path in licences if not path.read_text(encoding="utf-8").strip()] == []

"""A hundred ways to write an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.address_text import MAX_LENGTH, parse, street_key

STREETS = {
    "speicherstrasse": [
        "Speicherstraße", "Speicherstrasse", "speicherstr", "Speicherstr.", "SPEICHERSTRASSE", "Speicher Straße",
        "Speicher-Straße", "Speicherstrase", "Speicherstra", " Speicherstraße ", "Speicherstraße,", "SpeicherSTR.",
        "Speicherstrass",
    ],
    "westerfilderstrasse": [
        "Westerfilder Straße", "Westerfilder Str.", "westerfilder strasse", "Westerfilderstr", "Westerfilder-Str.",
        "Westerfilder-Straße", "WESTERFILDER STRAßE", "Westerfilder  Straße", "Westerfilder str",
    ],
    "grosseheimstrasse": ["Große Heimstraße", "Grosse Heimstr.", "große heim-str", "GROSSE HEIMSTRASSE"],
    "muensterstrasse": ["Münsterstraße", "Muensterstrasse", "münster str.", "MÜNSTERSTR", "Mu\u0308nsterstraße"],
    "huckarderstrasse": ["Huckarder Straße", "huckarder str."],
    "vogelpothsweg": ["Vogelpothsweg", "vogelpothsweg", "Vogelpoths Weg", "Vogelpoths-Weg", "VOGELPOTHSWEG"],
    "amkaiserhain": ["Am Kaiserhain", "am kaiserhain", "Am-Kaiserhain"],
    "strobelallee": ["Strobelallee", "strobelallee", "Strobel-Allee", "Strobel Allee"],
    "strassedes17juni": ["Straße des 17. Juni", "Strasse des 17 Juni"],
    "platzdervereintennationen": ["Platz der Vereinten Nationen", "platz der vereinten nationen"],
    "cafeweg": ["Caféweg", "Cafeweg"],
}  # fmt: skip

NUMBERS = {
    (15, "", None): ["15", " 15", "15 ", ", 15", "15,", "15, 44137 Dortmund", "15 44137 Dortmund", "15 Dortmund",
                     "15, Dortmund", "15, D-44137 Dortmund", "15, 44137 Dortmund-Mitte", "15, 44137", "15 44137"],
    (12, "a", None): ["12a", "12 a", "12A", "12 A", "12a, 44137 Dortmund", "12 a Dortmund", "12A 44137 Dortmund"],
    (12, "", 14): ["12-14", "12 - 14", "12–14", "12 – 14", "12/14", "12+14", "12-14, 44137 Dortmund"],
    (1, "b", 3): ["1b-3", "1b - 3c", "1 b – 3 c"],
}  # fmt: skip

SPELLINGS = [(spelling, key) for key, spellings in STREETS.items() for spelling in spellings]


@pytest.mark.parametrize(("spelling", "key"), SPELLINGS)
def test_spellings_of_a_street_are_one(spelling, key):
    assert street_key(spelling) == key


@pytest.mark.parametrize(("spelling", "key"), SPELLINGS)
def test_number_is_told_from_the_street(spelling, key):
    typed = parse(f"{spelling} 7c")

    assert (typed.key, typed.number, typed.suffix) == (key, 7, "c")


@pytest.mark.parametrize(("text", "parts"), [(text, parts) for parts, texts in NUMBERS.items() for text in texts])
def test_spellings_of_a_number_are_one(text, parts):
    typed = parse(f"Kampstr. {text}")

    assert (typed.key, typed.number, typed.suffix, typed.until) == ("kampstrasse", *parts)


@pytest.mark.parametrize("text", ["Speicherstraße", "44137 Dortmund", "", "   ", "12", "Speicherstraße 44137 Dortmund"])
def test_without_a_number_there_is_none(text):
    assert parse(text).number is None


def test_label_is_how_the_address_is_shown():
    assert [parse(text).label for text in ("Kampstr 3 B", "Kampstr. 3-5", "Kampstr.")] == [
        "Kampstr 3b",
        "Kampstr. 3–5",
        "Kampstr.",
    ]


@given(st.text(max_size=400))
def test_whatever_is_typed_is_read(text):
    typed = parse(text)

    assert len(typed.street) <= MAX_LENGTH
    assert typed.number is None or 0 <= typed.number < 10_000
    assert " " not in typed.key

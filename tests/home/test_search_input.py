"""What people type into the search, taken apart; and that nothing they type breaks it."""

import pytest

from stadterneuerung.home.search.words import parse, spellings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Grüner Ring", ("grüner", "ring")),
        ("  der  Park und die Wege ", ("park", "wege")),
        ('"Hof- und Fassaden"', ("hof", "fassaden")),
        ("W & B", ("w", "b")),
        ("e Quartier", ("quartier",)),
        ("der die das", ()),
        ("🌳🌳", ()),
        ("___ --- %%%", ()),
        ("ring ring RING", ("ring",)),
        ("", ()),
    ],
)
def test_words_of_a_search(typed, words):
    assert parse(typed).words == words


def test_long_input_is_cut():
    parsed = parse("wort " * 5_000)

    assert (len(parsed.text), parsed.words) == (199, ("wort",))


@pytest.mark.parametrize(
    ("word", "variants"),
    [
        ("müll", ["müll", "muell"]),
        ("muell", ["muell", "müll"]),
        ("straße", ["straße", "strasse"]),
        ("café", ["café", "cafe"]),
    ],
)
def test_spellings_of_a_word(word, variants):
    assert spellings(word) == variants


HOSTILE = [
    '"',
    '"Park',
    "'Park",
    "Park'",
    "Park\\",
    "Park*",
    "Park:*",
    "(Park",
    "Park)",
    "Park AND",
    "NOT Park",
    "Park OR",
    "NEAR(Park)",
    "title:Park",
    "{title} : Park",
    "Park & !",
    "Park <-> Park",
    "^Park",
    "-Park",
    "+Park",
    "%",
    "%s %(x)s",
    "{} {0}",
    "_",
    "\x01\x1f\x7f",
    "\ud83c\udf33".encode("utf-16", "surrogatepass").decode("utf-16"),
    "🌳 Park 🌳",
    "👩‍👩‍👧‍👦",
    "Z̵̢̛a̶l̷g̸o̶",
    "ﷺ",
    "²",
    "①",
    "፩",
    "ﬀ",
    "ẞ",
    "İstanbul",
    "مرحبا",
    "дом",
    "漢字",
    "a" * 10_000,
    "ä" * 10_000,
    "Park " * 2_000,
    " ".join(f"wort{n}" for n in range(500)),
    "<script>alert(1)</script>",
    "und oder aber",
    "\u202epark",
    "ﾊﾟｰｸ",
    "1",
    "0x00",
    "'; DROP TABLE wagtailcore_page; --",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_no_input_is_an_error(client, search_page, typed):
    factories.ProjectPageFactory(title="Park")

    response = client.get("/suche/", {"q": typed})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%ED%A0%80", "q[]=x", "q=a&q=b", "q=park&seite=x", "q=park&seite=-1", "%"]
)
def test_no_address_is_an_error(client, search_page, query):
    assert client.get(f"/suche/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "q=Park%00Park", "q=park&art=%00"])
def test_null_byte_is_refused_in_german(client, search_page, query):
    response = client.get(f"/suche/?{query}")

    assert (response.status_code, response.content.decode()) == (400, "Ungültige Anfrage.")

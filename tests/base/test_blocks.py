"""Every block of a page's body is shown with what the law and readers need."""

import pytest

from stadterneuerung.base.blocks import BodyBlock
from tests import factories
from tests.html import read, squeeze
from tests.pages import document, leaves_files_open, photo

pytestmark = [pytest.mark.django_db, leaves_files_open]


def shown(client, *blocks) -> str:
    """Return the HTML of a page with these blocks, each a (name, raw value)."""
    page = factories.StandardPageFactory(slug="text")
    page.body = BodyBlock().to_python([{"type": name, "value": value} for name, value in blocks])
    page.save()
    return client.get("/text/").content.decode()


def test_every_block_has_a_template_of_its_own():
    block = BodyBlock()

    assert all((child.get_template() or "").startswith("blocks/") for child in block.child_blocks.values())


def test_picture_tells_credit_and_licence_and_its_own_description(client, home_page):
    image = {"image": photo().pk, "alt_text": "Kinder am Brunnen", "decorative": False}

    html = shown(client, ("image", {"image": image, "caption": "Im Mai"}))

    assert 'alt="Kinder am Brunnen"' in html
    assert "Im Mai" in html
    assert "Stadt Dortmund · CC BY 4.0" in html


def test_a_picture_that_is_decorative_here_has_no_description(client, home_page):
    image = {"image": photo().pk, "alt_text": "", "decorative": True}

    assert 'alt=""' in shown(client, ("image", {"image": image, "caption": ""}))


def test_table_has_caption_heads_and_right_aligned_figures(client, home_page):
    table = {
        "columns": [{"type": "text", "heading": "Jahr"}, {"type": "number", "heading": "Bäume"}],
        "rows": [{"values": ["2024", "93"]}],
        "caption": "",
    }

    html = shown(client, ("table", {"caption": "Bäume je Jahr", "table": table}))

    assert '<caption class="kern-title">Bäume je Jahr</caption>' in html
    assert '<td class="kern-table__cell kern-table__cell--numeric">93</td>' in html


def test_figures_stand_with_date_and_source(client, home_page):
    fact = {"label": "Bäume", "value": "93", "as_of": "2022", "source": "efre.nrw"}

    assert "Stand: 2022 · Quelle: efre.nrw" in shown(client, ("facts", {"heading": "Grün", "facts": [fact]}))


def test_video_loads_nothing_before_it_is_started(client, home_page):
    video = {"title": "Baustelle", "file": document("film").pk, "captions": document("text").pk, "poster": None,
             "link": "", "transcript": "<p>Alles gesagt.</p>"}  # fmt: skip

    html = shown(client, ("video", video))

    assert 'preload="none"' in html
    assert 'kind="captions"' in html
    assert "Alles gesagt." in html


def test_a_film_elsewhere_is_a_plain_link_that_names_its_host(client, home_page):
    video = {"title": "Flug", "file": None, "captions": None, "poster": None, "link": "https://www.example.org/film",
             "transcript": ""}  # fmt: skip

    html = shown(client, ("video", video))

    assert "Video auf www.example.org ansehen" in html
    assert "<iframe" not in html


def test_plain_blocks(client, home_page):
    page = shown(
        client,
        ("text", "<h2>Warum</h2><p>Darum.</p>"),
        ("quote", {"text": "Gut so.", "source": "Jury"}),
        ("notice", {"kind": "warning", "heading": "Achtung", "text": "<p>Gesperrt.</p>"}),
        ("faq", {"heading": "Fragen", "questions": [{"question": "Wann?", "answer": "<p>Bald.</p>"}]}),
        ("document", {"document": document("Bericht").pk, "note": "Lesenswert"}),
        ("contact", {"unit": factories.UnitFactory(name="Team Grün").pk, "note": "Für Gärten"}),
    )

    words = squeeze(page)
    for expected in ("<h2>Warum</h2>", "„Gut so.“", "notice--warning", "Gesperrt.", "Wann?", "Bericht", "Lesenswert",
                     "Team Grün", "Für Gärten"):  # fmt: skip
        assert expected in words


def test_headings_of_a_body_follow_the_title(client, home_page):
    factories.StandardPageFactory(slug="text", title="Titel", body=[("text", "<h2>Eins</h2><h3>Zwei</h3>")])

    assert read(client.get("/text/")).headings[:3] == ["Titel", "Eins", "Zwei"]

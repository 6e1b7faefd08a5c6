"""The PDF for the file: all that the desk knows, readable by machines, whatever somebody wrote."""

import re
import zlib

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contacts import audit
from contacts.desk import actions
from contacts.desk.case_file import case_data, typeset
from contacts.models import Attachment, AuditEntry
from contacts.showable import showable
from contacts.text import clean_lines
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory
from tests.contacts.pdf_text import text_of


def pdf_of(message: str) -> bytes:
    entry = {"head": "", "note": "", "text": [message.split("\n")]}
    parts = [{"title": "Nachricht", "entries": [entry]}]
    return typeset({"title": "T", "office": "A", "as_of": "S", "footer": "F", "facts": [["a", "b"]], "parts": parts})


def squeezed(text: str) -> str:
    return re.sub(r"\s|\u200b", "", text)


@pytest.mark.django_db
def test_the_file_holds_all_there_is(client, user):
    client.force_login(user)
    report = BarrierReportFactory(
        reference="BF-1",
        name="Frieda Beispiel",
        email="frieda@example.org",
        url="/karte/",
        wanted_alternative="als Text",
    )
    actions.take(report, user, "Ich rufe an.")
    actions.wait(report, user, "Welcher Film?")
    OutboxFactory(enquiry=report, to="a@stadtdo.example")
    for size in ({"extension": "jpg", "width": 30, "height": 20}, {"extension": "pdf"}):
        Attachment.objects.create(enquiry=report, file="x", size=7, digest="ab" * 32, **size)

    response = client.get(reverse("contacts_case_file", args=[report.pk]))

    text = squeezed(text_of(response.content))
    last = AuditEntry.objects.first()
    assert (last.action, list(audit.verify())) == (AuditEntry.Action.PRINTED, [])
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="BF-1.pdf"'
    for words in (
        "Barrieremeldung BF-1",
        "Stand:",
        "Frieda Beispiel, frieda@example.org",
        "Der Film hat keine Untertitel.",
        "als Text",
        "/karte/",
        f"JPEG, 30 × 20 Pixel, 7 Byte, SHA-256: {'ab' * 32}",
        f"PDF von außen, 7 Byte, SHA-256: {'ab' * 32}",
        "Ich rufe an.",
        "Text intern",
        "Welcher Film?",
        "an a@stadtdo.example, noch nicht gesendet",
        "Rosa Amt",
        f"Eintrag {last.number}, Prüfwert {last.mark}",
        "Seite 1 von",
    ):
        assert squeezed(words) in text, words


@pytest.mark.django_db
def test_it_is_tagged_and_says_its_language(user):
    pdf = typeset(case_data(EnquiryFactory(reference="SE-1")))

    described = b"".join(
        zlib.decompress(stream) if stream[:1] == b"\x78" else stream
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    )
    assert b"<pdfuaid:part>1</pdfuaid:part>" in described
    assert b"/Lang(de)" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"/MediaBox[0 0 595.2756 841.8898]" in pdf  # A4


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("#let x = 1; #panic() *fett* $x^2$ @ref <lab> `roh` // nein", None),
        ("= Keine Überschrift\n- keine Liste\n+ auch nicht\n/ a: b", None),
        ('#read("/etc/passwd") #include "x" \\u{41} \\', None),
        ("Straße, ğüşiöç, Привет, Ελλάδα, „Zitat“ – 5 €", None),
        ("Gut 😀!", "Gut [U+1F600]!"),
        ("👩‍👧 中", "[U+1F469][U+1F467] [U+4E2D]"),
        ("\n\n \n", ""),
    ],
)
def test_words_are_data(words, shown):
    text = squeezed(text_of(pdf_of(words)))

    assert squeezed(words if shown is None else shown) in text
    assert text.startswith("TSa:bNachricht")


def test_a_word_of_five_thousand_letters_is_broken_and_whole():
    assert text_of(pdf_of("x" * 5000)).count("x") == 5000  # on two pages, with the footer in between


@pytest.mark.parametrize(("words", "letters"), [("שלום", "שלום"), ("سلام", "سلام")])
def test_what_is_written_from_right_to_left_is_there(words, letters):
    assert set(letters) <= set(text_of(pdf_of(words)))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
@example("\u0301\u0e33\ufffd\U000e0001")
@example("".join(map(chr, range(0x20, 0x500))))
@example("".join(map(chr, range(0x590, 0x700))))
@example("".join(map(chr, range(0x1E00, 0x2200))))
def test_any_text_can_be_printed(words):
    assert pdf_of(clean_lines(words)).startswith(b"%PDF-")


def test_signs_without_a_shape_are_named():
    assert showable("a\u200d\ufe0f😀\x07b") == "a[U+1F600]b"
    assert showable("u\u0308") == "ü"


@pytest.mark.django_db
def test_nothing_is_kept_on_disk(client, user, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(user)

    client.get(reverse("contacts_case_file", args=[EnquiryFactory(closed_at=timezone.now(), state="closed").pk]))

    assert list(tmp_path.rglob("*")) == []

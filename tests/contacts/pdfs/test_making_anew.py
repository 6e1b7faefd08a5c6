"""A PDF is made anew from its pages: what is left, what is refused, what is given up."""

import base64
import io
import subprocess
import sys
import zlib

import pikepdf
import pytest
from django.conf import settings as django_settings
from pikepdf import Array, Dictionary, Name
from PIL import Image

from contacts.pdfs import jpeg, reading
from contacts.pdfs.reading import PdfRefused
from tests.contacts.clamd_support import HARMFUL
from tests.contacts.pdf_support import (
    font_pdf,
    form_pdf,
    inline_photo_pdf,
    locked_pdf,
    opened,
    pdf,
    photo_pdf,
    portfolio_pdf,
    talkative_pdf,
)
from tests.contacts.pdfs.conftest import read
from tests.contacts.pictures_support import SECRET, talkative_jpeg, talkative_jpeg_2000

pytestmark = pytest.mark.django_db


def test_nothing_is_left_that_tells_or_acts(clamd):
    original = talkative_pdf()

    made = read(original)

    assert opened(original).count(SECRET) >= 10
    assert SECRET not in opened(made)
    for key in (
        b"/JS",
        b"/JavaScript",
        b"/OpenAction",
        b"/AA",
        b"/A ",
        b"/Launch",
        b"/URI",
        b"/EmbeddedFile",
        b"/Info",
    ):
        assert key not in opened(made), key
    assert b"(Hier fehlt etwas)" in opened(made)
    assert b"/Foto" in made


@pytest.mark.parametrize(
    ("wrapped", "filters"),
    [
        (zlib.compress(talkative_jpeg()), [Name.FlateDecode]),
        (base64.a85encode(talkative_jpeg()) + b"~>", [Name.ASCII85Decode]),
        (base64.a85encode(zlib.compress(talkative_jpeg())) + b"~>", [Name.ASCII85Decode, Name.FlateDecode]),
    ],
)
@pytest.mark.parametrize("parameters", [None, Dictionary(ColorTransform=1)])
def test_photograph_in_wrappings_is_cleaned(clamd, wrapped, filters, parameters):
    lists = {"parameters": Array([*[None] * len(filters), parameters])} if parameters else {}

    with pikepdf.open(io.BytesIO(read(photo_pdf(wrapped, *filters, Name.DCTDecode, **lists)))) as made:
        photo = made.pages[0].Resources.XObject.Foto

        assert photo.Filter == Name.DCTDecode
        assert photo.get("/DecodeParms") == parameters
        assert photo.read_raw_bytes() == jpeg.without_metadata(talkative_jpeg())


def test_photograph_within_the_text_of_a_page_is_cleaned(clamd):
    with pikepdf.open(io.BytesIO(read(inline_photo_pdf()))) as made:
        [photo] = made.pages[0].Resources.XObject.values()

        assert photo.read_raw_bytes() == jpeg.without_metadata(talkative_jpeg())


def test_wrapping_within_a_photograph_is_refused(clamd):
    with pytest.raises(PdfRefused, match="ist beschädigt"):
        read(photo_pdf(talkative_jpeg(), Name.DCTDecode, Name.FlateDecode))


@pytest.mark.parametrize("start", [0, talkative_jpeg_2000().index(b"\xff\x4f\xff\x51")])
def test_jpeg_2000_keeps_its_pixels_alone(clamd, start):
    original = talkative_jpeg_2000()

    with pikepdf.open(io.BytesIO(read(photo_pdf(original[start:], Name.JPXDecode)))) as made:
        clean = made.pages[0].Resources.XObject.Foto.read_raw_bytes()

    assert (original.count(SECRET), clean.count(SECRET)) == (2, 0 if not start else 1)
    assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(io.BytesIO(original)).tobytes()


@pytest.mark.parametrize("name", ["AF", "Metadata", "PieceInfo", "Resources"])
def test_font_may_have_any_name(clamd, name):
    made = read(font_pdf(name))

    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.pages[0].Resources.Font.keys() == {f"/{name}"}


def test_what_is_typed_into_a_form_stands_on_the_page(clamd):
    made = opened(read(form_pdf()))

    assert b"/Widget" not in made
    assert SECRET not in made
    assert made.count(b"/Fxo1") == 1


def test_pages_and_their_paper_stay(clamd):
    made = opened(read(pdf(pages=3)))

    assert made.count(b"/Type /Page\n") == 3
    assert made.split().count(b"/MediaBox") == 3


def test_password_for_changes_alone_is_none_for_readers(clamd):
    assert b"/Encrypt" not in read(locked_pdf(user=""))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: locked_pdf(user="geheim"), "mit einem Passwort geschützt"),
        (lambda: b"%PDF-1.7 %%EOF", "ist beschädigt"),
        (lambda: pdf()[:-6], "ist beschädigt"),
        (lambda: b"%PDF-1.7\n" + b"<<" * 100_000 + b"%%EOF", "ist beschädigt"),
        (lambda: pdf(pages=0), "ist beschädigt"),
        (lambda: pdf(pages=501), "ist zu umfangreich"),
        (lambda: photo_pdf(b"no JPEG", Name.DCTDecode), "Ein Foto in dem PDF lässt sich nicht lesen"),
        (lambda: photo_pdf(b"no JPEG 2000", Name.JPXDecode), "Ein Foto in dem PDF lässt sich nicht lesen"),
        (portfolio_pdf, "eine Mappe mit weiteren Dateien"),
        (lambda: form_pdf(drawn=False), "eingetragen ist, ginge verloren"),
        (lambda: form_pdf(NeedAppearances=True), "eingetragen ist, ginge verloren"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(clamd, make, sentence):
    with pytest.raises(PdfRefused, match=sentence):
        read(make())


@pytest.mark.parametrize("limits", [{"wall_seconds": 0.01}, {"memory_mb": 30}])
def test_what_takes_too_much_is_given_up(clamd, settings, limits):
    settings.PDF_READING = settings.PDF_READING | limits

    with pytest.raises(PdfRefused):
        read(pdf())


def test_what_grows_too_large_is_called_too_much(clamd, settings):
    settings.PDF_READING = settings.PDF_READING | {"max_written_bytes": 500}

    with pytest.raises(PdfRefused, match="ist zu umfangreich"):
        read(pdf(pages=3))


def test_the_child_knows_no_django():
    code = (
        "import sys, contacts.pdfs.child, contacts.pdfs.cleaning; print(sorted(set(sys.modules) & {'django', 'PIL'}))"
    )

    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=django_settings.ROOT, check=True
    )

    assert found.stdout == "[]\n"


def test_what_came_and_what_is_kept_are_both_scanned(clamd):
    original = talkative_pdf()

    made = read(original)

    assert clamd.scanned == [original, made]


def test_what_only_the_scanner_sees_after_the_rewriting_is_refused(clamd):
    original = pdf()
    clamd.answer = lambda content: b"stream: OK\0" if content == original else HARMFUL

    with pytest.raises(PdfRefused, match="Virenscanner"):
        read(original)


def test_password_that_the_scanner_meets(clamd):
    clamd.answer = lambda content: b"stream: Heuristics.Encrypted.PDF FOUND\0"

    with pytest.raises(PdfRefused, match="mit einem Passwort geschützt"):
        read(pdf())


def test_behind_a_slow_scanner_nobody_waits_for_ever(clamd, settings):
    settings.SCANNER = settings.SCANNER | {"wait_seconds": 0.01}

    with reading._one_at_a_time, pytest.raises(PdfRefused, match="kann gerade nicht"):
        read(pdf())
    assert clamd.calls == 0

"""PDFs of citizens: taken only with a scanner's word, made anew from their pages, refused with a reason."""

import base64
import errno
import io
import json
import subprocess
import sys
import zlib
from unittest import mock

import pikepdf
import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from pikepdf import Array, Dictionary, Name
from PIL import Image

from contacts import status
from contacts.erasure import erase
from contacts.models import Attachment, AuditEntry, Enquiry, EnquiryEvent, OutboxMessage
from contacts.pdfs import jpeg, jpeg2000, reading
from contacts.pdfs.reading import PdfRefused, read_pdf
from contacts.person_report import as_json, as_pdf
from tests.contacts.clamd_support import HARMFUL
from tests.contacts.conftest import post
from tests.contacts.pdf_support import (
    font_pdf,
    form_pdf,
    inline_photo_pdf,
    locked_pdf,
    opened,
    pdf,
    pdf_upload,
    photo_pdf,
    portfolio_pdf,
    talkative_pdf,
)
from tests.contacts.pdf_text import text_of
from tests.contacts.pictures_support import SECRET, picture, talkative_jpeg, talkative_jpeg_2000, upload
from tests.contacts.status_page.conftest import send
from tests.contacts.test_pictures import kept_fields

pytestmark = pytest.mark.django_db

HARMFUL_SENTENCE = (
    "„brief.pdf“: Unser Virenscanner lässt diese Datei nicht durch; gespeichert ist davon nichts. Bitte schreiben Sie "
    "uns, was darin steht, oder schicken Sie Fotos der Seiten."
)
SILENT_SENTENCE = (
    "„brief.pdf“: Das PDF kann gerade nicht auf Viren geprüft werden und ist deshalb nicht dabei. Sie können die "
    "Nachricht ohne das PDF abschicken und es später auf der Statusseite nachreichen."
)
UNREAD_SENTENCE = (
    "„brief.pdf“: Diese Datei haben wir nicht mehr gelesen, das hätte zu lange gedauert. Bitte senden Sie sie später."
)


def read(content: bytes) -> bytes:
    return read_pdf(io.BytesIO(content)).content


# --- Making anew ----------------------------------------------------------------------------------------------------
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
    assert jpeg2000.without_metadata(b"something else") == b"something else"


@pytest.mark.parametrize("name", ["AF", "Metadata", "PieceInfo", "Resources"])
def test_font_may_have_any_name(clamd, name):
    made = read(font_pdf(name))

    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.pages[0].Resources.Font.keys() == {f"/{name}"}


def test_photograph_keeps_its_pixels():
    original = talkative_jpeg()

    clean = jpeg.without_metadata(original)

    assert SECRET not in clean
    assert clean.endswith(b"\xff\xd9")
    assert original.partition(b"\xff\xda")[2].startswith(clean.partition(b"\xff\xda")[2])
    assert jpeg.without_metadata(b"no JPEG") == b"no JPEG"
    assert jpeg.without_metadata(b"\xff\xd8\xff") == b"\xff\xd8\xff"


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


# --- Sending --------------------------------------------------------------------------------------------------------
def test_pdf_arrives_beside_pictures(client, contact_page, enquiry_data, attachment_dir, clamd):
    response = post(
        client, contact_page, enquiry_data | {"pictures": [upload(), pdf_upload(), pdf_upload(pdf("Zwei"))]}
    )

    enquiry = Enquiry.objects.get()
    assert response.status_code == 303
    assert list(enquiry.attachments.values_list("extension", "width")) == [("jpg", 60), ("pdf", None), ("pdf", None)]
    assert sorted(path.suffix for path in attachment_dir.iterdir()) == [".jpg", ".pdf", ".pdf"]
    body = OutboxMessage.objects.get(kind="office").body_text
    assert "\nBilder: 1, PDF: 2, zu sehen nur im Redaktionssystem (Anmeldung nötig):\n" in body


def test_content_decides_and_not_the_name(client, contact_page, enquiry_data, clamd):
    files = [pdf_upload(name="foto.jpg"), upload(picture("PNG"), "brief.pdf")]

    post(client, contact_page, enquiry_data | {"pictures": files})

    assert list(Attachment.objects.values_list("extension", flat=True)) == ["pdf", "png"]
    assert len(clamd.scanned) == 2


def test_barrier_report_with_a_pdf(client, barrier_page, clamd):
    post(client, barrier_page, {"description": "Nicht lesbar", "pictures": pdf_upload()})

    assert Enquiry.objects.get().attachments.get().is_pdf


def test_addition_with_a_pdf(client, contact_page, enquiry_data, clamd):
    post(client, contact_page, enquiry_data)
    enquiry = Enquiry.objects.get()

    send(client, status.path_for(enquiry), {"message": "Hier ist der Brief.", "pictures": [pdf_upload(), upload()]})

    assert EnquiryEvent.objects.get(kind="added").detail == "mit Anhängen (Bilder: 1, PDF: 1)"
    assert "\nBilder: 1, PDF: 1, zu sehen nur" in OutboxMessage.objects.get(subject__startswith="Ergänzung").body_text


def test_harmful_pdf_is_refused_and_the_rest_stays(client, contact_page, enquiry_data, attachment_dir, clamd, caplog):
    clamd.answer = lambda content: HARMFUL

    response = post(client, contact_page, enquiry_data | {"pictures": [upload(), pdf_upload()]})

    assert response.status_code == 422
    assert response.context["form"].errors == {"pictures": [HARMFUL_SENTENCE]}
    assert "Wann beginnt der Umbau?" in response.text
    assert "foto.jpg ist schon da" in response.text
    assert "Exploit" not in response.text
    assert [path.suffix for path in attachment_dir.iterdir()] == [".jpg"]
    assert caplog.messages == ["Der Virenscanner hat ein PDF abgewiesen: Pdf.Exploit"]


def test_silent_scanner_refuses_the_pdf_alone(client, contact_page, enquiry_data, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"

    response = post(client, contact_page, enquiry_data | {"pictures": [upload(), pdf_upload()]})

    assert response.status_code == 422
    assert response.context["form"].errors == {"pictures": [SILENT_SENTENCE]}
    assert "foto.jpg ist schon da" in response.text
    again = post(client, contact_page, enquiry_data | kept_fields(response))
    assert again.status_code == 303
    assert list(Attachment.objects.values_list("extension", flat=True)) == ["jpg"]


def test_without_room_the_rest_can_be_sent(client, contact_page, enquiry_data, clamd, monkeypatch):
    monkeypatch.setattr(reading, "ask_child", mock.Mock(side_effect=OSError(errno.ENOMEM, "no memory")))

    response = post(client, contact_page, enquiry_data | {"pictures": [upload(), pdf_upload()]})

    assert response.status_code == 422
    assert response.context["form"].errors == {"pictures": [SILENT_SENTENCE]}


def test_pdf_waits_for_a_form_that_comes_back(client, contact_page, enquiry_data, clamd):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": pdf_upload()})

    post(client, contact_page, enquiry_data | kept_fields(wrong))

    assert "brief.pdf ist schon da" in wrong.text
    assert Enquiry.objects.get().attachments.get().is_pdf
    assert len(clamd.scanned) == 2


def test_same_pdf_with_another_text_is_copied(client, contact_page, enquiry_data, clamd):
    wrong = post(client, contact_page, enquiry_data | {"message": "", "pictures": pdf_upload()})
    for text in ("eins", "zwei"):
        post(client, contact_page, enquiry_data | kept_fields(wrong) | {"message": text})

    assert list(Attachment.objects.values_list("extension", "width")) == [("pdf", None)] * 2
    assert len(set(Attachment.objects.values_list("file", flat=True))) == 2


def test_five_files_in_all(client, contact_page, enquiry_data, clamd):
    files = [upload(), *[pdf_upload() for _ in range(5)]]

    response = post(client, contact_page, enquiry_data | {"pictures": files})

    assert response.context["form"].errors == {"pictures": ["„brief.pdf“: Mehr als 5 Dateien gehen nicht."]}
    assert Attachment.objects.count() == 5


def test_refused_files_are_tried_twice_as_often_as_files_are_taken(client, contact_page, enquiry_data, settings, clamd):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"max_files": 1}
    clamd.answer = lambda content: HARMFUL

    response = post(client, contact_page, enquiry_data | {"pictures": [pdf_upload() for _ in range(4)]})

    errors = response.context["form"].errors["pictures"]
    assert errors == [HARMFUL_SENTENCE] * 2 + [UNREAD_SENTENCE] * 2
    assert clamd.calls == 2


def test_when_its_time_is_over_a_form_begins_with_no_file(client, contact_page, enquiry_data, settings, clamd):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"files_seconds": 0}

    response = post(client, contact_page, enquiry_data | {"pictures": pdf_upload()})

    assert response.context["form"].errors == {"pictures": [UNREAD_SENTENCE]}
    assert clamd.calls == 0


@pytest.mark.parametrize("extra", [0, 200_000])
def test_pdf_that_is_too_large(client, contact_page, enquiry_data, settings, clamd, extra):
    sizes = {"max_pdf_bytes": 100_000, "max_picture_bytes": 200_000}
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | sizes
    large = pdf_upload(pdf() + b" " * (100_000 + extra))

    response = post(client, contact_page, enquiry_data | {"pictures": large})

    assert response.context["form"].errors == {"pictures": ["„brief.pdf“: Das PDF ist größer als 97,7\xa0KB."]}
    assert clamd.calls == 0


def test_other_formats_are_told_what_is_possible(client, contact_page, enquiry_data, clamd):
    response = post(client, contact_page, enquiry_data | {"pictures": upload(b"PK\x03\x04", "brief.docx")})

    sentence = "Dieses Format können wir nicht lesen. Möglich sind PDF und Bilder als JPEG, PNG oder WebP."
    assert response.context["form"].errors == {"pictures": [f"„brief.docx“: {sentence}"]}


def test_pdfs_and_pictures_share_the_limit_of_a_network(client, contact_page, enquiry_data, settings, clamd):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"files_per_hour": 1}

    response = post(client, contact_page, enquiry_data | {"pictures": [upload(), pdf_upload()]})

    assert "„brief.pdf“: Gerade kommen zu viele Dateien" in response.context["form"].errors["pictures"][0]
    assert clamd.calls == 0


# --- What the form says ---------------------------------------------------------------------------------------------
def test_without_a_scanner_forms_speak_of_pictures_alone(client, contact_page, enquiry_data):
    response = post(client, contact_page, enquiry_data | {"pictures": pdf_upload()})

    sentence = "Dieses Format können wir nicht lesen. Möglich sind Bilder als JPEG, PNG oder WebP."
    assert response.context["form"].errors == {"pictures": [f"„brief.pdf“: {sentence}"]}
    assert 'accept="image/jpeg,image/png,image/webp"' in response.text
    assert response.context["form"]["pictures"].label == "Bilder"
    assert "PDF" not in str(response.context["form"]["pictures"].help_text)


def test_with_a_scanner_forms_speak_of_pdfs(client, contact_page, barrier_page, clamd):
    for page in (contact_page, barrier_page):
        response = client.get(page.get_url())

        assert 'accept="image/jpeg,image/png,image/webp,application/pdf"' in response.text
        assert response.context["form"]["pictures"].label == "Bilder und PDF"
        assert "PDF bis 10,0\xa0MB. PDF prüfen wir auf Viren." in str(response.context["form"]["pictures"].help_text)


# --- At the desk ----------------------------------------------------------------------------------------------------
@pytest.fixture
def sent(client, contact_page, enquiry_data, clamd) -> Attachment:
    post(client, contact_page, enquiry_data | {"pictures": pdf_upload()})
    return Attachment.objects.get()


def test_pdf_is_a_file_to_save_and_leaves_a_trace(client, sent, lead):
    lead()

    response = client.get(reverse("contacts_attachment", args=[sent.pk]))

    name = f"{sent.enquiry.reference}-PDF-{sent.pk}.pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert AuditEntry.objects.get(action="downloaded").detail == f"PDF {sent.pk}"


def test_the_desk_says_that_it_comes_from_outside(client, sent, lead):
    lead()

    response = client.get(reverse("enquiry:edit", args=[sent.enquiry.pk]))

    assert f">PDF {sent.pk} herunterladen</a> (PDF von außen, {sent.size} Bytes)" in response.text.replace("\xa0", " ")


def test_who_asks_what_we_hold_gets_it(sent):
    [case] = json.loads(as_json([sent.enquiry]))["vorgaenge"]

    [file] = case["anhaenge"]
    assert (file["extension"], file["width"], file["size"]) == ("PDF", None, sent.size)
    assert base64.b64decode(file["inhalt_base64"]).startswith(b"%PDF-")
    assert "PDF von außen" in text_of(as_pdf([sent.enquiry]))


def test_the_status_page_counts_what_came(client, sent):
    page = client.get(status.path_for(sent.enquiry))

    assert ("Mitgeschickt", "1 PDF") in page.context["facts"]


def test_withdrawing_names_and_deletes_it(client, sent, attachment_dir, django_capture_on_commit_callbacks):
    page = client.get(reverse("status_withdraw", args=[status.token_for(sent.enquiry)]))

    with django_capture_on_commit_callbacks(execute=True):
        erase(sent.enquiry, reason="Test")

    assert "<li>Ihr PDF</li>" in page.text
    assert list(attachment_dir.iterdir()) == []


@pytest.mark.parametrize(
    "fields", [{"extension": "pdf", "width": 1, "height": 1}, {"extension": "jpg"}, {"extension": "jpg", "width": 1}]
)
def test_pictures_have_a_size_and_pdfs_have_none(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.create(file="x", size=1, **fields)

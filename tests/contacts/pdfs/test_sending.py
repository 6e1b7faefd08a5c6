"""PDFs with a message: beside pictures, refused with a reason, waiting with the form, counted."""

import errno
from unittest import mock

import pytest

from contacts import status
from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage
from contacts.pdfs import reading
from tests.contacts.clamd_support import HARMFUL
from tests.contacts.conftest import post
from tests.contacts.pdf_support import pdf, pdf_upload
from tests.contacts.pdfs.conftest import HARMFUL_SENTENCE, SILENT_SENTENCE, UNREAD_SENTENCE
from tests.contacts.pictures_support import picture, upload
from tests.contacts.status_page.conftest import send
from tests.contacts.test_pictures import kept_fields

pytestmark = pytest.mark.django_db


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

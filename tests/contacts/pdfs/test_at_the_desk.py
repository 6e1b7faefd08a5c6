"""A PDF at the desk: a file to save, named as coming from outside, told and deleted with its case."""

import base64
import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contacts import status
from contacts.erasure import erase
from contacts.models import Attachment, AuditEntry
from contacts.person_report import as_json, as_pdf
from tests.contacts.conftest import post
from tests.contacts.pdf_support import pdf_upload
from tests.contacts.pdf_text import text_of

pytestmark = pytest.mark.django_db


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

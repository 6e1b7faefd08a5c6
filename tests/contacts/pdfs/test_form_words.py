"""Forms speak of PDFs only where a scanner answers."""

import pytest

from tests.contacts.conftest import post
from tests.contacts.pdf_support import pdf_upload

pytestmark = pytest.mark.django_db


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

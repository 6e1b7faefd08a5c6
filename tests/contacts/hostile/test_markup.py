"""Names and words that want to be more than words: on pages, in lists, in files of the office, in the PDF."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from contacts import status
from contacts.desk.case_file import case_file
from contacts.desk.templates import fill
from contacts.models import Enquiry, OutboxMessage
from contacts.person_report import as_json, as_pdf
from stadterneuerung.base.csv_cells import guarded
from tests.contacts.factories import EnquiryFactory, OutboxFactory, SubjectFactory
from tests.contacts.hostile.ways import way
from tests.contacts.pdf_text import text_of
from tests.contacts.status_page.conftest import with_page
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

MARKUP = "<img src=x onerror=alert(1)>\"'></textarea></script><script>alert(1)</script>"
TYPST = [
    '#read("/etc/passwd")',
    '#import "x": *',
    "#panic()",
    "$ #sys.inputs $",
    "```#eval(1)```",
    "]#[",
    '"#"',
    "\\#{",
]
LETTERS = ["x" * 5000, "😀" * 200, "\u202eAMT", "שלום عربي", "a\u0300" * 300, "\ufffd\ufffe", "\U000f0000"]


def marked(enquiry_fields: dict | None = None) -> Enquiry:
    """Return an enquiry that is hostile wherever somebody could type."""
    names = ["name", "phone", "message", "url", "wanted_alternative", "subject_name", "page_title", "suspicion"]
    words = dict.fromkeys(names, MARKUP)
    unit = UnitFactory(name=MARKUP)
    enquiry = with_page(EnquiryFactory(**words | {"unit": unit} | (enquiry_fields or {})))
    enquiry.events.create(kind="noted", text=MARKUP, detail=MARKUP)
    enquiry.events.create(kind="answered", text=MARKUP, is_public=True)
    OutboxFactory(enquiry=enquiry, subject=MARKUP, body_text=MARKUP, last_error=MARKUP, state="failed")
    return enquiry


@pytest.mark.parametrize("place", ["page", "feedback", "list", "search", "quarantine", "bulk", "link", "mail", "holds"])
def test_pages_of_the_admin(home_page, place):
    SubjectFactory(name=MARKUP)
    in_quarantine = place == "quarantine"
    enquiry = marked({"is_suspicious": in_quarantine, "hold": "legal", "hold_reason": MARKUP})
    addresses = {
        "page": reverse("enquiry:edit", args=[enquiry.pk]),
        "feedback": reverse("contacts_feedback", args=[enquiry.pk]),
        "list": reverse("enquiry:index") + "?ansicht=alle",
        "search": reverse("enquiry:index") + "?ansicht=alle&q=%3Cimg%20src",
        "quarantine": reverse("enquiry:index") + "?ansicht=quarantaene",
        "bulk": reverse("desk_bulk") + f"?act=weitergeben&id={enquiry.pk}",
        "link": reverse("contacts_renew_link", args=[enquiry.pk]),
        "mail": reverse("outbox:inspect", args=[OutboxMessage.objects.get().pk]),
        "holds": reverse("contacts_holds"),
    }
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chefin"))

    response = client.get(addresses[place])

    assert response.status_code == 200
    assert "<img src=x" not in response.text
    assert "<script>alert" not in response.text
    assert ("&lt;img src=x" in response.text) == (place != "link")  # the page of the link names nothing but the case


def test_pages_of_the_public(home_page):
    client, enquiry = Client(), marked()

    shown = [client.get(status.path_for(enquiry) + suffix) for suffix in ("", "zurueckziehen/")]

    assert [response.status_code for response in shown] == [200, 200]
    assert [response for response in shown if "<img src=x" in response.text] == []
    assert "&lt;img src=x" in shown[0].text


@pytest.mark.parametrize("name", ["contact", "barrier", "addition", "record"])
def test_forms_that_come_back(home_page, name):
    there = way(name)
    data = dict.fromkeys(there.data, MARKUP)

    response = there.client.post(there.path, data, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 422
    assert "<img src=x" not in response.text
    assert "&lt;img src=x" in response.text


def test_mails_are_plain_text_and_say_what_was_written(home_page):
    way("contact").send(message=MARKUP, name=MARKUP)

    office = OutboxMessage.objects.get(kind="office")
    assert f"> {MARKUP}" in office.body_text.splitlines()
    assert MARKUP not in OutboxMessage.objects.get(kind="acknowledgement").body_text


@pytest.mark.parametrize("words", [*TYPST, *LETTERS, MARKUP])
def test_files_of_the_office(home_page, words):
    enquiry = marked({"name": words[:120], "message": words, "page_title": words[:200], "reference": "SE-1"})

    files = [case_file(enquiry), as_pdf([enquiry])]

    letters = re.sub(r"\s|\u200b", "", words)
    assert [file[:5] for file in files] == [b"%PDF-", b"%PDF-"]
    assert "root:" not in text_of(files[0])
    assert words not in TYPST or letters in re.sub(r"\s|\u200b", "", text_of(files[0]))
    assert json.loads(as_json([enquiry]))["vorgaenge"][0]["message"] == words


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "'", "=cmd|' /C calc'!A0"])
def test_cells_are_no_formulas(sign):
    assert guarded(f"{sign}1+1")[0] == "'"


def test_placeholders_in_words_of_citizens_are_not_filled(home_page):
    enquiry = EnquiryFactory(name="{Vorgangsnummer}[[x]]{{ 7|add:7 }}")

    assert fill("{Anrede}", enquiry) == "Guten Tag {Vorgangsnummer}[[x]]{{ 7|add:7 }},"

"""What comes with a mail: kept as the forms keep it, or named where it lies."""

import pytest

from contacts.inbound.taking import Taken
from contacts.models import Attachment, Enquiry, EnquiryEvent
from tests.contacts.clamd_support import HARMFUL
from tests.contacts.inbound.letters import letter, reply, take_in, with_files
from tests.contacts.pdf_support import pdf
from tests.contacts.pictures_support import picture

pytestmark = pytest.mark.django_db


def test_pictures_are_kept_and_the_rest_is_named(enquiry, acknowledgement):
    mail = with_files(
        reply(acknowledgement),
        ("foto.jpg", picture(), "application/octet-stream"),
        ("plan.docx", b"PK", "application/octet-stream"),
        ("bild.png", b"kein Bild", "image/png"),
        ("c.zip", b"PK", "application/zip"),
    )

    take_in(mail)

    [step] = enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED)
    assert step.detail == (
        "mit Anhängen (Bilder: 1); per Mail; nicht übernommen: „plan.docx“, „bild.png“ und eine weitere Datei; "
        "die Mail liegt bis 05.12. im Ordner „Übernommen“"
    )
    assert enquiry.attachments.count() == 1


def test_attached_files_go_before_pictures_of_the_signature(enquiry, acknowledgement, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"max_files": 1}
    mail = reply(acknowledgement)
    logo = picture(colour="blue")
    mail.add_attachment(logo, maintype="image", subtype="jpeg", filename="logo.jpg", disposition="inline")

    take_in(with_files(mail, ("foto.jpg", picture(), "image/jpeg")))

    assert "nicht übernommen: „logo.jpg“;" in enquiry.events.get(kind=EnquiryEvent.Kind.ADDED).detail


def test_files_for_which_no_time_is_left_are_named(enquiry, acknowledgement, settings):
    settings.INBOUND = settings.INBOUND | {"files_seconds": 0}

    take_in(with_files(reply(acknowledgement), ("foto.jpg", picture(), "image/jpeg")))

    assert "nicht übernommen: „foto.jpg“;" in enquiry.events.get(kind=EnquiryEvent.Kind.ADDED).detail


def test_where_the_rest_lies_is_said_however_long_the_address(enquiry, acknowledgement):
    address = f"{'m' * 60}@{'d' * 60}.example"
    files = [(f"{'n' * 80}{number}.zip", b"PK", "application/zip") for number in range(4)]

    take_in(with_files(reply(acknowledgement, From=address), *files))

    assert enquiry.events.get(kind=EnquiryEvent.Kind.ADDED).detail.endswith(
        "und 2 weitere Dateien; die Mail liegt bis 05.12. im Ordner „Übernommen“"
    )


def deep(text: str) -> bytes:
    head, _blank, _body = letter().as_bytes().partition(b"Content-Type:")
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(25))
    return head + f"{nested}\n{text}".encode()


def test_mail_that_is_not_read_to_its_end_waits_for_a_person(home_page):
    first = take_in(deep("Ganz innen."))
    again = take_in(deep("Ganz innen."))

    new = Enquiry.objects.get()
    assert first == again == Taken(new.reference, "Zu prüfen")
    assert new.events.get().detail == "nicht vollständig gelesen; die Mail liegt im Ordner „Zu prüfen“"


def test_no_more_files_than_a_form_takes(enquiry, acknowledgement, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"max_files": 1}
    files = [(f"{n}.jpg", picture(colour=colour), "image/jpeg") for n, colour in enumerate(["red", "blue"])]

    take_in(with_files(reply(acknowledgement), *files))

    assert Attachment.objects.count() == 1
    assert "nicht übernommen: „1.jpg“" in enquiry.events.get(kind=EnquiryEvent.Kind.ADDED).detail


def test_pdf_is_kept_where_a_scanner_lets_it_through(enquiry, acknowledgement, clamd):
    take_in(with_files(reply(acknowledgement), ("brief.pdf", pdf(), "application/octet-stream")))

    assert enquiry.events.get(kind=EnquiryEvent.Kind.ADDED).detail == "mit Anhängen (PDF: 1); per Mail"


def test_pdf_that_the_scanner_does_not_let_through_stays_in_the_mailbox(enquiry, acknowledgement, clamd):
    clamd.answer = lambda content: HARMFUL

    take_in(with_files(reply(acknowledgement), ("brief.pdf", pdf(), "application/pdf")))

    assert enquiry.attachments.count() == 0
    assert "nicht übernommen: „brief.pdf“" in enquiry.events.get(kind=EnquiryEvent.Kind.ADDED).detail

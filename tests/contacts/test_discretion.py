"""An error in the middle of somebody's message leaves its place and its type, and no word of the message."""

import io
import logging
import smtplib

import pytest
from django.db import DatabaseError
from django.test import RequestFactory
from django.urls import reverse
from django.views.debug import get_exception_reporter_filter

from contacts import mails
from contacts.models import Enquiry
from stadterneuerung.base.discretion import PlainFormatter, PlainReporter
from stadterneuerung.users.models import User
from tests.contacts.conftest import post
from tests.contacts.factories import ContactPageFactory, EnquiryFactory, SubjectFactory

WORDS = ["grunewaldfalke", "falke@example.org", "Frieda"]


@pytest.fixture
def written(settings):
    """All that the loggers write, as they are configured, with every level switched on."""
    settings.ADMINS = [("Betrieb", "betrieb@example.org")]
    handlers = [each for each in logging.getLogger().handlers if isinstance(each.formatter, PlainFormatter)]
    assert len(handlers) == 1
    stream = io.StringIO()
    before = handlers[0].setStream(stream)
    yield stream
    handlers[0].setStream(before)


def fail(*args, **kwargs):
    """Fail as a database does: the error quotes the row, and another error led to it."""
    try:
        raise ValueError(" ".join(WORDS))
    except ValueError as error:
        raise DatabaseError(f"DETAIL: Failing row contains ({', '.join(WORDS)})") from error


def said_in(written: io.StringIO, mailoutbox) -> str:
    parts = [written.getvalue()]
    for mail in mailoutbox:
        parts += [mail.subject, mail.body, *[str(part) for part in mail.alternatives]]
    return "\n".join(parts)


@pytest.mark.django_db
def test_error_while_a_message_is_taken_in(client, home_page, written, mailoutbox, monkeypatch):
    page, subject = ContactPageFactory(), SubjectFactory()
    monkeypatch.setattr(mails, "mails_on_arrival", fail)
    client.raise_request_exception = False

    response = post(client, page, {"subject": subject.slug, "message": WORDS[0], "email": WORDS[1], "name": WORDS[2]})

    said = said_in(written, mailoutbox)
    assert response.status_code == 503
    assert Enquiry.objects.count() == 0
    assert [word for word in WORDS if word not in response.text] == []  # whoever typed it gets it back
    assert [word for word in WORDS if word in said] == []
    assert "DatabaseError" in written.getvalue()  # the mistake can be found all the same
    assert "intake.py" in written.getvalue()


@pytest.mark.django_db
def test_error_at_the_desk(client, home_page, written, mailoutbox, monkeypatch):
    client.force_login(User.objects.create_superuser("chefin"))
    enquiry = EnquiryFactory(message=WORDS[0], email=WORDS[1], name=WORDS[2])
    client.raise_request_exception = False
    monkeypatch.setattr("contacts.people.digits", fail)

    response = client.post(reverse("contacts_people"), {"email": enquiry.email, "phone": WORDS[0], "name": WORDS[2]})

    said = said_in(written, mailoutbox)
    assert response.status_code == 500
    assert [word for word in WORDS if word in said or word in response.text] == []
    assert "people.py" in said


def test_arguments_of_log_lines_that_quote(written):
    for error in (DatabaseError(WORDS[0]), smtplib.SMTPDataError(554, WORDS[1].encode())):
        logging.getLogger("contacts").error("Ging nicht: %s", error)
        logging.getLogger("contacts").error(error)

    lines = [line.partition("contacts: ")[2] for line in written.getvalue().splitlines()]
    assert lines == ["Ging nicht: DatabaseError", "DatabaseError", "Ging nicht: SMTPDataError", "SMTPDataError"]


def test_other_formatters_leave_nothing_behind(written):
    try:
        fail()
    except DatabaseError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("contacts", logging.ERROR, __file__, 1, "Ging nicht", (), info)
    assert WORDS[0] in logging.Formatter().format(record)

    assert WORDS[0] not in PlainFormatter().format(record)


def test_report_gives_out_no_value_of_any_kind():
    request = RequestFactory().post("/kontakt/", {"message": WORDS[0], "name": WORDS[2]})
    request.COOKIES["wort"] = WORDS[1]
    filter_ = get_exception_reporter_filter(request)

    def frame():
        message = WORDS[0]
        return message, __import__("sys")._getframe()

    given = [
        filter_.get_post_parameters(request),
        filter_.get_safe_cookies(request),
        filter_.get_traceback_frame_variables(request, frame()[1]),
    ]
    assert [word for word in WORDS if word in str(given)] == []
    assert "message" in str(given)


def test_report_by_mail_names_no_secret_of_an_address(mailoutbox, settings):
    settings.ADMINS = [("Betrieb", "betrieb@example.org")]
    request = RequestFactory().get("/kontakt/vorgang/geheimwort/", {"q": WORDS[0]})
    try:
        fail()
    except DatabaseError:
        logging.getLogger("django.request").exception("Ging nicht: %s", request.path, extra={"request": request})

    assert "GET /kontakt/vorgang/…/\n" in mailoutbox[0].body
    assert [word for word in ["geheimwort", *WORDS] if word in mailoutbox[0].subject + mailoutbox[0].body] == []


def test_report_without_an_error():
    assert PlainReporter(None, None, "Nur ein Satz", None).get_traceback_text() == "Kein Fehler angegeben."


@pytest.mark.parametrize("prefix", ["/kontakt/vorgang/", "/en/kontakt/gesendet/"])
def test_address_that_the_server_could_not_answer(written, settings, prefix):
    try:
        fail()
    except DatabaseError:
        logging.getLogger("gunicorn.error").exception("Error handling request %s", f"{prefix}{WORDS[0]}/?q={WORDS[2]}")

    said = written.getvalue()
    assert f"gunicorn.error: Error handling request {prefix}…/?…\n" in said
    assert [word for word in WORDS if word in said] == []
    assert "DatabaseError (Wortlaut verborgen)" in said
    # gunicorn's own handler is gone, since ours is named at its logger.
    assert settings.LOGGING["loggers"]["gunicorn.error"] == {"handlers": ["console"], "propagate": False}

"""What a request says about its body: no charset reaches Django, and nothing that was typed is lost by one."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from contacts.models import Enquiry
from contacts.models.pages import STAMP_FIELD
from stadterneuerung.base.content_type import plain_content_type, with_plain_content_type
from tests.contacts.conftest import stamp_for
from tests.contacts.factories import ContactPageFactory, SubjectFactory

FORM = "application/x-www-form-urlencoded"
ODD = ["hex", "rot13", "base64", "zlib", "punycode", "undefined", "idna", "utf-16", "latin-1", "klingonisch"]


def answer(method: str, path: str, content_type: str, body: bytes = b"") -> tuple[int, str]:
    """Ask the application as gunicorn does; return the status and the text."""
    request = RequestFactory().generic(method, path, body or b" ", headers={"Sec-Fetch-Site": "same-origin"})
    request.environ["CONTENT_TYPE"] = content_type  # the factory itself fails at some
    statuses = []
    application = with_plain_content_type(WSGIHandler())
    request_started.disconnect(close_old_connections)  # as Django's test client does: the test is one transaction
    try:
        response = application(request.environ, lambda status, headers: statuses.append(int(status[:3])))
        return statuses[0], b"".join(response).decode()
    finally:
        request_started.connect(close_old_connections)


@pytest.mark.parametrize("charset", ODD)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_charset_breaks_a_page(home_page, charset, method):
    status, _text = answer(method, "/?q=%E4", f"text/plain; charset={charset}")

    assert status == {"GET": 200, "POST": 405}[method]


@pytest.mark.parametrize("charset", ["hex", "undefined", "utf-16", "klingonisch"])
@pytest.mark.parametrize("parameter", ["charset={}", "charset*={}''{}", "boundary*={}''b"])
def test_what_was_typed_comes_back_whatever_the_charset(home_page, charset, parameter):
    page = ContactPageFactory()

    status, text = answer("POST", page.get_url(), f"{FORM}; {parameter.format(charset, charset)}", b"message=Hallo")

    assert (status, "Hallo" in text) == (422, True)


@pytest.mark.parametrize("charset", ["hex", "latin-1", "klingonisch"])
def test_message_in_parts_arrives_whatever_the_charset(home_page, charset):
    page, subject = ContactPageFactory(), SubjectFactory()
    data = {STAMP_FIELD: stamp_for(page), "message": "Grün", "subject": subject.slug, "zu": ""}
    parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in data.items()]

    body = ("".join(parts) + "--b--\r\n").encode()
    status, _text = answer("POST", page.get_url(), f"multipart/form-data; boundary=b; charset={charset}", body)

    assert status == 303
    assert Enquiry.objects.get().message == "Grün"


@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n")))
def test_what_is_left_has_no_charset(said):
    left = plain_content_type(said)

    assert "charset" not in left.partition(";")[2] or left.partition(";")[2].startswith(' boundary="')
    assert plain_content_type(left) == left


def test_boundary_cannot_smuggle_a_charset():
    assert plain_content_type('multipart/form-data; boundary="b; charset=hex"') == "multipart/form-data"

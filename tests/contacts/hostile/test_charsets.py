"""Bytes in other charsets than the page's: no error, no control character, and no word but what can be read.

What a request declares about its charset never arrives (`base.content_type`); here nothing is declared.
"""

import unicodedata
from urllib.parse import quote

import pytest

from contacts.models import Attachment, Enquiry, EnquiryEvent
from tests.contacts.hostile.ways import PUBLIC, in_parts, way
from tests.contacts.pictures_support import picture

pytestmark = pytest.mark.django_db

WORDS = "Grün 5 €"
# Charset → what is left of WORDS, where the bytes are no UTF-8.
READ = {
    "utf-8": WORDS,
    "cp1252": "Gr\ufffdn 5 \ufffd",
    "utf-16-le": "Gr\ufffdn 5 \ufffd",
    "utf-7": "Gr+APw-n 5 +IKw-",
    "utf-8-sig": WORDS,
}
RAW = {
    b"\xff\xfe": "\ufffd\ufffd",
    b"a\xc0\xafb": "a\ufffd\ufffdb",
    b"a\xed\xa0\x80b": "a\ufffd\ufffd\ufffdb",
    b"a\xf4\x90\x80\x80b": "a\ufffd\ufffd\ufffd\ufffdb",
    b"a\xe2\x82": "a\ufffd",
}


def said() -> str:
    """Return the words that came last."""
    added = EnquiryEvent.objects.filter(kind="added").last()
    return added.text if added else Enquiry.objects.get().message


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("charset", READ)
@pytest.mark.parametrize("parts", [True, False])
def test_words_in_another_charset(home_page, name, charset, parts):
    there = way(name)
    data = there.data | {there.text: WORDS.encode(charset)}
    urlencoded = "&".join(f"{key}={quote(value)}" for key, value in data.items()).encode()

    body, kind = (in_parts(data), "multipart/form-data; boundary=b") if parts else (urlencoded, FORM)
    response = there.send_bytes(body, kind)

    assert response.status_code == 303
    assert said() == READ[charset]
    assert [each for each in said() if unicodedata.category(each) in ("Cc", "Cf", "Cs")] == []


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("raw", RAW)
def test_bytes_that_are_no_text(home_page, name, raw):
    there = way(name)

    response = there.send_bytes(in_parts(there.data | {there.text: raw}), "multipart/form-data; boundary=b")

    assert (response.status_code, said()) == (303, RAW[raw])


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "utf-7", "cp037"])
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=b"])
def test_whole_bodies_in_another_charset(home_page, name, charset, kind):
    there = way(name)
    text = "&".join(f"{key}={value}" for key, value in there.data.items())
    body = text if kind == FORM else in_parts(there.data).decode()

    response = there.send_bytes(body.encode(charset), kind)

    assert response.status_code in {303, 400, 422}  # the first: what is ASCII in UTF-7 is the same
    assert response.status_code != 303 or charset == "utf-7"


NAMES = [
    b'filename="\xe4\xff.jpg"',
    b'filename="\xff\xfea\x00.\x00j\x00p\x00g\x00"',
    b"filename*=hex''41",
    b"filename*=rot13''a.jpg",
    b"filename*=utf-7''%2B2AA-.jpg",
    b"filename*=utf-16''%00",
    b"filename*=klingonisch''%ff",
    b"filename*=''",
    b'filename="../../etc/passwd"',
    b'filename="C:\\\\Users\\\\x.jpg"',
    b'filename="a\rb\x00c\x1b[31m.jpg"',
    b'filename="=1+1.jpg"',
    b'filename="<img src=x onerror=alert(1)>.jpg"',
    b'filename="' + b"x" * 800 + b'.jpg"',
    b'filename="a.jpg"; filename="b.php"',
    'filename="\u202egpj.exe"'.encode(),
]


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("said_name", NAMES)
def test_names_of_files(home_page, name, said_name):
    there = way(name)
    file = (
        b'--b\r\nContent-Disposition: form-data; name="pictures"; %s\r\nContent-Type: image/jpeg; charset=hex\r\n\r\n'
    )
    whole = file % said_name + picture() + b"\r\n" + in_parts(there.data)
    late = there.data | {there.text: ""}  # comes back, and shows the name

    sent, back = (
        there.send_bytes(whole, "multipart/form-data; boundary=b"),
        there.send_bytes(file % said_name + picture() + b"\r\n" + in_parts(late), "multipart/form-data; boundary=b"),
    )

    assert (sent.status_code, back.status_code) == (303, 422)
    assert "<img src=x" not in back.text
    assert [each for each in back.text if unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t"] == []
    assert [each for each in Attachment.objects.values_list("extension", flat=True) if each != "jpg"] == []

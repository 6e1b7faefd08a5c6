"""Bodies of requests that no browser sends: the answer is a refusal, nothing of them is stored, nothing is deleted."""

import io

import pytest

from contacts.models import Enquiry, EnquiryEvent
from tests.contacts.hostile.ways import ACTS, PUBLIC, in_parts, way

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
EVERY_WAY = [*PUBLIC, *ACTS]


def words_stored() -> set[str]:
    """Return what citizens sent by these ways; the message that is added to or withdrawn was there before."""
    added = EnquiryEvent.objects.filter(kind="added").values_list("text", flat=True)
    return {*Enquiry.objects.values_list("message", flat=True), *added} - {"Wann beginnt der Umbau?", ""}


@pytest.mark.parametrize("name", EVERY_WAY)
def test_cut_off_at_fifty_places(home_page, name):
    there = way(name)
    body = in_parts(there.data)  # the stamp comes last: without all of it, the form is not taken
    places = range(0, body.index(b"\r\n--b--"), max(len(body) // 50, 1))

    codes = [there.send_bytes(body[:place], PARTS).status_code for place in places]

    assert len(places) >= 40
    assert set(codes) <= {400, 422}
    assert words_stored() == set()
    assert not Enquiry.objects.exclude(erased_at=None).exists()


HEADER = b"X-Lang: " + b"a" * 100_000
ONE = b'--b\r\nContent-Disposition: form-data; name="message"\r\n'
SHAPES = {
    "10 MB in one field": (FORM, b"message=" + b"a" * 10_000_000),
    "10 MB in a part": (PARTS, ONE + b"\r\n" + b"a" * 10_000_000 + b"\r\n--b--\r\n"),
    "10 MB in a file": (PARTS, ONE[:-2] + b'; filename="a.txt"\r\n\r\n' + b"a" * 10_000_000 + b"\r\n--b--\r\n"),
    "10,000 fields": (FORM, b"&".join(b"f%d=" % number for number in range(10_000))),
    "one field 10,000 times": (FORM, b"&".join([b"message=a"] * 10_000)),
    "1,000 parts": (PARTS, in_parts({f"f{number}": "a" for number in range(1000)})),
    "1,000 files": (PARTS, ONE.replace(b'"\r\n', b'"; filename="a"\r\n') + b"\r\na\r\n" + b"--b--\r\n"),
    "a head of 100 kB": (PARTS, ONE + HEADER + b"\r\n\r\na\r\n--b--\r\n"),
    "a head without an end": (PARTS, ONE + HEADER),
    "100 heads": (PARTS, ONE + b"X-A: b\r\n" * 100 + b"\r\na\r\n--b--\r\n"),
    "no boundary": ("multipart/form-data", ONE + b"\r\na\r\n--b--\r\n"),
    "another boundary": ("multipart/form-data; boundary=c", ONE + b"\r\na\r\n--b--\r\n"),
    "a long boundary": (f"multipart/form-data; boundary={'b' * 5000}", ONE + b"\r\na\r\n--b--\r\n"),
    "a boundary of spaces": ('multipart/form-data; boundary="   "', ONE + b"\r\na\r\n--b--\r\n"),
    "parts in parts": (
        PARTS,
        ONE + b"Content-Type: multipart/mixed; boundary=c\r\n\r\n" + in_parts({"message": "a"}, "c") + b"\r\n--b--\r\n",
    ),
    "parts without names": (PARTS, b"--b\r\n\r\na\r\n--b\r\nContent-Disposition: x\r\n\r\na\r\n--b--\r\n"),
    "lines that end alone": (PARTS, in_parts({"message": "a"}).replace(b"\r\n", b"\n")),
    "no text at all": (PARTS, bytes(range(256)) * 100),
    "base64 that is none": (PARTS, ONE + b"Content-Transfer-Encoding: base64\r\n\r\n@@@=\r\n--b--\r\n"),
    "an unknown kind": ("application/x-klingonisch", b"\x00\xff"),
    "no kind": ("", b"message=a"),
}


@pytest.mark.parametrize("name", EVERY_WAY)
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_that_no_browser_sends(home_page, name, shape):
    content_type, body = SHAPES[shape]

    response = way(name).send_bytes(body, content_type)

    assert response.status_code in {400, 413, 422}
    assert words_stored() == set()
    assert not Enquiry.objects.exclude(erased_at=None).exists()


@pytest.mark.parametrize("name", EVERY_WAY)
@pytest.mark.parametrize("length", ["0", "10", "100", "+99", "100000", "-1", "9" * 30, "1e3", "viel", "", "１２"])
def test_length_that_is_a_lie(home_page, name, length):
    there = way(name)
    body = in_parts(there.data)

    # A plain stream ends where it ends; the test client's own would fail the test that reads on.
    environ = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(body)}
    response = there.send_bytes(body, PARTS, **environ)

    assert response.status_code in {303, 400, 413, 422}
    assert words_stored() <= {"Gruß"}

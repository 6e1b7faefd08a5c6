"""Bodies of requests that no browser sends: nothing odd of them is stored, nothing is done that nobody asked for."""

import io
from urllib.parse import urlencode

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


ONE = b'--b\r\nContent-Disposition: form-data; name="message"\r\n'
FILE = ONE.replace(b'"\r\n', b'"; filename="a"\r\n') + b"\r\n"
HEADER = b"X-Lang: " + b"a" * 100_000
MIXED = b"Content-Type: multipart/mixed; boundary=c\r\n\r\n"
# Kind of the body, what stands before an otherwise good form, and the answer of a form and of a button. A button says
# 422 to all that it cannot read, for its page has nothing to keep.
SHAPES = {
    "10 MB in one field": (FORM, b"message=" + b"a" * 10_000_000 + b"&", 413, 422),
    "10 MB in a part": (PARTS, ONE + b"\r\n" + b"a" * 10_000_000 + b"\r\n", 413, 422),
    "10 MB in a file": (PARTS, FILE + b"a" * 10_000_000 + b"\r\n", 303, 422),
    "10,000 fields": (FORM, b"".join(b"f%d=&" % number for number in range(10_000)), 400, 422),
    "one field 10,000 times": (FORM, b"message=a&" * 10_000, 400, 422),
    "one field 100 times": (FORM, b"message=a&" * 100, 400, 422),
    "100 parts": (PARTS, (ONE + b"\r\na\r\n") * 100, 400, 422),
    "1,000 files": (PARTS, (FILE + b"a\r\n") * 1000, 400, 422),
    "a head of 100 kB": (PARTS, ONE + HEADER + b"\r\n\r\na\r\n", 400, 422),
    "a head without an end": (PARTS, ONE + HEADER, 400, 422),
    "100 heads": (PARTS, ONE + b"X-A: b\r\n" * 100 + b"\r\na\r\n", 303, 303),
    "no boundary": ("multipart/form-data", b"", 400, 422),
    "another boundary": ("multipart/form-data; boundary=c", b"", 422, 422),
    "a long boundary": (f"multipart/form-data; boundary={'b' * 5000}", b"", 400, 422),
    "a boundary of spaces": ('multipart/form-data; boundary="   "', b"", 400, 422),
    "parts in parts": (PARTS, ONE + MIXED + in_parts({"message": "a"}, "c") + b"\r\n", 303, 303),
    "parts without names": (PARTS, b"--b\r\n\r\na\r\n--b\r\nContent-Disposition: x\r\n\r\na\r\n", 303, 303),
    "no text at all": (PARTS, ONE + b"\r\n" + bytes(range(256)) * 100 + b"\r\n", 303, 303),
    "base64 that is none": (PARTS, ONE + b"Content-Transfer-Encoding: base64\r\n\r\n@@@=\r\n", 303, 303),
    "an unknown kind": ("application/x-klingonisch", b"", 422, 422),
    "no kind": ("", b"", 422, 422),
}


@pytest.mark.parametrize("name", EVERY_WAY)
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_that_no_browser_sends(home_page, name, shape):
    there = way(name)
    content_type, odd, of_form, of_button = SHAPES[shape]
    good = urlencode(there.data).encode() if content_type == FORM else in_parts(there.data)

    response = there.send_bytes(odd + good, content_type)

    status = of_form if name in PUBLIC else of_button
    assert response.status_code == status
    assert words_stored() == ({"Gruß"} if (name in PUBLIC, status) == (True, 303) else set())
    assert Enquiry.objects.exclude(erased_at=None).exists() == ((name, status) == ("withdraw", 303))


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

"""Small mails that would take minutes to read are told from large ones that do not."""

import pytest

from contacts.inbound.letters import read
from contacts.inbound.weighing import is_too_heavy
from tests.contacts.inbound.letters import letter
from tests.contacts.pdf_support import pdf


def nested(depth: int) -> bytes:
    return b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))


@pytest.mark.parametrize(
    "raw",
    [
        nested(200) + b"\n",
        nested(60) + b"\n" * 100_000,
        nested(60).replace(b"\n", b"\r") + b"\r" * 100_000,
        nested(60).replace(b"boundary=", b"BOUNDARY*0 \n =") + b"\n" * 100_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 20_000,
        b"Content-Type: multipart/mixed; boundary=b\r\r" + b"--b\r\r" * 20_000,
        b"a:b\n" * 400_000,
        b"Content-Type: text/plain" + b";" * 400_000,
        b"\n" * 6_000_000,
    ],
    ids=[
        "deep",
        "lines",
        "old line ends",
        "disguised",
        "parts",
        "parts, old line ends",
        "fields",
        "parameters",
        "long",
    ],
)
def test_what_is_built_to_take_long_is_too_heavy(raw):
    assert is_too_heavy(raw) is True


def test_large_mail_of_a_person_is_not():
    mail = letter("Zeile\n" * 10_000)
    mail.add_alternative("<p>Zeile:&nbsp;&uuml;</p>\n" * 10_000, subtype="html")
    for number in range(5):
        content = pdf() + bytes(4 * 1024**2)
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=f"{number}.pdf")

    assert is_too_heavy(mail.as_bytes()) is False


def test_no_more_of_a_field_is_read_than_matters():
    mail = read(b"Subject: " + b"x" * 100_000 + b"\nContent-Type: text/plain; a=" + b"x" * 100_000 + b"\n\nHallo")

    assert [len(value) for _name, value in mail.message.items()] == [4000, 4000]
    assert mail.text == "Hallo"

"""Any bytes can be read as a mail; what is broken comes as far as it can be read, and nothing dangerous comes along."""

import base64

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.inbound.letters import read
from contacts.inbound.markup import text_of
from contacts.models import Enquiry
from tests.contacts.inbound.letters import letter, take_in

HEAD = b"From: Frieda <frieda@example.org>\r\nMessage-ID: <1@x>\r\n"


def encoded(text: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="


# --- The head -------------------------------------------------------------------------------------------------------
def test_line_breaks_in_encoded_words_inject_nothing():
    name, subject = encoded("Max\r\nBcc: alle@example.org"), encoded("A\r\n\r\nB")

    mail = read(f"From: {name} <max@example.org>\r\nSubject: {subject}\r\n\r\nx".encode())

    assert (mail.name, mail.email, mail.subject) == ("Max Bcc: alle@example.org", "max@example.org", "A B")


def test_signs_that_turn_the_direction_of_a_name_are_dropped():
    name = encoded("Max\u202egro.elpmaxe")

    mail = read(f"From: {name} <max@example.org>\r\n\r\nx".encode())

    assert mail.name == "Maxgro.elpmaxe"


@pytest.mark.parametrize(
    ("sender", "email"),
    [
        (b"frieda@example.org", "frieda@example.org"),
        (b"Frieda <frieda@example.org>", "frieda@example.org"),
        (b"a@example.org, b@example.org", ""),
        (b'"a@example.org" <b@example.org', "b@example.org"),
        ("Müller, Hans <hans@example.org>".encode(), "hans@example.org"),
        (b"hans@example.org <hans@example.org>", "hans@example.org"),
        (b"hans@example.org [mailto:hans@example.org]", "hans@example.org"),
        (b"a@example.org [mailto:b@example.org]", ""),
        (b"(((((((" * 500, ""),
        (b'"<a@b>"@example.org', ""),
        (b"\xff\xfe@\x00", ""),
        (b"=?utf-8?b?%%%?= <frieda@example.org>", "frieda@example.org"),
        (b"=?no-such-charset?q?=FF=FE?= <frieda@example.org>", "frieda@example.org"),
    ],
)
def test_sender_is_one_usable_address_or_none(sender, email):
    assert read(b"From: " + sender + b"\r\n\r\nx").email == email


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        (b"Frieda Beispiel <frieda@example.org>", "Frieda Beispiel"),
        ("Müller, Hans <hans@example.org>".encode(), "Müller, Hans"),
        (b"hans@example.org <hans@example.org>", ""),
    ],
)
def test_name_of_the_sender_is_all_beside_the_address(sender, name):
    assert read(b"From: " + sender + b"\r\n\r\nx").name == name


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        (b"a@example.org, b@example.org", "a@example.org, b@example.org"),
        (b"a@example.org, b@example.org, a@", "a@example.org, b@example.org"),
        (b"<kaputt@>", "<kaputt@>"),
    ],
)
def test_who_sent_it_is_told_without_gaps(sender, said):
    assert read(b"From: " + sender + b"\r\n\r\nx").senders == said


def test_two_fields_of_sender_are_two_senders():
    assert read(b"From: a@example.org\r\nFrom: b@example.org\r\n\r\nx").email == ""


def test_ten_thousand_fields_are_read():
    mail = read(b"".join(b"References: <%d@x>\r\n" % n for n in range(10_000)) + HEAD + b"\r\nx")

    assert (mail.email, len(mail.head.ids("references")) <= 100) == ("frieda@example.org", True)


def test_of_a_long_conversation_the_newest_mails_are_read():
    long = b" ".join(b"<%060d@post.example>" % n for n in range(100))

    mail = read(b"References: " + long + b"\r\n" + HEAD + b"\r\nx")

    assert mail.head.ids("references")[-1] == f"<{99:060d}@post.example>"


# --- The text -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        (b"utf-8", "grüne Tür".encode(), "grüne Tür"),
        (b"iso-8859-1", "grüne Tür".encode("latin-1"), "grüne Tür"),
        (b"utf-8", "grüne Tür".encode("latin-1"), "grüne Tür"),
        (b"x-unknown", "grüne Tür".encode(), "grüne Tür"),
        (b"idna", b"xn--tr-yka", "xn--tr-yka"),
        (b"unicode_escape", rb"\ud800", r"\ud800"),
        (b"utf-7", b"+2AA-x", "?x"),
        (b"utf-16", b"\xff\xfea\x00", "a"),
        (b"\x00", b"a\x00b", "ab"),
    ],
)
def test_odd_charsets_never_raise(charset, content, text):
    raw = (
        HEAD
        + b"Content-Type: text/plain; charset="
        + charset
        + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + content
    )

    assert read(raw).text == text


def test_of_alternatives_the_plain_text_is_read_unless_it_says_nothing():
    both = letter("Schlichter Text.")
    both.add_alternative("<p>Schöner Text.</p>", subtype="html")
    empty = letter(" ")
    empty.add_alternative("<p>Schöner Text.</p>", subtype="html")

    assert (read(both.as_bytes()).text, read(empty.as_bytes()).text) == ("Schlichter Text.", "Schöner Text.")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Guten Tag,</p><p>Haus&nbsp;7<br>links</p>", "Guten Tag,\n\nHaus 7\nlinks"),
        ("<head><style>p {color: red}</style><title>t</title></head><body>Text</body>", "Text"),
        ("<div>Ja.</div><blockquote>Frage?<blockquote>alt</blockquote></blockquote>", "Ja.\n> Frage?\n> > alt"),
        ("<script>alert(1)</script>a<b>b</b> c", "ab c"),
        ("<![weird[ x ]]> y<!-- z > -->", "y"),
        ("vorn <!-- ohne Ende", "vorn <!-- ohne Ende"),
        ("Haus 3 < Haus 5", "Haus 3 < Haus 5"),
    ],
)
def test_html_becomes_lines(html, text):
    assert text_of(html).strip() == text


def test_mail_within_a_mail_is_a_file_that_is_not_read():
    raw = HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 100 + b"Subject: innen\r\n\r\nverborgen"

    mail = read(raw)

    assert (mail.text, [file.content for file in mail.files]) == ("", [b""])


def test_parts_without_a_border_are_read_as_text():
    assert read(HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\nohne Grenze").text == "ohne Grenze"


def test_rubbish_in_base64_is_no_reason_to_lose_the_rest():
    raw = HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%A"

    assert read(raw).email == "frieda@example.org"


def test_signature_is_no_file_to_be_named_and_names_are_harmless():
    mail = letter()
    mail.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="..\\..\\plan\u202efdp.exe")

    assert [file.name for file in read(mail.as_bytes()).files] == ["planfdp.exe"]


# --- Anything at all ------------------------------------------------------------------------------------------------
LINES = st.sampled_from(
    [
        b"From: a@example.org",
        b"From: =?utf-8?q?=0D=0A?= <a@example.org>",
        b"Subject: =?x?b?/?=",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=a",
        b"Content-Type: message/delivery-status",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/html; charset=idna",
        b"Content-Type: text/plain; charset*=utf-8''%ff%00",
        b"Content-Transfer-Encoding: base64",
        b"Content-Disposition: attachment; filename*=x'y'%%%",
        b"Auto-Submitted: auto-replied",
        b"To: eingang+se-2026-abcd-2345.aaaaaaaaaaaaaaaaaaaaa@stadtdo.example",
        b"References: <a@b> <c@d",
        b"--a",
        b"--a--",
        b"",
        b"<p>x<![if",
        b"\xff\x00\xfe",
    ]
)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES | st.binary(max_size=40), max_size=25))
def test_any_bytes_are_stored_exactly_once(home_page, inbound, lines):
    raw = b"\r\n".join(lines)
    before = Enquiry.objects.count()

    first, second = take_in(raw), take_in(raw)

    assert first.reference == second.reference != ""
    assert Enquiry.objects.filter(reference=first.reference).count() == 1
    assert Enquiry.objects.count() <= before + 1


@pytest.mark.django_db
def test_long_text_is_kept_as_far_as_it_goes_and_the_rest_is_named(home_page):
    take_in(letter("Wort " * 30_000))

    new = Enquiry.objects.get()
    assert 100_000 < len(new.message) < 100_200
    assert new.message.endswith("[Hier endet, was von dem langen Text übernommen ist.]")
    assert new.events.get().detail == (
        "nicht übernommen: das Ende des Textes; die Mail liegt bis 05.12. im Ordner „Übernommen“"
    )

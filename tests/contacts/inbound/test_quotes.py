"""What a reply repeats of our own mail is left out where that is certain; the secret of the status page always."""

import textwrap

import pytest

from contacts import status
from contacts.inbound.links import without_secrets
from contacts.inbound.quotes import without_our_mail
from contacts.models import EnquiryEvent
from contacts.outbox import as_email
from tests.contacts.inbound.letters import INBOUND, letter, reply, take_in
from tests.contacts.status_page.conftest import everything_stored

pytestmark = pytest.mark.django_db

OWN = "Es ist das Haus mit der grünen Tür.\nBitte rufen Sie nicht an."


@pytest.fixture
def delivered(acknowledgement) -> str:
    return as_email(acknowledgement).body


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


HEADS = {
    "gmail": "Am Fr., 27. Nov. 2026 um 12:51 Uhr schrieb Amt für Stadterneuerung <\nwebsite@stadtdo.example>:\n\n",
    "apple": "Am 27.11.2026 um 12:51 schrieb Amt für Stadterneuerung <website@stadtdo.example>:\n\n",
    "thunderbird": "Am 27.11.26 um 12:51 schrieb Amt für Stadterneuerung:\n",
    "english": "On Fri, Nov 27, 2026 at 12:51 PM Amt für Stadterneuerung <website@stadtdo.example> wrote:\n\n",
    "none": "",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_quoted_mail_below_the_reply_is_left_out(enquiry, delivered, head):
    assert without_our_mail(f"{OWN}\n\n{head}{quoted(delivered)}\n", enquiry) == OWN


OUTLOOK = {
    "german": "-----Ursprüngliche Nachricht-----\nVon: Amt für Stadterneuerung <website@stadtdo.example>\n"
    "Gesendet: Freitag, 27. November 2026 12:51\nAn: frieda@example.org\nBetreff: Ihre Nachricht\n\n",
    "english": "-----Original Message-----\nFrom: Amt <website@stadtdo.example>\nSent: Friday\nSubject: Re\n\n",
    "new": "________________________________\nVon: Amt für Stadterneuerung <website@stadtdo.example>\n"
    "Gesendet: Freitag, 27. November 2026 12:51\nAn: frieda@example.org\nBetreff: Ihre Nachricht\n\n",
    "bare": "Von: Amt für Stadterneuerung <website@stadtdo.example>\nDatum: 27. November 2026\nBetreff: Re\n\n",
}


@pytest.mark.parametrize("head", OUTLOOK.values(), ids=OUTLOOK)
def test_mail_that_outlook_repeats_is_left_out(enquiry, delivered, head):
    assert without_our_mail(f"{OWN}\n\n{head}{delivered}", enquiry) == OWN


def test_words_below_a_mail_that_outlook_repeats_stay(enquiry, delivered):
    text = f"{OUTLOOK['new']}{delivered}\n\n{OWN}"

    assert without_our_mail(text, enquiry) == OWN


@pytest.mark.parametrize(
    "text",
    [
        "Am Montag schrieb mir der Vermieter:\n> Sie müssen ausziehen.",
        "Guten Tag,\n> Wann beginnt der Umbau?\nDas möchte ich auch wissen.",
        "-----Ursprüngliche Nachricht-----\nVon: Vermieter <v@example.net>\nGesendet: heute\nBetreff: Miete\n\nRaus!",
        "Von: hier\nbis dort sind es drei Schritte.",
        "> nur ein Zitat von jemand anderem",
    ],
)
def test_words_of_others_and_what_is_not_certain_stay(enquiry, text):
    assert without_our_mail(text, enquiry) == text


def test_answers_between_quoted_lines_stay_without_the_link(enquiry, delivered):
    greeting, rest = quoted(delivered).split("\n", 1)
    text = f"{greeting}\nJa, gern.\n{rest}"

    kept = without_our_mail(text, enquiry)

    assert kept.startswith("> Guten Tag,\nJa, gern.\n")
    assert f"Vorgangsnummer {enquiry.reference}" in kept
    assert status.token_for(enquiry) not in kept


@pytest.mark.parametrize("head", OUTLOOK.values(), ids=OUTLOOK)
def test_answers_written_into_a_mail_that_outlook_repeats_stay(enquiry, acknowledgement, head):
    first, rest = acknowledgement.body_text.strip().split("\n\n", 1)
    text = f"Meine Antworten stehen unten.\n\n{head}{first}\n\nJa, um 12 Uhr.\n\n{rest}"

    assert without_our_mail(text, enquiry) == text


def test_mail_of_somebody_else_with_the_number_below_stays(enquiry):
    text = (
        "Zur Kenntnis:\n\nVon: Vermieter <v@example.net>\nGesendet: heute\nBetreff: Kündigung\n\n"
        f"Ich kündige den Vertrag.\n\nBitte um Hilfe zu meinem Vorgang {enquiry.reference}."
    )

    assert without_our_mail(text, enquiry) == text


def test_words_between_and_below_two_mails_of_ours_stay(enquiry, delivered, unit_mail):
    text = f"Oben\n\n{HEADS['gmail']}{quoted(delivered)}\nMitte\n{OUTLOOK['new']}{unit_mail.body_text}\nUnten"

    assert [line for line in without_our_mail(text, enquiry).split("\n") if line] == ["Oben", "Mitte", "Unten"]


def test_lines_may_be_broken_elsewhere_and_addresses_doubled(enquiry, delivered):
    broken = "\n".join("\n".join(textwrap.wrap(line, 40, break_long_words=False)) for line in delivered.split("\n"))
    link = status.link_for(enquiry)
    text = f"{OWN}\n\n{HEADS['apple']}{quoted(broken.replace(link, f'{link}<{link}>'))}"

    assert without_our_mail(text, enquiry) == OWN


def test_line_above_the_one_that_says_who_wrote_stays(enquiry, delivered):
    text = f"Am Haus ist ein Loch.\n{HEADS['apple']}{quoted(delivered)}"

    assert without_our_mail(text, enquiry) == "Am Haus ist ein Loch."


def test_reply_of_nothing_but_the_quote_keeps_it_without_the_link(enquiry, delivered):
    kept = without_our_mail(quoted(delivered), enquiry)

    assert "> Guten Tag," in kept
    assert status.token_for(enquiry) not in kept


BREAKS = {"whole": "", "line": "\n", "quoted": "\n> ", "soft break": "=\n", "blank": " "}


@pytest.mark.parametrize("at", [0, 1, 20, 42])
@pytest.mark.parametrize("is_matched", [True, False], ids=["of this case", "of any case"])
@pytest.mark.parametrize("between", BREAKS.values(), ids=BREAKS)
def test_link_is_found_however_a_mail_program_breaks_it(enquiry, between, is_matched, at):
    token = status.token_for(enquiry)
    link = f"https://amt.example/kontakt/vorgang/{token[:at]}{between}{token[at:]}/"

    kept = without_secrets(f"Der Link: {link} geht.", enquiry if is_matched else None)

    assert kept.replace(f"vorgang/{between}…", "vorgang/…") == "Der Link: https://amt.example/kontakt/vorgang/…/ geht."


def test_words_below_a_shortened_address_stay():
    text = "https://amt.example/kontakt/vorgang/ geht nicht auf wenn ich darauf klicke warum ist das so"

    assert without_secrets(text) == text


def test_no_secret_is_stored_of_subject_names_and_files(enquiry, acknowledgement):
    link = status.link_for(enquiry)
    for number, to in enumerate([INBOUND, reply(acknowledgement)["To"]]):
        fields = {"Subject": f"Mein {link}", "From": f'"{link}" <max@example.net>', "Message_ID": f"<{number}@x>"}
        mail = letter(To=to, **fields)
        mail.add_attachment(b"x", maintype="application", subtype="x-unknown", filename=f"{link}a.doc")
        take_in(mail)

    assert status.token_for(enquiry) not in everything_stored()


def test_link_of_another_case_and_one_that_a_filter_wrapped_are_found():
    secret = "aAQkXOY6jVttfw2O-3RSAKJsOSozk5iodHUBTPm0KII"
    wrapped = f"https://filter.example/?url=https%3A%2F%2Famt.example%2Fkontakt%2Fvorgang%2F{secret}%2F&data=1"

    assert secret[:20] not in without_secrets(wrapped)


@pytest.mark.parametrize(
    "text",
    [
        "Betrifft: Vorgang/Sanierungsgenehmigung von 2024",
        "Bauvorgang/Grundstuecksangelegenheiten Nordstadt",
        "Vorgang/Eigentuemergemeinschaft Sanierungsgenehmigung und mehr",
        "https://www.service.example/vorgang/bauantrag-nordstadt-17",
        "https://www.service.example/vorgang/sanierungsgenehmigung-fuer-wohnungen-in-der-nordstadt",
    ],
)
def test_words_behind_the_word_for_a_case_are_no_secret(text):
    assert without_secrets(text) == text


def test_no_secret_is_stored_whatever_the_mail_looks_like(enquiry, acknowledgement, delivered):
    token = status.token_for(enquiry)

    take_in(reply(acknowledgement, f"Ja.\n{delivered}\nNoch etwas."))
    take_in(letter(f"Weitergeleitet:\n{delivered}", Message_ID="<2@x>"))

    stored = [*EnquiryEvent.objects.values_list("text", flat=True), *enquiry.outbox.values_list("body_text", flat=True)]
    assert not [text for text in stored if token in text]
    assert "Noch etwas." in enquiry.events.get(kind="added").text


def test_very_long_text_of_others_stays(enquiry):
    heads = "Von: x@example.net\nGesendet: heute\nBetreff: y\n" * 10_000
    text = heads + "> Zeile\n" * 50_000 + "Ende"

    assert without_our_mail(text, enquiry) == text

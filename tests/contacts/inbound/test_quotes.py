"""What a reply repeats of our own mail is left out where that is certain; the secret of the status page always."""

import pytest

from contacts import status
from contacts.inbound.quotes import without_our_mail, without_secrets
from contacts.models import EnquiryEvent
from contacts.outbox import as_email
from tests.contacts.inbound.letters import letter, reply, take_in

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
    text = f"{quoted(delivered)}\n\nJa, gern."

    kept = without_our_mail(text, enquiry)

    assert kept.endswith("Ja, gern.")
    assert f"Vorgangsnummer {enquiry.reference}" in kept
    assert status.token_for(enquiry) not in kept


def test_reply_of_nothing_but_the_quote_keeps_it_without_the_link(enquiry, delivered):
    kept = without_our_mail(quoted(delivered), enquiry)

    assert "> Guten Tag," in kept
    assert status.token_for(enquiry) not in kept


@pytest.mark.parametrize("between", ["", "\n> ", "=\n", " "], ids=["whole", "quoted", "soft break", "blank"])
def test_link_is_found_however_a_mail_program_breaks_it(enquiry, between):
    token = status.token_for(enquiry)
    link = f"https://amt.example/kontakt/vorgang/{token[:20]}{between}{token[20:]}/"

    assert (
        without_secrets(f"Der Link: {link} geht.", enquiry) == "Der Link: https://amt.example/kontakt/vorgang/…/ geht."
    )


def test_link_of_another_case_and_one_that_a_filter_wrapped_are_found():
    wrapped = f"https://filter.example/?url=https%3A%2F%2Famt.example%2Fkontakt%2Fvorgang%2F{'x' * 43}%2F&data=1"

    assert "x" * 20 not in without_secrets(wrapped)


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

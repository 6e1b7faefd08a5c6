"""What changes in mails that leave while a mailbox is read, and a conversation from the form to the unit's mail."""

import re

import pytest

from contacts.inbound.addresses import references_in
from contacts.models import Enquiry, OutboxMessage
from contacts.outbox import as_email, deliver_due
from contacts.status import path_for
from tests.contacts.conftest import post
from tests.contacts.inbound.letters import INBOUND, answer_fields, letter, take_in
from tests.contacts.status_page.conftest import everything_stored

pytestmark = pytest.mark.django_db


def test_replies_of_the_sender_come_to_the_mailbox_and_those_of_the_unit_do_not(enquiry, acknowledgement, unit_mail):
    [to_us], [to_sender] = as_email(acknowledgement).reply_to, as_email(unit_mail).reply_to

    assert re.fullmatch(rf"eingang\+{enquiry.reference.lower()}\.[a-z2-7]{{21}}@stadtdo\.example", to_us)
    assert len(to_us.partition("@")[0]) <= 64
    assert references_in([to_us]) == [enquiry.reference]
    assert to_sender == enquiry.email


def test_without_subaddresses_the_plain_address_is_given(acknowledgement, settings):
    settings.INBOUND_SUBADDRESS = False

    assert as_email(acknowledgement).reply_to == [INBOUND]


def test_envelope_leads_back_and_the_head_names_the_office(acknowledgement, unit_mail, mailoutbox):
    deliver_due()

    assert {mail.from_email for mail in mailoutbox} == {INBOUND}
    assert {mail.message()["From"] for mail in mailoutbox} == {
        "=?utf-8?q?Amt_f=C3=BCr_Stadterneuerung?= <website@stadtdo.example>"
    }


def test_without_a_mailbox_mails_are_as_they_were(acknowledgement, settings):
    settings.INBOUND_IMAP_URL = ""

    mail = as_email(acknowledgement)

    assert (mail.from_email, mail.reply_to) == (settings.DEFAULT_FROM_EMAIL, [settings.ENQUIRY_MAILBOX])
    assert "From" not in mail.extra_headers


def test_code_of_the_address_is_stored_nowhere(enquiry, acknowledgement):
    [address] = as_email(acknowledgement).reply_to
    take_in(letter(**answer_fields(as_email(acknowledgement))))

    assert address.partition(".")[2].partition("@")[0] not in everything_stored()


def test_conversation_from_the_form_to_the_mail_of_the_unit(client, contact_page, enquiry_data, mailoutbox):
    post(client, contact_page, enquiry_data)
    deliver_due()
    enquiry = Enquiry.objects.get()
    [delivered] = [mail for mail in mailoutbox if mail.to == ["frieda@example.org"]]
    quoted = "\n".join(f"> {line}" for line in delivered.body.splitlines())
    text = f"Es ist das Haus 7.\n\nAm 28.11.2026 um 12:00 schrieb Amt für Stadterneuerung:\n{quoted}"

    take_in(letter(text, **answer_fields(delivered)))
    deliver_due()

    page = client.get(path_for(enquiry)).content.decode()
    assert "Es ist das Haus 7." in page
    assert "schrieb Amt" not in page
    last = mailoutbox[-1]
    assert (last.to, last.subject.split(":")[0]) == (["stadterneuerung@stadtdo.de"], "Ergänzung")
    assert "> Es ist das Haus 7." in last.body
    assert OutboxMessage.objects.filter(kind="acknowledgement").count() == 1

"""Which case a mail belongs to, and who may add what to it: the sender, a colleague, somebody else."""

import pytest
from django.utils import timezone

from contacts import status_acts
from contacts.desk.timeline import timeline
from contacts.inbound.taking import Taken
from contacts.models import Enquiry, EnquiryEvent, OutboxMessage
from contacts.status_text import steps
from tests.contacts.inbound.letters import letter, mails_since, reply, take_in

pytestmark = pytest.mark.django_db


def test_reply_of_the_sender_is_an_addition_as_on_the_status_page(enquiry, acknowledgement):
    taken = take_in(reply(acknowledgement))

    [step] = enquiry.events.exclude(kind=EnquiryEvent.Kind.RECEIVED)
    assert taken == Taken(enquiry.reference, "Übernommen")
    assert (step.kind, step.text, step.detail, step.is_public) == (
        EnquiryEvent.Kind.ADDED,
        "Es ist das Haus mit der grünen Tür.",
        "per Mail",
        True,
    )
    assert [each.text for each in steps(enquiry)] == ["", "Es ist das Haus mit der grünen Tür."]
    assert mails_since(2) == [("unit", "a@stadtdo.example")]
    mail = OutboxMessage.objects.order_by("pk").last()
    assert mail.body_text.startswith(f"Ergänzung zu {enquiry.reference}, per Mail\n")
    assert "> Es ist das Haus mit der grünen Tür." in mail.body_text


@pytest.mark.parametrize("state", ["answered", "closed", "waiting"])
def test_reply_opens_what_was_done(enquiry, acknowledgement, state):
    Enquiry.objects.update(state=state, closed_at=timezone.now() if state == "closed" else None)

    take_in(reply(acknowledgement))

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.closed_at) == ("new", None)


def test_address_alone_leads_to_the_case(enquiry, acknowledgement):
    take_in(reply(acknowledgement, In_Reply_To="", References=""))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED, is_public=True).count() == 1


def test_message_id_alone_leads_to_the_case(enquiry, acknowledgement):
    take_in(reply(acknowledgement, To="eingang@stadtdo.example", In_Reply_To=""))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED, is_public=True).count() == 1


def test_address_in_capitals_and_as_delivered_leads_to_the_case(enquiry, acknowledgement):
    address = reply(acknowledgement)["To"]

    take_in(letter(To="jemand@example.org", Delivered_To=address.upper()))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 1


def test_number_in_the_subject_alone_matches_nothing(enquiry):
    take_in(letter(Subject=f"Re: Ihre Nachricht ist angekommen ({enquiry.reference})"))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 0
    assert Enquiry.objects.count() == 2


def test_wrong_code_in_the_address_matches_nothing(enquiry, acknowledgement):
    address = reply(acknowledgement)["To"]
    name, _dot, rest = address.partition(".")
    forged = f"{name}.{'b' if rest[0] == 'a' else 'a'}{rest[1:]}"

    take_in(letter(To=forged))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 0


def test_code_of_one_case_does_not_open_another(enquiry, acknowledgement):
    address = reply(acknowledgement)["To"]
    other = enquiry.reference[:-1] + ("2" if enquiry.reference[-1] != "2" else "3")

    take_in(letter(To=address.replace(enquiry.reference.lower(), other.lower())))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 0


def test_code_survives_a_new_key_while_the_old_one_is_kept(enquiry, acknowledgement, settings):
    mail = reply(acknowledgement, In_Reply_To="", References="")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    take_in(mail)

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 1


def test_reply_from_another_address_is_not_public(enquiry, acknowledgement):
    take_in(reply(acknowledgement, From="Max <max@example.net>"))

    [step] = enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED)
    assert (step.is_public, step.detail) == (False, "per Mail von anderer Adresse (max@example.net)")
    assert [each.title for each in steps(enquiry)] == ["Eingegangen"]
    assert [each.reader for each in timeline(enquiry) if each.text] == ["per Mail, nicht auf der Statusseite"]
    assert mails_since(2) == [("unit", "a@stadtdo.example")]


def test_reply_of_a_colleague_is_a_note_and_opens_nothing(enquiry, unit_mail):
    Enquiry.objects.update(state="closed", closed_at=timezone.now())

    take_in(reply(unit_mail, "Habe ich telefonisch geklärt.", From="Gerda Amt <gerda@stadtdo.example>"))

    [step] = enquiry.events.exclude(kind=EnquiryEvent.Kind.RECEIVED)
    enquiry.refresh_from_db()
    assert (step.kind, step.text, step.detail, step.is_public) == (
        EnquiryEvent.Kind.NOTED,
        "Habe ich telefonisch geklärt.",
        "Mail von gerda@stadtdo.example",
        False,
    )
    assert enquiry.state == "closed"
    assert mails_since(2) == []


def test_sender_who_answers_a_mail_of_the_office_is_heard_but_not_shown(enquiry, unit_mail):
    take_in(reply(unit_mail))

    [step] = enquiry.events.exclude(kind=EnquiryEvent.Kind.RECEIVED)
    assert (step.kind, step.is_public) == (EnquiryEvent.Kind.ADDED, False)
    assert mails_since(2) == [("unit", "a@stadtdo.example")]


def test_erased_case_is_found_no_more(enquiry, acknowledgement):
    mail = reply(acknowledgement)
    status_acts.withdraw(enquiry)

    taken = take_in(mail)

    new = Enquiry.objects.get(erased_at=None)
    assert taken.reference == new.reference != enquiry.reference


def test_addition_to_a_case_in_quarantine_goes_to_the_office_alone(enquiry, acknowledgement):
    Enquiry.objects.update(is_suspicious=True, suspicion="5 Links")

    take_in(reply(acknowledgement))

    assert mails_since(2) == [("office", "stadterneuerung@stadtdo.de")]


def test_same_mail_twice_is_one_addition(enquiry, acknowledgement):
    mail = reply(acknowledgement)

    assert take_in(mail) == take_in(b"Received: from elsewhere\n" + mail.as_bytes())
    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 1
    assert len(mails_since(2)) == 1


def test_forged_message_id_does_not_suppress_the_mail_of_another(enquiry, acknowledgement):
    take_in(letter("Vorweggeschickt.", Message_ID="<1@post.example>", From="boese@example.net"))

    take_in(reply(acknowledgement, Message_ID="<1@post.example>"))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 1

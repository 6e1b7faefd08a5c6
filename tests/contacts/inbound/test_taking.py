"""What becomes of a mail: an addition to its case, an internal step, or a new case; and what is never answered."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts import status, status_acts
from contacts.desk.timeline import timeline
from contacts.inbound.letters import read
from contacts.inbound.taking import Taken, take
from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage
from contacts.status_text import steps
from tests.contacts.clamd_support import HARMFUL
from tests.contacts.inbound.letters import SENDER, TODAY, UNTIL, letter, reply, report, take_in
from tests.contacts.pdf_support import pdf
from tests.contacts.pictures_support import picture

pytestmark = pytest.mark.django_db

Kind = EnquiryEvent.Kind


def mails_since(before: int) -> list[tuple[str, str]]:
    """Return kind and address of the mails beyond the first `before`."""
    return list(OutboxMessage.objects.order_by("pk").values_list("kind", "to"))[before:]


# --- Replies --------------------------------------------------------------------------------------------------------
def test_reply_of_the_sender_is_an_addition_as_on_the_status_page(enquiry, acknowledgement):
    taken = take_in(reply(acknowledgement))

    [step] = enquiry.events.exclude(kind=Kind.RECEIVED)
    assert taken == Taken(enquiry.reference, "Übernommen")
    assert (step.kind, step.text, step.detail, step.is_public) == (
        Kind.ADDED,
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

    assert enquiry.events.filter(kind=Kind.ADDED, is_public=True).count() == 1


def test_message_id_alone_leads_to_the_case(enquiry, acknowledgement):
    take_in(reply(acknowledgement, To="eingang@stadtdo.example", In_Reply_To=""))

    assert enquiry.events.filter(kind=Kind.ADDED, is_public=True).count() == 1


def test_address_in_capitals_and_as_delivered_leads_to_the_case(enquiry, acknowledgement):
    address = reply(acknowledgement)["To"]

    take_in(letter(To="jemand@example.org", Delivered_To=address.upper()))

    assert enquiry.events.filter(kind=Kind.ADDED).count() == 1


def test_number_in_the_subject_alone_matches_nothing(enquiry):
    take_in(letter(Subject=f"Re: Ihre Nachricht ist angekommen ({enquiry.reference})"))

    assert enquiry.events.filter(kind=Kind.ADDED).count() == 0
    assert Enquiry.objects.count() == 2


def test_wrong_code_in_the_address_matches_nothing(enquiry, acknowledgement):
    address = reply(acknowledgement)["To"]
    name, _dot, rest = address.partition(".")
    forged = f"{name}.{'b' if rest[0] == 'a' else 'a'}{rest[1:]}"

    take_in(letter(To=forged))

    assert enquiry.events.filter(kind=Kind.ADDED).count() == 0


def test_code_of_one_case_does_not_open_another(enquiry, acknowledgement):
    address = reply(acknowledgement)["To"]
    other = enquiry.reference[:-1] + ("2" if enquiry.reference[-1] != "2" else "3")

    take_in(letter(To=address.replace(enquiry.reference.lower(), other.lower())))

    assert enquiry.events.filter(kind=Kind.ADDED).count() == 0


def test_code_survives_a_new_key_while_the_old_one_is_kept(enquiry, acknowledgement, settings):
    mail = reply(acknowledgement, In_Reply_To="", References="")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    take_in(mail)

    assert enquiry.events.filter(kind=Kind.ADDED).count() == 1


def test_reply_from_another_address_is_not_public(enquiry, acknowledgement):
    take_in(reply(acknowledgement, From="Max <max@example.net>"))

    [step] = enquiry.events.filter(kind=Kind.ADDED)
    assert (step.is_public, step.detail) == (False, "per Mail von anderer Adresse (max@example.net)")
    assert [each.title for each in steps(enquiry)] == ["Eingegangen"]
    assert [each.reader for each in timeline(enquiry) if each.text] == ["per Mail, nicht auf der Statusseite"]
    assert mails_since(2) == [("unit", "a@stadtdo.example")]


def test_reply_of_a_colleague_is_a_note_and_opens_nothing(enquiry, unit_mail):
    Enquiry.objects.update(state="closed", closed_at=timezone.now())

    take_in(reply(unit_mail, "Habe ich telefonisch geklärt.", From="Gerda Amt <gerda@stadtdo.example>"))

    [step] = enquiry.events.exclude(kind=Kind.RECEIVED)
    enquiry.refresh_from_db()
    assert (step.kind, step.text, step.detail, step.is_public) == (
        Kind.NOTED,
        "Habe ich telefonisch geklärt.",
        "Mail von gerda@stadtdo.example",
        False,
    )
    assert enquiry.state == "closed"
    assert mails_since(2) == []


def test_sender_who_answers_a_mail_of_the_office_is_heard_but_not_shown(enquiry, unit_mail):
    take_in(reply(unit_mail))

    [step] = enquiry.events.exclude(kind=Kind.RECEIVED)
    assert (step.kind, step.is_public) == (Kind.ADDED, False)
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
    assert enquiry.events.filter(kind=Kind.ADDED).count() == 1
    assert len(mails_since(2)) == 1


def test_forged_message_id_does_not_suppress_the_mail_of_another(enquiry, acknowledgement):
    take_in(letter("Vorweggeschickt.", Message_ID="<1@post.example>", From="boese@example.net"))

    take_in(reply(acknowledgement, Message_ID="<1@post.example>"))

    assert enquiry.events.filter(kind=Kind.ADDED).count() == 1


# --- New cases ------------------------------------------------------------------------------------------------------
def test_mail_without_a_case_is_a_new_one_and_is_acknowledged(home_page):
    taken = take_in(letter())

    new = Enquiry.objects.get()
    assert taken == Taken(new.reference, "Übernommen")
    assert (new.channel, new.kind, new.name, new.email) == ("mail", "question", "Frieda Beispiel", SENDER)
    assert new.message == "Betreff: Frage zum Umbau\n\nEs ist das Haus mit der grünen Tür."
    assert mails_since(0) == [("office", "stadterneuerung@stadtdo.de"), ("acknowledgement", SENDER)]
    assert "Eingangsweg: E-Mail\n" in OutboxMessage.objects.get(kind="office").body_text
    assert new.has_reader
    assert status.link_for(new)


def test_only_a_few_are_acknowledged_in_a_day(home_page):
    for number in range(5):
        take_in(letter(Message_ID=f"<{number}@post.example>"))

    assert Enquiry.objects.count() == 5
    assert OutboxMessage.objects.filter(kind="acknowledgement").count() == 3


@pytest.mark.parametrize(
    "sender",
    ["a@example.org, b@example.org", "", "kein-absender", "<>", "Ohne Adresse <>"],
)
def test_without_one_usable_address_it_is_taken_and_not_acknowledged(home_page, sender):
    raw = letter(From="").as_bytes()

    take_in(f"From: {sender}\n".encode() + raw)

    assert Enquiry.objects.get().email == ""
    assert mails_since(0) == [("office", "stadterneuerung@stadtdo.de")]


def test_many_links_and_the_mark_of_the_mail_server_lead_to_quarantine(home_page):
    take_in(letter("https://a.example " * 5, Message_ID="<1@x>"))
    take_in(letter(X_Spam_Flag="YES", Message_ID="<2@x>"))

    found = list(Enquiry.objects.order_by("pk").values_list("is_suspicious", "suspicion"))
    assert found == [(True, "5 Links"), (True, "vom Mailserver als Spam markiert")]
    assert {kind for kind, _to in mails_since(0)} == {"office"}


def test_mail_without_subject_and_text_is_kept(home_page):
    take_in(letter("", Subject=""))

    assert Enquiry.objects.get().message == "Betreff: (ohne Betreff)\n\n(ohne Text)"


def test_mail_from_a_mailbox_of_the_office_waits_without_any_mail(unit):
    take_in(letter(From="a@stadtdo.example"))
    take_in(letter(From="stadterneuerung@stadtdo.de"))

    assert set(Enquiry.objects.values_list("is_suspicious", "email")) == {(True, "")}
    assert mails_since(0) == []


def test_too_many_cases_of_one_sender_wait_without_any_mail(home_page):
    for number in range(6):
        take_in(letter(Message_ID=f"<{number}@post.example>", From=SENDER.upper() if number == 5 else SENDER))

    last = Enquiry.objects.order_by("pk").last()
    assert (last.is_suspicious, last.suspicion, last.email) == (True, "zu viele Mails in kurzer Zeit", SENDER.upper())
    assert [last.outbox.count(), Enquiry.objects.filter(is_suspicious=True).count()] == [0, 1]


def test_what_came_before_today_counts_no_more(home_page):
    for number in range(5):
        take_in(letter(Message_ID=f"<{number}@post.example>"))
    Enquiry.objects.update(created_at=timezone.now() - dt.timedelta(days=1, minutes=1))

    take_in(letter())

    assert Enquiry.objects.filter(is_suspicious=True).count() == 0


def test_too_many_cases_in_an_hour_wait_whoever_sent_them(home_page, settings):
    settings.INBOUND = settings.INBOUND | {"cases_per_hour": 2}
    for number in range(3):
        take_in(letter(Message_ID=f"<{number}@post.example>", From=f"{number}@example.org"))

    assert list(Enquiry.objects.order_by("pk").values_list("is_suspicious", flat=True)) == [False, False, True]


def test_replies_are_taken_however_many(enquiry, acknowledgement, settings):
    settings.INBOUND = settings.INBOUND | {"cases_per_sender": 0, "cases_per_hour": 0}

    take_in(reply(acknowledgement))

    assert enquiry.events.filter(kind=Kind.ADDED).count() == 1


# --- Attachments ----------------------------------------------------------------------------------------------------
def with_files(mail, *files):
    for name, content, kind in files:
        main, _slash, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail


def test_pictures_are_kept_and_the_rest_is_named(enquiry, acknowledgement):
    mail = with_files(
        reply(acknowledgement),
        ("foto.jpg", picture(), "application/octet-stream"),
        ("plan.docx", b"PK", "application/octet-stream"),
        ("bild.png", b"kein Bild", "image/png"),
        ("c.zip", b"PK", "application/zip"),
    )

    take_in(mail)

    [step] = enquiry.events.filter(kind=Kind.ADDED)
    assert step.detail == (
        "mit Anhängen (Bilder: 1); per Mail; nicht übernommen: „plan.docx“, „bild.png“ und eine weitere Datei; "
        "die Mail liegt bis 05.12. im Ordner „Übernommen“"
    )
    assert enquiry.attachments.count() == 1


def test_attached_files_go_before_pictures_of_the_signature(enquiry, acknowledgement, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"max_files": 1}
    mail = reply(acknowledgement)
    logo = picture(colour="blue")
    mail.add_attachment(logo, maintype="image", subtype="jpeg", filename="logo.jpg", disposition="inline")

    take_in(with_files(mail, ("foto.jpg", picture(), "image/jpeg")))

    assert "nicht übernommen: „logo.jpg“;" in enquiry.events.get(kind=Kind.ADDED).detail


def test_files_for_which_no_time_is_left_are_named(enquiry, acknowledgement, settings):
    settings.INBOUND = settings.INBOUND | {"files_seconds": 0}

    take_in(with_files(reply(acknowledgement), ("foto.jpg", picture(), "image/jpeg")))

    assert "nicht übernommen: „foto.jpg“;" in enquiry.events.get(kind=Kind.ADDED).detail


def test_where_the_rest_lies_is_said_however_long_the_address(enquiry, acknowledgement):
    address = f"{'m' * 60}@{'d' * 60}.example"
    files = [(f"{'n' * 80}{number}.zip", b"PK", "application/zip") for number in range(4)]

    take_in(with_files(reply(acknowledgement, From=address), *files))

    assert enquiry.events.get(kind=Kind.ADDED).detail.endswith(
        "und 2 weitere Dateien; die Mail liegt bis 05.12. im Ordner „Übernommen“"
    )


def deep(text: str) -> bytes:
    head, _blank, _body = letter().as_bytes().partition(b"Content-Type:")
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(25))
    return head + f"{nested}\n{text}".encode()


def test_mail_that_is_not_read_to_its_end_waits_for_a_person(home_page):
    first = take_in(deep("Ganz innen."))
    again = take_in(deep("Ganz innen."))

    new = Enquiry.objects.get()
    assert first == again == Taken(new.reference, "Zu prüfen")
    assert new.events.get().detail == "nicht vollständig gelesen; die Mail liegt im Ordner „Zu prüfen“"


def test_no_more_files_than_a_form_takes(enquiry, acknowledgement, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"max_files": 1}
    files = [(f"{n}.jpg", picture(colour=colour), "image/jpeg") for n, colour in enumerate(["red", "blue"])]

    take_in(with_files(reply(acknowledgement), *files))

    assert Attachment.objects.count() == 1
    assert "nicht übernommen: „1.jpg“" in enquiry.events.get(kind=Kind.ADDED).detail


def test_pdf_is_kept_where_a_scanner_lets_it_through(enquiry, acknowledgement, clamd):
    take_in(with_files(reply(acknowledgement), ("brief.pdf", pdf(), "application/octet-stream")))

    assert enquiry.events.get(kind=Kind.ADDED).detail == "mit Anhängen (PDF: 1); per Mail"


def test_pdf_that_the_scanner_does_not_let_through_stays_in_the_mailbox(enquiry, acknowledgement, clamd):
    clamd.answer = lambda content: HARMFUL

    take_in(with_files(reply(acknowledgement), ("brief.pdf", pdf(), "application/pdf")))

    assert enquiry.attachments.count() == 0
    assert "nicht übernommen: „brief.pdf“" in enquiry.events.get(kind=Kind.ADDED).detail


# --- Machines -------------------------------------------------------------------------------------------------------
AUTOMATIC = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-generated; owner-email=x"},
    {"Precedence": "bulk"},
    {"Precedence": "Auto_Reply"},
    {"List_Id": "<liste.example>"},
    {"X_Autoreply": "yes"},
    {"X_Auto_Response_Suppress": "All"},
    {"Return_Path": "<>"},
]


@pytest.mark.parametrize("field", AUTOMATIC, ids=str)
def test_automatic_answer_is_an_internal_step_and_nothing_else(enquiry, acknowledgement, field):
    Enquiry.objects.update(state="closed", closed_at=timezone.now())

    take_in(reply(acknowledgement, "Ich bin im Urlaub.", **field | {"Subject": "Abwesend"}))

    [step] = enquiry.events.exclude(kind=Kind.RECEIVED)
    enquiry.refresh_from_db()
    assert (step.kind, step.detail, step.text) == (Kind.NOTED, "automatische Antwort: Abwesend", "Ich bin im Urlaub.")
    assert enquiry.state == "closed"
    assert mails_since(2) == []


@pytest.mark.parametrize("field", AUTOMATIC, ids=str)
def test_automatic_mail_without_a_case_waits_in_quarantine_without_any_mail(home_page, field):
    take_in(letter(**field))

    new = Enquiry.objects.get()
    assert (new.is_suspicious, new.suspicion, new.email) == (True, "automatische Mail", "")
    assert f"Von: {SENDER}" in new.message
    assert mails_since(0) == []


NOBODY = ["MAILER-DAEMON", "postmaster", "noreply", "no-reply", "DoNotReply", "do-not-reply+7", "owner-liste"]


@pytest.mark.parametrize("name", [*NOBODY, "liste-request", "liste-bounces", "liste-bounces+frieda=example.org"])
def test_addresses_without_a_person_begin_no_case(home_page, name):
    take_in(letter(From=f"{name}@example.org"))

    assert Enquiry.objects.get().suspicion == "automatische Mail"
    assert mails_since(0) == []


@pytest.mark.parametrize("name", ["noreplyhansen", "owner", "frieda.request"])
def test_addresses_that_look_alike_do(home_page, name):
    take_in(letter(From=f"{name}@example.org"))

    assert Enquiry.objects.get().is_suspicious is False


def test_person_may_answer_from_an_address_of_a_system(enquiry, acknowledgement):
    take_in(reply(acknowledgement, From="noreply@example.org"))

    assert enquiry.events.filter(kind=Kind.ADDED).count() == 1


def test_files_of_an_automatic_answer_are_named(enquiry, acknowledgement):
    mail = reply(acknowledgement, Auto_Submitted="auto-replied", Subject="Abwesend " * 40)

    take_in(with_files(mail, ("plan.zip", b"PK", "application/zip")))

    detail = enquiry.events.get(kind=Kind.NOTED).detail
    assert detail.startswith("automatische Antwort: Abwesend")
    assert detail.endswith("nicht übernommen: „plan.zip“; die Mail liegt bis 05.12. im Ordner „Übernommen“")


def test_automatic_mail_that_came_long_ago_keeps_its_files(home_page):
    mail = with_files(letter(Auto_Submitted="auto-generated"), ("plan.zip", b"PK", "application/zip"))

    taken = take(read(mail.as_bytes()), TODAY, TODAY)

    new = Enquiry.objects.get()
    assert taken == Taken(new.reference, "Zu prüfen")
    assert new.events.get().detail == "nicht übernommen: „plan.zip“; die Mail liegt im Ordner „Zu prüfen“"


def test_automatic_mail_that_is_too_large_waits_for_a_person(home_page):
    mail = letter(Auto_Submitted="auto-generated")

    taken = take(read(mail.as_bytes(), is_too_large=True), UNTIL, TODAY)

    assert taken.folder == "Zu prüfen"


def test_what_a_person_sent_may_say_so(home_page):
    take_in(letter(Auto_Submitted="no"))

    assert Enquiry.objects.get().is_suspicious is False


def test_our_own_mail_that_comes_back_is_stored_nowhere(enquiry, acknowledgement):
    ours = letter(Message_ID=acknowledgement.message_id)
    forgotten = letter(From="website@stadtdo.example", Auto_Submitted="auto-generated")

    assert (take_in(ours), take_in(forgotten)) == (Taken(enquiry.reference), Taken())
    assert (Enquiry.objects.count(), enquiry.events.count()) == (1, 1)


def test_our_own_mail_goes_with_its_case_when_we_no_longer_have_it(enquiry, acknowledgement):
    reply_to = reply(acknowledgement)["To"]
    ours = letter(From="website@stadtdo.example", Auto_Submitted="auto-generated", Reply_To=reply_to)

    assert take_in(ours) == Taken(enquiry.reference)


def test_report_that_names_nothing_of_ours_waits_in_quarantine(home_page):
    take_in(report(OutboxMessage(to="x@example.org", message_id="<fremd@example.net>")))

    assert Enquiry.objects.get().suspicion == "Bericht eines Mailservers, der keine unserer Mails nennt"
    assert mails_since(0) == []

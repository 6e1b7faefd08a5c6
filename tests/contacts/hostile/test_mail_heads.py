"""No word that somebody typed, citizen or clerk, makes a line in the head of a mail, a second receiver or a part.

Read is the mail as it goes to the server, by the standard library's strict reader, which decodes encoded words.
"""

from email import message_from_bytes, policy

import pytest
from django import forms
from django.core.mail.message import sanitize_address
from django.utils import timezone

from contacts.desk.acts import ACTS
from contacts.forms import MailField
from contacts.mails import mailbox_test_mail
from contacts.models import Enquiry, OutboxMessage
from contacts.outbox import as_email
from contacts.text import header_text, is_mail_address
from stadterneuerung.base.models import SiteSettings
from tests.contacts.acts_support import fit_for
from tests.contacts.desk_page import send
from tests.contacts.factories import EnquiryFactory, OutboxFactory, SubjectFactory
from tests.contacts.hostile.ways import FORMS, way
from tests.factories import ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db

BREAKS = ["\r", "\n", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x00"]
ENCODED = ["=?utf-8?q?Ja=0d=0aBcc:_opfer@example.net?=", "=?utf-8?b?SmENCkJjYzogb3BmZXJAZXhhbXBsZS5uZXQ=?="]
ATTACKS = [
    *[f"Harmlos{sign}Bcc: opfer@example.net{sign}{sign}Fremder Text" for sign in BREAKS],
    *ENCODED,
    '"Amt" <opfer@example.net>',
    "Content-Type: text/html",
    "x" * 1100,
    "ä " * 500,
    "\u202eGROX",
]
HEAD = ["Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
MAY_HAVE = {"Auto-Submitted", "In-Reply-To", "References", "Reply-To"}


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 1000, "per_day": 1000}
    settings.PUBLIC_FORMS |= {"acknowledgements_per_day": 1000, "min_seconds": 0}


def crooked(mail: OutboxMessage) -> list[str]:
    """Return what is wrong with a mail as it goes to the server."""
    email = as_email(mail)
    sent = email.message().as_bytes()
    read = message_from_bytes(sent, policy=policy.default)
    wrong = []
    if sorted(set(read) - MAY_HAVE) != HEAD or len(set(read)) != len(read.keys()):
        wrong.append(f"head: {read.keys()}")
    wrong += [f"break in {name}" for name, value in read.items() if len(str(value).splitlines()) != 1]
    if str(read["Subject"]).strip() != mail.subject:
        wrong.append(f"subject: {read['Subject']}")
    for name, said in (("To", mail.to), ("Reply-To", mail.reply_to)):
        receivers = [each.addr_spec for each in read[name].addresses] if read[name] else []
        if receivers != ([sanitize_address(said, "utf-8")] if said else []):
            wrong.append(f"{name}: {receivers}")
    if (read.get_content_type(), read.get_content()) != ("text/plain", email.body):
        wrong.append("body")
    if max(map(len, sent.split(b"\n"))) > 998:  # RFC 5322, 2.1.1
        wrong.append("line too long")
    return wrong


def crooked_mails() -> list[tuple[str, list[str]]]:
    return [(mail.subject, wrong) for mail in OutboxMessage.objects.all() if (wrong := crooked(mail))]


REFUSING = (MailField, forms.ChoiceField, forms.DateField, forms.TimeField)
BARRIERS_ALONE = {("record", "url"), ("record", "wanted_alternative")}  # refused at a question
TYPED = [(name, field) for name, form in FORMS.items() for field in form.base_fields if field != "pictures"]


@pytest.mark.parametrize(("name", "field"), TYPED)
def test_whatever_is_typed_into_any_field(home_page, name, field):
    there = way(name)
    kind = FORMS[name].base_fields[field]
    words = [f"{start}{attack}" for attack in ATTACKS for start in ("", *(["frieda@example.org"] * (field == "email")))]
    if (name, field) in BARRIERS_ALONE:
        there.data |= {"kind": "barrier", "subject": ""}

    codes = {there.send(**{field: each}).status_code for each in words}

    assert codes <= {302, 303, 422}
    assert crooked_mails() == []
    # Else the look above would see nothing. What is no address, choice or day is refused, and the trap makes no mail.
    refused = isinstance(kind, REFUSING) or kind.widget.is_hidden or field == "trap"
    assert OutboxMessage.objects.exists() or refused


@pytest.mark.parametrize("source", ["subject", "page", "unit"])
def test_names_that_the_office_gives(home_page, source):
    unit, project, subject = UnitFactory(), ProjectPageFactory(), SubjectFactory(slug="boese")
    record, field = {"subject": (subject, "name"), "page": (project, "title"), "unit": (unit, "name")}[source]
    subject.unit = unit
    subject.save()
    there = way("contact")
    attacks = [attack for attack in ATTACKS if "\x00" not in attack]  # PostgreSQL takes no NUL
    for number, attack in enumerate(attacks):
        type(record).objects.filter(pk=record.pk).update(**{field: attack[:120]})
        assert there.send(subject="boese", zu=project.pk, message=f"Gruß {number}").status_code == 303

    assert OutboxMessage.objects.filter(kind="office").count() == len(attacks)
    assert crooked_mails() == []


@pytest.mark.parametrize("act", ACTS)
def test_whatever_is_typed_at_the_desk(desk, act):
    Enquiry.objects.all().delete()
    unit, ombuds = UnitFactory(name=ATTACKS[0], mailbox="a@stadtdo.example"), SiteSettings.load().ombuds_url
    unit.mailbox_confirmed_at = timezone.now()
    unit.save()
    for attack in ATTACKS:
        enquiry = fit_for(act.name, email="frieda@example.org")
        send(desk, enquiry, act.name, text=f"{attack} {ombuds}", unit=unit.pk)
        assert enquiry.events.count() == 1

    assert crooked_mails() == []
    writes = act.writes or act.name in ("pass_on", "release")
    assert OutboxMessage.objects.exists() == writes


@pytest.mark.parametrize("attack", ATTACKS)
def test_mail_that_tries_a_mailbox(home_page, attack):
    unit = UnitFactory.build(name=attack, mailbox="a@stadtdo.example")

    assert crooked(mailbox_test_mail(unit, "https://example.org/x/", 14)) == []


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?opfer=40example.net=2c?=@example.org",
        "=?utf-8?q?opfer=40example.net=3e=20?=@example.org",
        "=?utf-8?b?b3BmZXI=?=@example.org",
        "frieda@example.org\u2028",
        "frieda@example.org,opfer@example.net",
        "Frieda <frieda@example.org>",
        "frieda@example.org>",
        "(opfer@example.net)frieda@example.org",
        "frieda\ud800@example.org",
        "@example.org:opfer@example.net",
        "frieda%opfer.example@example.org ",
    ],
)
def test_no_address_that_can_be_read_as_another_one(address):
    assert not is_mail_address(address)


@pytest.mark.parametrize("address", ["frieda@example.org", "f.b+x=1@bücher.example", "o'neill@example.org", "a?b@c.de"])
def test_every_address_that_is_taken_is_read_as_itself(home_page, address):
    assert is_mail_address(address)
    assert crooked(OutboxFactory(to=address, reply_to=address)) == []


@pytest.mark.parametrize("attack", ENCODED)
def test_encoded_words_stay_words(attack):
    assert header_text(attack, 200) == attack.replace("=?", "= ?")


def test_halves_of_a_sign_reach_no_mail():
    assert header_text("a\ud800b\udcff", 200) == "ab"


def test_a_conversation_of_many_mails_has_lines_that_servers_take(home_page):
    enquiry = EnquiryFactory()
    for _ in range(40):
        OutboxFactory(enquiry=enquiry, to="frieda@example.org")
    thread = OutboxMessage.objects.thread(enquiry, "frieda@example.org")

    assert crooked(OutboxFactory(enquiry=enquiry, references=thread)) == []

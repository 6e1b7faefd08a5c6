"""Mails as they come in, and taking them without a mailbox."""

import datetime as dt
from email.message import EmailMessage

from django.core.mail import EmailMessage as OutgoingMail

from contacts.inbound.letters import read
from contacts.inbound.taking import Taken, take
from contacts.models import OutboxMessage
from contacts.outbox import as_email

SENDER = "frieda@example.org"
INBOUND = "eingang@stadtdo.example"
TODAY = dt.date(2026, 11, 28)
UNTIL = dt.date(2026, 12, 5)


def letter(text: str = "Es ist das Haus mit der grünen Tür.", **fields: str) -> EmailMessage:
    """Return a mail; `fields` are of its head, with "_" for "-", and replace those that all have."""
    usual = {
        "From": f"Frieda Beispiel <{SENDER}>",
        "To": INBOUND,
        "Subject": "Frage zum Umbau",
        "Message-ID": "<1@post.example>",
        "Date": "Sat, 28 Nov 2026 12:00:00 +0100",
    }
    mail = EmailMessage()
    for name, value in (usual | {name.replace("_", "-"): value for name, value in fields.items()}).items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail


def reply(to: OutboxMessage, text: str = "Es ist das Haus mit der grünen Tür.", **fields: str) -> EmailMessage:
    """Return what a mail program makes of "Antworten" on a mail of ours as it was delivered."""
    delivered = as_email(to)
    return letter(text, **(answer_fields(delivered) | fields))


def answer_fields(delivered: OutgoingMail) -> dict[str, str]:
    return {
        "To": delivered.reply_to[0],
        "Subject": f"Re: {delivered.subject}",
        "In_Reply_To": delivered.extra_headers["Message-ID"],
        "References": delivered.extra_headers["Message-ID"],
    }


def take_in(mail: EmailMessage | bytes) -> Taken:
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    return take(read(raw), UNTIL, TODAY)


def report(to: OutboxMessage, *, action: str = "failed", status: str = "5.1.1", returned: str = "") -> bytes:
    """Return what a mail server reports about a mail of ours (RFC 3464); `returned` replaces the head it sends back."""
    head = returned or f"Message-ID: {to.message_id}\nSubject: {to.subject}\n"
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {INBOUND}
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{action}@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grenze"

--grenze
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grenze
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to.to}
Action: {action}
Status: {status}

--grenze
Content-Type: text/rfc822-headers

{head}
--grenze--
""".encode()


def mails_since(before: int) -> list[tuple[str, str]]:
    """Return kind and address of the mails beyond the first `before`."""
    return list(OutboxMessage.objects.order_by("pk").values_list("kind", "to"))[before:]


def with_files(mail, *files):
    for name, content, kind in files:
        main, _slash, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail

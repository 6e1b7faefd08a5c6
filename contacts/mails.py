"""Which mails a message causes, and what they say. All are rendered before anything is sent."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from contacts.limits import acknowledgement_limit
from contacts.models.attachments import FileCount
from contacts.models.enquiries import Enquiry
from contacts.models.outbox import OutboxMessage
from contacts.routing import mailboxes
from contacts.status import link_for
from contacts.text import clean_lines, header_text, quoted
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import SiteSettings

Kind = OutboxMessage.Kind
_SUBJECT_LENGTH = 200


def mails_on_arrival(enquiry: Enquiry, *, acknowledge: bool = True) -> list[OutboxMessage]:
    """Return the mails for a new enquiry, unsaved: to the mailboxes of its unit or the office, and to the sender.

    What is in quarantine goes to the office alone, marked, and nobody gets an acknowledgement: the address may be
    somebody else's.
    """
    if enquiry.is_suspicious:
        return [_internal_mail(enquiry, Kind.OFFICE, settings.ENQUIRY_MAILBOX)]
    mails = internal_mails(enquiry)
    if acknowledge and may_be_written_to(enquiry.email):
        mails.append(_acknowledgement(enquiry))
    return mails


def internal_mails(enquiry: Enquiry) -> list[OutboxMessage]:
    """Return the mails that bring an enquiry to those who answer it, unsaved."""
    return [_internal_mail(enquiry, kind, address) for kind, address in mailboxes(enquiry.unit)]


def addition_mails(enquiry: Enquiry, text: str, files: FileCount, source: str) -> list[OutboxMessage]:
    """Return the mails that bring an addition to those who answer, in the same conversation, unsaved.

    `source` ("von der Statusseite") says how it came in.
    """
    body = _body("addition", _for_the_office(enquiry, files) | {"text": quoted(text), "source": source})
    return _further_mails(enquiry, "Ergänzung", body)


def erasure_mails(enquiry: Enquiry, why: str) -> list[OutboxMessage]:
    """Return the mails that ask all who ever got a mail about the enquiry to delete it, unsaved.

    `why` ("Zurückgezogen und gelöscht") begins the subject. Units that passed it on have its words as well as
    those that answer it today.
    """
    mailed = OutboxMessage.objects.internal().filter(enquiry=enquiry).order_by("created_at", "pk")
    receivers = {}
    for kind, address in [*_readers(enquiry), *mailed.values_list("kind", "to")]:
        receivers.setdefault(address.lower(), (kind, address))
    body = _body("erasure", {"enquiry": enquiry, "why": f"{why[0].lower()}{why[1:]}"})
    return [
        OutboxMessage(
            kind=kind,
            to=address,
            subject=f"{why}: {enquiry.reference}",
            body_text=body,
            references=OutboxMessage.objects.thread(enquiry, address),
            enquiry=enquiry,
        )
        for kind, address in receivers.values()
    ]


def _readers(enquiry: Enquiry) -> list[tuple[str, str]]:
    """Return kind and address of today's mailboxes; what is in quarantine stays with the office."""
    return [(Kind.OFFICE, settings.ENQUIRY_MAILBOX)] if enquiry.is_suspicious else mailboxes(enquiry.unit)


def _further_mails(enquiry: Enquiry, what: str, body: str) -> list[OutboxMessage]:
    """Return a mail of the same text to everybody who answers the enquiry."""
    return [
        OutboxMessage(
            kind=kind,
            to=address,
            reply_to=enquiry.email,
            subject=header_text(f"{what}: {_internal_subject(enquiry)}", _SUBJECT_LENGTH),
            body_text=body,
            references=OutboxMessage.objects.thread(enquiry, address),
            enquiry=enquiry,
        )
        for kind, address in _readers(enquiry)
    ]


def new_link_mails(enquiry: Enquiry) -> list[OutboxMessage]:
    """Return the mail that brings the sender a new link to the status page, unsaved; none without a sure address."""
    if not enquiry.has_mailed_link:
        return []
    mail = OutboxMessage(
        kind=Kind.NEW_LINK,
        to=enquiry.email,
        reply_to=settings.ENQUIRY_MAILBOX,
        subject=gettext("Neue Adresse Ihrer Statusseite (%(reference)s)") % {"reference": enquiry.reference},
        body_text=_body("new_link", {"enquiry": enquiry}),
        references=OutboxMessage.objects.thread(enquiry, enquiry.email),
        enquiry=enquiry,
    )
    return [mail]


def status_note(enquiry: Enquiry) -> str:
    """Return what stands at the end of a mail to the sender, with the link; empty when there is no link to give.

    It is written when the mail is sent, never before: what is stored must not hold the secret (`contacts.status`).
    """
    link = link_for(enquiry)
    return "\n" + _body("status_note", {"link": link}) if link else ""


def answer_mail(enquiry: Enquiry, text: str) -> OutboxMessage:
    """Return a person's answer to the sender, unsaved; it continues the conversation that the sender has in hand."""
    unit = enquiry.unit
    return OutboxMessage(
        kind=Kind.ANSWER,
        to=enquiry.email,
        reply_to=unit.mailbox if unit and unit.has_confirmed_mailbox else settings.ENQUIRY_MAILBOX,
        subject=gettext("Antwort auf Ihre Nachricht (%(reference)s)") % {"reference": enquiry.reference},
        body_text=_body("answer", {"enquiry": enquiry, "text": text}),
        references=OutboxMessage.objects.thread(enquiry, enquiry.email),
        enquiry=enquiry,
    )


def mailbox_test_mail(unit, confirm_url: str, days: int) -> OutboxMessage:
    """Return the mail by which an administrator finds out whether a unit reads its mailbox."""
    return OutboxMessage(
        kind=Kind.TEST,
        to=unit.mailbox,
        reply_to=settings.ENQUIRY_MAILBOX,
        subject=header_text(f"Testmail: Postfach bestätigen für {unit}", _SUBJECT_LENGTH),
        body_text=_body("mailbox_test", {"unit": unit, "confirm_url": confirm_url, "days": days}),
    )


def _internal_mail(enquiry: Enquiry, kind: str, address: str) -> OutboxMessage:
    template = "barrier_office" if enquiry.is_barrier else "enquiry_office"
    context = _for_the_office(enquiry, enquiry.attachments.counted()) | {
        "message": quoted(enquiry.message),
        "wanted_alternative": quoted(enquiry.wanted_alternative),
    }
    return OutboxMessage(
        kind=kind,
        to=address,
        reply_to=enquiry.email,
        subject=_internal_subject(enquiry),
        body_text=_body(template, context),
        references=OutboxMessage.objects.thread(enquiry, address) if enquiry.pk else "",
        enquiry=enquiry,
    )


def _acknowledgement(enquiry: Enquiry) -> OutboxMessage:
    if enquiry.is_barrier:
        template, subject = "barrier_acknowledgement", gettext("Ihre Meldung ist angekommen (%(reference)s)")
    else:
        template, subject = "enquiry_acknowledgement", gettext("Ihre Nachricht ist angekommen (%(reference)s)")
    context = {
        "enquiry": enquiry,
        "site_settings": SiteSettings.load(),
        "last_day_ahead": enquiry.answer_by if enquiry.answer_by >= today() else None,
    }
    return OutboxMessage(
        kind=Kind.ACKNOWLEDGEMENT,
        to=enquiry.email,
        reply_to=settings.ENQUIRY_MAILBOX,
        subject=subject % {"reference": enquiry.reference},
        body_text=_body(template, context),
        enquiry=enquiry,
    )


def may_be_written_to(address: str) -> bool:
    """Whether one more of the mails that anybody can cause may go to this address: a few a day, or we help to flood.

    The mails themselves are no count: whoever withdraws a message takes them along.
    """
    limit = acknowledgement_limit()
    address = address.lower()
    if not address or limit.is_reached(address):
        return False
    # Only for what is stored in the end; an outage would use the count up, and the message that is stored gets no mail.
    transaction.on_commit(partial(limit.add, address))
    return True


def _internal_subject(enquiry: Enquiry) -> str:
    mark = "[Bitte prüfen] " if enquiry.is_suspicious else ""
    if enquiry.is_barrier:
        return header_text(
            f"{mark}Barriere gemeldet {enquiry.reference} – Antwort bis {enquiry.due_on:%d.%m.%Y}", _SUBJECT_LENGTH
        )
    parts = [f"{mark}Anfrage {enquiry.reference}"]
    if enquiry.subject_name:
        parts.append(header_text(enquiry.subject_name, 50))
    if enquiry.page_title:
        parts.append(header_text(enquiry.page_title, 60))
    parts.append(header_text(str(enquiry.unit), 50) if enquiry.unit else "ohne Einheit")
    return header_text(" · ".join(parts), _SUBJECT_LENGTH)


def _body(template: str, context: dict) -> str:
    """Return the text of a mail. Names that the office gives are cleaned here; what citizens write is so already."""
    return clean_lines(render_to_string(f"emails/{template}.txt", context)) + "\n"


def _for_the_office(enquiry: Enquiry, files: FileCount) -> dict[str, Any]:
    """Return what mails to those who answer say; the files themselves are handed out at the desk alone."""
    desk_url = settings.WAGTAILADMIN_BASE_URL + reverse("enquiry:edit", args=[enquiry.pk])
    return {
        "enquiry": enquiry,
        "files": files,
        "desk_url": desk_url,
        "feedback_url": feedback_url(enquiry),
    }


def feedback_url(enquiry: Enquiry) -> str:
    """Return the address at which the unit says in two clicks what it does; empty where it works by mail alone."""
    if enquiry.mail_only:
        return ""
    return settings.WAGTAILADMIN_BASE_URL + reverse("contacts_feedback", args=[enquiry.pk])

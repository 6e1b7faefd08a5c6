"""Which mails a message causes, and what they say. All are rendered before anything is sent."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contacts.models.outbox import OutboxMessage
from contacts.models.submissions import BarrierReport, Enquiry
from contacts.text import header_text
from stadterneuerung.base.models import SiteSettings

Kind = OutboxMessage.Kind
_SUBJECT_LENGTH = 200


def enquiry_mails(enquiry: Enquiry) -> list[OutboxMessage]:
    """Return the mails for an enquiry, unsaved: to the office always, to a confirmed unit, to the sender."""
    body = _body("enquiry_office", {"enquiry": enquiry, "admin_url": _admin_url("enquiry", enquiry)})
    subject = _enquiry_subject(enquiry)
    internal = {"enquiry": enquiry, "subject": subject, "body_text": body, "reply_to": enquiry.email}
    mails = [OutboxMessage(kind=Kind.OFFICE, to=settings.ENQUIRY_MAILBOX, **internal)]
    unit = enquiry.unit
    if unit and unit.has_confirmed_mailbox and unit.mailbox.lower() != settings.ENQUIRY_MAILBOX.lower():
        mails.append(OutboxMessage(kind=Kind.UNIT, to=unit.mailbox, **internal))
    if _may_acknowledge(enquiry, enquiry.email):
        thanks = gettext("Ihre Nachricht ist angekommen (%(reference)s)") % {"reference": enquiry.reference}
        context = {"enquiry": enquiry}
        mails.append(_acknowledgement("enquiry_acknowledgement", enquiry.email, thanks, context, enquiry=enquiry))
    return mails


def barrier_mails(report: BarrierReport) -> list[OutboxMessage]:
    """Return the mails for a reported barrier, unsaved: to the office, and to the sender who left an address."""
    address = report.email
    due = f"{report.first_deadline:%d.%m.%Y}"
    mails = [
        OutboxMessage(
            kind=Kind.OFFICE,
            to=settings.ENQUIRY_MAILBOX,
            reply_to=address,
            subject=_marked(report, f"Barriere gemeldet {report.reference} – Antwort bis {due}"),
            body_text=_body("barrier_office", {"report": report, "admin_url": _admin_url("barrierreport", report)}),
            barrier_report=report,
        )
    ]
    if _may_acknowledge(report, address):
        context = {"report": report, "site_settings": SiteSettings.load()}
        thanks = gettext("Ihre Meldung ist angekommen (%(reference)s)") % {"reference": report.reference}
        mails.append(_acknowledgement("barrier_acknowledgement", address, thanks, context, barrier_report=report))
    return mails


def mailbox_test_mail(unit, confirm_url: str, days: int) -> OutboxMessage:
    """Return the mail by which an administrator finds out whether a unit reads its mailbox."""
    return OutboxMessage(
        kind=Kind.TEST,
        to=unit.mailbox,
        reply_to=settings.ENQUIRY_MAILBOX,
        subject=header_text(f"Testmail: Postfach bestätigen für {unit.display_name}", _SUBJECT_LENGTH),
        body_text=_body("mailbox_test", {"unit": unit, "confirm_url": confirm_url, "days": days}),
    )


def _acknowledgement(template: str, to: str, subject: str, context: dict, **cause) -> OutboxMessage:
    return OutboxMessage(
        kind=Kind.ACKNOWLEDGEMENT,
        to=to,
        reply_to=settings.ENQUIRY_MAILBOX,
        subject=subject,
        body_text=_body(template, context),
        **cause,
    )


def _may_acknowledge(record: Enquiry | BarrierReport, address: str) -> bool:
    """Whether the sender gets an answer: not when suspicious, and only a few a day, or we would help to flood."""
    if not address or record.is_suspicious:
        return False
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = OutboxMessage.objects.filter(kind=Kind.ACKNOWLEDGEMENT, to__iexact=address, created_at__gte=midnight)
    return today.count() < settings.PUBLIC_FORMS["acknowledgements_per_day"]


def _enquiry_subject(enquiry: Enquiry) -> str:
    parts = [f"Anfrage {enquiry.reference}"]
    if enquiry.subject_name:
        parts.append(header_text(enquiry.subject_name, 50))
    if enquiry.page_title:
        parts.append(header_text(enquiry.page_title, 60))
    parts.append(header_text(enquiry.unit.display_name, 50) if enquiry.unit else "ohne Einheit")
    return _marked(enquiry, " · ".join(parts))


def _marked(record: Enquiry | BarrierReport, subject: str) -> str:
    mark = "[Bitte prüfen] " if record.is_suspicious else ""
    return header_text(f"{mark}{subject}", _SUBJECT_LENGTH)


def _body(template: str, context: dict) -> str:
    return render_to_string(f"emails/{template}.txt", context).strip() + "\n"


def _admin_url(viewset: str, record: Enquiry | BarrierReport) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(f"{viewset}:edit", args=[record.pk])

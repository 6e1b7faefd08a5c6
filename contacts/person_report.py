"""What we hold about somebody, handed out (DSGVO Art. 15 and 20): as JSON with everything, and as a PDF to read.

Colleagues' names are left out: who of the office acted is not the person's data.
"""

import base64
import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage
from contacts.models.attachments import attachment_storage
from contacts.personal import CASE, PERSON, fields_of
from contacts.showable import all_showable
from stadterneuerung.base.models import SiteSettings

TEMPLATE = Path(__file__).with_name("person_report.typ")
# Nothing about the person: which version of a row this is, and digests made from our secret key.
_TECHNICAL = {"id", "enquiry", "version", "submission_key", "status_digest", "status_generation", "claimed_until"}


def as_json(enquiries: Iterable[Enquiry]) -> bytes:
    """Return everything in a machine-readable form; attachments as base64."""
    facts = SiteSettings.load()
    said = {
        "verantwortlich": f"{facts.legal_entity}, {facts.represented_by}",
        "stand": timezone.localtime().isoformat(timespec="seconds"),
        "vorgaenge": [_case(enquiry) for enquiry in enquiries],
    }
    return json.dumps(said, ensure_ascii=False, indent=2).encode()


def _case(enquiry: Enquiry) -> dict[str, Any]:
    purpose = enquiry.purpose
    return {
        **_row(enquiry),
        "zweck": {
            "fassung": str(purpose),
            "wozu": purpose.purpose,
            "rechtsgrundlage": purpose.legal_basis,
            "empfaenger": purpose.recipients,
            "aufbewahrung_tage": purpose.retention_days,
            "gezaehlt": purpose.retention_from,
        },
        "verlauf": [_row(event) for event in enquiry.events.all()],
        "mails": [_row(mail) for mail in enquiry.outbox.order_by("created_at", "pk")],
        "anhaenge": [_row(attachment) | {"inhalt_base64": _content(attachment)} for attachment in _files(enquiry)],
    }


def _row(row: Enquiry | EnquiryEvent | OutboxMessage | Attachment) -> dict[str, Any]:
    """Return the fields that hold the person's data and those of the case, by name."""
    names = [field.name for field in fields_of(type(row), PERSON, CASE) if field.name not in _TECHNICAL]
    return {name: _plain(row, name) for name in names}


def _plain(row: models.Model, name: str) -> Any:
    if hasattr(row, f"get_{name}_display"):
        return getattr(row, f"get_{name}_display")()
    value = getattr(row, name)
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)


def _files(enquiry: Enquiry) -> models.QuerySet:
    return enquiry.attachments.all()


def _content(attachment: Attachment) -> str | None:
    """Return the file as base64; None when it is gone although its row is there."""
    if not attachment_storage().exists(attachment.file.name):
        return None
    with attachment.file.open("rb") as file:
        return base64.b64encode(file.read()).decode()


def as_pdf(enquiries: Iterable[Enquiry]) -> bytes:
    """Return the same to be read, as a PDF that assistive technology can read too (PDF/UA-1)."""
    facts = SiteSettings.load()
    data = {
        "title": "Auskunft über gespeicherte Daten",
        "author": facts.office_name,
        "intro": [
            f"Verantwortlich: {facts.legal_entity}, {facts.represented_by}.",
            f"Stand: {_day(timezone.now())}. Auskunft nach Artikel 15 DSGVO.",
            "Sie können Berichtigung, Löschung und Einschränkung verlangen und der Verarbeitung widersprechen "
            f"(Artikel 16 bis 18 und 21 DSGVO). Beschwerden nimmt entgegen: {facts.supervisory_data_protection}.",
            "Es wird nichts automatisch entschieden. Die Daten stammen von Ihnen, soweit nichts anderes dasteht.",
            "Zeichen, die sich hier nicht drucken lassen, stehen als [U+…] da. In der maschinenlesbaren Auskunft, die "
            "Sie dazu bekommen können, steht alles so, wie Sie es geschrieben haben.",
        ],
        "cases": [_chapter(enquiry) for enquiry in enquiries],
    }
    fonts = settings.ROOT / "static" / "build"
    return typst.compile(
        TEMPLATE,
        sys_inputs={"data": json.dumps(all_showable(data))},
        font_paths=[fonts] if fonts.is_dir() else [],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


def _chapter(enquiry: Enquiry) -> dict[str, Any]:
    purpose = enquiry.purpose
    rows = [
        ("Art", f"{enquiry.get_kind_display()} ({enquiry.get_channel_display()})"),
        ("Eingegangen", _day(enquiry.created_at)),
        ("Stand", enquiry.get_state_display()),
        ("Name", enquiry.name),
        ("E-Mail", enquiry.email),
        ("Telefon", enquiry.phone),
        ("Betreff", enquiry.subject_name),
        ("Projekt oder Gebiet", enquiry.page_title),
        ("Seite mit der Barriere", enquiry.url),
        ("Gewünschte andere Form", enquiry.wanted_alternative),
        ("Zuständig", enquiry.unit.display_name if enquiry.unit else "das Amt"),
        ("Wozu", purpose.purpose),
        ("Rechtsgrundlage", purpose.legal_basis),
        ("Wer es liest", purpose.recipients),
        ("Gelöscht wird", f"{purpose.retention_days} Tage {purpose.retention_from}"),
        ("Grund des Verdachts", enquiry.suspicion),
        ("Löschung ausgesetzt", enquiry.hold_reason),
    ]
    steps = [
        {
            "head": f"{_day(event.at)}: {event.get_kind_display()}",
            "text": "\n".join(filter(None, [event.detail, event.text])),
        }
        for event in enquiry.events.all()
    ]
    steps += [
        {"head": f"{_day(mail.created_at)}: Mail an {mail.to}", "text": f"{mail.subject}\n\n{mail.body_text}"}
        for mail in enquiry.outbox.order_by("created_at", "pk")
    ]
    return {
        "title": f"Vorgang {enquiry.reference}",
        "rows": [[label, value] for label, value in rows if value],
        "message": enquiry.message,
        "steps": steps,
        "attachments": [file.description for file in _files(enquiry)],
    }


def _day(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "j. F Y, H:i") + " Uhr"

"""One enquiry as a PDF for the file (PDF/UA-1): everything the desk knows of it. Made in memory, kept nowhere."""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone

from contacts.desk.templates import OFFICE_NAME
from contacts.desk.timeline import Entry, moment, name_of, timeline
from contacts.desk.words import due_words
from contacts.models import AuditHead, Enquiry
from contacts.showable import all_showable
from stadterneuerung.base.dates import date_label

TEMPLATE = Path(__file__).with_name("case_file.typ")


def case_file(enquiry: Enquiry) -> bytes:
    """Return the PDF. The mark in it is that of the audit chain's last entry, so print after recording the printing."""
    return typeset(case_data(enquiry))


def case_data(enquiry: Enquiry) -> dict[str, Any]:
    """Return what the template shows; its shape is told there."""
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    return {
        "title": f"{enquiry.get_kind_display()} {enquiry.reference}",
        "office": OFFICE_NAME,
        "as_of": f"Stand: {moment(timezone.now())}",
        "footer": f"{enquiry.reference} · {OFFICE_NAME}",
        "facts": [*_facts(enquiry), ["Zugriffsprotokoll", f"Eintrag {head.last_number}, Prüfwert {head.last_mark}"]],
        "parts": [part for part in _parts(enquiry) if part["entries"]],
    }


def typeset(data: dict[str, Any]) -> bytes:
    """Return the PDF of what `case_data` returns. The built fonts are used where they are, else typst's own."""
    fonts = settings.ROOT / "static" / "build"
    return typst.compile(
        TEMPLATE,
        sys_inputs={"data": json.dumps(all_showable(data))},
        font_paths=[fonts] if fonts.is_dir() else [],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


def _facts(enquiry: Enquiry) -> list[list[str]]:
    facts = [
        ("Eingegangen", f"{moment(enquiry.created_at)} ({enquiry.get_channel_display()})"),
        ("Von", ", ".join(filter(None, [enquiry.name, enquiry.email, enquiry.phone])) or "nicht angegeben"),
        ("Betreff", enquiry.subject_name),
        ("Projekt oder Gebiet", enquiry.page_title),
        ("Seite mit der Barriere", enquiry.url),
        ("Einheit", str(enquiry.unit) if enquiry.unit else OFFICE_NAME),
        ("Stand der Bearbeitung", enquiry.get_state_display()),
        ("Übernommen von", name_of(enquiry.assignee) if enquiry.assignee else ""),
        ("Zu beantworten", due_words(enquiry)),
        ("Zuerst beantwortet", moment(enquiry.first_answer_at) if enquiry.first_answer_at else ""),
        ("Abgeschlossen", moment(enquiry.closed_at) if enquiry.closed_at else ""),
        ("Wird gelöscht am", date_label(enquiry.delete_on)),
        ("Inhalt gelöscht", moment(enquiry.erased_at) if enquiry.erased_at else ""),
        ("Löschung", enquiry.get_hold_display() if enquiry.hold != Enquiry.Hold.NONE else ""),
    ]
    return [[label, value] for label, value in facts if value]


def _parts(enquiry: Enquiry) -> list[dict[str, Any]]:
    alternative = [_entry("Gewünschte andere Form", "", enquiry.wanted_alternative)]
    attachments = [
        _entry(each.download_name, f"{each.description}, {each.size} Byte, SHA-256: {each.digest}", "")
        for each in enquiry.attachments.all()
    ]
    return [
        {"title": "Nachricht", "entries": [_entry("", "", enquiry.message)] if enquiry.message else []},
        {"title": "Dazu", "entries": alternative if enquiry.wanted_alternative else []},
        {"title": "Anhänge", "entries": attachments},
        {"title": "Verlauf", "entries": [_of_timeline(entry) for entry in timeline(enquiry)]},
    ]


def _of_timeline(entry: Entry) -> dict[str, Any]:
    reader = f"Text {entry.reader}" if entry.reader else ""
    note = " · ".join(filter(None, [moment(entry.at), entry.who, entry.detail, reader]))
    return _entry(entry.title, note, entry.text)


def _entry(head: str, note: str, text: str) -> dict[str, Any]:
    paragraphs = [part.strip("\n").split("\n") for part in text.split("\n\n")] if text else []
    return {"head": head, "note": note, "text": paragraphs}

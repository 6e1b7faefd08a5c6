"""Templates for answers: which placeholders there are, and what they say for one enquiry.

A placeholder stands in single curly brackets, `{Vorgangsnummer}`. What has to be written by hand stands in double
square brackets, `[[Grund]]`; so does what a placeholder asks for and the enquiry does not hold. No answer leaves while
such a gap is left in it.
"""

import re
from collections.abc import Callable

from django.utils import timezone

from contacts.models.enquiries import Enquiry
from stadterneuerung.base.dates import date_label
from stadterneuerung.base.models import SiteSettings

OFFICE_NAME = "Amt für Stadterneuerung"

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_GAP = re.compile(r"\[\[.*?\]\]", re.DOTALL)

# Name → (what it says, told to editors; how it is found). An empty value becomes a gap.
PLACEHOLDERS: dict[str, tuple[str, Callable[[Enquiry, SiteSettings], str]]] = {
    "Anrede": (
        "„Guten Tag Frieda Beispiel,“, ohne Namen „Guten Tag,“",
        lambda enquiry, facts: f"Guten Tag {enquiry.name}," if enquiry.name else "Guten Tag,",
    ),
    "Vorgangsnummer": ("etwa SE-2026-ABCD-2345", lambda enquiry, facts: enquiry.reference),
    "Eingangsdatum": (
        "Tag, an dem die Nachricht einging",
        lambda enquiry, facts: date_label(timezone.localdate(enquiry.created_at)),
    ),
    "Betreff": ("was im Formular gewählt wurde", lambda enquiry, facts: enquiry.subject_name),
    "Seite": (
        "Projekt oder Gebiet; bei Barrieren die genannte Seite",
        lambda enquiry, facts: enquiry.page_title or enquiry.url,
    ),
    "Einheit": (
        "zuständige Einheit, sonst das Amt",
        lambda enquiry, facts: enquiry.unit.display_name if enquiry.unit else OFFICE_NAME,
    ),
    "Antwort-bis-Datum": (
        "Tag, an dem die Antwort spätestens da ist",
        lambda enquiry, facts: date_label(enquiry.answer_by),
    ),
    "Ombudsstelle": ("Name der Ombudsstelle", lambda enquiry, facts: facts.ombuds_name),
    "Ombudsstelle-Website": ("ihre Seite", lambda enquiry, facts: facts.ombuds_url),
    "Ombudsstelle-Postfach": ("ihre E-Mail-Adresse", lambda enquiry, facts: facts.ombuds_mailbox),
}


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in curly brackets and is no placeholder, in order, each once."""
    return list(dict.fromkeys(name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS))


def fill(text: str, enquiry: Enquiry) -> str:
    """Return the template's text for this enquiry. What the sender typed is put in as it is, never filled again."""
    facts = SiteSettings.load()

    def value(match: re.Match) -> str:
        name = match[1]
        if name not in PLACEHOLDERS:
            return match[0]
        return PLACEHOLDERS[name][1](enquiry, facts) or f"[[{name}]]"

    return _PLACEHOLDER.sub(value, text)


def gaps(text: str) -> list[str]:
    """Return what is still to be written by hand, brackets included."""
    return _GAP.findall(text)

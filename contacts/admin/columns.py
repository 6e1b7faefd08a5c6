"""The columns of the desk's list. On a phone a row becomes a block, in which each cell says what it is."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from wagtail.admin.ui.tables import Column

from contacts.admin.listing import moment
from contacts.desk.bulk import ACTS, OF_QUARANTINE
from contacts.desk.words import due_in_words
from contacts.models import Enquiry
from stadterneuerung.base.dates import today


class DeskColumn(Column):
    cell_template_name = "admin/contacts/desk_cell.html"


class TickColumn(Column):
    """A box to tick; in the head one that ticks all, which only works with JavaScript and is only shown with it."""

    header_template_name = "admin/contacts/desk_tick_head.html"
    cell_template_name = "admin/contacts/desk_tick.html"


def reference(enquiry: Enquiry) -> str:
    return format_html('<a href="{}">{}</a>', reverse("enquiry:edit", args=[enquiry.pk]), enquiry.reference)


def about(enquiry: Enquiry) -> str:
    """Return what it is about in the office's words, never in the sender's."""
    parts = [enquiry.get_kind_display() if enquiry.is_barrier else "", enquiry.subject_name, enquiry.page_title]
    return " · ".join(part for part in parts if part) or "ohne Betreff"


def unit(enquiry: Enquiry) -> str:
    name = str(enquiry.unit) if enquiry.unit else "keine"
    return f"{name} (nur per Mail)" if enquiry.mail_only else name


def state(enquiry: Enquiry) -> str:
    tone, word = enquiry.state, enquiry.get_state_display()
    if enquiry.is_suspicious:
        tone, word = ("closed", "als Spam geschlossen") if enquiry.closed_at else ("suspicious", "in Quarantäne")
    return format_html('<span class="desk-state desk-state--{}">{}</span>', tone, word)


def due(enquiry: Enquiry) -> str:
    """Return in words how near the day is; nothing when the office has nothing to do about it."""
    if not enquiry.waits_for_office or enquiry.is_suspicious or enquiry.mail_only:
        return ""
    words = due_in_words((enquiry.due_on - today()).days)
    tone = "late" if enquiry.is_late else "open"
    day = f"{enquiry.due_on:%d.%m.%Y}"
    return format_html(
        '<span class="desk-due desk-due--{}">{}</span> <span class="desk-day">{}</span>', tone, words, day
    )


def initials(enquiry: Enquiry) -> str:
    account = enquiry.assignee
    if account is None:
        return ""
    name = account.get_full_name() or account.get_username()
    short = "".join(word[0] for word in name.split()[:3]).upper() if " " in name else name[:2].upper()
    return format_html('<abbr title="{}">{}</abbr>', name, short)


def judge(enquiry: Enquiry) -> str:
    """Return the two acts of the quarantine for one message, as links to where they are confirmed."""
    links = [
        format_html(
            '<a href="{}?act={}&amp;id={}" aria-label="{}: {}">{}</a>',
            reverse("desk_bulk"),
            ACTS[key].key,
            enquiry.pk,
            ACTS[key].label,
            enquiry.reference,
            ACTS[key].label,
        )
        for key in OF_QUARANTINE
    ]
    return format_html("{} · {}", *links)


def closed_on(enquiry: Enquiry) -> str:
    return f"{timezone.localdate(enquiry.closed_at):%d.%m.%Y}" if enquiry.closed_at else ""


TICK = TickColumn("id", label="Auswählen")
REFERENCE = DeskColumn("reference", label="Vorgang", accessor=reference, sort_key="reference")
RECEIVED = DeskColumn(
    "created_at", label="Eingegangen", accessor=lambda enquiry: moment(enquiry.created_at), sort_key="created_at"
)
ABOUT = DeskColumn("about", label="Worum es geht", accessor=about)
UNIT = DeskColumn("unit", label="Einheit", accessor=unit, sort_key="unit__position")
STATE = DeskColumn("state", label="Stand", accessor=state)
DUE = DeskColumn("due_on", label="Zu beantworten", accessor=due, sort_key="due_on")
ASSIGNEE = DeskColumn("assignee", label="Übernommen", accessor=initials)
CLOSED = DeskColumn("closed_at", label="Abgeschlossen", accessor=closed_on, sort_key="closed_at")
SUSPICION = DeskColumn("suspicion", label="Grund", accessor="suspicion")
JUDGE = DeskColumn("judge", label="Entscheiden", accessor=judge)

OF_DESK = [TICK, REFERENCE, RECEIVED, ABOUT, UNIT, STATE, DUE, ASSIGNEE]
OF_DONE = [TICK, REFERENCE, RECEIVED, ABOUT, UNIT, STATE, CLOSED, ASSIGNEE]
OF_QUARANTINE_VIEW = [TICK, REFERENCE, RECEIVED, SUSPICION, ABOUT, UNIT, JUDGE]

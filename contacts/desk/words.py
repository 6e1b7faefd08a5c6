"""What the desk says about an enquiry in words."""

import datetime as dt

from django.utils import timezone

from contacts.desk.timeline import name_of
from contacts.models.enquiries import Enquiry
from stadterneuerung.base.dates import date_label, today

State = Enquiry.State


def due_in_words(days: int) -> str:
    """Say how far a day is, counted from today; what is past is late."""
    match days:
        case 0:
            return "heute"
        case 1:
            return "morgen"
        case -1:
            return "seit 1 Tag überfällig"
        case _ if days < 0:
            return f"seit {-days} Tagen überfällig"
        case _:
            return f"in {days} Tagen"


def due_words(enquiry: Enquiry, day: dt.date | None = None) -> str:
    """Say until when somebody has to do something, as seen on `day`: in words, since colour alone tells nobody."""
    when = date_label(enquiry.due_on)
    if enquiry.state in (State.ANSWERED, State.CLOSED):
        return f"war bis zum {when} zu beantworten"
    if not enquiry.waits_for_office:
        return f"{when}; die Uhr steht, solange die Rückmeldung fehlt"
    return f"{due_in_words((enquiry.due_on - (day or today())).days)} ({when})"


def state_words(enquiry: Enquiry, user) -> str:
    """Say in one sentence how the enquiry stands, to somebody who comes from a mail about it."""
    who = "Jemand" if enquiry.assignee is None else name_of(enquiry.assignee)
    if enquiry.erased_at:
        return f"Der Inhalt dieser Anfrage ist am {date_label(timezone.localdate(enquiry.erased_at))} gelöscht worden."
    if enquiry.is_suspicious and enquiry.state != State.CLOSED:
        return "Diese Nachricht liegt in Quarantäne. Ob sie weitergeht, wird am Anfragen-Tisch entschieden."
    match enquiry.state:
        case State.NEW:
            return "Noch hat niemand diese Anfrage übernommen."
        case State.TAKEN if enquiry.assignee == user:
            return "Sie haben diese Anfrage übernommen."
        case State.TAKEN:
            return f"{who} kümmert sich um diese Anfrage."
        case State.WAITING:
            return f"{who} hat zurückgefragt und wartet auf Rückmeldung."
        case State.ANSWERED:
            return "Diese Anfrage ist beantwortet."
        case State.CLOSED:
            return f"Diese Anfrage ist seit dem {date_label(timezone.localdate(enquiry.closed_at))} abgeschlossen."
        case unknown:
            raise ValueError(unknown)

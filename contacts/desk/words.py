"""What the desk says about an enquiry in words."""

import datetime as dt

from django.utils import timezone

from contacts.desk.timeline import name_of
from contacts.models.enquiries import Enquiry
from stadterneuerung.base.dates import date_label, today

State = Enquiry.State


def due_words(enquiry: Enquiry, day: dt.date | None = None) -> str:
    """Say until when somebody has to do something, as seen on `day`: in words, since colour alone tells nobody."""
    when = date_label(enquiry.due_on)
    if enquiry.state in (State.ANSWERED, State.CLOSED):
        return f"war bis zum {when} zu beantworten"
    if enquiry.state == State.WAITING:
        return f"{when}; die Uhr steht, solange die Rückmeldung fehlt"
    days = (enquiry.due_on - (day or today())).days
    if days < 0:
        late = "einem Tag" if days == -1 else f"{-days} Tagen"
        return f"seit {late} überfällig ({when})"
    if days == 0:
        return f"heute ({when})"
    return f"morgen ({when})" if days == 1 else f"in {days} Tagen ({when})"


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

"""What the status page says about a case: its state, its dates and its steps in plain words.

Internal notes, accounts and the sender's own message are no part of it: the link may have gone to a wrong address.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Enquiry, EnquiryEvent

State = Enquiry.State
Kind = EnquiryEvent.Kind


@dataclass(frozen=True)
class Standing:
    """Where a case is, as a heading and a sentence."""

    title: str
    text: str


@dataclass(frozen=True)
class Step:
    """One step that the sender may see. `own`: the sender took it."""

    at: dt.datetime
    title: str
    text: str = ""
    own: bool = False


def standing(enquiry: Enquiry) -> Standing:
    if enquiry.is_suspicious:
        return _standing_in_quarantine(enquiry)
    unit = enquiry.unit.display_name if enquiry.unit else _("Amt für Stadterneuerung")
    if enquiry.mail_only:
        return Standing(
            _("Weitergegeben"),
            _(
                "Ihre Nachricht liegt bei: %(unit)s. Von dort bekommen Sie die Antwort; "
                "der Stand wird hier nicht geführt."
            )
            % {"unit": unit},
        )
    match enquiry.state:
        case State.NEW:
            return Standing(_("Eingegangen"), _("Ihre Nachricht liegt bei: %(unit)s.") % {"unit": unit})
        case State.TAKEN:
            return Standing(_("In Arbeit"), _("Jemand kümmert sich um Ihr Anliegen: %(unit)s.") % {"unit": unit})
        case State.WAITING:
            return Standing(_("Wir warten auf Sie"), _("Unsere Frage steht unten. Antworten können Sie gleich hier."))
        case State.ANSWERED:
            return Standing(_("Beantwortet"), _("Ist noch etwas offen? Dann schreiben Sie uns hier weiter."))
        case State.CLOSED:
            return Standing(
                _("Abgeschlossen"),
                _("Ist doch noch etwas offen? Wenn Sie hier schreiben, öffnen wir den Vorgang wieder."),
            )
        case unknown:
            raise ValueError(unknown)


def _standing_in_quarantine(enquiry: Enquiry) -> Standing:
    """Say what is so without a word of suspicion: it is with no unit, and perhaps nobody will ever answer it."""
    if enquiry.state != State.CLOSED:
        return Standing(
            _("Eingegangen"),
            _("Ihre Nachricht liegt beim Amt für Stadterneuerung. Dort wird sie zuerst angesehen."),
        )
    return Standing(
        _("Abgeschlossen"),
        _("Auf diese Nachricht haben wir nicht geantwortet. Wenn Sie hier schreiben, öffnen wir den Vorgang wieder."),
    )


def facts(enquiry: Enquiry) -> list[tuple[str, str]]:
    """Return labels and values; what is not known has no value."""
    unit = enquiry.unit.display_name if enquiry.unit and not enquiry.is_suspicious else ""
    rows = [
        (_("Vorgangsnummer"), enquiry.reference),
        (_("Eingegangen"), _day(enquiry.received_on)),
        (_("Zuständig"), unit),
    ]
    if files := _files(enquiry):
        rows.append((_("Mitgeschickt"), files))
    # The time for a question begins when it is released; that for a barrier is the law's and runs.
    has_day = enquiry.is_barrier or not enquiry.is_suspicious
    if has_day and enquiry.state in (State.NEW, State.TAKEN, State.WAITING):
        rows += _deadlines(enquiry)
    if enquiry.kept_until:
        rows.append((_("Wird gelöscht"), _deletion(enquiry)))
    return rows


def _files(enquiry: Enquiry) -> str:
    count = enquiry.attachments.counted()
    words = []
    if count.pictures:
        words.append(ngettext("%(count)d Bild", "%(count)d Bilder", count.pictures) % {"count": count.pictures})
    if count.pdfs:
        words.append(_("%(count)d PDF") % {"count": count.pdfs})
    return ", ".join(words)


def _deletion(enquiry: Enquiry) -> str:
    """Return when a closed case is deleted; it is `EnquiryQuerySet.erasable` in words."""
    if enquiry.hold == Enquiry.Hold.LEGAL:
        return _("ausgesetzt aus einem rechtlichen Grund")
    day, time_to_decide = enquiry.kept_until, dt.timedelta(days=enquiry.purpose.archive_days)
    if enquiry.hold == Enquiry.Hold.OFFERED:
        day = max(day, enquiry.offered_on + time_to_decide)
    elif enquiry.purpose.archive_duty and enquiry.offered_on is None and not enquiry.is_suspicious:
        day += time_to_decide
    else:
        return _("nach dem %(day)s") % {"day": _day(day)}
    return _("nach dem %(day)s, wenn das Stadtarchiv es nicht übernimmt") % {"day": _day(day)}


def new_address(enquiry: Enquiry, *, is_mailed: bool) -> str:
    """Return what is to be done once the page has a new address."""
    if not enquiry.has_mailed_link:
        return _("Diese Seite hat eine neue Adresse. Bitte speichern Sie sie jetzt; wir können sie nicht schicken.")
    if not is_mailed:
        return _(
            "Diese Seite hat eine neue Adresse. Bitte speichern Sie sie jetzt; eine Mail dazu kommt nicht, denn an "
            "Ihre E-Mail-Adresse gingen zuletzt schon mehrere."
        )
    return _("Diese Seite hat eine neue Adresse. Sie kommt auch per E-Mail.")


def _deadlines(enquiry: Enquiry) -> list[tuple[str, str]]:
    past = _("%(day)s – dieser Tag ist vorbei, die Antwort steht noch aus")
    due = _day(enquiry.due_on)
    if enquiry.is_late:
        due = past % {"day": due}
    if not enquiry.is_barrier or enquiry.interim_at or enquiry.due_on > enquiry.answer_by:
        return [(_("Antwort bis"), due)]
    return [(_("Antwort oder Zwischennachricht bis"), due), (_("Antwort spätestens am"), _day(enquiry.answer_by))]


def steps(enquiry: Enquiry) -> list[Step]:
    """Return what happened, oldest first; words only where a step is public.

    What came from another address may be anybody's: its step is not even named.
    """
    titles = {
        Kind.RECEIVED: _("Eingegangen"),
        Kind.ROUTED: _("An eine andere Einheit gegeben"),
        Kind.TAKEN: _("Übernommen"),
        Kind.WAITING: _("Frage des Amts"),
        Kind.REPLIED: _("Ihre Rückmeldung ist da"),
        Kind.INTERIM: _("Zwischennachricht des Amts"),
        Kind.ANSWERED: _("Antwort des Amts"),
        Kind.ANSWERED_ELSEWHERE: _("Auf anderem Weg beantwortet"),
        Kind.ADDED: _("Ihre Ergänzung"),
        Kind.CLOSED: _("Abgeschlossen"),
        Kind.REOPENED: _("Wieder geöffnet"),
    }
    return [
        Step(event.at, titles[event.kind], event.text if event.is_public else "", event.kind == Kind.ADDED)
        for event in enquiry.events.filter(kind__in=titles).exclude(kind=Kind.ADDED, is_public=False)
    ]


def _day(day: dt.date) -> str:
    return date_format(day, "j. F Y")

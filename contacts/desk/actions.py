"""The acts at the desk. Each one is a transaction: the new state, the step in the timeline, the audit entry, the mails.

An act says which version of the enquiry it was decided on. When somebody else acted in between, it does nothing and
raises `Outdated`: one wins, the other is told. That also makes a form that is sent twice one act.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts import audit, mails
from contacts.deadlines import due_day
from contacts.models import Enquiry, EnquiryEvent, OutboxMessage
from contacts.routing import in_first_language, uses_desk
from stadterneuerung.base.dates import today
from stadterneuerung.base.models import SiteSettings
from stadterneuerung.organisation.models import OrganisationUnit

State = Enquiry.State
Kind = EnquiryEvent.Kind
Action = audit.Action


class Outdated(Exception):
    """Somebody else acted on the enquiry since it was shown."""


class NotPossible(Exception):
    """The act makes no sense for this enquiry as it is; the German sentence says why."""


def take(enquiry: Enquiry, by, note: str = "") -> None:
    """Make the account responsible; what was new is now in work. Who takes over a taken one, takes it over."""
    _need(enquiry, State.NEW, State.TAKEN, State.WAITING)
    _act(enquiry, by, Kind.TAKEN, text=note, state=State.TAKEN, assignee=by)


def add_note(enquiry: Enquiry, by, text: str) -> None:
    """Keep an internal note; it is never shown to the sender."""
    _act(enquiry, by, Kind.NOTED, text=text)


def wait(enquiry: Enquiry, by, text: str) -> None:
    """Ask the sender something by mail; the office waits."""
    _need(enquiry, State.NEW, State.TAKEN, State.WAITING, State.ANSWERED)
    _need_reader(enquiry)
    _write(enquiry, by, Kind.WAITING, text, state=State.WAITING, assignee=enquiry.assignee or by)


def note_reply(enquiry: Enquiry, by, text: str = "") -> None:
    """Note that the sender replied by mail or telephone: the office has to act again; `text` is an internal note."""
    _need(enquiry, State.WAITING)
    changes = enquiry.asked_again() | {"state": State.TAKEN, "assignee": enquiry.assignee or by}
    _act(enquiry, by, Kind.REPLIED, text=text, **changes)


def answer(enquiry: Enquiry, by, text: str) -> None:
    """Answer by mail and on the status page. An answer to a barrier has to name the Ombudsstelle."""
    _need(enquiry, State.NEW, State.TAKEN, State.WAITING, State.ANSWERED)
    _need_reader(enquiry)
    if enquiry.is_barrier and not names_ombuds(text):
        raise NotPossible("Die Antwort muss auf das Ombudsverfahren hinweisen (BITVNRW § 5). Die Vorlage tut es.")
    _write(enquiry, by, Kind.ANSWERED, text, **_answered(enquiry, by))


def answer_elsewhere(enquiry: Enquiry, by, text: str, *, ombuds_named: bool = False) -> None:
    """Note that the sender was answered by telephone, by letter or from a mailbox; `text` is an internal note."""
    _need(enquiry, State.NEW, State.TAKEN, State.WAITING, State.ANSWERED)
    if enquiry.is_barrier and not ombuds_named:
        raise NotPossible("Bitte bestätigen Sie, dass die Antwort auf das Ombudsverfahren hinwies (BITVNRW § 5).")
    _act(enquiry, by, Kind.ANSWERED_ELSEWHERE, action=Action.ANSWERED, text=text, **_answered(enquiry, by))


def send_interim(enquiry: Enquiry, by, text: str) -> None:
    """Tell the reporter of a barrier that it takes longer; the answer is then due six weeks after the report."""
    if not enquiry.is_barrier:
        raise NotPossible("Zwischennachrichten mit Frist gibt es nur zu Barrieremeldungen.")
    _need(enquiry, State.NEW, State.TAKEN, State.WAITING)
    _need_reader(enquiry)
    _write(
        enquiry,
        by,
        Kind.INTERIM,
        text,
        state=State.TAKEN,
        assignee=enquiry.assignee or by,
        interim_at=today(),
        due_on=due_day(enquiry.received_on, barrier=True, interim=True),
    )


def close(enquiry: Enquiry, by, note: str = "") -> None:
    """Close the case: the retention period begins. Nobody has to have answered: some messages need none."""
    _need(enquiry, State.NEW, State.TAKEN, State.WAITING, State.ANSWERED)
    _act(enquiry, by, Kind.CLOSED, text=note, state=State.CLOSED, closed_at=timezone.now())


def close_by_itself(enquiry: Enquiry, now: dt.datetime, why: str) -> None:
    """Close what nobody closes (`contacts.closing`); the timeline says why."""
    _act(enquiry, None, Kind.CLOSED, detail=why, state=State.CLOSED, closed_at=now)


def reopen(enquiry: Enquiry, by, note: str = "") -> None:
    """Work on what was answered or closed once more, with a new day, as when the sender writes again."""
    _need(enquiry, State.CLOSED, State.ANSWERED)
    _act(enquiry, by, Kind.REOPENED, text=note, **enquiry.asked_again(), state=State.TAKEN, assignee=by)


def pass_on(enquiry: Enquiry, by, unit: OrganisationUnit | None, note: str = "") -> None:
    """Give the case to another unit (None: the office), which gets mail; the timeline keeps the way it took.

    It is new there, whatever the unit before did about it: nobody has taken it.
    """
    _need(enquiry, *Enquiry.OPEN_STATES)
    unit = in_first_language(unit) if unit else None
    if enquiry.unit_id == (unit.pk if unit else None):
        raise NotPossible("Die Anfrage liegt schon bei dieser Einheit.")
    source = f"von {enquiry.unit.display_name}" if enquiry.unit else "vom Amt"
    way = EnquiryEvent.as_detail(f"{source} an {unit.display_name if unit else 'das Amt'}")
    changes = {"unit": unit, "assignee": None, "mail_only": not uses_desk(unit), "state": State.NEW}
    if enquiry.state in (State.WAITING, State.ANSWERED):
        changes |= enquiry.asked_again()
    with transaction.atomic():
        _act(enquiry, by, Kind.ROUTED, text=note, event_unit=unit, detail=way, **changes)
        OutboxMessage.objects.bulk_create(mails.internal_mails(enquiry))


def release(enquiry: Enquiry, by) -> None:
    """Take a message out of quarantine: it reaches its unit, and the sender gets the confirmation.

    The time for a question begins now. That for a barrier is the law's and began when it was reported.
    """
    _need(enquiry, *Enquiry.OPEN_STATES)
    if not enquiry.is_suspicious:
        raise NotPossible("Diese Anfrage ist nicht in Quarantäne.")
    with transaction.atomic():
        due_on = enquiry.due_on if enquiry.is_barrier else due_day(today(), barrier=False)
        _act(enquiry, by, Kind.RELEASED, detail=enquiry.suspicion, is_suspicious=False, due_on=due_on)
        OutboxMessage.objects.bulk_create(mails.mails_on_arrival(enquiry))


def names_ombuds(text: str) -> bool:
    """Whether an answer tells where the Ombudsstelle is to be found, as the settings know it."""
    facts = SiteSettings.load()
    return any(known and known in text for known in (facts.ombuds_url, facts.ombuds_mailbox))


def _answered(enquiry: Enquiry, by) -> dict[str, Any]:
    return {
        "state": State.ANSWERED,
        "assignee": enquiry.assignee or by,
        "first_answer_at": enquiry.first_answer_at or timezone.now(),
        "ombuds_named": enquiry.is_barrier,
    }


def _write(enquiry: Enquiry, by, kind: str, text: str, **changes) -> None:
    """Do an act that writes to the sender: on the status page, and by mail where there is an address."""
    with transaction.atomic():
        _act(enquiry, by, kind, action=Action.ANSWERED, text=text, is_public=True, **changes)
        if enquiry.email:
            mails.answer_mail(enquiry, text).save()


def _act(
    enquiry: Enquiry,
    by,
    kind: str,
    *,
    text: str = "",
    detail: str = "",
    is_public: bool = False,
    event_unit: OrganisationUnit | None = None,
    action: str = Action.CHANGED,
    **changes,
) -> None:
    """Change the enquiry if it is still the version that was shown, and write down that it was done."""
    with transaction.atomic():
        change(enquiry, **changes)
        EnquiryEvent.objects.create(
            enquiry=enquiry, kind=kind, actor=by, text=text, detail=detail, is_public=is_public, unit=event_unit
        )
        audit.record(action, by, enquiry, detail=EnquiryEvent.Kind(kind).label)


def change(enquiry: Enquiry, **changes) -> None:
    """Change the enquiry, stored and in hand, if it is still the version that was shown; else raise `Outdated`."""
    same = Enquiry.objects.filter(pk=enquiry.pk, version=enquiry.version, erased_at=None)
    if not same.update(version=F("version") + 1, **changes):
        raise Outdated
    enquiry.version += 1
    for name, value in changes.items():
        setattr(enquiry, name, value)


def _need(enquiry: Enquiry, *states: str) -> None:
    if enquiry.state not in states:
        raise NotPossible(f"Das geht nicht, solange die Anfrage „{enquiry.get_state_display()}“ ist.")


def _need_reader(enquiry: Enquiry) -> None:
    """Whoever gave no address reads on the status page."""
    if not enquiry.has_reader:
        raise NotPossible(
            "Zu dieser Anfrage gibt es weder eine E-Mail-Adresse noch eine Statusseite. "
            "Bitte tragen Sie die Antwort von Hand ein."
        )

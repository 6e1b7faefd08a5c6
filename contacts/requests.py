"""Requests to be forgotten (DSGVO Art. 17): entered by one account, agreed to by another one, then carried out."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts import audit, mails
from contacts.desk.actions import NotPossible
from contacts.erasure import OnHold, erase
from contacts.models import Enquiry, ErasureRequest, OutboxMessage
from contacts.people import Wanted

State = ErasureRequest.State


def enter(wanted: Wanted, enquiries: Iterable[Enquiry], by, *, identity: str, note: str) -> ErasureRequest:
    """Write the request down; nothing is erased yet. `note` says how it is known who asks."""
    enquiries = list(enquiries)
    if not enquiries:
        raise NotPossible("Bitte wählen Sie mindestens einen Vorgang aus.")
    _refuse_held(enquiries)
    with transaction.atomic():
        request = ErasureRequest.objects.create(
            digest=wanted.digest, identity=identity, note=note, requested_by=by, cases=len(enquiries)
        )
        request.enquiries.set(enquiries)
        for enquiry in enquiries:
            audit.record(audit.Action.CHANGED, by, enquiry, detail=f"{request}: Löschung beantragt")
    return request


def approve(request: ErasureRequest, by) -> None:
    """Agree, as somebody else than who entered it, and carry it out."""
    if request.requested_by_id == by.pk:
        raise NotPossible("Zustimmen muss ein anderes Konto als das, das den Antrag angelegt hat.")
    _refuse_held(request.enquiries.all())
    _decide(request, State.APPROVED, by, "zugestimmt")
    carry_out(request)


def refuse(request: ErasureRequest, by) -> None:
    """Decline, or withdraw what one has entered oneself; the note and the list of cases go."""
    own = request.requested_by_id == by.pk
    with transaction.atomic():
        _decide(request, State.REFUSED, None if own else by, "zurückgezogen" if own else "abgelehnt", actor=by)
        request.enquiries.clear()


def carry_out(request: ErasureRequest) -> None:
    """Erase the cases one by one. What is held back since then stays, and is tried again when deletion runs."""
    is_held = False
    for enquiry in request.enquiries.filter(erased_at=None):
        try:
            with transaction.atomic():
                told = mails.erasure_mails(enquiry, "Auf Antrag gelöscht")  # before their thread is deleted
                if erase(enquiry, reason=f"{request} (DSGVO Art. 17)", actor=request.decided_by).enquiries:
                    OutboxMessage.objects.bulk_create(told)
                ErasureRequest.objects.filter(pk=request.pk).update(erased=F("erased") + 1)
        except OnHold:
            is_held = True
    if is_held:
        return
    with transaction.atomic():
        request.enquiries.clear()
        request.refresh_from_db()
        request.state, request.done_at, request.note = State.DONE, timezone.now(), ""
        request.save()


def finish_approved() -> None:
    """Carry out what was agreed to and not finished, because the process ended or a case was held."""
    for request in ErasureRequest.objects.filter(state=State.APPROVED):
        carry_out(request)


def finish_open(now: dt.datetime | None = None) -> None:
    """End open requests that nobody has to decide any more, or nobody did in time: their note goes.

    Done is what holds cases that are all erased meanwhile; after three months, the longest that DSGVO Art. 12 (3)
    leaves the office, a request has lapsed and the person has to be asked anew.
    """
    limit = (now or timezone.now()) - dt.timedelta(days=settings.RETENTION_DAYS["open_request"])
    for request in ErasureRequest.objects.filter(state=State.OPEN):
        if not request.enquiries.filter(erased_at=None).exists():
            _end_by_itself(request, State.DONE, "erledigt, alle Vorgänge sind schon gelöscht")
        elif request.created_at < limit:
            _end_by_itself(request, State.LAPSED, "verfallen, niemand hat entschieden")


def _end_by_itself(request: ErasureRequest, state: str, word: str) -> None:
    with transaction.atomic():
        open_still = ErasureRequest.objects.filter(pk=request.pk, state=State.OPEN)
        changes = {"state": state, "note": "", "done_at": timezone.now() if state == State.DONE else None}
        if open_still.update(**changes):
            request.enquiries.clear()
            audit.record(audit.Action.CHANGED, None, detail=f"{request}: {word}")


def _decide(request: ErasureRequest, state: str, decided_by, word: str, actor=None) -> None:
    with transaction.atomic():
        changes = {"state": state, "decided_by": decided_by, "decided_at": timezone.now(), "note": ""}
        if not ErasureRequest.objects.filter(pk=request.pk, state=State.OPEN).update(**changes):
            raise NotPossible("Über diesen Antrag ist schon entschieden.")
        audit.record(audit.Action.CHANGED, actor or decided_by, detail=f"{request}: {word}")
    request.refresh_from_db()


def _refuse_held(enquiries: Iterable[Enquiry]) -> None:
    held = [enquiry.reference for enquiry in enquiries if enquiry.hold == Enquiry.Hold.LEGAL]
    if held:
        raise NotPossible(
            f"Die Löschung ist aus rechtlichem Grund ausgesetzt: {', '.join(held)}. Bitte klären Sie das zuerst; "
            "die Person ist darüber zu unterrichten (DSGVO Art. 12 Abs. 4)."
        )

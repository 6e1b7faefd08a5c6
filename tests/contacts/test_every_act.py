"""What holds for every act at the desk: of two at once one wins, and each is in the audit trail."""

import pytest
from django.utils import timezone

from contacts import audit
from contacts.desk import actions
from contacts.desk.actions import NotPossible, Outdated
from contacts.models import AuditEntry, Enquiry, EnquiryEvent, OutboxMessage
from tests.contacts.accounts import clerk
from tests.contacts.acts_support import ACTS, fit_for, steps
from tests.contacts.factories import EnquiryFactory

pytestmark = pytest.mark.django_db

State = Enquiry.State
Kind = EnquiryEvent.Kind


WRITING = [actions.wait, actions.answer]
CLOSED_TO = [name for name in ACTS if name not in ("note", "reopen")]


@pytest.mark.parametrize("name", CLOSED_TO)
def test_nothing_is_done_with_what_is_closed(by, name):
    enquiry = fit_for(name, state=State.CLOSED, closed_at=timezone.now())

    with pytest.raises(NotPossible, match="abgeschlossen"):
        ACTS[name](enquiry, by)

    assert (enquiry.events.count(), AuditEntry.objects.count(), OutboxMessage.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("state", [State.NEW, State.TAKEN, State.WAITING])
def test_what_is_open_is_not_opened_again(by, state):
    with pytest.raises(NotPossible):
        actions.reopen(EnquiryFactory(state=state), by)


@pytest.mark.parametrize("write", WRITING)
def test_nobody_is_written_to_without_an_address(by, write):
    with pytest.raises(NotPossible, match="weder eine E-Mail-Adresse noch eine Statusseite"):
        write(EnquiryFactory(email=""), by, "Text")


@pytest.mark.parametrize("name", ACTS)
def test_of_two_at_once_one_wins_and_the_other_is_told(by, name):
    mine = fit_for(name, email="frieda@example.org")
    theirs = Enquiry.objects.get(pk=mine.pk)
    actions.add_note(theirs, clerk(), "Ich war schneller.")
    before = AuditEntry.objects.count()

    with pytest.raises(Outdated):
        ACTS[name](mine, by)

    assert steps(mine) == [(Kind.NOTED, "Ich war schneller.", False)]
    assert (AuditEntry.objects.count(), OutboxMessage.objects.count()) == (before, 0)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_sent_twice_is_one(by, name):
    enquiry = fit_for(name, email="frieda@example.org")
    again = Enquiry.objects.get(pk=enquiry.pk)
    ACTS[name](enquiry, by)
    mails = OutboxMessage.objects.count()

    with pytest.raises((Outdated, NotPossible)):
        ACTS[name](again, by)

    assert (enquiry.events.count(), OutboxMessage.objects.count()) == (1, mails)


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_in_the_audit_chain(by, name):
    enquiry = fit_for(name)

    ACTS[name](enquiry, by)

    entry = AuditEntry.objects.get()
    answered = name in ("wait", "answer", "elsewhere", "interim")
    assert entry.action == (audit.Action.ANSWERED if answered else audit.Action.CHANGED)
    assert (entry.actor, entry.label) == (by.get_username(), enquiry.reference)
    assert entry.detail == enquiry.events.get().get_kind_display()
    assert list(audit.verify()) == []


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_done_with_what_is_erased(by, name):
    enquiry = fit_for(name)
    Enquiry.objects.filter(pk=enquiry.pk).update(
        erased_at=timezone.now(), message="", email="", name="", phone="", url="", wanted_alternative=""
    )

    with pytest.raises(Outdated):
        ACTS[name](enquiry, by)

    assert enquiry.events.count() == 0

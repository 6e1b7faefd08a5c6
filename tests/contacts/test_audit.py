"""The chain of the audit trail shows every change, whoever makes it and wherever; what may change does not break it."""

import datetime as dt
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contacts import audit, audit_pruning
from contacts.erasure import erase
from contacts.models import AuditEntry, AuditHead, Enquiry
from stadterneuerung.users.models import User
from tests.contacts.factories import EnquiryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Five entries, the third about an enquiry."""
    for number in range(1, 6):
        audit.record(
            "read", None, EnquiryFactory(reference="SE-3") if number == 3 else None, detail=f"Schritt {number}"
        )


def faults() -> list[tuple[int, str]]:
    return [(fault.number, fault.text) for fault in audit.verify()]


def test_number_of_what_is_erased_does_not_come_back(chain):
    enquiry = EnquiryFactory(reference="SE-9")
    audit.record("read", None, enquiry)
    erase(enquiry, reason="Frist abgelaufen")

    audit.record("read", None, Enquiry.objects.get(pk=enquiry.pk))

    assert set(AuditEntry.objects.filter(enquiry_id=enquiry.pk).values_list("action", "label")) == {
        ("read", ""),
        ("erased", ""),
    }
    assert faults() == []


def test_untouched_chain_holds(chain):
    assert faults() == []


def test_empty_chain_holds():
    assert faults() == []
    assert audit.anchor() == "Zugriffsprotokoll: 0 Einträge, Ende 0 -"


def test_changed_entry_is_found(chain):
    AuditEntry.objects.filter(number=2).update(actor="jemand anderes")

    assert faults() == [(2, "Der Eintrag wurde verändert.")]


def test_changed_entry_with_a_new_mark_breaks_the_next_one(chain):
    entry = AuditEntry.objects.get(number=2)
    entry.actor = "jemand anderes"
    entry.mark = audit.mark_of(entry)
    entry.save()

    assert faults() == [(3, "Der Eintrag schließt nicht an den vorigen an.")]


def test_entry_removed_in_the_middle_is_missed(chain):
    AuditEntry.objects.filter(number=3).delete()

    assert faults() == [(3, "Es fehlen Einträge: erwartet 3, gefunden 4.")]


END = "Das Ende der Kette stimmt nicht: Es fehlen Einträge, oder es sind zu viele."


def test_entry_removed_at_the_end_is_missed(chain):
    AuditEntry.objects.filter(number=5).delete()

    assert faults() == [(5, END)]


def test_all_entries_removed_are_missed(chain):
    AuditEntry.objects.all().delete()

    assert faults() == [(5, END)]


def test_entry_put_in_at_the_end_is_found(chain):
    last = AuditEntry.objects.get(number=5)
    false = AuditEntry(number=6, actor="x", action="read", label_digest=audit.digest(""), previous_mark=last.mark)
    false.mark = audit.mark_of(false)
    false.save()

    assert faults() == [(5, END)]


def test_entry_put_in_before_the_start_is_found(chain):
    AuditEntry.objects.create(number=0, actor="x", action="read", label_digest="", previous_mark="", mark="x")

    assert faults() == [(1, "Vor dem Anfang der Kette stehen Einträge, die es nicht gibt: 1.")]


def test_emptied_label_holds_and_another_one_does_not(chain):
    AuditEntry.objects.filter(number=3).update(label="")
    assert faults() == []

    AuditEntry.objects.filter(number=3).update(label="SE-4")
    assert faults() == [(3, "Die Vorgangsnummer des Eintrags wurde verändert.")]


def age(*numbers: int) -> None:
    """Make entries four years old, with a chain that holds."""
    before = ""
    for entry in AuditEntry.objects.order_by("number"):
        if entry.number in numbers:
            entry.at = timezone.now() - dt.timedelta(days=4 * 366)
        entry.previous_mark = before
        before = entry.mark = audit.mark_of(entry)
        entry.save()
    AuditHead.objects.update(last_mark=before)


def limit() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=3 * 366)


def test_old_entries_go_and_the_rest_still_holds(chain, monkeypatch):
    monkeypatch.setattr(audit_pruning, "BATCH", 2)
    age(1, 2, 3)

    assert list(audit_pruning.prune(limit())) == [2, 1]

    assert list(AuditEntry.objects.order_by("number").values_list("number", flat=True)) == [4, 5]
    assert faults() == []
    audit.record("read", None)
    assert faults() == []


def test_all_entries_may_go(chain):
    age(1, 2, 3, 4, 5)

    assert list(audit_pruning.prune(limit())) == [5]
    assert faults() == []
    assert audit.record("read", None).number == 6
    assert faults() == []


def test_only_the_beginning_goes(chain):
    age(1, 4)

    assert list(audit_pruning.prune(limit())) == [1]
    assert AuditEntry.objects.count() == 4


def test_what_was_tampered_with_is_not_pruned(chain, caplog):
    age(1, 2, 3)
    AuditEntry.objects.filter(number=2).update(actor="jemand anderes")

    assert list(audit_pruning.prune(limit())) == []
    assert AuditEntry.objects.count() == 5
    assert "nicht gelöscht" in caplog.text


class Tampering(TestCase):
    """Whatever is changed in whichever entry is found, except for a label that is emptied."""

    FIELDS = {
        "number": st.integers(-5, 50),
        "at": st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)),
        "actor": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
        "action": st.sampled_from(AuditEntry.Action.values),
        "enquiry_id": st.none() | st.integers(1, 99),
        "label": st.text("SE-0123", min_size=1, max_size=8),
        "label_digest": st.text("0123456789abcdef", max_size=64),
        "detail": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
        "previous_mark": st.text("0123456789abcdef", max_size=64),
        "mark": st.text("0123456789abcdef", max_size=64),
    }

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_any_field_of_any_entry(self, data):
        for number in range(1, 4):
            audit.record("read", None, detail=f"Schritt {number}")
        entry = AuditEntry.objects.get(number=data.draw(st.integers(1, 3)))
        name = data.draw(st.sampled_from(sorted(self.FIELDS)))
        before = getattr(entry, name)
        value = data.draw(self.FIELDS[name])
        others = set(AuditEntry.objects.exclude(pk=entry.pk).values_list(name, flat=True))
        if value == before or (name in ("number", "mark") and (value in others or value == -1)):
            return
        setattr(entry, name, max(value, 0) if name == "number" else value)
        if getattr(entry, name) == before:
            return

        entry.save()

        assert faults() != []


def test_command_names_the_end_of_a_chain_that_holds(chain, capsys):
    call_command("verify_audit_trail")

    mark = AuditEntry.objects.get(number=5).mark
    assert capsys.readouterr().out.splitlines() == [
        f"Zugriffsprotokoll: 5 Einträge, Ende 5 {mark}",
        "Das Zugriffsprotokoll ist unverändert.",
    ]


def test_command_names_each_fault_and_ends_with_one(chain, capsys):
    AuditEntry.objects.filter(number__in=[2, 4]).update(detail="nichts")

    with pytest.raises(CommandError, match="2 Fehler") as raised:
        call_command("verify_audit_trail")

    assert raised.value.returncode == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Eintrag 2: Der Eintrag wurde verändert.",
        "Eintrag 4: Der Eintrag wurde verändert.",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="an in-memory database has one connection; PostgreSQL runs this"
)
def test_two_writers_at_once_make_one_chain():
    def write():
        for _ in range(20):
            audit.record("read", None)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert AuditEntry.objects.count() == 40
    assert faults() == []


@pytest.mark.parametrize("act", ["add", "edit", "delete", "copy", "inspect", "history", "usage"])
def test_there_is_no_address_to_change_the_trail(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"audit:{act}", args=[] if act == "add" else [1])


def test_trail_is_filtered_by_account_act_case_and_period(client, chain):
    boss = User.objects.create_superuser("chefin")
    audit.record("exported", boss, EnquiryFactory(reference="SE-9"))
    AuditEntry.objects.filter(number=1).update(at=timezone.now() - dt.timedelta(days=40))
    client.force_login(boss)

    def numbers(query: str) -> list[int]:
        response = client.get(reverse("audit:index") + query)
        assert response.status_code == 200
        return [entry.number for entry in response.context["object_list"]]

    month_ago = timezone.localdate() - dt.timedelta(days=30)
    assert numbers("") == [6, 5, 4, 3, 2, 1]
    assert numbers("?actor=CHEFIN") == [6]
    assert numbers("?action=exported") == [6]
    assert numbers("?label=se-3") == [3]
    assert numbers(f"?at_to={month_ago:%d.%m.%Y}") == [1]
    assert numbers("?p=quatsch&at_from=quatsch&action=quatsch") == [6, 5, 4, 3, 2, 1]


def test_list_asks_the_same_for_one_and_many(client, django_assert_num_queries):
    client.force_login(User.objects.create_superuser("chefin"))
    audit.record("read", None)
    client.get(reverse("audit:index"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("audit:index"))
    audit.record("read", None)
    audit.record("read", None)

    with django_assert_num_queries(len(one)):
        client.get(reverse("audit:index"))


def test_trail_scrolls_by_itself_where_it_is_too_wide(client, chain):
    client.force_login(User.objects.create_superuser("chefin"))

    text = client.get(reverse("audit:index")).text

    assert '<div class="w-overflow-x-auto" role="region" aria-label="Tabelle: Zugriffe" tabindex="0">' in text
    assert "Zugriffsprotokoll" in text

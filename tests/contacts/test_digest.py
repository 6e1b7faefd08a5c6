"""The daily overview: on working days from seven, once, only where there is work, without a word of anybody."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts import digest
from contacts.digest import digest_mails, send_digests
from contacts.models import DigestDay, OutboxMessage, UnitDesk
from stadterneuerung.home.management.commands import worker
from tests.contacts.factories import EnquiryFactory
from tests.contacts.routing_factories import OFFICE, DeputyFactory, reachable_unit
from tests.contacts.test_worker import StopsAfterOneRound
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 25)  # a Wednesday
BERLIN = ZoneInfo("Europe/Berlin")


def at(hour: int, minute: int = 0, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), BERLIN)


def enquiry(unit, reference: str, days: int = 10, **values):
    """Return an enquiry that is due so many days after DAY."""
    return EnquiryFactory(unit=unit, reference=reference, due_on=DAY + dt.timedelta(days=days), **values)


@pytest.fixture
def city(home_page):
    return reachable_unit("City", position=1)


def digests() -> list[tuple[str, str]]:
    return sorted(OutboxMessage.objects.filter(kind="digest").values_list("to", "body_text"))


def body(address: str) -> str:
    [found] = [text for to, text in digests() if to == address]
    return found


def test_it_names_what_is_new_due_late_and_waiting(city):
    enquiry(city, "SE-NEU")
    enquiry(city, "SE-BALD", days=3, state="taken")
    enquiry(city, "SE-SPAET", days=-1, state="taken")
    enquiry(city, "SE-WARTET", days=-1, state="waiting")

    assert send_digests(at(7)) == 1

    [mail] = OutboxMessage.objects.all()
    assert (mail.kind, mail.to, mail.enquiry, mail.subject) == (
        "digest",
        "city@stadtdo.example",
        None,
        "Anfragen am 25.11.2026: Was heute ansteht",
    )
    assert mail.body_text.split("\n\n")[2] == (
        "City\n"
        "- überfällig: 1 (SE-SPAET)\n"
        "- bald fällig: 1 (SE-BALD)\n"
        "- neu: 1 (SE-NEU)\n"
        "- wartet auf Rückmeldung: 1 (SE-WARTET)"
    )
    assert "http://127.0.0.1:8000/admin/anfragen/" in mail.body_text.split()


def test_it_holds_nothing_that_a_citizen_wrote(city):
    enquiry(
        city,
        "SE-1",
        name="Frieda Beispiel",
        email="frieda@example.org",
        phone="0231 12345",
        message="Wann?",
        subject_name="Zuschuss",
        page_title="Rosenviertel",
    )

    send_digests(at(7))

    for word in ("Frieda", "frieda@example.org", "12345", "Wann?", "Zuschuss", "Rosenviertel"):
        assert word not in body(city.mailbox)


def test_what_is_not_on_the_desk_is_not_counted(city):
    enquiry(city, "SE-1")
    enquiry(city, "SE-QUARANTAENE", is_suspicious=True, suspicion="5 Links")
    enquiry(city, "SE-MAIL", mail_only=True)
    enquiry(city, "SE-ZU", days=-9, state="closed", closed_at=timezone.now())

    send_digests(at(7))

    assert "neu: 1 (SE-1)" in body(city.mailbox)
    for reference in ("SE-QUARANTAENE", "SE-MAIL", "SE-ZU"):
        assert reference not in body(city.mailbox)


def test_nothing_to_do_sends_nothing(city):
    enquiry(city, "SE-WARTET", state="waiting")
    enquiry(city, "SE-BEANTWORTET", days=-3, state="answered")

    assert send_digests(at(7)) == 0
    assert digests() == []


@pytest.mark.parametrize(
    ("moment", "mails"),
    [
        (at(6, 59), 0),
        (at(7), 1),
        (at(15), 1),  # a worker that was down makes up for it
        (dt.datetime(2026, 11, 25, 6, 0, tzinfo=dt.UTC), 1),  # seven o'clock in Dortmund
        (dt.datetime(2026, 7, 1, 4, 59, tzinfo=dt.UTC), 0),  # and in summer
        (dt.datetime(2026, 7, 1, 5, 0, tzinfo=dt.UTC), 1),
        (at(7, day=dt.date(2026, 11, 28)), 0),  # Saturday
        (at(7, day=dt.date(2026, 6, 4)), 0),  # Fronleichnam
        (at(7, day=dt.date(2026, 12, 24)), 0),
    ],
)
def test_it_is_sent_on_working_days_from_seven(city, moment, mails):
    enquiry(city, "SE-1")

    assert send_digests(moment) == mails
    assert DigestDay.objects.count() == mails


def test_it_is_sent_once_a_day(city):
    enquiry(city, "SE-1")

    assert [send_digests(at(7)), send_digests(at(7, 5)), send_digests(at(7, day=DAY + dt.timedelta(days=1)))] == [
        1,
        0,
        1,
    ]
    assert list(DigestDay.objects.values_list("mails", flat=True)) == [1, 1]


def test_what_arrives_after_seven_waits_for_the_next_day(city):
    assert send_digests(at(7)) == 0
    enquiry(city, "SE-1")

    assert send_digests(at(9)) == 0
    assert digests() == []


def test_worker_that_loses_the_race_sends_nothing(city, monkeypatch):
    """The other worker writes its day between our look and our insert."""
    enquiry(city, "SE-1")
    real = digest.is_working_day

    def other_worker_is_quicker(day):
        monkeypatch.setattr(digest, "is_working_day", real)
        monkeypatch.setattr(DigestDay.objects, "filter", lambda **_: DigestDay.objects.none())
        DigestDay.objects.create(day=day)
        return True

    monkeypatch.setattr(digest, "is_working_day", other_worker_is_quicker)

    assert send_digests(at(7)) == 0
    assert digests() == []


def test_failure_leaves_the_day_undone(city, monkeypatch):
    enquiry(city, "SE-1")
    with monkeypatch.context() as broken:
        broken.setattr(digest, "digest_mails", lambda day: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send_digests(at(7))

    assert DigestDay.objects.count() == 0
    assert send_digests(at(7, 5)) == 1


def test_units_that_want_none_get_none(city):
    silent, off = reachable_unit("Still"), reachable_unit("Aus")
    UnitDesk.objects.create(unit=city)
    UnitDesk.objects.create(unit=silent, wants_digest=False)
    UnitDesk.objects.create(unit=off, uses_desk=False)
    for unit in (city, silent, off):
        enquiry(unit, f"SE-{unit.name}")

    send_digests(at(7))

    assert [to for to, _ in digests()] == ["city@stadtdo.example"]
    for reference in ("SE-Still", "SE-Aus"):
        assert reference not in body(city.mailbox)


def test_office_gets_in_one_mail_what_no_unit_or_no_confirmed_mailbox_has(city):
    unconfirmed, without = UnitFactory(name="Neu", mailbox="neu@stadtdo.example", position=2), UnitFactory(name="Ohne")
    for unit in (city, unconfirmed, without, None):
        enquiry(unit, f"SE-{unit.name if unit else 'niemand'}")

    assert send_digests(at(7)) == 2

    text = body(OFFICE)
    assert [part.splitlines()[0] for part in text.split("\n\n")[2:5]] == ["Ohne", "Neu", "Ohne Einheit"]
    assert "SE-niemand" in text
    assert "SE-City" not in text


def test_office_is_told_of_quarantine_whichever_unit_it_would_reach(city):
    enquiry(city, "SE-NEU", is_suspicious=True)
    enquiry(None, "SE-ALT", is_suspicious=True, created_at=timezone.now() - dt.timedelta(days=3))
    enquiry(None, "SE-ZU", is_suspicious=True, state="closed", closed_at=timezone.now())

    assert send_digests(at(7)) == 1

    assert body(OFFICE).split("\n\n")[2] == (
        "In Quarantäne\n"
        "- freigeben oder als Spam schließen: 2 (SE-ALT, SE-NEU)\n"
        "  http://127.0.0.1:8000/admin/anfragen/?ansicht=quarantaene"
    )


def test_deputies_get_it_beside_their_own_in_one_mail(city):
    deputy = reachable_unit("Nord", position=2)
    DeputyFactory(unit=city, deputy=deputy, first_day=DAY, last_day=DAY)
    enquiry(city, "SE-CITY")
    enquiry(deputy, "SE-NORD")

    send_digests(at(7))

    assert [to for to, _ in digests()] == ["city@stadtdo.example", "nord@stadtdo.example"]
    assert ["SE-CITY" in text for _, text in digests()] == [True, True]
    assert ["SE-NORD" in text for _, text in digests()] == [False, True]


def test_long_lists_are_cut_and_counted(city):
    for number in range(17):
        enquiry(city, f"SE-{number:02}", days=number + 5)

    send_digests(at(7))

    shown = ", ".join(f"SE-{number:02}" for number in range(15))
    assert f"- neu: 17 ({shown} und 2 weitere)" in body(city.mailbox)


def test_queries_do_not_grow_with_units(home_page):
    counts = []
    for number in range(2):
        for each in range(2):
            unit = reachable_unit(f"E{number}{each}")
            DeputyFactory(unit=unit, deputy=reachable_unit(f"V{number}{each}"), first_day=DAY)
            enquiry(unit, f"SE-{number}{each}")
        with CaptureQueriesContext(connection) as queries:
            mails = digest_mails(DAY)
        counts.append((len(mails), len(queries)))

    assert counts == [(4, 7), (8, 7)]


def test_the_worker_makes_it(monkeypatch):
    called = []
    monkeypatch.setattr(worker, "stop_on_signals", StopsAfterOneRound)
    for name in ("close_old_connections", "publish_scheduled", "clean_up"):
        monkeypatch.setattr(worker, name, lambda: None)
    monkeypatch.setattr(worker, "send_digests", lambda: called.append("digest"))

    call_command("worker")

    assert called == ["digest"]

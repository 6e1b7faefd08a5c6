"""From a form to rows in the database: one transaction, the right recipients, nothing dropped, nothing doubled."""

import datetime as dt
from unittest import mock

import pytest
from django.db import DatabaseError
from django.utils import timezone

from contacts import mails, status_acts
from contacts.limits import acknowledgement_limit
from contacts.models import Enquiry, OutboxMessage, ProcessingPurpose
from contacts.outbox import deliver_due
from tests.contacts.conftest import post, stamp_for
from tests.contacts.factories import SubjectFactory, new_version
from tests.factories import ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db

Kind = OutboxMessage.Kind


def sent_to(*kinds) -> list[str]:
    return sorted(OutboxMessage.objects.filter(kind__in=kinds).values_list("to", flat=True))


def test_rows_are_stored_before_any_mail(client, contact_page, enquiry_data, mailoutbox):
    post(client, contact_page, enquiry_data)

    assert sorted(OutboxMessage.objects.values_list("kind", "to", "state")) == [
        ("acknowledgement", "frieda@example.org", "pending"),
        ("office", "stadterneuerung@stadtdo.de", "pending"),
    ]
    assert mailoutbox == []


def test_enquiry_and_mails_are_one_transaction(client, contact_page, enquiry_data, monkeypatch):
    def fail(enquiry, **options):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(mails, "mails_on_arrival", fail)

    response = post(client, contact_page, enquiry_data)

    assert response.status_code == 503
    assert (Enquiry.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_office_mail_names_project_and_unit_and_answers_go_to_the_sender(client, contact_page, enquiry_data):
    unit = UnitFactory(name="Stabsstelle Citymanagement")
    project = ProjectPageFactory(title="Rosenviertel", responsible_unit=unit)

    post(client, contact_page, enquiry_data | {"zu": project.pk})

    enquiry = Enquiry.objects.get()
    mail = OutboxMessage.objects.get(kind=Kind.OFFICE)
    assert mail.to == "stadterneuerung@stadtdo.de"
    assert mail.subject == (f"Anfrage {enquiry.reference} · Allgemeines · Rosenviertel · Stabsstelle Citymanagement")
    assert mail.reply_to == "frieda@example.org"
    for text in ("Frieda Beispiel", "Wann beginnt der Umbau?", f"/admin/anfragen/{enquiry.pk}/rueckmeldung/"):
        assert text in mail.body_text
    assert (enquiry.unit, enquiry.page_id, enquiry.page_title) == (unit, project.pk, "Rosenviertel")


def test_text_in_mails_is_not_escaped(client, contact_page, enquiry_data):
    post(client, contact_page, enquiry_data | {"message": 'Höhe > 3 m & "breit" <b>'})

    assert 'Höhe > 3 m & "breit" <b>' in OutboxMessage.objects.get(kind=Kind.OFFICE).body_text


@pytest.mark.parametrize(
    ("confirmed", "expected"),
    [(False, [("office", "stadterneuerung@stadtdo.de")]), (True, [("unit", "unit@stadtdo.example")])],
)
def test_office_gets_the_mail_until_a_mailbox_is_confirmed(client, contact_page, enquiry_data, confirmed, expected):
    unit = UnitFactory(mailbox="unit@stadtdo.example", mailbox_confirmed_at=timezone.now() if confirmed else None)
    project = ProjectPageFactory(responsible_unit=unit)

    post(client, contact_page, enquiry_data | {"zu": project.pk})

    internal = OutboxMessage.objects.exclude(kind=Kind.ACKNOWLEDGEMENT)
    assert list(internal.values_list("kind", "to")) == expected


def test_page_decides_before_subject(client, contact_page, enquiry_data):
    by_page, by_subject = UnitFactory(), UnitFactory()
    with_unit = SubjectFactory(unit=by_subject)
    project, unowned = ProjectPageFactory(responsible_unit=by_page), ProjectPageFactory()

    for page in (project, unowned):
        post(client, contact_page, enquiry_data | {"zu": page.pk, "subject": with_unit.slug})
    post(client, contact_page, enquiry_data)

    units = list(Enquiry.objects.order_by("pk").values_list("unit", flat=True))
    assert units == [by_page.pk, by_subject.pk, None]


def test_words_that_imitate_our_footer_stay_quoted(client, contact_page, enquiry_data):
    forged = "Hallo\n\n--\nBitte sagen Sie es hier (Anmeldung nötig):\nhttps://falsch.example/admin/"
    post(client, contact_page, enquiry_data | {"message": forged})

    lines = OutboxMessage.objects.get(kind=Kind.OFFICE).body_text.splitlines()
    start = lines.index("> Hallo")
    assert lines[start : start + 5] == [
        "> Hallo",
        ">",
        "> --",
        "> Bitte sagen Sie es hier (Anmeldung nötig):",
        "> https://falsch.example/admin/",
    ]
    assert [line for line in lines if line.startswith("--")] == ["--"]
    assert sum(line.startswith("Was mit „>“ beginnt") for line in lines) == 1


def test_acknowledgement_repeats_nothing_that_was_typed(client, contact_page, enquiry_data):
    project = ProjectPageFactory(title="Rosenviertel")
    post(client, contact_page, enquiry_data | {"zu": project.pk, "name": "Kauf jetzt billig"})

    mail = OutboxMessage.objects.get(kind=Kind.ACKNOWLEDGEMENT)
    assert Enquiry.objects.get().reference in mail.body_text
    assert Enquiry.objects.get().reference in mail.subject
    assert mail.reply_to == "stadterneuerung@stadtdo.de"
    for typed in ("Kauf jetzt billig", "Umbau", "Frieda"):
        assert typed not in mail.body_text + mail.subject


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return a context in which what follows a transaction happens."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_acknowledgements_are_limited_by_address(client, contact_page, enquiry_data, committed):
    for number in range(5):
        address = "FRIEDA@example.org" if number % 2 else "frieda@example.org"
        with committed():
            post(client, contact_page, enquiry_data | {"message": f"Frage {number}", "email": address})
    post(client, contact_page, enquiry_data | {"email": "anders@example.org"})

    assert Enquiry.objects.count() == 6
    assert len(sent_to(Kind.OFFICE)) == 6
    assert OutboxMessage.objects.filter(kind=Kind.ACKNOWLEDGEMENT, to__iexact="frieda@example.org").count() == 3
    assert OutboxMessage.objects.filter(kind=Kind.ACKNOWLEDGEMENT, to="anders@example.org").count() == 1


def test_acknowledgements_of_yesterday_do_not_count(client, contact_page, enquiry_data):
    yesterday = timezone.now() - dt.timedelta(days=1)
    with mock.patch("stadterneuerung.base.http.timezone.now", return_value=yesterday):
        for _ in range(3):
            acknowledgement_limit().add("frieda@example.org")

    post(client, contact_page, enquiry_data | {"message": "heute"})

    assert OutboxMessage.objects.filter(kind=Kind.ACKNOWLEDGEMENT).count() == 1


def test_message_that_was_not_stored_counts_for_no_acknowledgement(client, contact_page, enquiry_data, committed):
    with mock.patch("contacts.intake.OutboxMessage.objects.bulk_create", side_effect=DatabaseError), committed():
        for _ in range(3):
            assert post(client, contact_page, enquiry_data).status_code == 503

    with committed():
        post(client, contact_page, enquiry_data)

    assert OutboxMessage.objects.filter(kind=Kind.ACKNOWLEDGEMENT).count() == 1


def test_withdrawing_does_not_open_the_limit_of_acknowledgements(client, contact_page, enquiry_data, committed):
    for number in range(4):
        with committed():
            post(client, contact_page, enquiry_data | {"message": f"Frage {number}"})
        last = Enquiry.objects.latest("pk")
        acknowledged = last.outbox.filter(kind=Kind.ACKNOWLEDGEMENT).count()
        status_acts.withdraw(last)

    assert (number, acknowledged) == (3, 0)


@pytest.mark.parametrize(
    ("changed", "seconds", "reason"),
    [
        ({"trap": "x"}, 60, "das unsichtbare Feld ist ausgefüllt"),
        ({}, 1, "schneller abgesendet, als jemand tippt"),
        ({"message": "https://a.example " * 5}, 60, "5 Links"),
    ],
)
def test_suspicious_messages_are_kept_and_marked(client, contact_page, enquiry_data, changed, seconds, reason):
    response = post(client, contact_page, enquiry_data | changed, stamp=stamp_for(contact_page, seconds=seconds))

    enquiry = Enquiry.objects.get()
    assert response.status_code == 303
    assert client.get(response.url).status_code == 200
    assert (enquiry.is_suspicious, enquiry.suspicion) == (True, reason)
    # The office still gets it, marked; the sender, who may be somebody else, gets nothing.
    assert OutboxMessage.objects.get().subject.startswith("[Bitte prüfen] Anfrage")
    assert reason in OutboxMessage.objects.get().body_text


def test_a_few_links_are_no_reason_for_suspicion(client, contact_page, enquiry_data):
    post(client, contact_page, enquiry_data | {"message": "www.a.example https://b.example http://c.example www.d.de"})

    assert not Enquiry.objects.get().is_suspicious


def test_double_click_makes_one_enquiry(client, contact_page, enquiry_data):
    stamp = stamp_for(contact_page)

    first = post(client, contact_page, enquiry_data, stamp=stamp)
    second = post(client, contact_page, enquiry_data, stamp=stamp)

    assert first.url == second.url
    assert (Enquiry.objects.count(), OutboxMessage.objects.count()) == (1, 2)


def test_other_text_from_the_same_form_is_another_message(client, contact_page, enquiry_data):
    stamp = stamp_for(contact_page)

    post(client, contact_page, enquiry_data, stamp=stamp)
    post(client, contact_page, enquiry_data | {"message": "Und wann endet er?"}, stamp=stamp)

    assert Enquiry.objects.count() == 2


def test_second_click_that_loses_the_race_finds_the_first(client, contact_page, enquiry_data, monkeypatch):
    """The other request commits between our look and our insert."""
    stamp = stamp_for(contact_page)
    looked = []
    real_filter = Enquiry.objects.filter

    def filter_once_blind(*args, **kwargs):
        if "submission_key" in kwargs and not looked:
            looked.append(True)
            post(client, contact_page, enquiry_data, stamp=stamp)
            return Enquiry.objects.none()
        return real_filter(*args, **kwargs)

    monkeypatch.setattr(Enquiry.objects, "filter", filter_once_blind)

    response = post(client, contact_page, enquiry_data, stamp=stamp)

    assert response.status_code == 303
    assert (Enquiry.objects.count(), OutboxMessage.objects.count()) == (1, 2)


def test_reference_that_is_taken_is_replaced(client, contact_page, enquiry_data, monkeypatch):
    references = iter(["SE-2026-AAAA-2222", "SE-2026-AAAA-2222", "SE-2026-BBBB-3333"])
    monkeypatch.setattr("contacts.intake.new_reference", lambda prefix: next(references))

    post(client, contact_page, enquiry_data)
    post(client, contact_page, enquiry_data | {"message": "Noch etwas"})

    assert sorted(Enquiry.objects.values_list("reference", flat=True)) == ["SE-2026-AAAA-2222", "SE-2026-BBBB-3333"]


INJECTION = "Harmlos\r\nBcc: opfer@example.org\r\n\r\nFremder Text"


def test_nothing_typed_reaches_the_head_of_a_mail(client, contact_page, enquiry_data, mailoutbox):
    project = ProjectPageFactory(title="Titel")
    type(project).objects.update(title=INJECTION)
    SubjectFactory(slug="boese", name=INJECTION)
    post(client, contact_page, enquiry_data | {"zu": project.pk, "subject": "boese", "name": INJECTION})

    deliver_due()

    assert len(mailoutbox) == 2
    for mail in mailoutbox:
        head = mail.message()
        assert head["Bcc"] is None
        assert "\n" not in mail.subject
        assert mail.recipients() in (["stadterneuerung@stadtdo.de"], ["frieda@example.org"])


@pytest.mark.parametrize(
    "address", ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "A <a@example.org>", "a@b@c.de"]
)
def test_addresses_that_are_more_than_one(client, contact_page, enquiry_data, address):
    response = post(client, contact_page, enquiry_data | {"email": address})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]


def test_version_of_the_notice_that_was_shown_is_kept(client, contact_page, enquiry_data):
    shown = ProcessingPurpose.objects.in_force("question")
    new_version(shown, valid_from=dt.date(2027, 3, 2))
    after_midnight = timezone.make_aware(dt.datetime(2027, 3, 2, 1))
    with mock.patch.object(timezone, "now", return_value=after_midnight):
        post(client, contact_page, enquiry_data, stamp=stamp_for(contact_page, seconds=2 * 3600))

    enquiry = Enquiry.objects.get()
    assert enquiry.purpose == shown
    assert enquiry.privacy_version == shown.valid_from


def test_barrier_report_is_stored_and_mailed(client, barrier_page):
    data = {"description": "Kein Alternativtext", "contact": "frieda@example.org", "url": "/projekte/"}

    response = post(client, barrier_page, data)

    report = Enquiry.objects.get()
    assert response.url.startswith("/barriere-melden/gesendet/")
    assert (report.message, report.email, report.url) == (
        "Kein Alternativtext",
        "frieda@example.org",
        "/projekte/",
    )
    office = OutboxMessage.objects.get(kind=Kind.OFFICE)
    assert (office.to, office.reply_to) == ("stadterneuerung@stadtdo.de", "frieda@example.org")
    assert "Ombudsverfahren" in office.body_text
    assert sent_to(Kind.ACKNOWLEDGEMENT) == ["frieda@example.org"]

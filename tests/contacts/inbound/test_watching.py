"""Settings that cannot be right are refused, and a mailbox that is not read is told."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts.checks import check_inbound, check_inbound_units
from contacts.desk.warnings import desk_warnings
from contacts.inbound.server import server_of
from contacts.models import MailboxState, WorkerBeat
from stadterneuerung.organisation.models import OrganisationUnit
from tests.contacts.inbound.letters import INBOUND


# --- Settings -------------------------------------------------------------------------------------------------------
def test_url_names_account_server_and_folder():
    server = server_of("imaps://name%40stadt.example:p%3Aw@mail.example/INBOX/Web%20site")

    assert (server.user, server.password) == ("name@stadt.example", "p:w")
    assert (server.host, server.port, server.tls, server.folder) == ("mail.example", 993, True, "INBOX/Web site")
    assert "p:w" not in repr(server)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"INBOUND_IMAP_URL": ""}, []),
        ({"INBOUND_IMAP_URL": "imap://a:b@mail.example/INBOX"}, ["contacts.E001"]),
        ({"INBOUND_IMAP_URL": "https://a:b@mail.example"}, ["contacts.E001"]),
        ({"INBOUND_IMAP_URL": "imaps://mail.example"}, ["contacts.E001"]),
        ({"INBOUND_IMAP_URL": "imaps://a:b@mail.example:x"}, ["contacts.E001"]),
        ({"INBOUND_ADDRESS": ""}, ["contacts.E002"]),
        ({"INBOUND_ADDRESS": "ein+gang@stadtdo.example"}, ["contacts.E003"]),
        ({"INBOUND_ADDRESS": "eingang-der-anfragen-des-amts@stadtdo.example"}, ["contacts.E004"]),
        ({"ENQUIRY_MAILBOX": INBOUND.upper()}, ["contacts.E005"]),
    ],
)
def test_settings_that_cannot_be_right_are_refused(settings, changes, codes):
    for name, value in changes.items():
        setattr(settings, name, value)

    found = check_inbound(None)

    assert [error.id for error in found] == codes
    assert not [error for error in found if "geheim" in error.msg]


def test_mailbox_of_a_unit_is_named(unit, settings):
    assert check_inbound_units(None, databases=["default"]) == []

    settings.INBOUND_ADDRESS = "A@stadtdo.example"
    OrganisationUnit.objects.update(name="", key="stab-a")

    [warning] = check_inbound_units(None, databases=["default"])
    assert (warning.id, "Bezeichnung folgt (stab-a)“" in warning.msg) == ("contacts.W002", True)


# --- State ----------------------------------------------------------------------------------------------------------
def warnings() -> list[str]:
    WorkerBeat.beat()
    return [each.text for each in desk_warnings()]


@pytest.mark.django_db
def test_mailbox_that_is_read_is_no_news(client):
    MailboxState.note_well(0)

    assert warnings() == []
    assert client.get("/healthz").json()["inbound"] == {"silent_seconds": 0, "in_review": 0}
    assert client.get("/healthz").json()["status"] == "ok"


@pytest.mark.django_db
def test_mailbox_that_was_never_read_is_told(client):
    assert warnings() == ["Eingehende Mails werden nicht abgeholt. Bitte sagen Sie dem Betrieb Bescheid."]
    assert client.get("/healthz").json()["inbound"] == {"silent_seconds": None, "in_review": 0}
    assert client.get("/healthz").json()["status"] == "degraded"


@pytest.mark.django_db
def test_mailbox_that_is_not_read_any_more_is_told_with_the_kind_of_error():
    MailboxState.note_well(0)
    MailboxState.objects.update(well_at=timezone.now() - dt.timedelta(hours=1))
    MailboxState.note_error(TimeoutError("words"))

    assert warnings() == [
        "Eingehende Mails werden nicht abgeholt (TimeoutError). Bitte sagen Sie dem Betrieb Bescheid."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "said"), [(1, "liegt eine Mail"), (3, "liegen 3 Mails")])
def test_mails_that_a_person_has_to_look_at_are_told(count, said):
    MailboxState.note_well(count)

    assert warnings() == [f"Im Postfach für eingehende Mails {said} im Ordner „Zu prüfen“: Bitte dort nachsehen."]


@pytest.mark.django_db
def test_without_a_mailbox_nothing_is_told(client, settings):
    settings.INBOUND_IMAP_URL = ""

    assert warnings() == []
    assert "inbound" not in client.get("/healthz").json()

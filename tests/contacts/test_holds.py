"""Deletion is suspended and released by those who may, and the trail says so."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.models import AuditEntry, Enquiry
from stadterneuerung.base.dates import today
from stadterneuerung.users.models import User
from tests.contacts.factories import EnquiryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(set_up_site, client, db):
    user = User.objects.create_user("leitung")
    user.groups.add(Group.objects.get(name="Freigabe"))
    client.force_login(user)
    return client


def send(client, **data) -> str:
    return client.post(reverse("contacts_holds"), data, follow=True).text


def act(client, enquiry, was: str) -> str:
    return send(client, was=was, vorgang=enquiry.pk, fassung=enquiry.version)


def trail() -> list[tuple[str, str, str]]:
    """What was done; that the list was seen is told elsewhere."""
    return list(AuditEntry.objects.exclude(action="listed").values_list("action", "actor", "detail"))


def test_lead_suspends_and_lifts(lead):
    enquiry = EnquiryFactory(reference="SE-1", message="Geheime Worte")

    said = send(lead, reference=" se-1 ", reason="Klage vor dem Verwaltungsgericht")
    enquiry.refresh_from_db()
    assert "Die Löschung von SE-1 ist ausgesetzt." in said
    assert "Klage vor dem Verwaltungsgericht" in said
    assert "Geheime Worte" not in said
    assert (enquiry.hold, enquiry.version) == ("legal", 2)
    assert trail() == [("held", "leitung", "Löschung ausgesetzt")]

    act(lead, enquiry, "aufheben")
    enquiry.refresh_from_db()
    assert (enquiry.hold, enquiry.hold_reason) == ("none", "")
    assert trail()[0] == ("held", "leitung", "Aussetzung aufgehoben")


def test_lead_releases_what_the_archive_has_answered(lead):
    enquiry = EnquiryFactory(hold="offered", offered_on=today(), state="closed", closed_at=timezone.now())

    act(lead, enquiry, "freigeben")

    enquiry.refresh_from_db()
    assert (enquiry.hold, enquiry.offered_on) == ("none", today())


def test_lifting_offers_to_the_archive_anew(lead):
    enquiry = EnquiryFactory(hold="legal", hold_reason="Klage", offered_on=today())

    act(lead, enquiry, "aufheben")

    enquiry.refresh_from_db()
    assert enquiry.offered_on is None


def test_older_version_changes_nothing(lead):
    enquiry = EnquiryFactory(hold="legal", hold_reason="Klage")
    Enquiry.objects.update(version=2)

    assert "jemand anderes" in act(lead, enquiry, "aufheben")
    assert Enquiry.objects.get().hold == "legal"


@pytest.mark.parametrize("was", ["aufheben", "freigeben"])
def test_act_that_makes_no_sense_is_told(lead, was):
    enquiry = EnquiryFactory()

    assert str(enquiry) in act(lead, enquiry, was)
    assert trail() == []


@pytest.mark.parametrize("data", [{}, {"reference": "SE-unbekannt", "reason": "Klage"}, {"reference": "x" * 50}])
def test_what_cannot_be_suspended_is_said_at_the_field(lead, data):
    response = lead.post(reverse("contacts_holds"), data)

    assert response.status_code == 422
    assert "reference" in response.context["form"].errors


@pytest.mark.parametrize("data", [{"vorgang": "x"}, {"vorgang": "9" * 40, "fassung": "1"}, {"vorgang": "-1"}])
def test_invented_acts_do_nothing(lead, data):
    assert "jemand anderes" in send(lead, was="aufheben", **data)


def test_suspending_twice_is_told(lead):
    EnquiryFactory(reference="SE-1", hold="legal", hold_reason="Klage")

    assert "schon ausgesetzt" in send(lead, reference="SE-1", reason="Noch eine")


def test_list_asks_the_same_for_one_and_many(lead, django_assert_num_queries):
    EnquiryFactory(hold="legal", hold_reason="Klage")
    lead.get(reverse("contacts_holds"))
    with CaptureQueriesContext(connection) as one:
        lead.get(reverse("contacts_holds"))
    EnquiryFactory.create_batch(2, hold="legal", hold_reason="Klage")

    with django_assert_num_queries(len(one)):
        lead.get(reverse("contacts_holds"))

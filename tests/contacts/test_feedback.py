"""The page to which a unit's mail leads: two clicks, and nothing happens by following the link alone."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.mails import internal_mails
from contacts.models import AuditEntry, Enquiry, EnquiryEvent
from tests.contacts.accounts import account, clerk
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

Kind = EnquiryEvent.Kind


@pytest.fixture
def unit(home_page):
    return UnitFactory()


@pytest.fixture
def user(unit):
    return clerk(unit, first_name="Rosa", last_name="Amt")


@pytest.fixture
def page(client, user):
    client.force_login(user)
    return client


def address(enquiry: Enquiry) -> str:
    return reverse("contacts_feedback", args=[enquiry.pk])


def press(client, enquiry: Enquiry, act: str, *, version: int = 1, **data):
    fields = {f"feedback-{name}": value for name, value in data.items()}
    return client.post(address(enquiry), {"act": act, "version": version, "seen": 0, **fields})


def buttons(response) -> list[str]:
    return re.findall(r'name="act" value="(\w+)"', response.text)


@pytest.mark.parametrize("make", [EnquiryFactory, BarrierReportFactory])
def test_the_mail_carries_one_link_and_it_leads_here(page, unit, make):
    enquiry = make(unit=unit)

    [mail] = internal_mails(enquiry)

    [link] = re.findall(r"https?://\S+", mail.body_text)
    assert link.endswith(address(enquiry))
    assert page.get(link.partition("/admin/")[1] + link.partition("/admin/")[2]).status_code == 200


def test_a_unit_that_works_by_mail_gets_no_link(unit):
    [mail] = internal_mails(EnquiryFactory(unit=unit, mail_only=True))

    assert "/admin/" not in mail.body_text


def test_signing_in_leads_back(client, unit):
    enquiry = EnquiryFactory(unit=unit)

    response = client.get(address(enquiry))

    assert response.url == f"{reverse('wagtailadmin_login')}?next={address(enquiry)}"


def test_following_the_link_changes_nothing(page, unit):
    enquiry = EnquiryFactory(unit=unit)

    page.get(address(enquiry))
    page.head(address(enquiry))

    assert (Enquiry.objects.get().version, enquiry.events.count()) == (1, 0)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["read"]


def test_we_care(page, user, unit):
    enquiry = EnquiryFactory(unit=unit)

    response = press(page, enquiry, "take", text="Ich rufe an.")

    stored, shown = Enquiry.objects.get(), page.get(address(enquiry))
    assert response.url == address(enquiry)
    assert (stored.state, stored.assignee) == ("taken", user)
    assert list(enquiry.events.values_list("kind", "text")) == [(Kind.TAKEN, "Ich rufe an.")]
    assert shown.context["state"] == "Sie haben diese Anfrage übernommen."
    assert reverse("enquiry:edit", args=[enquiry.pk]) in shown.text
    assert buttons(shown) == ["elsewhere"]


def test_answered_already(page, user, unit):
    enquiry = EnquiryFactory(unit=unit)

    press(page, enquiry, "elsewhere", text="Am Telefon.")

    shown = page.get(address(enquiry))
    assert Enquiry.objects.get().state == "answered"
    assert list(enquiry.events.values_list("kind", "text")) == [(Kind.ANSWERED_ELSEWHERE, "Am Telefon.")]
    assert (shown.context["state"], buttons(shown)) == ("Diese Anfrage ist beantwortet.", [])


def test_an_answer_to_a_barrier_needs_the_word_about_the_ombuds_office(page, unit):
    report = BarrierReportFactory(unit=unit)

    refused = press(page, report, "elsewhere", text="Am Telefon.")
    assert refused.status_code == 422
    assert "Bitte bestätigen Sie, dass die Antwort auf das Ombudsverfahren hinwies" in refused.text
    assert "Am Telefon." in refused.text
    assert report.events.count() == 0

    press(page, report, "elsewhere", text="Am Telefon.", ombuds_named="on")
    assert Enquiry.objects.get().ombuds_named is True


@pytest.mark.parametrize(
    ("fields", "state", "offered"),
    [
        ({}, "Noch hat niemand diese Anfrage übernommen.", ["take", "elsewhere"]),
        ({"state": "taken"}, "Karl Kollege kümmert sich um diese Anfrage.", ["elsewhere"]),
        ({"state": "waiting"}, "Karl Kollege hat zurückgefragt und wartet auf Rückmeldung.", ["elsewhere"]),
        ({"state": "answered"}, "Diese Anfrage ist beantwortet.", []),
        ({"state": "closed"}, "Diese Anfrage ist seit dem", []),
        ({"is_suspicious": True}, "Diese Nachricht liegt in Quarantäne.", []),
        ({"erased_at": True, "state": "closed", "message": "", "email": ""}, "Der Inhalt dieser Anfrage ist am", []),
    ],
)
def test_it_says_how_things_stand(page, unit, fields, state, offered):
    moment = timezone.now()
    colleague = clerk(unit, first_name="Karl", last_name="Kollege")
    fields = {
        **fields,
        "assignee": colleague if fields.get("state") in ("taken", "waiting") else None,
        "closed_at": moment if fields.get("state") == "closed" else None,
        "erased_at": moment if "erased_at" in fields else None,
    }

    shown = page.get(address(EnquiryFactory(unit=unit, **fields)))

    assert shown.context["state"].startswith(state)
    assert buttons(shown) == offered


@pytest.mark.parametrize("act", ["take", "elsewhere"])
def test_who_comes_second_is_told_and_keeps_the_note(page, client, unit, act):
    enquiry = BarrierReportFactory(unit=unit)
    press(page, enquiry, "take", text="Ich.")
    client.force_login(clerk(unit, first_name="Karl", last_name="Kollege"))

    response = press(client, enquiry, act, text="Mein Vermerk")

    assert response.status_code == 409
    assert "Rosa Amt: übernommen" in response.text
    assert response.text.count("Mein Vermerk</textarea>") == 1
    assert enquiry.events.count() == 1


def test_a_note_that_is_too_long_is_kept(page, unit):
    enquiry = EnquiryFactory(unit=unit)

    response = press(page, enquiry, "take", text="x" * 20_001)

    assert response.status_code == 422
    assert "Der Text hat 20001 Zeichen" in response.text
    assert "x" * 20_001 in response.text


def test_acts_of_the_desk_are_not_taken_here(page, unit):
    enquiry = EnquiryFactory(unit=unit)

    assert press(page, enquiry, "close").status_code == 302
    assert enquiry.events.count() == 0


def test_who_may_only_look_presses_nothing(client, unit):
    client.force_login(account("access_admin", "view_enquiry", units=[unit]))
    enquiry = EnquiryFactory(unit=unit)

    assert buttons(client.get(address(enquiry))) == []
    assert press(client, enquiry, "take").status_code == 302
    assert enquiry.events.count() == 0

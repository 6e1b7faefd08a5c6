"""Acts on many enquiries at once: what is shown, what is done, what is not and why."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.desk import bulk
from contacts.models import AuditEntry, Enquiry, OutboxMessage
from tests.contacts.factories import EnquiryFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
URL = "/admin/anfragen/mehrere/"


@pytest.fixture
def unit(home_page):
    return UnitFactory(name="Stadtumbau")


def ask(client, act: str, *enquiries: Enquiry):
    return client.get(URL, {"act": act, "id": [enquiry.pk for enquiry in enquiries]})


def items_of(response) -> list[str]:
    return re.findall(r'name="item" value="([^"]+)"', response.text)


def confirm(client, response, act: str, **data):
    """Send the form of a confirmation page as it was shown."""
    return client.post(URL, {"act": act, "item": items_of(response), **data}, follow=True)


def test_taking_several(caseworker, client, unit):
    me = caseworker(unit)
    enquiries = [EnquiryFactory(unit=unit), EnquiryFactory(unit=unit)]

    shown = ask(client, "uebernehmen", *enquiries)
    before = set(Enquiry.objects.values_list("state", "assignee"))
    done = confirm(client, shown, "uebernehmen", note="Mache ich.")

    assert before == {("new", None)}
    assert set(Enquiry.objects.values_list("state", "assignee")) == {("taken", me.pk)}
    assert "2 Anfragen übernommen." in done.text
    assert {(event.kind, event.text) for event in enquiries[0].events.all()} == {("taken", "Mache ich.")}
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["changed", "changed"]


def test_passing_on_asks_for_the_unit_and_mails_it(caseworker, client, unit):
    caseworker(unit)
    other = UnitFactory(name="Quartiere")
    enquiry = EnquiryFactory(unit=unit)
    shown = ask(client, "weitergeben", enquiry)

    refused = confirm(client, shown, "weitergeben", unit="", note="Bitte übernehmen Sie.")
    enquiry.refresh_from_db()
    assert enquiry.unit == unit
    assert "Bitte wählen Sie die Einheit, die diese Anfragen bekommt." in refused.text
    assert "Bitte übernehmen Sie." in refused.text

    confirm(client, refused, "weitergeben", unit=other.pk)
    enquiry.refresh_from_db()
    assert enquiry.unit == other
    assert OutboxMessage.objects.filter(enquiry=enquiry).count() == 1


def test_passing_on_to_the_office(caseworker, client, unit):
    caseworker(unit)
    enquiry = EnquiryFactory(unit=unit)

    confirm(client, ask(client, "weitergeben", enquiry), "weitergeben", unit="amt")

    enquiry.refresh_from_db()
    assert enquiry.unit is None


def test_closing_several(lead, client):
    lead()
    enquiries = [EnquiryFactory(), EnquiryFactory()]

    confirm(client, ask(client, "abschliessen", *enquiries), "abschliessen")

    assert set(Enquiry.objects.values_list("state", flat=True)) == {"closed"}


def test_release_brings_the_mails_that_were_held_back(lead, client):
    lead()
    enquiry = EnquiryFactory(is_suspicious=True, suspicion="9 Links")

    confirm(client, ask(client, "freigeben", enquiry), "freigeben")

    enquiry.refresh_from_db()
    assert not enquiry.is_suspicious
    assert set(enquiry.outbox.values_list("kind", flat=True)) == {"office", "acknowledgement"}


def test_spam_is_closed_and_kept_without_a_mail(lead, client):
    lead()
    enquiry = EnquiryFactory(is_suspicious=True, suspicion="9 Links", message="Kaufen Sie!")

    confirm(client, ask(client, "spam", enquiry), "spam", note="Werbung")

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.is_suspicious, enquiry.message) == ("closed", True, "Kaufen Sie!")
    assert [event.text for event in enquiry.events.all()] == ["Als Spam geschlossen. Werbung"]
    assert enquiry.outbox.count() == 0
    done = client.get(reverse("enquiry:index"), {"ansicht": "erledigt"})
    assert list(done.context["object_list"]) == [enquiry]
    assert "als Spam geschlossen" in done.text


def test_what_cannot_be_done_is_told_and_the_rest_is_done(lead, client):
    me = lead()
    fine, overtaken = EnquiryFactory(reference="SE-FINE"), EnquiryFactory(reference="SE-OVERTAKEN")
    closed = EnquiryFactory(reference="SE-CLOSED", state="closed", closed_at=timezone.now())
    odd = EnquiryFactory(reference="SE-ODD", is_suspicious=True)
    shown = ask(client, "uebernehmen", fine, overtaken, closed, odd)
    Enquiry.objects.filter(pk=overtaken.pk).update(version=overtaken.version + 1)

    result = confirm(client, shown, "uebernehmen")

    assert {one.reference: reason for one, reason in result.context["outcome"].refused} == {
        "SE-OVERTAKEN": "Jemand anderes hat sie inzwischen bearbeitet.",
        "SE-CLOSED": "Das geht nicht, solange die Anfrage „abgeschlossen“ ist.",
        "SE-ODD": "Diese Anfrage ist in Quarantäne. Bitte geben Sie sie erst frei.",
    }
    assert "1 übernommen." in result.text
    assert list(Enquiry.objects.filter(assignee=me)) == [fine]


def test_sending_the_same_page_twice_acts_once(lead, client):
    lead()
    enquiry = EnquiryFactory()
    shown = ask(client, "uebernehmen", enquiry)

    confirm(client, shown, "uebernehmen")
    confirm(client, shown, "uebernehmen")

    assert enquiry.events.count() == 1


def test_a_corrected_form_keeps_the_version_that_was_shown(lead, client):
    lead()
    enquiry = EnquiryFactory()
    shown = ask(client, "weitergeben", enquiry)
    Enquiry.objects.filter(pk=enquiry.pk).update(version=5)

    again = confirm(client, shown, "weitergeben", unit="")

    assert items_of(again) == items_of(shown) == [f"{enquiry.pk}:1"]


def test_other_units_enquiries_are_neither_shown_nor_touched(caseworker, client, unit):
    caseworker(unit)
    mine, other = EnquiryFactory(unit=unit), EnquiryFactory(unit=UnitFactory(), reference="SE-OTHER")

    shown = ask(client, "uebernehmen", mine, other)
    data = {"act": "uebernehmen", "item": [f"{mine.pk}:1", f"{other.pk}:1"]}
    result = client.post(URL, data)

    other.refresh_from_db()
    mine.refresh_from_db()
    assert "SE-OTHER" not in shown.text + result.text
    assert result.context["outcome"].missing == 1
    assert (mine.state, other.state) == ("taken", "new")


def test_what_was_given_away_meanwhile_is_counted_as_missing(caseworker, client, unit):
    caseworker(unit)
    enquiry = EnquiryFactory(unit=unit)
    shown = ask(client, "abschliessen", enquiry)
    Enquiry.objects.update(unit=UnitFactory())

    result = confirm(client, shown, "abschliessen")

    assert "1 davon gehören nicht (mehr) zu Ihren Einheiten" in result.text


@pytest.mark.parametrize("crooked", ["%", "x y", "name", "a\r\nb", "../"])
def test_a_crooked_way_back_breaks_nothing(lead, client, crooked):
    lead()
    enquiry = EnquiryFactory()

    sent = [
        client.post(URL, {"act": act, "item": item, "next": crooked})
        for act, item in (("x", "x"), ("uebernehmen", f"{enquiry.pk}:1"))
    ]

    assert [response.status_code for response in sent] == [302, 302]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"act": "uebernehmen"}, "Bitte kreuzen Sie zuerst an"),
        ({"act": "uebernehmen", "id": ["x", "-1", "1:2:3", "\u0663"]}, "Bitte kreuzen Sie zuerst an"),
        ({"act": "loeschen", "id": ["1"]}, "Bitte wählen Sie, was"),
        ({"id": ["1"]}, "Bitte wählen Sie, was"),
        ({"act": "uebernehmen", "id": ["999999999999999999"]}, "gehört keine (mehr) zu Ihren Einheiten"),
        ({"act": "uebernehmen", "id": list(map(str, range(bulk.MOST + 1)))}, f"höchstens {bulk.MOST} Anfragen"),
    ],
)
def test_questions_without_sense_lead_back_with_a_sentence(lead, client, data, sentence):
    lead()

    asked = client.get(URL, data, follow=True)
    items = [f"{one}:1" for one in data.get("id", [])]
    sent = client.post(URL, {"act": data.get("act", ""), "item": items}, follow=True)

    assert sentence in asked.text
    assert sent.status_code == 200


def test_leads_back_to_the_view_it_came_from_and_nowhere_else(lead, client):
    lead()
    enquiry = EnquiryFactory()
    view = reverse("enquiry:index") + "?ansicht=neu"

    own = client.get(URL, {"act": "uebernehmen", "id": enquiry.pk, "next": view})
    foreign = client.get(URL, {"act": "uebernehmen", "id": enquiry.pk, "next": "https://example.org/"})

    assert own.context["next_url"] == view
    assert foreign.context["next_url"] == reverse("enquiry:index")


def test_readers_of_the_audit_trail_act_on_nothing(member, client):
    member("Datenschutz")
    enquiry = EnquiryFactory()

    client.post(URL, {"act": "abschliessen", "item": [f"{enquiry.pk}:1"]})

    enquiry.refresh_from_db()
    assert enquiry.state == "new"


@pytest.mark.parametrize("act", ["uebernehmen", "weitergeben", "abschliessen"])
def test_as_many_queries_to_show_three_as_one(lead, client, django_assert_num_queries, act, unit):
    lead()
    enquiries = [EnquiryFactory(unit=unit) for _ in range(3)]
    ask(client, act, enquiries[0])
    with CaptureQueriesContext(connection) as one:
        ask(client, act, enquiries[0])

    with django_assert_num_queries(len(one)):
        ask(client, act, *enquiries)

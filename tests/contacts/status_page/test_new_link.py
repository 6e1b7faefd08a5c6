"""A new link makes all before it worthless, and reaches whom the case belongs to."""

import pytest

from contacts import status, status_acts
from contacts.additions import Gone
from contacts.desk import actions
from contacts.desk.links import renew_link
from contacts.models import Enquiry, EnquiryEvent, OutboxMessage
from contacts.models.pages import STAMP_FIELD
from contacts.outbox import deliver_due
from contacts.views import FORM_NAME
from stadterneuerung.base.http import issue_stamp
from tests.contacts.conftest import post
from tests.contacts.factories import EnquiryFactory, OutboxFactory
from tests.contacts.status_page.conftest import send, with_page

pytestmark = pytest.mark.django_db

Kind = EnquiryEvent.Kind


def test_sender_replaces_the_link(client, enquiry):
    old = status.path_for(enquiry)

    response = send(client, old + "neuer-link/", {})

    enquiry.refresh_from_db()
    assert response.url == status.path_for(enquiry) + "?neu"
    assert [client.get(path).status_code for path in (old, response.url)] == [404, 200]


def test_owner_is_told_when_somebody_replaces_the_link(client, enquiry, mailoutbox):
    response = send(client, status.path_for(enquiry) + "neuer-link/", {})
    deliver_due()

    enquiry.refresh_from_db()
    assert [mail.to for mail in mailoutbox] == [[enquiry.email]]
    assert status.link_for(enquiry) in mailoutbox[0].body
    assert "Sie kommt auch per E-Mail." in client.get(response.url).text
    last = enquiry.events.last()
    assert (last.kind, last.is_public, last.actor) == (Kind.NOTED, False, None)
    assert last.detail == "neuer Link zur Statusseite, dort selbst vergeben"


@pytest.mark.parametrize("fields", [{"email": ""}, {"is_suspicious": True}])
def test_new_link_goes_to_no_address_that_is_unsure(client, enquiry, fields):
    Enquiry.objects.update(**fields)

    response = send(client, status.path_for(enquiry) + "neuer-link/", {})

    assert OutboxMessage.objects.count() == 0
    assert "wir können sie nicht schicken" in client.get(response.url).text


def test_new_link_from_a_browser_that_hides_where_it_comes_from(client, enquiry):
    path = status.path_for(enquiry) + "neuer-link/"

    response = client.post(path, {STAMP_FIELD: issue_stamp(FORM_NAME)}, headers={"Origin": "null"})

    assert (response.status_code, response.url.endswith("?neu")) == (303, True)


@pytest.mark.parametrize(
    ("stamp", "headers", "code"), [("alt", {}, 422), (None, {"Sec-Fetch-Site": "cross-site"}, 403)]
)
def test_link_that_was_not_replaced_says_so(client, enquiry, stamp, headers, code):
    path = status.path_for(enquiry)

    response = send(client, path + "neuer-link/", {}, stamp=stamp, **headers)

    assert response.status_code == code
    assert "Diese Seite hat noch ihre alte Adresse" in response.text
    assert client.get(path).status_code == 200


def test_new_links_flood_no_address(client, contact_page, enquiry_data, settings, django_capture_on_commit_callbacks):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"acknowledgements_per_day": 2, "renewals_per_day": 4}
    with django_capture_on_commit_callbacks(execute=True):
        post(client, contact_page, enquiry_data)

    told = []
    for _ in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            response = send(client, status.path_for(Enquiry.objects.get()) + "neuer-link/", {})
        told.append("Sie kommt auch per E-Mail." in client.get(response.url).text)

    kinds = OutboxMessage.objects.filter(to=enquiry_data["email"]).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["acknowledgement", "new_link"]
    assert told == [True, False, False, False]
    assert "eine Mail dazu kommt nicht" in client.get(response.url).text


def test_case_that_got_many_new_links_keeps_the_last(client, enquiry, settings, django_capture_on_commit_callbacks):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"renewals_per_day": 1}
    with django_capture_on_commit_callbacks(execute=True):
        path = send(client, status.path_for(enquiry) + "neuer-link/", {}).url.removesuffix("?neu")
    before = (enquiry.events.count(), OutboxMessage.objects.count())

    refused = send(client, path + "neuer-link/", {})

    assert refused.status_code == 429
    assert "Sie hat in kurzer Zeit mehrere neue bekommen." in refused.text
    assert client.get(path).status_code == 200
    assert (enquiry.events.count(), OutboxMessage.objects.count()) == before


def test_two_who_take_a_new_link_at_once_take_one(enquiry):
    of_the_other = Enquiry.objects.get()
    status_acts.renew(enquiry)

    with pytest.raises(Gone):
        status_acts.renew(of_the_other)

    assert Enquiry.objects.get().status_generation == 2


def test_desk_takes_as_many_as_it_needs(enquiry, clerk, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"acknowledgements_per_day": 0, "renewals_per_day": 0}

    assert [renew_link(enquiry, clerk), renew_link(enquiry, clerk)] == [True, True]


def test_desk_replaces_the_link_and_the_sender_gets_the_new_one(client, enquiry, clerk, mailoutbox):
    old = status.link_for(enquiry)

    assert renew_link(enquiry, clerk) is True
    deliver_due()

    new = status.link_for(enquiry)
    assert (old in mailoutbox[0].body, new in mailoutbox[0].body) == (False, True)
    assert [client.get(link).status_code for link in (old, new)] == [404, 200]


def test_new_link_is_no_acknowledgement(client, contact_page, clerk, enquiry_data, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"acknowledgements_per_day": 1}
    earlier = with_page(EnquiryFactory(email=enquiry_data["email"]))
    renew_link(earlier, clerk)

    post(client, contact_page, enquiry_data)

    kinds = OutboxMessage.objects.filter(to=enquiry_data["email"]).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["new_link", "acknowledgement"]


def test_confirmation_promises_no_mail_because_of_a_new_link(client, contact_page, clerk):
    enquiry = with_page(EnquiryFactory())
    renew_link(enquiry, clerk)
    address = contact_page.get_url() + f"gesendet/{status.token_for(enquiry)}/"

    before = client.get(address).context["acknowledged"]
    OutboxFactory(enquiry=enquiry, kind="acknowledgement")

    assert (before, client.get(address).context["acknowledged"]) == (False, True)


def test_desk_answers_on_the_page_where_there_is_no_address(client, home_page, clerk):
    enquiry = with_page(EnquiryFactory(email=""))

    actions.answer(enquiry, clerk, "Im Mai.")

    assert OutboxMessage.objects.count() == 0
    assert "Im Mai." in client.get(status.path_for(enquiry)).text
    assert renew_link(enquiry, clerk) is False


def test_confirmation_leads_there(client, contact_page, barrier_page, enquiry_data):
    sent = post(client, contact_page, enquiry_data | {"email": ""})
    reported = post(client, barrier_page, {"description": "Knopf ohne Namen"})

    for response, record in zip((sent, reported), Enquiry.objects.order_by("pk"), strict=True):
        text = client.get(response.url).text
        assert f'href="http://testserver{status.path_for(record)}"' in text
        assert "Bitte speichern, notieren oder drucken Sie ihn jetzt." in text

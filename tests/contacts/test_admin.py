"""The admin of the contact room, as the groups of the office see it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from contacts.models import AuditEntry, Enquiry, OutboxMessage
from contacts.outbox import deliver_due
from stadterneuerung.base.open_items import open_items
from stadterneuerung.users.models import User
from tests.contacts.factories import EnquiryFactory, OutboxFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(set_up_site, client, db):
    """Sign in as a member of a group, or as superuser."""

    def member(group: str | None):
        user = User.objects.create_user(f"konto-{group}", is_superuser=group is None)
        if group:
            user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return member


PLACES = ["enquiry:index", "outbox:index", "contacts_mailboxes"]


@pytest.mark.parametrize(
    ("group", "seen"),
    [
        ("Redaktion", ["enquiry:index"]),
        ("Freigabe", ["enquiry:index", "contacts_mailboxes"]),
        ("Administration", PLACES),
    ],
)
def test_who_sees_what(sign_in, group, seen):
    client = sign_in(group)

    assert [place for place in PLACES if client.get(reverse(place)).status_code == 200] == seen


@pytest.mark.parametrize("group", ["Redaktion", "Administration"])
def test_the_framework_neither_adds_nor_deletes_nor_tells_of_enquiries(sign_in, group):
    client = sign_in(group)
    enquiry = EnquiryFactory()
    start = reverse("enquiry:index")

    for path in ["new/", *[f"{name}/{enquiry.pk}/" for name in ("delete", "history", "usage", "inspect", "copy")]]:
        answers = [client.get(start + path), client.post(start + path, {"state": "closed"})]
        assert {answer.status_code for answer in answers} == {404}, path

    assert Enquiry.objects.count() == 1


def test_outbox_is_read_and_tried_anew_but_not_edited(sign_in):
    client = sign_in("Administration")
    message = OutboxFactory(state="failed", attempts=3, last_error="SMTPDataError 554")

    listed = client.get(reverse("outbox:index")).text
    shown = client.get(reverse("outbox:inspect", args=[message.pk])).text
    client.post(reverse("outbox:retry", args=[message.pk]))

    message.refresh_from_db()
    assert "SMTPDataError 554" in listed
    assert "Wann beginnt der Umbau?" in shown
    assert "Jetzt noch einmal senden" in shown
    assert message.state == "pending"
    assert client.get(f"/admin/outbox/edit/{message.pk}/").status_code == 404


def trail() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.order_by("number").values_list("action", "label", "detail"))


def test_trail_tells_who_read_and_sent_a_mail_again(sign_in):
    client = sign_in("Administration")
    message = OutboxFactory(state="failed", enquiry__reference="SE-1")

    for _ in range(2):
        client.get(reverse("outbox:inspect", args=[message.pk]))
    client.post(reverse("outbox:retry", args=[message.pk]))

    assert trail() == [("read", "SE-1", ""), ("changed", "SE-1", "Mail noch einmal gesendet")]


def test_mail_without_an_enquiry_is_read_without_an_entry(sign_in):
    client = sign_in("Administration")
    digest = OutboxFactory(kind="digest", enquiry=None)

    assert client.get(reverse("outbox:inspect", args=[digest.pk])).status_code == 200
    assert trail() == []


def test_retry_of_what_is_sent_changes_nothing_and_says_nothing(sign_in):
    client = sign_in("Administration")
    message = OutboxFactory(state="sent", sent_at=timezone.now())

    client.post(reverse("outbox:retry", args=[message.pk]))

    assert trail() == []


@pytest.mark.parametrize("place", ["outbox:index", "outbox:index_results"])
@pytest.mark.parametrize(
    ("query", "entries"),
    [
        ({}, ["Postausgang"]),
        ({"ordering": "to"}, ["Postausgang"]),
        ({"q": "frieda"}, ["Postausgang, gesucht"] * 2),
        ({"kind": "office"}, ["Postausgang, gesucht"] * 2),
    ],
)
def test_trail_tells_who_saw_the_outbox_and_each_search(sign_in, place, query, entries):
    client = sign_in("Administration")
    OutboxFactory(to="frieda@example.org")

    shown = [client.get(reverse(place), query).text for _ in range(2)]

    assert all("frieda@example.org" in text for text in shown)
    assert trail() == [("listed", "", detail) for detail in entries]


@pytest.mark.parametrize(
    ("place", "title"),
    [("contacts_holds", "Ausgesetzte Löschung"), ("contacts_erasure_requests", "Anträge auf Löschung")],
)
def test_trail_tells_who_saw_reasons_and_notes(sign_in, place, title):
    client = sign_in("Datenschutz")

    for _ in range(2):
        client.get(reverse(place))

    assert trail() == [("listed", "", title)]


def test_outbox_is_closed_to_editors(sign_in):
    client = sign_in("Redaktion")
    message = OutboxFactory(state="failed")

    client.post(reverse("outbox:retry", args=[message.pk]))

    message.refresh_from_db()
    assert message.state == "failed"


def test_mailbox_is_confirmed_by_a_test_mail(sign_in, mailoutbox):
    client = sign_in("Administration")
    unit = UnitFactory(mailbox="unit@stadtdo.example")
    client.post(reverse("contacts_mailboxes"), {"unit": unit.pk})
    deliver_due()
    [mail] = mailoutbox
    link = next(line for line in mail.body.splitlines() if "/postfaecher/bestaetigen/" in line)
    path = "/admin/" + link.partition("/admin/")[2]

    shown = client.get(path)
    unit.refresh_from_db()
    assert mail.to == ["unit@stadtdo.example"]
    assert shown.status_code == 200
    assert not unit.has_confirmed_mailbox  # following a link does nothing; scanners follow links

    client.post(path)
    unit.refresh_from_db()
    assert unit.has_confirmed_mailbox


def test_confirmation_does_not_hold_for_another_mailbox(sign_in, mailoutbox):
    client = sign_in("Administration")
    unit = UnitFactory(mailbox="alt@stadtdo.example")
    client.post(reverse("contacts_mailboxes"), {"unit": unit.pk})
    deliver_due()
    link = next(line for line in mailoutbox[0].body.splitlines() if "/postfaecher/bestaetigen/" in line)
    unit.mailbox = "neu@stadtdo.example"
    unit.save()

    response = client.post("/admin/" + link.partition("/admin/")[2])

    unit.refresh_from_db()
    assert response.status_code == 410
    assert not unit.has_confirmed_mailbox


@pytest.mark.parametrize("token", ["x", "a:b:c", "W10:1:x"])
def test_invented_confirmation_links(sign_in, token):
    assert sign_in("Administration").get(f"/admin/postfaecher/bestaetigen/{token}/").status_code == 410


@pytest.mark.parametrize("unit", ["", "abc", "-1", "9" * 30, "999999"])
def test_test_mail_to_no_unit(sign_in, unit):
    assert sign_in("Administration").post(reverse("contacts_mailboxes"), {"unit": unit}).status_code in (302, 404)
    assert OutboxMessage.objects.count() == 0


def test_editors_confirm_nothing(sign_in):
    client = sign_in("Redaktion")
    unit = UnitFactory(mailbox="unit@stadtdo.example")

    client.post(reverse("contacts_mailboxes"), {"unit": unit.pk})

    assert OutboxMessage.objects.count() == 0


def test_open_items_name_mailboxes_and_mail_that_does_not_leave(home_page, settings):
    UnitFactory(name="Stab A", mailbox="a@stadtdo.example")
    UnitFactory(name="Stab B", mailbox="b@stadtdo.example", mailbox_confirmed_at=timezone.now())
    OutboxFactory(attempts=settings.OUTBOX["alarm_after"])

    mine = {item.subject: item for item in open_items() if item.subject in {"Stab A", "Stab B", "Mailversand"}}

    assert sorted(mine) == ["Mailversand", "Stab A"]
    assert (mine["Stab A"].blocks_launch, mine["Mailversand"].blocks_launch) == (False, True)


def test_admin_speaks_german(sign_in):
    client = sign_in(None)
    enquiry, message = EnquiryFactory(), OutboxFactory()
    places = [reverse(place) for place in PLACES] + [
        reverse("enquiry:edit", args=[enquiry.pk]),
        reverse("contacts_feedback", args=[enquiry.pk]),
        reverse("contacts_record"),
        reverse("wagtailsnippets_contacts_answertemplate:list"),
        reverse("wagtailsnippets_contacts_answertemplate:add"),
        reverse("outbox:inspect", args=[message.pk]),
        reverse("wagtailsnippets_contacts_enquirysubject:list"),
        reverse("wagtailsnippets_contacts_enquirysubject:add"),
    ]

    for place in places:
        response = client.get(place)
        assert response.status_code == 200, place
        assert ">None<" not in response.text, place

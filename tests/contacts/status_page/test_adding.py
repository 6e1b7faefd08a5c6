"""What senders add on their page: it reaches who answers, once, and nothing typed is lost."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts import status, status_acts
from contacts.desk import actions
from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage
from contacts.models.pages import STAMP_FIELD
from contacts.views import FORM_NAME
from stadterneuerung.base.dates import today
from stadterneuerung.base.http import issue_stamp
from tests.contacts.factories import EnquiryFactory
from tests.contacts.pictures_support import upload
from tests.contacts.status_page.conftest import fail, send, with_page
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

Kind = EnquiryEvent.Kind


def test_addition_reaches_the_unit_in_the_same_conversation(client, enquiry, mailoutbox):
    first = OutboxMessage.objects.create(kind="office", to="stadterneuerung@stadtdo.de", subject="x", enquiry=enquiry)

    response = send(client, status.path_for(enquiry), {"message": "Es ist Weg 5.", "pictures": upload()})

    event = enquiry.events.get(kind=Kind.ADDED)
    mail = OutboxMessage.objects.exclude(pk=first.pk).get()
    assert (response.status_code, event.text, event.is_public) == (303, "Es ist Weg 5.", True)
    assert mail.subject.startswith(f"Ergänzung: Anfrage {enquiry.reference}")
    assert (mail.references, mail.reply_to) == (first.message_id, "frage@example.org")
    assert "Es ist Weg 5." in mail.body_text
    assert "Bilder: 1" in mail.body_text
    assert enquiry.attachments.count() == 1
    shown = client.get(response.url).text
    assert "Es ist Weg 5." in shown
    assert "Ihre Ergänzung ist angekommen" in shown


def test_unit_with_a_mailbox_gets_the_addition_and_quarantine_stays_with_the_office(client, home_page):
    unit = UnitFactory(mailbox="unit@stadtdo.example", mailbox_confirmed_at=timezone.now())
    for suspicious in (False, True):
        enquiry = with_page(EnquiryFactory(unit=unit, is_suspicious=suspicious))
        send(client, status.path_for(enquiry), {"message": "Noch etwas"})

    assert list(OutboxMessage.objects.order_by("pk").values_list("to", flat=True)) == [
        "unit@stadtdo.example",
        "stadterneuerung@stadtdo.de",
    ]


@pytest.mark.parametrize(
    ("state", "assigned", "after"),
    [
        ("new", False, "new"),
        ("taken", True, "taken"),
        ("waiting", True, "taken"),
        ("answered", False, "new"),
        ("answered", True, "taken"),
        ("closed", True, "taken"),
    ],
)
def test_addition_opens_the_case_again(client, enquiry, clerk, state, assigned, after):
    enquiry.state, enquiry.assignee = state, clerk if assigned else None
    enquiry.closed_at = timezone.now() if state == "closed" else None
    enquiry.due_on = dt.date(2026, 1, 5)
    enquiry.save()

    send(client, status.path_for(enquiry), {"message": "Noch etwas"})

    seen = Enquiry.objects.get()
    assert (seen.state, seen.closed_at, seen.version) == (after, None, enquiry.version + 1)
    assert (seen.due_on > today()) == (state in ("waiting", "answered", "closed"))
    assert seen.events.filter(kind=Kind.REOPENED).exists() == (state in ("answered", "closed"))


def test_addition_lengthens_what_is_kept_for_a_unit_that_works_by_mail(client, enquiry):
    enquiry.mail_only, enquiry.due_on = True, dt.date(2026, 1, 5)
    enquiry.save()

    send(client, status.path_for(enquiry), {"message": "Noch etwas"})

    seen = Enquiry.objects.get()
    assert (seen.state, seen.due_on > today()) == ("new", True)
    assert not Enquiry.objects.expired().exists()


def test_desk_that_did_not_see_the_addition_is_told(client, enquiry, clerk):
    send(client, status.path_for(enquiry), {"message": "Noch etwas"})

    with pytest.raises(actions.Outdated):
        actions.answer(enquiry, clerk, "Im Mai.")


def test_addition_sent_twice_is_one(client, enquiry):
    stamp = issue_stamp(FORM_NAME)

    codes = [
        send(client, status.path_for(enquiry), {"message": "Noch etwas", "pictures": upload()}, stamp=stamp).status_code
        for _ in range(2)
    ]

    assert codes == [303, 303]
    assert (enquiry.events.filter(kind=Kind.ADDED).count(), OutboxMessage.objects.count()) == (1, 1)
    assert enquiry.attachments.count() == 1


@pytest.mark.parametrize(
    ("data", "stamp", "site", "code"),
    [
        ({"message": " "}, None, "same-origin", 422),
        ({"message": "ä" * 5001}, None, "same-origin", 422),
        ({"message": "Wichtig"}, "", "same-origin", 422),
        ({"message": "Wichtig"}, None, "cross-site", 403),
        ({"message": "Wichtig", "pictures": "kein Bild"}, None, "same-origin", 303),
    ],
)
def test_addition_that_cannot_be_taken_loses_nothing(client, enquiry, data, stamp, site, code):
    response = send(client, status.path_for(enquiry), data, stamp=stamp, **{"Sec-Fetch-Site": site})

    assert response.status_code == code
    if code != 303:
        assert response.context["form"]["message"].value() == data["message"]
        assert not enquiry.events.filter(kind=Kind.ADDED).exists()


def test_browser_that_hides_where_it_comes_from_may_add(client, enquiry):
    """Pages without referrer make older browsers send `Origin: null`."""
    path = status.path_for(enquiry)

    response = client.post(
        path, {STAMP_FIELD: issue_stamp(FORM_NAME), "message": "Noch etwas"}, headers={"Origin": "null"}
    )

    assert response.status_code == 303


def test_addition_limit(client, enquiry, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 1}
    path = status.path_for(enquiry)

    codes = [send(client, path, {"message": text}).status_code for text in ("eins", "zwei")]

    assert codes == [303, 429]


def test_second_click_on_the_last_addition_allowed_is_confirmed(client, enquiry, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"per_hour": 1}
    path, stamp = status.path_for(enquiry), issue_stamp(FORM_NAME)

    first, second = [send(client, path, {"message": "Noch etwas"}, stamp=stamp) for _ in range(2)]

    assert (second.status_code, second.url) == (303, first.url)
    assert enquiry.events.filter(kind=Kind.ADDED).count() == 1


def test_addition_that_cannot_be_stored_comes_back(client, enquiry, monkeypatch):
    monkeypatch.setattr(status_acts.mails, "addition_mails", fail)

    response = send(client, status.path_for(enquiry), {"message": "Wichtig", "pictures": upload()})

    assert response.status_code == 503
    assert response.context["form"]["message"].value() == "Wichtig"
    assert "foto.jpg ist schon da" in response.text
    assert enquiry.events.filter(kind=Kind.ADDED).count() == 0
    assert Attachment.objects.get().enquiry is None


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"message=" + b"a" * 200_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"f%d=1" % number for number in range(10_001)), "application/x-www-form-urlencoded", 400),
        (b"--x\r\nContent-Dis", "multipart/form-data; boundary=x", 422),
        (b"x", "multipart/form-data", 400),
        (b"\xff\xfe", "text/plain", 422),
    ],
)
@pytest.mark.parametrize("suffix", ["", "zurueckziehen/", "neuer-link/"])
def test_hostile_bodies(client, enquiry, suffix, body, content_type, code):
    response = client.generic(
        "POST", status.path_for(enquiry) + suffix, body, content_type, headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert response.status_code == {"": code, "zurueckziehen/": 422, "neuer-link/": 422}[suffix]
    assert Enquiry.objects.get().erased_at is None

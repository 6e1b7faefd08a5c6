"""The sender's own page: who finds it, what it tells, what can be done there, and that no secret is stored."""

import datetime as dt
import hashlib
import io
import logging
import re

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts import status, status_acts, status_text
from contacts.desk import actions
from contacts.desk.links import renew_link
from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage
from contacts.models.pages import STAMP_FIELD
from contacts.outbox import deliver_due
from contacts.views import FORM_NAME
from stadterneuerung.base.dates import today
from stadterneuerung.base.http import issue_stamp
from stadterneuerung.base.log_filter import SecretPaths
from stadterneuerung.users.models import User
from tests.contacts.conftest import post
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory
from tests.contacts.pictures_support import upload
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

State = Enquiry.State
Kind = EnquiryEvent.Kind


@pytest.fixture
def clerk(home_page):
    return User.objects.create_user("frau-geheim", first_name="Gerda", last_name="Geheim")


def with_page(enquiry: Enquiry) -> Enquiry:
    """Give an enquiry made by a factory what arrival gives it: its link and its first step."""
    status.issue(enquiry)
    enquiry.save()
    EnquiryEvent.objects.create(enquiry=enquiry, kind=Kind.RECEIVED, at=enquiry.created_at)
    return enquiry


@pytest.fixture
def enquiry(home_page):
    return with_page(EnquiryFactory(name="Frieda Beispiel", unit=UnitFactory(name="Stabsstelle Citymanagement")))


def send(client, path: str, data: dict, *, stamp: str | None = None, **headers):
    stamp = issue_stamp(FORM_NAME) if stamp is None else stamp
    return client.post(path, {STAMP_FIELD: stamp, **data}, headers={"Sec-Fetch-Site": "same-origin", **headers})


def fail(*args):
    raise DatabaseError("row with words of people")


def everything_stored() -> str:
    """Return all rows of all tables as text."""
    with connection.cursor() as cursor:
        text = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names come from the database itself
            text.append(str(cursor.fetchall()))
    return "\n".join(text)


# --- The secret -----------------------------------------------------------------------------------------------------
def test_only_a_digest_of_the_secret_is_stored(client, contact_page, enquiry_data):
    sent = post(client, contact_page, enquiry_data)

    token = sent.url.rstrip("/").rpartition("/")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)  # 256 bits
    assert Enquiry.objects.get().status_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in everything_stored()


def test_mail_to_the_sender_has_the_link_and_mail_to_the_office_has_not(client, contact_page, enquiry_data, mailoutbox):
    post(client, contact_page, enquiry_data)
    link = status.link_for(Enquiry.objects.get())

    deliver_due()

    with_link = {mail.to[0]: link in mail.body for mail in mailoutbox}
    assert client.get(link).status_code == 200
    assert with_link == {"frieda@example.org": True, "stadterneuerung@stadtdo.de": False}
    assert link not in everything_stored()


def test_answer_brings_the_link_too(enquiry, clerk, mailoutbox):
    actions.answer(enquiry, clerk, "Im Mai.")

    deliver_due()

    assert status.link_for(enquiry) in mailoutbox[0].body


def test_key_of_the_installation_is_replaced(client, enquiry, settings, mailoutbox):
    link = status.path_for(enquiry)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    assert client.get(link).status_code == 200
    assert status.path_for(enquiry) == link


def test_key_that_is_gone_leaves_links_working_but_no_new_mail_has_one(client, enquiry, clerk, settings, mailoutbox):
    link = status.path_for(enquiry)
    settings.SECRET_KEY = "new"
    actions.answer(enquiry, clerk, "Im Mai.")

    deliver_due()

    assert client.get(link).status_code == 200
    assert "vorgang" not in mailoutbox[0].body


@pytest.mark.parametrize("make", ["unknown", "replaced", "erased", "reference", "digest", "long", "odd"])
def test_whatever_is_no_link_is_answered_alike(client, enquiry, make):
    token = status.token_for(enquiry)
    if make == "replaced":
        status.renew(enquiry)
    if make == "erased":
        status_acts.withdraw(enquiry)
    tried = {
        "unknown": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "reference": enquiry.reference,
        "digest": enquiry.status_digest,
        "long": "a" * 3000,
        "odd": "%F0%9F%98%80",
    }.get(make, token)

    response = client.get(f"/kontakt/vorgang/{tried}/")

    expected = client.get("/kontakt/vorgang/gibt-es-nicht/")
    assert (response.status_code, response.text) == (404, expected.text)
    assert "Kein Vorgang zu diesem Link" in response.text


def test_many_misses_are_held_back(client, enquiry, settings):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"misses_per_hour": 2}

    codes = [client.get(f"/kontakt/vorgang/{number}/").status_code for number in range(3)]

    assert codes == [404, 404, 429]
    assert client.get(status.path_for(enquiry)).status_code == 200  # neighbours of a guesser keep their pages
    assert client.get("/kontakt/vorgang/0/", REMOTE_ADDR="198.51.100.7").status_code == 404


def test_secret_stands_in_no_log(client, enquiry, monkeypatch):
    """Whatever goes to the console passes the filter; Django names the path of an answer of 503."""
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(SecretPaths())
    monkeypatch.setattr(status_acts.mails, "addition_mails", fail)
    logging.getLogger().addHandler(handler)

    response = send(client, status.path_for(enquiry), {"message": "Wichtig"})

    logging.getLogger().removeHandler(handler)
    written = handler.stream.getvalue()
    assert response.status_code == 503
    assert "/kontakt/vorgang/…/" in written
    assert status.token_for(enquiry) not in written
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secret_paths"]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("PUT", "/kontakt/vorgang/{}/", 405),
        ("GET", "/kontakt/vorgang/{}/neuer-link/", 405),
        ("GET", "/kontakt/vorgang/{}", 301),
        ("GET", "/kontakt/gesendet/{}", 301),
        ("GET", "/kontakt/gesendet/{}/", 200),
        ("GET", "/kontakt/gesendet/{}x/", 404),
        ("GET", "/kontakt/vorgang/{}/x/", 404),
        ("GET", "/kontakt/vorgang/geloescht/", 200),
    ],
)
def test_every_answer_at_a_secret_address_is_sealed(client, contact_page, enquiry, method, path, code):
    response = client.generic(method, path.format(status.token_for(enquiry)))

    assert response.status_code == code
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("suffix", ["", "zurueckziehen/"])
def test_pages_are_kept_by_nobody_and_set_no_cookie(client, enquiry, suffix):
    response = client.get(status.path_for(enquiry) + suffix)

    assert response.status_code == 200
    assert dict(response.cookies) == {}
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex' in response.text
    for forbidden in ('rel="canonical"', "og:", "twitter:"):
        assert forbidden not in response.text


# --- Reading --------------------------------------------------------------------------------------------------------
def test_page_tells_what_is_public_and_nothing_else(client, enquiry, clerk):
    actions.take(enquiry, clerk, "Notiz beim Übernehmen")
    actions.add_note(enquiry, clerk, "Ganz interner Vermerk")
    actions.wait(enquiry, clerk, "Welche Straße meinen Sie?")
    actions.answer(enquiry, clerk, "Im Mai geht es los.")
    actions.close(enquiry, clerk, "Vermerk am Ende")

    text = client.get(status.path_for(enquiry)).text

    for shown in (enquiry.reference, "Stabsstelle Citymanagement", "Welche Straße meinen Sie?", "Im Mai geht es los."):
        assert shown in text
    hidden = ["Notiz beim", "interner Vermerk", "Vermerk am Ende", "Geheim", "Gerda", "frau-geheim"]
    # The link may have gone to a mistyped address: what was typed at first is not repeated.
    for secret in [*hidden, "Frieda", "frage@example.org", "Wann beginnt"]:
        assert secret not in text


@pytest.mark.parametrize(
    ("state", "changes", "title"),
    [
        ("new", {}, "Eingegangen"),
        ("taken", {}, "In Arbeit"),
        ("waiting", {}, "Wir warten auf Sie"),
        ("answered", {}, "Beantwortet"),
        ("closed", {"closed_at": timezone.now()}, "Abgeschlossen"),
        ("new", {"mail_only": True}, "Weitergegeben"),
        ("new", {"is_suspicious": True}, "Eingegangen"),
    ],
)
def test_states_in_plain_words(client, home_page, state, changes, title):
    enquiry = with_page(EnquiryFactory(state=state, **changes))

    assert f"<h1>{title}</h1>" in client.get(status.path_for(enquiry)).text


def test_days_by_which_an_answer_comes(client, home_page):
    question = with_page(EnquiryFactory(due_on=dt.date(2099, 3, 5)))
    late = with_page(EnquiryFactory(due_on=dt.date(2026, 1, 5)))
    barrier = with_page(BarrierReportFactory())

    texts = [client.get(status.path_for(each)).text for each in (question, late, barrier)]

    assert "5. März 2099" in texts[0]
    assert "dieser Tag ist vorbei, die Antwort steht noch aus" in texts[1]
    assert "Antwort oder Zwischennachricht bis" in texts[2]
    assert "Antwort spätestens am" in texts[2]


def test_words_of_others_are_text(client, enquiry, clerk):
    actions.answer(enquiry, clerk, "<script>alert(1)</script> & Grüße")

    text = client.get(status.path_for(enquiry)).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Grüße" in text


def test_page_asks_the_same_for_few_and_many_steps(client, enquiry, clerk, django_assert_num_queries):
    path = status.path_for(enquiry)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(5):
        actions.answer(enquiry, clerk, f"Antwort {number}")

    assert len(few) <= 15
    with django_assert_num_queries(len(few)):
        client.get(path)


# --- Adding ---------------------------------------------------------------------------------------------------------
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


# --- Withdrawing ----------------------------------------------------------------------------------------------------
def test_withdrawing_deletes_every_word(client, enquiry, clerk, attachment_dir, django_capture_on_commit_callbacks):
    send(client, status.path_for(enquiry), {"message": "Mein Zaunkönig", "pictures": upload()})
    enquiry.refresh_from_db()
    actions.answer(enquiry, clerk, "Ihr Zaunkönig ist bekannt.")
    other = with_page(EnquiryFactory(message="Der Zaun der anderen"))
    path = status.path_for(enquiry)

    asked = client.get(path + "zurueckziehen/")
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, path + "zurueckziehen/", {})

    assert "Ihr Bild" in asked.text
    assert (response.status_code, response.url) == (303, reverse("status_withdrawn"))
    stored = everything_stored()
    for word in ("Zaunkönig", "Frieda Beispiel"):
        assert word not in stored
    assert "Der Zaun der anderen" in stored
    assert list(attachment_dir.iterdir()) == []
    assert set(enquiry.events.values_list("kind", flat=True)) >= {"withdrawn", "erased"}
    assert client.get(path).status_code == 404
    assert client.get(status.path_for(other)).status_code == 200


def test_unit_is_told_without_a_word(client, enquiry):
    send(client, status.path_for(enquiry) + "zurueckziehen/", {})

    mail = OutboxMessage.objects.get()
    assert mail.subject == f"Zurückgezogen und gelöscht: {enquiry.reference}"
    assert (mail.to, mail.reply_to) == ("stadterneuerung@stadtdo.de", "")
    for word in ("Frieda", "frage@", "Umbau"):
        assert word not in mail.body_text


def test_everybody_who_has_the_mail_is_told(client, enquiry):
    for kind, to in [
        ("office", "Stadterneuerung@stadtdo.de"),
        ("unit", "vorher@stadtdo.example"),
        ("answer", "a@b.de"),
    ]:
        OutboxMessage.objects.create(enquiry=enquiry, kind=kind, to=to, subject="x", body_text="Umbau")

    send(client, status.path_for(enquiry) + "zurueckziehen/", {})

    told = [(mail.kind, mail.to) for mail in OutboxMessage.objects.order_by("pk")]
    assert told == [("office", "stadterneuerung@stadtdo.de"), ("unit", "vorher@stadtdo.example")]


def test_withdrawing_twice_is_once(client, enquiry):
    path = status.path_for(enquiry) + "zurueckziehen/"

    codes = [send(client, path, {}).status_code for _ in range(2)]

    assert codes == [303, 404]
    assert OutboxMessage.objects.count() == 1


def test_looking_does_not_delete(client, enquiry):
    path = status.path_for(enquiry) + "zurueckziehen/"

    client.get(path)
    client.head(path)
    send(client, path, {}, stamp="alt")
    send(client, path, {}, **{"Sec-Fetch-Site": "cross-site"})

    assert Enquiry.objects.get().erased_at is None


def test_what_must_be_kept_is_not_deleted(client, enquiry):
    Enquiry.objects.update(hold=Enquiry.Hold.LEGAL)

    response = send(client, status.path_for(enquiry) + "zurueckziehen/", {})

    assert response.status_code == 409
    assert "aus einem rechtlichen Grund" in response.text
    assert Enquiry.objects.get().message == "Wann beginnt der Umbau?"


def test_hold_that_comes_in_between(client, enquiry, monkeypatch):
    def hold_first(case):
        Enquiry.objects.update(hold=Enquiry.Hold.LEGAL)
        withdraw(case)

    withdraw = status_acts.withdraw
    monkeypatch.setattr(status_acts, "withdraw", hold_first)

    response = send(client, status.path_for(enquiry) + "zurueckziehen/", {})

    assert response.status_code == 409
    assert response.context["problem"]["title"] == "Es ist noch nichts gelöscht"
    assert "aus einem rechtlichen Grund" in response.text
    assert "Alles löschen" not in response.text


# --- What is said about the deletion --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("duty", "days", "hold", "offered", "said"),
    [
        (False, 0, "none", None, "nach dem 10. Mai 2026"),
        (False, 0, "legal", None, "ausgesetzt aus einem rechtlichen Grund"),
        (True, 30, "none", None, "nach dem 9. Juni 2026, wenn das Stadtarchiv es nicht übernimmt"),
        (True, 30, "offered", dt.date(2026, 5, 12), "nach dem 11. Juni 2026, wenn das Stadtarchiv es nicht übernimmt"),
        (True, 30, "none", dt.date(2026, 4, 12), "nach dem 10. Mai 2026"),
    ],
)
def test_day_of_deletion_is_the_one_on_which_it_happens(enquiry, duty, days, hold, offered, said):
    enquiry.state, enquiry.hold, enquiry.offered_on = State.CLOSED, hold, offered
    enquiry.purpose.archive_duty, enquiry.purpose.archive_days = duty, days
    closed = dt.date(2026, 5, 10) - dt.timedelta(days=enquiry.purpose.retention_days)
    enquiry.closed_at = timezone.make_aware(dt.datetime.combine(closed, dt.time(12)))

    assert dict(status_text.facts(enquiry))["Wird gelöscht"] == said


# --- A new link -----------------------------------------------------------------------------------------------------
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

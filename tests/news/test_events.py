"""Events: coming and past by the clock of Berlin, cancelled and moved in words, calendars that others can read."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from news.models import EventPage
from news.querysets import has_ended
from tests import factories

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.fixture
def clock(monkeypatch):
    """Set the clock: clock("2026-05-09 17:59")."""

    def set_clock(text: str) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at(text).astimezone(dt.UTC))

    return set_clock


def listed(response) -> list[str]:
    assert response.status_code == 200
    return [page.title for page in response.context["page_obj"]]


def calendar(client, url: str) -> Calendar:
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(response.content)


def event_of(client, page) -> dict:
    [event] = calendar(client, f"{page.url}termin.ics").walk("VEVENT")
    return event


# --- past and coming -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "now", "is_past"),
    [
        ({"ends_at": at("2026-05-09 18:00")}, "2026-05-09 17:59", False),
        ({"ends_at": at("2026-05-09 18:00")}, "2026-05-09 18:01", True),
        ({}, "2026-05-09 23:59", False),
        ({}, "2026-05-10 00:00", True),
        ({"all_day": True}, "2026-05-09 23:59", False),
        ({"all_day": True}, "2026-05-10 00:00", True),
        ({"all_day": True, "ends_at": at("2026-05-11 00:00")}, "2026-05-11 23:59", False),
        ({"all_day": True, "ends_at": at("2026-05-11 00:00")}, "2026-05-12 00:00", True),
    ],
)
def test_end_of_an_event_is_the_same_in_query_and_in_memory(clock, fields, now, is_past):
    page = factories.EventPageFactory(starts_at=at("2026-05-09 14:00"), **fields)
    clock(now)

    assert EventPage.objects.past().filter(pk=page.pk).exists() == is_past
    assert EventPage.objects.upcoming().filter(pk=page.pk).exists() != is_past
    assert has_ended(page) == is_past


def test_list_shows_coming_events_the_next_first_and_past_ones_by_choice(client, clock):
    for day in ("2026-05-01", "2026-06-01", "2026-07-01", "2026-04-01"):
        factories.EventPageFactory(title=day, starts_at=at(f"{day} 10:00"))
    clock("2026-05-15 12:00")

    assert listed(client.get("/termine/")) == ["2026-06-01", "2026-07-01"]
    assert listed(client.get("/termine/?zeit=vergangen")) == ["2026-05-01", "2026-04-01"]
    assert len(listed(client.get("/termine/?jahr=2026"))) == 4


@pytest.mark.parametrize("path", ["/termine/", "/termine/kalender.ics"])
def test_drafts_and_restricted_events_are_absent(client, path):
    factories.EventPageFactory(title="Entwurf", live=False)
    restricted = factories.EventPageFactory(title="Intern")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    factories.EventPageFactory(title="Offen")

    text = client.get(path).content.decode()

    assert [title in text for title in ("Entwurf", "Intern", "Offen")] == [False, False, True]


def test_without_events_the_list_says_so_and_leads_on(client):
    factories.EventPageFactory(starts_at=timezone.now() - dt.timedelta(days=9))

    html = client.get("/termine/").content.decode()

    assert "Im Moment steht kein Termin fest" in html
    assert 'href="/termine/?zeit=vergangen"' in html


# --- one event -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_at": at("2026-05-09 17:00")}, "9. Mai 2026, 11–17 Uhr"),
        ({"ends_at": at("2026-05-09 17:30")}, "9. Mai 2026, 11–17.30 Uhr"),
        ({}, "9. Mai 2026, 11 Uhr"),
        ({"all_day": True}, "9. Mai 2026"),
        ({"ends_at": at("2026-05-11 17:00")}, "9. Mai 2026, 11 Uhr – 11. Mai 2026, 17 Uhr"),
        ({"ends_at": at("2026-05-10 01:30")}, "9. Mai 2026, 11 Uhr – 10. Mai 2026, 1.30 Uhr"),
        ({"ends_at": at("2026-05-11 00:00"), "all_day": True}, "9. Mai 2026 – 11. Mai 2026"),
    ],
)
def test_times_in_words(fields, words):
    assert EventPage(starts_at=at("2026-05-09 11:00"), **fields).when == words


@pytest.mark.parametrize(("all_day", "time"), [(False, "20 Uhr"), (True, "Samstag")])
def test_tile_of_a_night_shows_when_it_begins(all_day, time):
    event = EventPage(starts_at=at("2027-06-05 20:00"), ends_at=at("2027-06-06 01:00"), all_day=all_day)

    assert event.picture.context["time"] == time


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"is_cancelled": True}, "Dieser Termin fällt aus"),
        ({"moved_from": at("2026-05-02 11:00")}, "Zuerst war der 2. Mai 2026 genannt."),
    ],
)
def test_cancelled_and_moved_are_said_with_the_reason(client, fields, sentence):
    page = factories.EventPageFactory(change_reason="Unwetterwarnung.", **fields)

    html = client.get(page.url).content.decode()

    assert sentence in html
    assert "Unwetterwarnung." in html


def test_access_is_always_said(client):
    assert "Angaben zum Zugang folgen" in client.get(factories.EventPageFactory().url).content.decode()


def test_event_names_its_series_and_the_series_its_events(client):
    series = factories.EventSeriesPageFactory(title="Tag der Städtebauförderung", slug="reihe")
    event = factories.EventPageFactory(title="Fest", series=series)

    assert series.url in client.get(event.url).content.decode()
    assert event.url in client.get(series.url).content.decode()


def test_series_without_a_coming_event_says_so(client):
    series = factories.EventSeriesPageFactory(slug="reihe")

    html = client.get(series.url).content.decode()

    assert "Der nächste Termin dieser Reihe steht noch nicht fest." in html


# --- calendars -------------------------------------------------------------------------------------------------------
def test_calendar_of_one_event(client):
    page = factories.EventPageFactory(
        title="Fest; mit, Zeichen",
        starts_at=at("2026-05-09 11:00"),
        ends_at=at("2026-05-09 17:00"),
        place="Nordmarkt",
    )

    event = event_of(client, page)

    assert str(event["SUMMARY"]) == "Fest; mit, Zeichen"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (at("2026-05-09 11:00"), at("2026-05-09 17:00"))
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert (str(event["LOCATION"]), str(event["URL"]), str(event["STATUS"])) == (
        "Nordmarkt",
        page.full_url,
        "CONFIRMED",
    )


def test_calendar_brings_its_time_zone(client):
    page = factories.EventPageFactory()

    zones = calendar(client, f"{page.url}termin.ics").walk("VTIMEZONE")

    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Berlin"]


def test_day_without_time_ends_on_the_morning_after(client):
    page = factories.EventPageFactory(starts_at=at("2026-05-09 00:00"), ends_at=at("2026-05-10 00:00"), all_day=True)

    event = event_of(client, page)

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2026, 5, 9), dt.date(2026, 5, 11))


def test_cancelled_event_keeps_its_identity_and_grows_its_sequence(client):
    page = factories.EventPageFactory(live=False)
    page.save_revision().publish()
    before = event_of(client, page)

    page = EventPage.objects.get(pk=page.pk)
    page.first_published_at -= dt.timedelta(hours=1)
    page.is_cancelled, page.change_reason = True, "Sturm."
    page.save_revision().publish()
    after = event_of(client, page)

    assert before["UID"] == after["UID"]
    assert (str(before["STATUS"]), str(after["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_feed_holds_coming_events_under_the_same_identity(client):
    page = factories.EventPageFactory()
    factories.EventPageFactory(starts_at=timezone.now() - dt.timedelta(days=9))

    events = calendar(client, "/termine/kalender.ics").walk("VEVENT")

    assert [event["UID"] for event in events] == [event_of(client, page)["UID"]]


def test_example_is_marked_in_the_calendar(client):
    page = factories.EventPageFactory(title="Probe", is_example=True)

    assert str(event_of(client, page)["SUMMARY"]) == "Beispiel – kein echtes Angebot: Probe"


def test_structured_data_says_that_an_event_is_cancelled(client):
    page = factories.EventPageFactory(is_cancelled=True, change_reason="Sturm.", starts_at=at("2026-05-09 11:00"))

    [data] = page.structured_data()

    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["startDate"] == "2026-05-09T11:00:00+02:00"


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [("/termine/", 9), ("/termine/kalender.ics", 4)])
def test_number_of_queries(client, django_assert_num_queries, count, path, queries):
    for _ in range(count):
        factories.EventPageFactory(projects=[factories.ProjectPageFactory()])
    client.get(path)

    with django_assert_num_queries(queries):
        client.get(path)

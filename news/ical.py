"""Events as iCalendar (RFC 5545), one by one or as a feed that calendars subscribe to."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

BERLIN = ZoneInfo(settings.TIME_ZONE)
REFRESH = dt.timedelta(hours=12)


def calendar_response(events: Iterable, filename: str, name: str = "") -> HttpResponse:
    """Return the events as a file; `name` is what a calendar shows for a subscribed feed."""
    calendar = Calendar()
    calendar.add("prodid", "-//Stadt Dortmund//Amt für Stadterneuerung//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for page in events:
        if page.starts_at is not None:
            calendar.add_component(_component(page))
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def _component(page) -> Event:
    event = Event()
    # Stable for the life of the page, wherever it is moved; the same in the single file and in the feed.
    event.add("uid", f"{page.translation_key}-{page.locale_id}@stadterneuerung.dortmund")
    event.add("dtstamp", page.last_published_at or timezone.now())
    if page.last_published_at:
        event.add("last-modified", page.last_published_at)
    event.add("sequence", _sequence(page))
    event.add("status", "CANCELLED" if page.is_cancelled else "CONFIRMED")
    event.add("summary", _summary(page))
    event.add("description", _description(page))
    event.add("url", page.full_url)
    if location := ", ".join(part for part in (page.place, page.address) if part):
        event.add("location", location)
    _add_times(event, page)
    return event


def _sequence(page) -> int:
    """Return a number that grows with each publication, as calendars need it to take over a change (RFC 5545, 3.8.7.4).

    Seconds between the first and the last publication: it needs no query, and deleting old revisions does not lower it.
    """
    if not (page.first_published_at and page.last_published_at):
        return 0
    return max(int((page.last_published_at - page.first_published_at).total_seconds()), 0)


def _summary(page) -> str:
    title = f"{page.title} ({_('abgesagt')})" if page.is_cancelled else page.title
    return _("Beispiel – kein echtes Angebot: %(title)s") % {"title": title} if page.is_example else title


def _description(page) -> str:
    change = f"{capfirst(page.status.label)}: {page.change_reason}" if page.change_reason and page.status else ""
    access = " – ".join(part for part in (capfirst(page.get_step_free_display()), page.access_note) if part)
    return "\n".join(part for part in (change, page.teaser, access, page.full_url) if part)


def _add_times(event: Event, page) -> None:
    """Write the span: days without a time end on the morning after the last day (RFC 5545, 3.6.1)."""
    start = page.starts_at.astimezone(BERLIN)
    end = page.ends_at.astimezone(BERLIN) if page.ends_at else None
    if page.all_day:
        event.add("dtstart", start.date())
        event.add("dtend", (end or start).date() + dt.timedelta(days=1))
        return
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)

"""JSON-LD of news and events (schema.org). What is unknown is left out."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

PUBLISHER = {
    "@type": "GovernmentOrganization",
    "name": settings.WAGTAIL_SITE_NAME,
    "parentOrganization": {"@type": "GovernmentOrganization", "name": "Stadt Dortmund"},
}
STATUS = {"cancelled": "EventCancelled", "moved": "EventRescheduled", "": "EventScheduled"}


def news_article(page) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.teaser,
        "datePublished": page.known_day.isoformat() if page.known_day else None,
        "dateModified": _moment(page.last_published_at),
        "inLanguage": get_language(),
        "mainEntityOfPage": page.full_url,
        "image": page.share_image_url,
        "author": PUBLISHER,
        "publisher": PUBLISHER,
    }
    return {key: value for key, value in data.items() if value}


def event(page) -> dict[str, Any]:
    state = "cancelled" if page.is_cancelled else ("moved" if page.moved_from else "")
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": page.teaser,
        "url": page.full_url,
        "startDate": _day_or_moment(page, page.starts_at),
        "endDate": _day_or_moment(page, page.ends_at),
        "previousStartDate": _day_or_moment(page, page.moved_from),
        "eventStatus": f"https://schema.org/{STATUS[state]}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode" if page.place else None,
        "location": _place(page),
        "image": page.share_image_url,
        "organizer": PUBLISHER,
    }
    return {key: value for key, value in data.items() if value}


def _place(page) -> dict[str, Any] | None:
    if not page.place:
        return None
    place: dict[str, Any] = {"@type": "Place", "name": page.place}
    address = {"@type": "PostalAddress", "streetAddress": page.address, "addressLocality": "Dortmund"}
    return place | {"address": {key: value for key, value in address.items() if value}}


def _day_or_moment(page, moment) -> str | None:
    if moment is None:
        return None
    return timezone.localdate(moment).isoformat() if page.all_day else _moment(moment)


def _moment(moment) -> str | None:
    """Return the moment with the offset of Europe/Berlin, so that readers need no time zone table."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None

"""What state a project, an offer or a participation is in on a day, decided from its fields.

Lists ask the database the same (projects.querysets); this is for pages that are not stored as they are shown, such as
the preview of a draft. A test holds both to the same answers.
"""

import datetime as dt


def twelve_months_before(day: dt.date) -> dt.date:
    """Return the same day a year earlier; 29 February becomes 28 February."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def project_state(project, day: dt.date) -> str:
    """Return what an editor set by hand, else what the dates prove, else "unknown"."""
    if project.status_by_hand:
        return project.status_by_hand
    start, end = project.start_on, project.end_on
    if end is not None and end < day and not project.end_tentative:
        return "completed"
    if start is not None and start > day:
        return "planned"
    if start is not None and not project.start_tentative and end is not None and end >= day:
        return "running"
    return "unknown"


def offer_state(offer, day: dt.date) -> str:
    """Return open, closed or unconfirmed; open needs a sourced end or a confirmation under twelve months old."""
    if offer.closed_on is not None and offer.closed_on <= day:
        return "closed"
    if offer.runs_until is not None:
        if offer.runs_until < day:
            return "closed"
        if offer.runs_until_source:
            return "open"
    if offer.confirmed_on is not None and twelve_months_before(day) < offer.confirmed_on <= day:
        return "open"
    return "unconfirmed"


def participation_state(participation, day: dt.date) -> str:
    """Return upcoming, running, completed, ended (over, no result published) or unknown."""
    start, end = participation.starts_on, participation.ends_on
    if start is not None and start > day:
        return "upcoming"
    if end is None:
        return "unknown"
    if end >= day:
        return "running"
    return "completed" if participation.result else "ended"

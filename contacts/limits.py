"""How many messages a network may send; the form and the status page count together."""

from django.conf import settings

from stadterneuerung.base.http import RateLimit


def submission_limits() -> list[RateLimit]:
    limits = settings.PUBLIC_FORMS
    return [
        RateLimit("submissions-hour", limits["per_hour"], 3600),
        RateLimit("submissions-day", limits["per_day"], 24 * 3600),
    ]

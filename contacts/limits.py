"""How many messages a network may send, the form and the status page together, and how many mails an address gets."""

from django.conf import settings

from stadterneuerung.base.http import RateLimit


def submission_limits() -> list[RateLimit]:
    limits = settings.PUBLIC_FORMS
    return [
        RateLimit("submissions-hour", limits["per_hour"], 3600),
        RateLimit("submissions-day", limits["per_day"], 24 * 3600),
    ]


def acknowledgement_limit() -> RateLimit:
    """The limit of confirmations to one address, asked with the address in place of the request."""
    return RateLimit("acknowledgements-day", settings.PUBLIC_FORMS["acknowledgements_per_day"], 24 * 3600)

"""How many messages a network may send, the form and the status page together, and what visitors may cause by them."""

from django.conf import settings

from stadterneuerung.base.http import RateLimit


def submission_limits() -> list[RateLimit]:
    limits = settings.PUBLIC_FORMS
    return [
        RateLimit("submissions-hour", limits["per_hour"], 3600),
        RateLimit("submissions-day", limits["per_day"], 24 * 3600),
    ]


def acknowledgement_limit() -> RateLimit:
    """The limit of mails to one address that a visitor can cause, asked with the address in place of the request."""
    return RateLimit("acknowledgements-day", settings.PUBLIC_FORMS["acknowledgements_per_day"], 24 * 3600)


def renewal_limit() -> RateLimit:
    """The limit of new links that are taken on one status page, asked with the case's number."""
    return RateLimit("renewals-day", settings.PUBLIC_FORMS["renewals_per_day"], 24 * 3600)

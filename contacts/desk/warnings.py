"""What is wrong with the desk itself and needs a person: red lines above its list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from contacts import scanning
from contacts.desk.saved_views import LONG_OPEN, NOT_ARRIVED, OPEN
from contacts.inbound.health import inbound_warnings
from contacts.models import Enquiry, RoutingRule
from contacts.outbox_alarm import mail_warnings


@dataclass(frozen=True)
class DeskWarning:
    """One red line: a sentence, the page where it is mended, and the right that this page asks for."""

    text: str
    url: str
    permission: str


def desk_warnings(user=None, counts: Mapping[str, int] | None = None) -> list[DeskWarning]:
    """Return what is wrong now. For a `user`, lines on pages that the account may not open come without the address.

    `counts` (`saved_views.counts`) says how much of it the account sees; None: count all.
    """
    counts = counts or {}
    found = [
        *_rules_that_point_nowhere(),
        *_mail_that_does_not_leave(counts.get(NOT_ARRIVED.key)),
        *_silent_scanner(),
        *_mail_that_does_not_come_in(),
        *_cases_without_end(counts.get(LONG_OPEN)),
    ]
    if user is None:
        return found
    return [each if user.has_perm(each.permission) else DeskWarning(each.text, "", each.permission) for each in found]


def _rules_that_point_nowhere():
    for rule in RoutingRule.objects.pointing_nowhere():
        text = f"Die Regel „{rule}“ führt zu keiner Einheit mehr und wird übergangen. Bitte wählen Sie eine andere."
        yield DeskWarning(text, rule_url(rule), "contacts.change_routingrule")


def _mail_that_does_not_leave(cases: int | None):
    for each in mail_warnings(cases):
        yield DeskWarning(each.text, each.url, each.permission)


def _silent_scanner():
    if scanning.is_configured() and scanning.is_silent():
        text = "Der Virenscanner antwortet nicht, PDF werden nicht angenommen. Bitte sagen Sie dem Betrieb Bescheid."
        yield DeskWarning(text, "", "contacts.view_enquiry")


def _mail_that_does_not_come_in():
    for text in inbound_warnings():
        yield DeskWarning(text, "", "contacts.view_enquiry")


def _cases_without_end(count: int | None):
    days = settings.RETENTION_DAYS["open_alarm"]
    if count is None:
        count = Enquiry.objects.long_open().count()
    if count:
        text = f"Seit mehr als {days} Tagen offen: {count}. Solange ein Vorgang offen ist, wird nichts davon gelöscht."
        yield DeskWarning(text, OPEN.url, "contacts.view_enquiry")


def rule_url(rule: RoutingRule) -> str:
    """Return where a rule is mended."""
    return reverse("wagtailsnippets_contacts_routingrule:edit", args=[rule.pk])

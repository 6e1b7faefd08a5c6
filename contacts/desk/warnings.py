"""What is wrong with the desk itself and needs a person: red lines above its list."""

from dataclasses import dataclass

from django.urls import reverse

from contacts.models import RoutingRule
from contacts.outbox_alarm import mail_warnings


@dataclass(frozen=True)
class DeskWarning:
    """One red line: a sentence, the page where it is mended, and the right that this page asks for."""

    text: str
    url: str
    permission: str


def desk_warnings(user=None) -> list[DeskWarning]:
    """Return what is wrong now. For a `user`, lines on pages that the account may not open come without the address."""
    found = [*_rules_that_point_nowhere(), *_mail_that_does_not_leave()]
    if user is None:
        return found
    return [each if user.has_perm(each.permission) else DeskWarning(each.text, "", each.permission) for each in found]


def _rules_that_point_nowhere():
    for rule in RoutingRule.objects.pointing_nowhere():
        text = f"Die Regel „{rule}“ führt zu keiner Einheit mehr und wird übergangen. Bitte wählen Sie eine andere."
        yield DeskWarning(text, rule_url(rule), "contacts.change_routingrule")


def _mail_that_does_not_leave():
    for text, url in mail_warnings():
        yield DeskWarning(text, url, "contacts.view_outboxmessage")


def rule_url(rule: RoutingRule) -> str:
    """Return where a rule is mended."""
    return reverse("wagtailsnippets_contacts_routingrule:edit", args=[rule.pk])

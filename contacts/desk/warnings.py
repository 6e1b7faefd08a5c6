"""What is wrong with the desk itself and needs a person: red lines above its list."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from contacts.models import OutboxMessage, RoutingRule


@dataclass(frozen=True)
class Warning:
    """One red line: a sentence, and the page of the admin where that is mended."""

    text: str
    url: str


def desk_warnings() -> list[Warning]:
    return [*_rules_that_point_nowhere(), *_mail_that_does_not_leave()]


def _rules_that_point_nowhere() -> Iterator[Warning]:
    for rule in RoutingRule.objects.pointing_nowhere():
        text = f"Die Regel „{rule}“ führt zu keiner Einheit mehr und wird übergangen. Bitte wählen Sie eine andere."
        yield Warning(text, rule_url(rule))


def _mail_that_does_not_leave() -> Iterator[Warning]:
    if stuck := OutboxMessage.objects.stuck().count():
        mails = "Eine Mail lässt" if stuck == 1 else f"{stuck} Mails lassen"
        yield Warning(f"{mails} sich nicht senden. Bitte sehen Sie im Postausgang nach.", reverse("outbox:index"))


def rule_url(rule: RoutingRule) -> str:
    """Return where a rule is mended."""
    return reverse("wagtailsnippets_contacts_routingrule:edit", args=[rule.pk])

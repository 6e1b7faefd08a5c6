"""System checks of the contact room."""

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError, transaction

from contacts.models import RoutingRule


@register(Tags.database)
def check_rules(app_configs, databases=None, **kwargs) -> list[Warning]:
    """Name the rules that point nowhere (`check --database default`).

    No Error: `migrate` runs this check too, and a unit that an editor deleted must not stop a new version from being
    installed. What refuses the launch is the open item of the same rule (`check --deploy`).
    """
    found = []
    for alias in databases or []:
        try:
            with transaction.atomic(using=alias):
                rules = list(RoutingRule.objects.using(alias).pointing_nowhere())
        except DatabaseError:
            continue  # before the first migration there are no rules
        found += [
            Warning(
                f"Die Regel „{rule}“ der Verteilung führt zu keiner Einheit mehr. Sie wird übergangen.",
                hint="Im Redaktionssystem unter „Anfragen → Verteilung“ eine andere Einheit wählen.",
                id="contacts.W001",
            )
            for rule in rules
        ]
    return found

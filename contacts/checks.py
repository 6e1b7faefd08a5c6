"""System checks of the contact room."""

from collections.abc import Iterable
from contextlib import suppress

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from contacts.inbound.addresses import LONGEST_NAME
from contacts.inbound.server import is_on, server_of
from contacts.models import RoutingRule
from contacts.text import is_mail_address
from stadterneuerung.organisation.models import OrganisationUnit

_ROUND_TRIP = "Mails an das Amt kämen zu uns zurück, und niemand läse sie."


@register(Tags.database)
def check_rules(app_configs, databases=None, **kwargs) -> list[Warning]:
    """Name the rules that point nowhere (`check --database default`).

    No Error: `migrate` runs this check too, and a unit that an editor deleted must not stop a new version from being
    installed. What refuses the launch is the open item of the same rule (`check --deploy`).
    """
    return [
        Warning(
            f"Die Regel „{rule}“ der Verteilung führt zu keiner Einheit mehr. Sie wird übergangen.",
            hint="Im Redaktionssystem unter „Anfragen → Verteilung“ eine andere Einheit wählen.",
            id="contacts.W001",
        )
        for rule in _rows(RoutingRule.objects.pointing_nowhere(), databases)
    ]


@register()
def check_inbound(app_configs, **kwargs) -> list[Error]:
    """Refuse a mailbox for incoming mails that cannot be read safely, or to which our own mails would come back."""
    if not is_on():
        return []
    found = []
    try:
        server_of(settings.INBOUND_IMAP_URL)
    except ValueError as error:
        found.append(Error(str(error), id="contacts.E001"))
    address = settings.INBOUND_ADDRESS
    name = address.rpartition("@")[0]
    if not address:
        found.append(
            Error("Zu INBOUND_IMAP_URL gehört die Adresse des Postfachs: INBOUND_ADDRESS.", id="contacts.E002")
        )
    elif not is_mail_address(address) or "+" in name:
        found.append(Error("INBOUND_ADDRESS muss eine einfache E-Mail-Adresse ohne „+“ sein.", id="contacts.E003"))
    elif settings.INBOUND_SUBADDRESS and len(name) > LONGEST_NAME:
        text = f"Mit INBOUND_SUBADDRESS darf INBOUND_ADDRESS vor dem „@“ höchstens {LONGEST_NAME} Zeichen haben."
        found.append(Error(text, id="contacts.E004"))
    if address and address.lower() == settings.ENQUIRY_MAILBOX.lower():
        found.append(Error(f"INBOUND_ADDRESS darf nicht ENQUIRY_MAILBOX sein. {_ROUND_TRIP}", id="contacts.E005"))
    return found


@register()
def check_forms(app_configs, **kwargs) -> list[Error]:
    """Refuse a task that no browser would solve, and a wait that nobody would sit out (`contacts.proof_of_work`)."""
    limits = settings.PUBLIC_FORMS
    values = {"FORM_WORK_BITS": (limits["work_bits"], 24), "FORM_WAIT_SECONDS": (limits["wait_seconds"], 300)}
    return [
        Error(f"{name} muss zwischen 1 und {most} liegen.", id="contacts.E006")
        for name, (value, most) in values.items()
        if not 1 <= value <= most
    ]


@register(Tags.database)
def check_inbound_units(app_configs, databases=None, **kwargs) -> list[Warning]:
    """Name units whose mailbox is the one that is read (`check --database default`); no Error, as above."""
    if not is_on() or not settings.INBOUND_ADDRESS:
        return []
    return [
        Warning(
            f"INBOUND_ADDRESS ist das Postfach von „{unit}“. {_ROUND_TRIP}",
            hint="Der Einheit im Redaktionssystem ihr eigenes Postfach geben.",
            id="contacts.W002",
        )
        for unit in _rows(OrganisationUnit.objects.filter(mailbox__iexact=settings.INBOUND_ADDRESS), databases)
    ]


def _rows(queryset: QuerySet, databases: Iterable[str] | None) -> list:
    """Return the rows in all these databases; before the first migration there are none."""
    found = []
    for alias in databases or []:
        with suppress(DatabaseError), transaction.atomic(using=alias):
            found += queryset.using(alias)
    return found

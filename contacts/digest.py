"""The daily overview: one mail a mailbox and working day at most, with numbers of cases and nothing that people wrote.

A unit without a confirmed mailbox, what belongs to no unit and what is in quarantine are told to the office, all in one
mail.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from contacts.deadlines import is_working_day
from contacts.desk.saved_views import QUARANTINE
from contacts.models import DigestDay, Enquiry, OutboxMessage, UnitDesk
from contacts.models.enquiries import EnquiryQuerySet
from contacts.routing import recipients, standing_in
from stadterneuerung.organisation.models import OrganisationUnit

FROM_HOUR = 7  # Europe/Berlin
REFERENCES_SHOWN = 15  # of each list; the rest is counted


@dataclass(frozen=True)
class Line:
    """One list of cases, such as "überfällig"; `references` are their numbers, the one due first at the head."""

    label: str
    references: list[str]
    needs_work: bool = True

    @property
    def shown(self) -> str:
        more = len(self.references) - REFERENCES_SHOWN
        shown = ", ".join(self.references[:REFERENCES_SHOWN])
        return f"{shown} und {more} weitere" if more > 0 else shown


@dataclass(frozen=True)
class Section:
    """What lies with one unit, or with the office (None). `url`: where to look, if not at the desk's first page."""

    heading: str
    unit: OrganisationUnit | None
    lines: list[Line]
    url: str = ""

    @property
    def needs_work(self) -> bool:
        return any(line.needs_work for line in self.lines)


def send_digests(now: dt.datetime | None = None) -> int:
    """Store the day's overviews in the outbox if it is time and nobody did; return how many mails there are."""
    now = timezone.localtime(now)
    day = now.date()
    if now.hour < FROM_HOUR or not is_working_day(day) or DigestDay.objects.filter(day=day).exists():
        return 0
    with transaction.atomic():
        done, is_new = DigestDay.objects.get_or_create(day=day)
        if not is_new:
            return 0  # another worker was quicker
        mails = digest_mails(day)
        OutboxMessage.objects.bulk_create(mails)
        done.mails = len(mails)
        done.save(update_fields=["mails"])
    return len(mails)


def digest_mails(day: dt.date) -> list[OutboxMessage]:
    """Return the overviews of `day`, unsaved: one a mailbox, with a section for each unit that it answers for."""
    deputies = standing_in(day)
    by_mailbox: dict[str, list[Section]] = defaultdict(list)
    addresses: dict[str, str] = {}
    for section in sections(day):
        for recipient in recipients(section.unit, day, deputies):
            key = recipient.address.lower()
            addresses.setdefault(key, recipient.address)
            by_mailbox[key].append(section)
    return [_mail(day, addresses[key], found) for key, found in by_mailbox.items()]


def sections(day: dt.date) -> list[Section]:
    """Return what waits for each unit that wants to know, in the office's order; the office's own comes last."""
    silent = UnitDesk.objects.exclude(uses_desk=True, wants_digest=True).values("unit")
    units = OrganisationUnit.objects.exclude(pk__in=silent).order_by("position", "pk")
    lines = _lines(day)
    found = [Section(str(unit), unit, lines[unit.pk]) for unit in units]
    found += [Section("Ohne Einheit", None, lines[None]), _quarantine()]
    return [section for section in found if section.needs_work]


def _quarantine() -> Section:
    """Return what somebody has to look at before any unit gets it, whichever that would be."""
    references = list(Enquiry.objects.quarantined().order_by("created_at", "pk").values_list("reference", flat=True))
    lines = [Line("freigeben oder als Spam schließen", references)] if references else []
    return Section("In Quarantäne", None, lines, settings.WAGTAILADMIN_BASE_URL + QUARANTINE.url)


def _lines(day: dt.date) -> dict[int | None, list[Line]]:
    """Return the lists of cases by the id of their unit, in the same words and by the same queries as the desk's."""
    waiting = Enquiry.objects.on_desk().filter(state=Enquiry.State.WAITING)
    lists: list[tuple[str, EnquiryQuerySet, bool]] = [
        ("überfällig", Enquiry.objects.overdue(day), True),
        ("bald fällig", Enquiry.objects.due(day), True),
        ("neu", Enquiry.objects.new(), True),
        ("wartet auf Rückmeldung", waiting, False),
    ]
    lines: dict[int | None, list[Line]] = defaultdict(list)
    for label, enquiries, needs_work in lists:
        by_unit = defaultdict(list)
        for unit, reference in enquiries.order_by("due_on", "pk").values_list("unit_id", "reference"):
            by_unit[unit].append(reference)
        for unit, references in by_unit.items():
            lines[unit].append(Line(label, references, needs_work))
    return lines


def _mail(day: dt.date, address: str, found: list[Section]) -> OutboxMessage:
    context = {"day": day, "sections": found, "url": settings.WAGTAILADMIN_BASE_URL + reverse("enquiry:index")}
    return OutboxMessage(
        kind=OutboxMessage.Kind.DIGEST,
        to=address,
        reply_to=settings.ENQUIRY_MAILBOX,
        subject=f"Anfragen am {day:%d.%m.%Y}: Was heute ansteht",
        body_text=render_to_string("emails/digest.txt", context).strip() + "\n",
    )

"""Which unit a message goes to and which mailboxes get it: rules in order, the first one that names a unit decides.

Nothing here can lose a message: a rule that points nowhere is passed over, and where no rule holds, or the unit's
mailbox is not confirmed, the office's own mailbox gets it.

Rules, accounts and deputies belong to the records of the first language. So a rule holds for the translations of what
it names, and a translated unit stands for the one that it was translated from.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from wagtail.models import Locale, Page

from areas.models import AreaPage
from contacts.models.enquiries import Enquiry
from contacts.models.outbox import OutboxMessage
from contacts.models.routing import Deputy, RoutingRule, UnitDesk
from contacts.models.subjects import EnquirySubject
from contacts.units import reached
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit

Target = RoutingRule.Target


@dataclass(frozen=True)
class Topic:
    """What a message is about. `page` is specific (`Page.specific`), so that its unit and its areas are known."""

    kind: str = Enquiry.Kind.QUESTION
    subject: EnquirySubject | None = None
    page: Page | None = None

    @cached_property
    def areas(self) -> list[AreaPage]:
        return areas_of(self.page)

    @cached_property
    def branch(self) -> set[UUID]:
        """The translation keys of the page and of all above it."""
        if self.page is None:
            return set()
        return set(self.page.get_ancestors(inclusive=True).values_list("translation_key", flat=True))


@dataclass(frozen=True)
class Step:
    """What one rule said: the unit it named, or why it named none."""

    rule: RoutingRule
    unit: OrganisationUnit | None
    reason: str


@dataclass(frozen=True)
class Route:
    """Where a message goes. `unit` is None when no rule named one; the office's mailbox has it then."""

    unit: OrganisationUnit | None
    steps: list[Step]

    @property
    def rule(self) -> RoutingRule | None:
        return self.steps[-1].rule if self.steps and self.steps[-1].unit else None


def areas_of(page: Page | None) -> list[AreaPage]:
    """Return the areas that a page is about: itself, or those of a project or an offer."""
    if isinstance(page, AreaPage):
        return [page]
    areas = getattr(page, "areas", None)
    return list(areas.select_related("responsible_unit").order_by("title")) if areas is not None else []


def find_route(topic: Topic) -> Route:
    """Return the way of a message, with what each rule on the way said."""
    steps = []
    for rule in RoutingRule.objects.active().select_related("unit", "subject", "page", "area"):
        step = _apply(rule, topic)
        steps.append(step)
        if step.unit:
            return Route(step.unit, steps)
    return Route(None, steps)


def in_first_language(unit: OrganisationUnit) -> OrganisationUnit:
    """Return the unit that `unit` was translated from; itself when it is that one, or when there is none."""
    first = Locale.get_default().pk
    if unit.locale_id == first:
        return unit
    return OrganisationUnit.objects.filter(translation_key=unit.translation_key, locale=first).first() or unit


def _apply(rule: RoutingRule, topic: Topic) -> Step:
    if reason := _why_not(rule, topic):
        return Step(rule, None, reason)
    if rule.points_nowhere:
        return Step(rule, None, "Die Einheit dieser Regel gibt es nicht mehr. Die Regel wird übergangen.")
    unit, missing = _target(rule, topic)
    return Step(rule, in_first_language(unit), "Diese Regel entscheidet.") if unit else Step(rule, None, missing)


def _why_not(rule: RoutingRule, topic: Topic) -> str:
    """Return the condition that does not hold, empty when all do."""
    if rule.kind and rule.kind != topic.kind:
        return f"Gilt nur für: {rule.get_kind_display()}."
    if rule.subject and (topic.subject is None or rule.subject.translation_key != topic.subject.translation_key):
        return f"Gilt nur für den Betreff „{rule.subject}“."
    if rule.page and rule.page.translation_key not in topic.branch:
        return f"Gilt nur für „{rule.page.title}“ und was darunter liegt."
    if rule.area and rule.area.translation_key not in [area.translation_key for area in topic.areas]:
        return f"Gilt nur für das Gebiet „{rule.area.title}“."
    return ""


def _target(rule: RoutingRule, topic: Topic) -> tuple[OrganisationUnit | None, str]:
    """Return the unit that the rule leads to, or None and why."""
    match rule.target:
        case Target.UNIT:
            return rule.unit, ""
        case Target.PAGE:
            unit = getattr(topic.page, "responsible_unit", None)
            return unit, "Zur Nachricht gehört keine Seite mit einer zuständigen Einheit."
        case Target.AREA:
            units = [area.responsible_unit for area in topic.areas if area.responsible_unit]
            return (units[0] if units else None), "Zur Nachricht gehört kein Gebiet mit einer zuständigen Einheit."
        case Target.SUBJECT:
            unit = topic.subject.unit if topic.subject else None
            return unit, "Zum Betreff ist keine Einheit hinterlegt."
        case unknown:
            raise ValueError(unknown)


StandingIn = dict[int, list[OrganisationUnit]]


def standing_in(day: dt.date | None = None) -> StandingIn:
    """Return who stands in for whom on `day`, by the id of the unit that is away."""
    found: StandingIn = {}
    for row in Deputy.objects.on(day or today()).select_related("deputy").order_by("pk"):
        found.setdefault(row.unit_id, []).append(row.deputy)
    return found


def deputies_of(
    unit: OrganisationUnit, day: dt.date | None = None, known: StandingIn | None = None
) -> list[OrganisationUnit]:
    """Return who stands in for `unit` on `day`, also for a deputy that is itself away; each unit once, no circles.

    Whoever asks for many units gives `standing_in(day)` as `known`.
    """
    known = standing_in(day) if known is None else known
    deputies = {deputy.pk: deputy for row in known.values() for deputy in row}
    links = {away: [deputy.pk for deputy in row] for away, row in known.items()}
    return [deputies[pk] for pk in reached([unit.pk], links)[1:]]


class Recipient(NamedTuple):
    """A mailbox that gets a message, as which kind of mail, and why."""

    kind: str
    address: str
    reason: str


def recipients(
    unit: OrganisationUnit | None, day: dt.date | None = None, known: StandingIn | None = None
) -> list[Recipient]:
    """Return the mailboxes for a message to `unit`, each address once and never none.

    The office's mailbox stays on every mail until the unit's own one is confirmed; deputies get it too.
    """
    Kind = OutboxMessage.Kind
    office = settings.ENQUIRY_MAILBOX
    found: dict[str, Recipient] = {}
    if unit is None:
        found[office.lower()] = Recipient(Kind.OFFICE, office, "Keine Regel nennt eine Einheit.")
    elif not unit.has_confirmed_mailbox:
        missing = "ist noch nicht bestätigt" if unit.mailbox else "fehlt"
        found[office.lower()] = Recipient(Kind.OFFICE, office, f"Das Postfach von „{unit}“ {missing}.")
    else:
        found[unit.mailbox.lower()] = Recipient(Kind.UNIT, unit.mailbox, f"Postfach von „{unit}“.")
    for deputy in deputies_of(unit, day, known) if unit else []:
        if deputy.has_confirmed_mailbox:
            reason = f"„{deputy}“ vertritt „{unit}“."
            found.setdefault(deputy.mailbox.lower(), Recipient(Kind.UNIT, deputy.mailbox, reason))
    return list(found.values())


def mailboxes(unit: OrganisationUnit | None, day: dt.date | None = None) -> list[tuple[str, str]]:
    """Return (kind of mail, address) of `recipients()`."""
    return [(each.kind, each.address) for each in recipients(unit, day)]


def uses_desk(unit: OrganisationUnit | None) -> bool:
    """Whether a unit works with the desk; the office, for what no unit has, does."""
    return unit is None or not UnitDesk.objects.filter(unit=unit, uses_desk=False).exists()

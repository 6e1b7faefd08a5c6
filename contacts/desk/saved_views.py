"""The saved views of the desk: which enquiries each one shows, in which order, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from contacts.models import Enquiry, OutboxMessage, states
from contacts.models.enquiries import EnquiryQuerySet
from stadterneuerung.base.dates import today

URGENT_FIRST, NEWEST_FIRST, LATELY_CLOSED_FIRST = "due_on", "-created_at", "-closed_at"


@dataclass(frozen=True)
class SavedView:
    """`key` stands in addresses; `condition` is what holds for its enquiries, given the account that looks.

    `is_counted` views show open cases only, so that their counts stay cheap however many were closed.
    """

    key: str
    label: str
    condition: Callable[..., Q]
    hint: str
    empty: str
    ordering: str = URGENT_FIRST
    is_counted: bool = True

    @property
    def url(self) -> str:
        return f"{reverse('enquiry:index')}?ansicht={self.key}"

    def select(self, enquiries: EnquiryQuerySet, user) -> EnquiryQuerySet:
        return enquiries.filter(self.condition(user))


MINE = SavedView(
    "meine",
    "Meine",
    lambda user: states.OPEN & Q(assignee=user.pk),
    "Was Sie übernommen haben und was noch nicht abgeschlossen ist.",
    "Sie haben gerade keine offene Anfrage übernommen.",
)
NEW = SavedView(
    "neu",
    "Neu",
    lambda user: states.NEW,
    "Was noch niemand übernommen hat.",
    "Alles, was eingegangen ist, ist übernommen.",
)
DUE = SavedView(
    "faellig",
    "Fällig",
    lambda user: states.due(today()),
    f"Was heute oder in den nächsten {states.SOON_DAYS} Tagen zu beantworten ist.",
    f"In den nächsten {states.SOON_DAYS} Tagen wird nichts fällig.",
)
OVERDUE = SavedView(
    "ueberfaellig",
    "Überfällig",
    lambda user: states.overdue(today()),
    "Was schon beantwortet sein sollte.",
    "Nichts ist überfällig.",
)
WAITING = SavedView(
    "wartet",
    "Wartet",
    lambda user: states.WAITING,
    "Was auf eine Rückmeldung der Person wartet, die geschrieben hat.",
    "Nichts wartet auf eine Rückmeldung.",
)
OPEN = SavedView(
    "offen",
    "Offen",
    lambda user: states.OPEN,
    "Alles, was noch nicht abgeschlossen ist, das Dringendste zuerst.",
    "Keine Anfrage ist offen.",
)
DONE = SavedView(
    "erledigt",
    "Erledigt",
    lambda user: states.CLOSED & states.KEPT,
    "Was abgeschlossen ist und noch nicht gelöscht wurde.",
    "Noch ist nichts abgeschlossen.",
    LATELY_CLOSED_FIRST,
    is_counted=False,
)
BARRIERS = SavedView(
    "barrieren",
    "Barrieren",
    lambda user: states.OPEN & Q(kind=Enquiry.Kind.BARRIER),
    "Offene Meldungen von Barrieren; für sie gelten die Fristen der BITVNRW § 5.",
    "Keine Barrieremeldung ist offen.",
)
QUARANTINE = SavedView(
    "quarantaene",
    "Quarantäne",
    lambda user: states.QUARANTINED,
    "Was von einem Programm stammen könnte. Niemand hat eine Eingangsbestätigung bekommen. "
    "Sie geben es frei oder schließen es als Spam; was niemand ansieht, wird nach "
    f"{settings.RETENTION_DAYS['quarantine']} Tagen von selbst geschlossen.",
    "In Quarantäne ist nichts.",
    NEWEST_FIRST,
)
EVERYTHING = SavedView(
    "alle",
    "Alle",
    lambda user: states.KEPT,
    "Offenes, Erledigtes, Quarantäne und was Einheiten allein per Mail beantworten.",
    "Noch ist keine Anfrage eingegangen.",
    NEWEST_FIRST,
    is_counted=False,
)

NOT_ARRIVED = SavedView(
    "nicht-angekommen",
    "Mail kam nicht an",
    lambda user: (
        states.NOT_CLOSED
        & states.KEPT
        & Q(pk__in=OutboxMessage.objects.given_up().exclude(enquiry=None).order_by().values("enquiry"))
    ),
    "Zu diesen offenen Anfragen kam eine Mail nicht an und wird nicht mehr versucht. "
    "Welche es ist, sagt der Verlauf; vielleicht hilft ein Anruf oder ein Brief.",
    "Zu allen offenen Anfragen sind die Mails angekommen oder noch unterwegs.",
)

LONG_OPEN = "lange-offen"  # counted along, and no view: a red line tells of it (`contacts.desk.warnings`)

VIEWS = [MINE, NEW, DUE, OVERDUE, WAITING, OPEN, DONE, BARRIERS, QUARANTINE, NOT_ARRIVED, EVERYTHING]
_BY_KEY = {view.key: view for view in VIEWS}


def view_named(key: str) -> SavedView:
    """Return the view of an address; what nobody knows is the default."""
    return _BY_KEY.get(key, OPEN)


def counts(enquiries: EnquiryQuerySet, user) -> dict[str, int]:
    """Return key → number for the counted views, in one query that reads the rows that are not closed."""
    wanted = {view.key: Count("pk", filter=view.condition(user)) for view in VIEWS if view.is_counted}
    wanted[LONG_OPEN] = Count("pk", filter=states.long_open(timezone.now()))
    return enquiries.not_closed().kept().aggregate(**wanted)

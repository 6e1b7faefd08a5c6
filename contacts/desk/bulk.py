"""Acts on many enquiries at once: each one is an act of its own, and what cannot be done does not stop the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from contacts.desk import actions
from contacts.desk.actions import NotPossible, Outdated
from contacts.models import Enquiry
from contacts.models.enquiries import EnquiryQuerySet

MOST = 200
SPAM_NOTE = "Als Spam geschlossen."


def take(enquiry: Enquiry, by, *, note: str = "", unit=None) -> None:
    _need_released(enquiry)
    actions.take(enquiry, by, note)


def pass_on(enquiry: Enquiry, by, *, note: str = "", unit=None) -> None:
    _need_released(enquiry)
    actions.pass_on(enquiry, by, unit, note)


def close(enquiry: Enquiry, by, *, note: str = "", unit=None) -> None:
    _need_released(enquiry)
    actions.close(enquiry, by, note)


def release(enquiry: Enquiry, by, *, note: str = "", unit=None) -> None:
    actions.release(enquiry, by)


def close_as_spam(enquiry: Enquiry, by, *, note: str = "", unit=None) -> None:
    """Close what is in quarantine; it stays there, under "Erledigt", until its period is over."""
    if not enquiry.is_suspicious:
        raise NotPossible("Diese Anfrage ist nicht in Quarantäne.")
    actions.close(enquiry, by, f"{SPAM_NOTE} {note}".strip())


def _need_released(enquiry: Enquiry) -> None:
    if enquiry.is_suspicious:
        raise NotPossible("Diese Anfrage ist in Quarantäne. Bitte geben Sie sie erst frei.")


@dataclass(frozen=True)
class Act:
    """`key` stands in addresses; `done` says what happened, after a number."""

    key: str
    label: str
    question: str
    done: str
    carry_out: Callable[..., None]
    asks_unit: bool = False
    asks_note: bool = True


ACTS = {
    act.key: act
    for act in [
        Act("uebernehmen", "Übernehmen", "Diese Anfragen übernehmen?", "übernommen", take),
        Act(
            "weitergeben",
            "An andere Einheit geben",
            "Diese Anfragen an eine andere Einheit geben?",
            "weitergegeben",
            pass_on,
            asks_unit=True,
        ),
        Act("abschliessen", "Abschließen", "Diese Anfragen abschließen?", "abgeschlossen", close),
        Act(
            "freigeben",
            "Freigeben",
            "Diese Anfragen aus der Quarantäne nehmen? Sie gehen dann an ihre Einheiten, und wer eine "
            "Adresse angegeben hat, bekommt die Eingangsbestätigung.",
            "freigegeben",
            release,
            asks_note=False,
        ),
        Act("spam", "Als Spam schließen", "Diese Anfragen als Spam schließen?", "als Spam geschlossen", close_as_spam),
    ]
}
OF_QUARANTINE = ["freigeben", "spam"]
OF_OTHERS = ["uebernehmen", "weitergeben", "abschliessen"]


@dataclass
class Outcome:
    """What was done, what was not and why, and how many there was no access to (any more)."""

    done: list[Enquiry] = field(default_factory=list)
    refused: list[tuple[Enquiry, str]] = field(default_factory=list)
    missing: int = 0


def carry_out(act: Act, enquiries: EnquiryQuerySet, versions: Mapping[int, int], by, **details) -> Outcome:
    """Do `act` to those of `enquiries` (what the account may see) that `versions` names: id → version it saw."""
    outcome = Outcome()
    found = enquiries.kept().filter(pk__in=versions).select_related("unit", "assignee").order_by("created_at", "pk")
    for enquiry in found:
        enquiry.version = versions[enquiry.pk]
        try:
            act.carry_out(enquiry, by, **details)
        except Outdated:
            outcome.refused.append((enquiry, "Jemand anderes hat sie inzwischen bearbeitet."))
        except NotPossible as reason:
            outcome.refused.append((enquiry, str(reason)))
        else:
            outcome.done.append(enquiry)
    outcome.missing = len(versions) - len(outcome.done) - len(outcome.refused)
    return outcome

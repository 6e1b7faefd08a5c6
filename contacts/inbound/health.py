"""Whether incoming mails are fetched, for `/healthz` and for the desk."""

from dataclasses import dataclass

from django.conf import settings

from contacts.inbound.server import is_on
from contacts.inbound.taking import REVIEW_FOLDER
from contacts.models import MailboxState


@dataclass(frozen=True)
class InboundHealth:
    """`silent_seconds`: since the last round that went well; None when none ever did."""

    silent_seconds: int | None
    in_review: int

    @property
    def is_silent(self) -> bool:
        return self.silent_seconds is None or self.silent_seconds > settings.INBOUND["silent_seconds"]


def inbound_health() -> InboundHealth | None:
    """Return how the mailbox is doing; None while none is named in the settings."""
    return _health(MailboxState.current()) if is_on() else None


def inbound_warnings() -> list[str]:
    """Return what is wrong, as German sentences."""
    if not is_on():
        return []
    state = MailboxState.current()
    health = _health(state)
    found = []
    if health.is_silent:
        why = f" ({state.last_error})" if state.last_error else ""
        found.append(f"Eingehende Mails werden nicht abgeholt{why}. Bitte sagen Sie dem Betrieb Bescheid.")
    if health.in_review:
        mails = "liegt eine Mail" if health.in_review == 1 else f"liegen {health.in_review} Mails"
        found.append(f"Im Postfach für eingehende Mails {mails} im Ordner „{REVIEW_FOLDER}“: Bitte dort nachsehen.")
    return found


def _health(state: MailboxState) -> InboundHealth:
    silence = state.silence
    return InboundHealth(None if silence is None else int(silence.total_seconds()), state.in_review)

"""What is wrong with the desk itself and needs somebody: shown as red lines above its list."""

from dataclasses import dataclass

from django.urls import reverse

from contacts.models import OutboxMessage


@dataclass(frozen=True)
class Warning:
    text: str
    url: str


def desk_warnings() -> list[Warning]:
    found = []
    if stuck := OutboxMessage.objects.stuck().count():
        mails = "Eine Mail lässt" if stuck == 1 else f"{stuck} Mails lassen"
        found.append(Warning(f"{mails} sich nicht senden.", reverse("outbox:index")))
    return found

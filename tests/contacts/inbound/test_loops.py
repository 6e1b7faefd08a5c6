"""Machines that answer whatever they get, at the sender's and at the office's: it always comes to an end."""

import itertools
from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage

from contacts.models import OutboxMessage
from contacts.outbox import as_email
from tests.contacts.inbound.letters import SENDER, answer_fields, letter, take_in

pytestmark = pytest.mark.django_db

# How a machine answers: as it should, as a person would, or to the envelope, without a word of what it answers.
POLITE, LIKE_A_PERSON, BLUNT = "polite", "like a person", "blunt"
# As blunt, and from an address of its own, or from another one each time: a system of tickets.
ELSEWHERE, ANYWHERE = "elsewhere", "anywhere"
MANNERS = [POLITE, LIKE_A_PERSON, BLUNT, ELSEWHERE, ANYWHERE]
_MOST = 60


class Machines:
    """What answers at which address; `sent` is how many mails left us."""

    def __init__(self, senders: str, others: str):
        self.manners = {SENDER: senders}
        self.others = others
        self.sent = 0
        self._number = itertools.count()

    def run(self) -> int:
        """Let mails go to and fro until none is left; return how many left us, at most `_MOST`."""
        while self.sent < _MOST and (mail := OutboxMessage.objects.order_by("pk")[self.sent : self.sent + 1].first()):
            self.sent += 1
            for answer in self._answers(as_email(mail)):
                take_in(answer)
        return self.sent

    def _answers(self, delivered: EmailMessage) -> Iterator:
        manner = self.manners.get(delivered.to[0], self.others)
        number = next(self._number)
        senders = {ELSEWHERE: "hilfe@tickets.example", ANYWHERE: f"ticket{number}@tickets.example"}
        fields = {"From": senders.get(manner, delivered.to[0]), "Message_ID": f"<{number}@machine.example>"}
        if manner in (BLUNT, ELSEWHERE, ANYWHERE):
            yield letter(To=delivered.from_email, **fields)
        elif "stadtdo.example" in delivered.reply_to[0]:  # else it writes to somebody else
            polite = {"Auto_Submitted": "auto-replied"} if manner == POLITE else {}
            yield letter(**answer_fields(delivered) | fields | polite)


@pytest.mark.parametrize("others", MANNERS)
@pytest.mark.parametrize("senders", MANNERS)
def test_machines_do_not_write_to_one_another_for_ever(unit, settings, senders, others):
    settings.INBOUND = settings.INBOUND | {"cases_per_hour": 10}
    take_in(letter())

    assert Machines(senders, others).run() < _MOST

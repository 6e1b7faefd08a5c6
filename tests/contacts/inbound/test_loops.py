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
MANNERS = [POLITE, LIKE_A_PERSON, BLUNT]
_MOST = 20


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
        fields = {"From": delivered.to[0], "Message_ID": f"<{next(self._number)}@machine.example>"}
        if manner == BLUNT:
            yield letter(To=delivered.from_email, **fields)
        elif "stadtdo.example" in delivered.reply_to[0]:  # else it writes to somebody else
            polite = {"Auto_Submitted": "auto-replied"} if manner == POLITE else {}
            yield letter(**answer_fields(delivered) | fields | polite)


@pytest.mark.parametrize("others", MANNERS)
@pytest.mark.parametrize("senders", MANNERS)
def test_machines_do_not_write_to_one_another_for_ever(unit, senders, others):
    take_in(letter())

    assert Machines(senders, others).run() < _MOST

"""Every step of the dialogue with the mail server may stall, be refused or be the last: no mail is lost or renamed."""

import asyncio
import socket
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.utils import timezone

from contacts import outbox
from contacts.models import OutboxMessage
from tests.contacts.factories import OutboxFactory

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
STEPS = ["EHLO", "MAIL", "RCPT", "DATA"]


class Server:
    """Does to one step what it is told: "stall", "hang up", or an answer. `taken` holds Message-IDs."""

    def __init__(self):
        self.step = self.deed = ""
        self.taken: list[str] = []

    async def _do(self, step: str, server) -> str | None:
        if step != self.step:
            return None
        if self.deed == "stall":
            await asyncio.sleep(0.6)
        elif self.deed == "hang up":
            server.transport.abort()
        else:
            return self.deed
        return "250 OK"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        answer = await self._do("EHLO", server)
        session.host_name = hostname
        return [answer] if answer else responses

    async def handle_HELO(self, server, session, envelope, hostname):
        # Who is refused with EHLO tries again with HELO.
        session.host_name = hostname
        return await self._do("EHLO", server) or "250 localhost"

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = await self._do("MAIL", server)
        envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = await self._do("RCPT", server)
        envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.step != "DATA" or self.deed in ("stall", "hang up"):
            self.taken.append(message_from_bytes(envelope.content)["Message-ID"])
        return await self._do("DATA", server) or "250 OK"


@pytest.fixture
def smtp(settings):
    handler = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.factory = lambda: SMTP(handler, hostname="localhost")
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield handler
    controller.stop()


@pytest.mark.parametrize("deed", ["stall", "hang up", "421 closing", "451 try later", "550 no"])
@pytest.mark.parametrize("step", STEPS)
def test_mail_waits_and_is_sent_under_its_name_when_the_server_is_well(smtp, step, deed, settings):
    message, other = OutboxFactory(), OutboxFactory()
    smtp.step, smtp.deed = step, deed
    settings.EMAIL_TIMEOUT = 0.3 if deed == "stall" else 5

    assert outbox.deliver_due() == outbox.Delivery(sent=0, failed=2)
    assert set(OutboxMessage.objects.values_list("state", "attempts", "claimed_until")) == {(State.PENDING, 1, None)}

    smtp.step = ""
    settings.EMAIL_TIMEOUT = 5
    already = list(smtp.taken)
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    assert outbox.deliver_due() == outbox.Delivery(sent=2, failed=0)
    assert smtp.taken == [*already, message.message_id, other.message_id]
    assert set(already) <= {message.message_id, other.message_id}

"""A real mail server on the loopback address, in a process of its own, that refuses, stalls and hangs up.

`python -m tools.drill.mailserver PORT FILE SEED STALL_SECONDS`. Each mail it took and each fault is one line of JSON
in FILE, on the disk before the client gets its answer. SIGUSR1 makes it behave.
"""

import asyncio
import json
import os
import random
import signal
import sys
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"
# Of a hundred commands so many get something else than what the protocol promises.
REFUSED = 2.0  # 4xx
STALLED = 0.25
HUNG_UP = 0.7


class Moody:
    """The handler. What it does to which command is drawn from the seed."""

    def __init__(self, file: Path, seed: int, stall_seconds: float):
        self.file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.random = random.Random(seed)
        self.stall_seconds = stall_seconds
        self.calm = False

    def write(self, **entry) -> None:
        os.write(self.file, (json.dumps(entry) + "\n").encode())
        os.fdatasync(self.file)

    def draw(self) -> str:
        roll = 100.0 if self.calm else self.random.uniform(0, 100)
        for fault, share in (("refusal", REFUSED), ("stall", STALLED), ("hang_up", HUNG_UP)):
            if roll < share:
                return fault
            roll -= share
        return ""

    async def misbehave(self, server) -> str | None:
        """Return the answer of a fault to a command, or None when there is none."""
        fault = self.draw()
        if not fault:
            return None
        self.write(fault=fault)
        if fault == "stall":
            await asyncio.sleep(self.stall_seconds)
        if fault == "hang_up":
            server.transport.abort()
        return "451 4.3.0 try later"

    async def handle_MAIL(self, server, session, envelope, address, options):
        if answer := await self.misbehave(server):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := await self.misbehave(server):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        fault = self.draw()
        if fault == "refusal":
            self.write(fault=fault)
            return "452 4.3.1 full"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.write(
            message_id=mail["Message-ID"],
            to=envelope.rcpt_tos,
            subject=str(mail["Subject"]).strip(),  # a long one begins on the next line
            body=mail.get_content().replace("\r\n", "\n"),
            answered=not fault,
        )
        # Taken, but the answer comes too late or never.
        if fault == "stall":
            await asyncio.sleep(self.stall_seconds)
        if fault == "hang_up":
            server.transport.abort()
        return "250 OK"


async def serve(port: int, handler: Moody) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, lambda: setattr(handler, "calm", True))
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    server = await loop.create_server(lambda: SMTP(handler, hostname="localhost", loop=loop), HOST, port)
    async with server:
        await stopped.wait()


if __name__ == "__main__":
    port, file, seed, stall_seconds = sys.argv[1:]
    asyncio.run(serve(int(port), Moody(Path(file), int(seed), float(stall_seconds))))

"""Virus scanners for tests: one that says what it is told to, on a loopback port, and ClamAV's own."""

import socketserver
import struct
import threading
from collections.abc import Callable

CLEAN = b"stream: OK\0"
HARMFUL = b"stream: Pdf.Exploit.Agent-123-0 FOUND\0"


class FakeClamd(socketserver.ThreadingTCPServer):
    """Speaks clamd's protocol. `answer` gets what is scanned; `pong` answers PING; None is silence until the end.

    `takes`: bytes after which it refuses to read on, as StreamMaxLength does.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answer: Callable[[bytes], bytes | None] = lambda content: CLEAN
        self.pong: bytes | None = b"PONG\0"
        self.takes = 1024 * 1024 * 1024
        self.scanned: list[bytes] = []
        self.calls = 0
        self.is_over = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}).start()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        self.is_over.set()
        self.shutdown()
        self.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.server.calls += 1
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        answer = self.server.pong if command == b"zPING\0" else self._scan()
        if answer is None:
            self.server.is_over.wait()
        else:
            self.wfile.write(answer)

    def _scan(self) -> bytes | None:
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > self.server.takes:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.server.scanned.append(content)
        return self.server.answer(content)

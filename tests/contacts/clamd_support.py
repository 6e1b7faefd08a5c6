"""Virus scanners for tests: one that says what it is told to, on a loopback port, and ClamAV's own."""

import contextlib
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

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


# The file that every scanner knows; in two pieces, so that none of them finds it here.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*").encode()
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
_CONF = """
Foreground yes
TCPSocket {port}
TCPAddr 127.0.0.1
LocalSocket {folder}/clamd.ctl
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
OfficialDatabaseOnly no
SelfCheck 0
StreamMaxLength 1M
AlertEncryptedDoc yes
"""


@contextlib.contextmanager
def real_clamd(folder: Path) -> Iterator[list[str]]:
    """Run ClamAV's daemon with one signature of our own; give the addresses at which it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Own.Test.Eicar:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(_CONF.format(port=port, folder=folder))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([CLAMD, "-c", str(folder / "clamd.conf")], stdout=log, stderr=log)
    try:
        _wait_for(folder / "clamd.ctl", process, folder / "log")
        yield [f"tcp://127.0.0.1:{port}", f"unix://{folder}/clamd.ctl"]
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(path: Path, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(log.read_text()[-500:])
        time.sleep(0.05)

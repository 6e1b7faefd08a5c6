"""The installation under fire: the processes of docs/betrieb.md with production settings; each can be killed."""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools import serve
from tools.audit import instance
from tools.audit.instance import HOST, free_port
from tools.drill.database import Database
from tools.drill.ledger import Delivered, Faults
from tools.paths import LOGS, ROOT

MAIL_TIMEOUT = 2  # seconds; what the site waits for in each step of the dialogue
STALL = 3.5  # seconds; what the mail server makes it wait
LOOPS = 2  # delivery loops that share the work


def environment(folder: Path, port: int, mail_port: int, database_url: str, office: str) -> dict[str, str]:
    """Return what a production installation is told, with pauses short enough for a drill."""
    return {
        **instance.child_environ(folder, port, "stadterneuerung.settings.production"),
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "EMAIL_URL": f"smtp://{HOST}:{mail_port}",
        "EMAIL_TIMEOUT": str(MAIL_TIMEOUT),
        "ENQUIRY_MAILBOX": office,
        "OUTBOX_FIRST_PAUSE_SECONDS": "1",
        "OUTBOX_MAX_PAUSE_SECONDS": "4",
        "PROXY_COUNT": "1",
        "SITE_PREVIEW": "1",
    }


class Site:
    """gunicorn, the workers and the mail server. `with` starts them; leaving the block ends all that is left."""

    def __init__(self, folder: Path, port: int, database: Database, office: str, seed: int):
        self.port = port
        self.mail_port = free_port()
        self.mails = folder / "mails.jsonl"
        self.seed = seed
        self.env = environment(folder, port, self.mail_port, database.url, office)
        self.log_file = LOGS / f"drill-{database.title.lower()}.log"
        self.loops: list[subprocess.Popen] = []

    def __enter__(self) -> "Site":
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = self.log_file.open("w", encoding="utf-8")
        self.mail_server = self._start("-m", "tools.drill.mailserver", *self._mail_options())
        self.web = self._start("-m", "gunicorn", "stadterneuerung.wsgi:application")
        self.loops = [self._start_loop() for _ in range(LOOPS)]
        try:
            serve.wait_for_answer(self.web, HOST, self.port)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error) -> None:
        serve.stop([self.web, *self.loops, self.mail_server])
        self.log.close()

    def _mail_options(self) -> list[str]:
        return [str(self.mail_port), str(self.mails), str(self.seed), str(STALL)]

    def _start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _start_loop(self) -> subprocess.Popen:
        return self._start("manage.py", "worker")

    def web_workers(self) -> list[int]:
        """Return the ids of gunicorn's children."""
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_web_worker(self, choose) -> bool:
        """Kill one of gunicorn's children, which starts another; return whether there was one."""
        workers = self.web_workers()
        if not workers:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(choose(workers), signal.SIGKILL)
        return True

    def kill_loop(self, choose) -> None:
        """Kill a delivery loop and start another, as the container's supervisor does."""
        index = choose(range(len(self.loops)))
        self.loops[index].kill()
        self.loops[index].wait()
        self.loops[index] = self._start_loop()

    def calm_mail_server(self) -> None:
        self.mail_server.send_signal(signal.SIGUSR1)

    def logged(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def check_alive(self) -> None:
        """Fail when a process ended that nobody killed."""
        for name, process in (("gunicorn", self.web), ("der Mailserver", self.mail_server), *self._named_loops()):
            if process.poll() is not None:
                raise RuntimeError(f"{name} hat sich beendet ({process.returncode}); siehe {self.log_file}")

    def _named_loops(self) -> list[tuple[str, subprocess.Popen]]:
        return [("ein Versand", loop) for loop in self.loops]

    def delivered(self, faults: Faults) -> list[Delivered]:
        """Return what the mail server took, and count its faults."""
        mails = []
        for line in self.mails.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            match entry.pop("fault", None):
                case "refusal":
                    faults.refusals += 1
                case "stall":
                    faults.stalls += 1
                case "hang_up":
                    faults.hang_ups += 1
                case None:
                    mails.append(Delivered(**{**entry, "to": tuple(entry["to"])}))
        return mails


def wait_until(condition, seconds: float) -> bool:
    """Ask twice a second whether a condition holds; False when time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.5)
    return False

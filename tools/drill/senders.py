"""People who write to the office, as a browser does it, and who press "send" again when they see an error."""

import html
import http.client
import random
import re
import threading
import time
from dataclasses import dataclass
from queue import Empty, Queue
from urllib.parse import urlencode

from tools.audit.instance import HOST
from tools.drill.ledger import Sent

PATHS = {"question": "/kontakt/", "barrier": "/barriere-melden/"}
PER_NETWORK = 10  # half of what a network may send in an hour: those who press again count twice
TYPING_SECONDS = (3.2, 4.0)  # quicker than three seconds is taken for a machine
PATIENCE_SECONDS = 300
SECONDS_TO_ANSWER = 30

_STAMP = re.compile(r'name="stempel" value="([^"]+)"')
_OPTIONS = re.compile(r'<select name="subject".*?</select>', re.DOTALL)
_OPTION = re.compile(r'<option value="([^"]+)"')
_REFERENCE = re.compile(r"\b(?:SE|BF)-\d{4}-[A-Z]{4}-\d{4}\b")


def make_messages(count: int, seed: int) -> list[Sent]:
    """Return messages that no two share: words, address of their sender, ten to a network."""
    chance = random.Random(seed)
    return [_make_message(number, chance) for number in range(count)]


def _make_message(number: int, chance: random.Random) -> Sent:
    token = f"{chance.getrandbits(48):012x}"
    lines = [
        f"Nachricht {number + 1}, Kennung {token}.",
        chance.choice(["Wann beginnt der Umbau?", "Grüße aus Hörde – schöne Straßen!", "“Häuser” & <Höfe>"]),
        chance.choice([".", "..Punkte am Anfang", "From here on", "-- ", "x" * 1200]) + "|",
        f"Ende {token[::-1]}",
    ]
    network, host = divmod(number, PER_NETWORK)
    if network % 3:
        address = f"10.{network // 256}.{network % 256}.{host + 1}"
    else:
        address = f"2001:db8:{network:x}:1::{host + 1:x}"
    kind = "barrier" if number % 8 == 7 else "question"
    return Sent(token, kind, "\n".join(lines), f"m-{token}@buerger.example", address)


class Cut(Exception):
    """The connection broke, or there was no answer in time."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


class Crowd:
    """Senders in parallel, each with one message after the other from a common queue."""

    def __init__(self, port: int, messages: list[Sent], people: int, seed: int):
        self.port = port
        self.queue: Queue[tuple[int, Sent]] = Queue()
        for item in enumerate(messages):
            self.queue.put(item)
        self.seed = seed
        self.finished: list[int] = []
        self.give_up = threading.Event()
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(people)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let those who are still trying give up, and wait for them."""
        self.give_up.set()
        for thread in self.threads:
            thread.join()

    @property
    def done(self) -> int:
        return len(self.finished)

    @property
    def is_busy(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def _work(self) -> None:
        while not self.give_up.is_set():
            try:
                number, message = self.queue.get_nowait()
            except Empty:
                return
            Sender(self.port, message, random.Random(self.seed + number), self.give_up).send()
            self.finished.append(number)


def limit_holds(port: int, messages: list[Sent], chance: random.Random) -> bool:
    """Send messages from one network, one after the other; return whether the last one alone was refused."""
    senders = [Sender(port, message, chance, threading.Event()) for message in messages]
    for sender in senders:
        sender.message.network = "192.0.2.1"
        sender.fetch()
    time.sleep(TYPING_SECONDS[0])
    for sender in senders:
        sender.submit()
    *others, last = messages
    return last.answers == ["429"] and all(message.confirmed for message in others)


class Sender:
    form = ""

    def __init__(self, port: int, message: Sent, chance: random.Random, give_up: threading.Event):
        self.port, self.message, self.chance, self.give_up = port, message, chance, give_up

    def send(self) -> None:
        self.fetch()
        self.give_up.wait(self.chance.uniform(*TYPING_SECONDS))
        self.submit()

    def fetch(self) -> None:
        """Get the form."""
        answer = self._insist("GET", PATHS[self.message.kind])
        self.form = answer.text if answer and answer.status == 200 else ""

    def submit(self) -> None:
        """Fill the form in, send it until there is an answer that is no error, and read the confirmation."""
        if not self.form:
            return
        answer = self._insist("POST", PATHS[self.message.kind], urlencode(self._fields(self.form)))
        if answer is None or answer.status != 303:
            return
        page = self._insist("GET", answer.location)
        if page is not None and page.status == 200 and (found := _REFERENCE.search(page.text)):
            self.message.reference = found.group()

    def _fields(self, form: str) -> dict[str, str]:
        message = self.message
        stamp = html.unescape(_STAMP.search(form).group(1))
        if message.kind == "barrier":
            return {"stempel": stamp, "trap": "", "description": message.text, "contact": message.email}
        subjects = _OPTION.findall(_OPTIONS.search(form).group())
        return {
            "stempel": stamp,
            "trap": "",
            "subject": self.chance.choice(subjects),
            "message": message.text.replace("\n", "\r\n"),
            "name": "Frieda Beispiel",
            "email": message.email,
        }

    def _insist(self, method: str, path: str, body: str = "") -> Answer | None:
        """Ask until the answer is no error of the server; None when patience is over."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and not self.give_up.is_set():
            self.message.tries += method == "POST"
            try:
                answer = self._ask(method, path, body)
            except Cut:
                self.message.answers.append("cut")
            else:
                if answer.status < 400:
                    return answer
                self.message.answers.append(str(answer.status))
                if answer.status < 500:
                    return answer
            self.give_up.wait(self.chance.uniform(0.3, 1.5))
        return None

    def _ask(self, method: str, path: str, body: str) -> Answer:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=SECONDS_TO_ANSWER)
        headers = {
            "X-Forwarded-For": self.message.network,
            "X-Forwarded-Proto": "https",  # as the proxy in front says it
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Cut from error
        finally:
            connection.close()
        return Answer(response.status, response.headers.get("Location", ""), text)

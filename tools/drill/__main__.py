"""`make drill-enquiries`: no confirmed message is lost, mixed up or sent under two names, whatever happens to us.

Ends with 1 unless the books balance. The same seed draws the same messages, faults and pauses; since processes
run side by side, what meets what differs from run to run.
"""

import argparse
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tools.audit.instance import free_port
from tools.console import CommandError, SetupError, Step
from tools.drill import report
from tools.drill.books import balance
from tools.drill.chaos import Chaos
from tools.drill.database import SABOTAGE, Database, seeded
from tools.drill.ledger import Ledger
from tools.drill.senders import Crowd, limit_holds, make_messages
from tools.drill.site import Site, wait_until

PER_HOUR = 20  # messages that one network may send (PUBLIC_FORMS)
MESSAGES = {"postgres": 2000, "sqlite": 300}
OFFICE = "amt@buero.example"
SECONDS_TO_SEND = 900  # after that the senders give up
SECONDS_TO_EMPTY = 240  # for the outbox, once all is calm


def drill(site: Site, database: Database, count: int, seed: int) -> Ledger:
    messages = make_messages(count + 1, seed)  # the last one is to be refused
    ledger = Ledger(OFFICE, sent=messages[:count])
    crowd = Crowd(site.port, messages[: count - PER_HOUR], people=min(48, max(8, count // 25)), seed=seed)
    chaos = Chaos(site, database, ledger.faults, count - PER_HOUR, lambda: crowd.done)
    with Step(f"{count} Nachrichten senden, während getötet, abgewiesen und neu gestartet wird") as step:
        chaos.start()
        crowd.start()
        deadline = time.monotonic() + SECONDS_TO_SEND
        while crowd.is_busy and time.monotonic() < deadline:
            time.sleep(0.5)
            step.progress(f"{crowd.done} gesendet")
        if crowd.is_busy:
            ledger.complaints.append(f"Nach {SECONDS_TO_SEND} Sekunden war noch nicht alles gesendet")
        crowd.stop()
        chaos.end()
    with Step("Prüfen, ob die Grenze je Netz hält"):
        if not limit_holds(site.port, messages[count - PER_HOUR :], random.Random(seed)):
            ledger.complaints.append("Von 21 Nachrichten aus einem Netz wurde nicht genau die letzte abgewiesen")
    with Step("Warten, bis der Postausgang leer ist"):
        site.calm_mail_server()
        wait_until(lambda: database.waiting() == 0, SECONDS_TO_EMPTY)
        site.check_alive()
    ledger.stored = database.stored()
    ledger.queued = database.queued()
    ledger.delivered = site.delivered(ledger.faults)
    ledger.log = site.logged() + database.logged
    return ledger


def run(options: argparse.Namespace) -> bool:
    port = free_port()
    with (
        tempfile.TemporaryDirectory(prefix="stadterneuerung-drill-", ignore_cleanup_errors=True) as name,
        seeded(options.database, Path(name), port) as database,
        Site(Path(name), port, database, OFFICE, options.seed) as site,
    ):
        started = time.monotonic()
        ledger = drill(site, database, options.messages, options.seed)
        if options.sabotage:
            database.sabotage(options.sabotage)
            ledger.stored, ledger.queued = database.stored(), database.queued()
        seconds = time.monotonic() - started
    result = balance(ledger)
    report.show(result, ledger, database.title, options.seed, seconds)
    return result.holds


def main() -> int:
    parser = argparse.ArgumentParser(prog="make drill-enquiries", description=__doc__)
    parser.add_argument("--database", choices=MESSAGES, default="postgres")
    parser.add_argument("--messages", type=int, help="mehr als 20; Vorgabe 2000, mit der eingebetteten Datenbank 300")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--sabotage", choices=SABOTAGE, help="eine Nachricht verderben: muss scheitern")
    options = parser.parse_args()
    options.messages = options.messages or MESSAGES[options.database]
    if options.messages <= PER_HOUR:
        parser.error(f"--messages: mehr als {PER_HOUR}")
    try:
        return 0 if run(options) else 1
    except (SetupError, CommandError) as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

"""Kills and restarts while people write, spread by what has been sent: a slow machine gets no more of them."""

import random
import threading
from collections.abc import Callable
from itertools import cycle

from tools.drill.database import Database
from tools.drill.ledger import Faults
from tools.drill.site import Site

# Of each act: so many for a hundred messages, and so many at least.
WEB_KILLS = (3, 10)
LOOP_KILLS = (1, 5)
DATABASE_RESTARTS = (0.4, 2)


class Chaos(threading.Thread):
    """Acts whenever `progress()`, the number of messages done, reaches the next point that was drawn for an act.

    `end()` raises what went wrong: a drill without its faults proves nothing.
    """

    def __init__(self, site: Site, database: Database, faults: Faults, count: int, progress: Callable[[], int]):
        super().__init__(daemon=True)
        self.site, self.database, self.faults = site, database, faults
        self.count, self.progress = count, progress
        self.random = random.Random(site.seed)
        self.modes = cycle(["fast", "immediate"])
        self.over = threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            for point, act in self.plan():
                while self.progress() < point:
                    if self.over.wait(0.05):
                        return
                act()
        except Exception as error:
            self.error = error

    def plan(self) -> list[tuple[float, Callable[[], None]]]:
        """Return (messages done, act) in order; the same for the same seed."""
        shares = [(self.kill_web, WEB_KILLS), (self.kill_loop, LOOP_KILLS)]
        if self.database.cluster:
            shares.append((self.restart_database, DATABASE_RESTARTS))
        drawn = [
            (self.random.uniform(0, self.count), act)
            for act, (per_hundred, least) in shares
            for _ in range(max(least, round(per_hundred * self.count / 100)))
        ]
        return sorted(drawn, key=lambda item: item[0])

    def end(self) -> None:
        self.over.set()
        self.join()
        if self.error:
            raise self.error

    def kill_web(self) -> None:
        self.faults.web_kills += self.site.kill_web_worker(self.random.choice)

    def kill_loop(self) -> None:
        self.site.kill_loop(self.random.choice)
        self.faults.loop_kills += 1

    def restart_database(self) -> None:
        self.database.cluster.restart(next(self.modes))
        self.faults.database_restarts += 1

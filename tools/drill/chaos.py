"""Kills and restarts at random moments, for as long as people write."""

import random
import threading
import time
from collections.abc import Callable
from itertools import cycle

from tools.drill.database import Database
from tools.drill.ledger import Faults
from tools.drill.site import Site

# Seconds between two acts, at least and at most.
WEB_KILL = (2, 6)
LOOP_KILL = (7, 15)
DATABASE_RESTART = (20, 35)


class Chaos(threading.Thread):
    """Runs until `end()`, which raises what went wrong: a drill without its faults proves nothing."""

    def __init__(self, site: Site, database: Database, seed: int, faults: Faults):
        super().__init__(daemon=True)
        self.site, self.database, self.faults = site, database, faults
        self.random = random.Random(seed)
        self.modes = cycle(["fast", "immediate"])
        self.over = threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        acts: dict[Callable[[], None], tuple[int, int]] = {self.kill_web: WEB_KILL, self.kill_loop: LOOP_KILL}
        if self.database.cluster:
            acts[self.restart_database] = DATABASE_RESTART
        due = {act: time.monotonic() + self.random.uniform(*pause) for act, pause in acts.items()}
        try:
            while not self.over.wait(0.05):
                act = min(due, key=due.get)
                if time.monotonic() >= due[act]:
                    act()
                    due[act] = time.monotonic() + self.random.uniform(*acts[act])
        except Exception as error:
            self.error = error

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

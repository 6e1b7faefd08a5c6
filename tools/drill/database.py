"""The drill's own look at the database, past the code that is put to the test, and the seeded databases themselves."""

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tools import console, postgres
from tools.audit import instance
from tools.audit.instance import HOST
from tools.console import SetupError, Step
from tools.drill.ledger import Queued, Stored
from tools.paths import LOGS, ROOT

_STORED = "SELECT reference, kind, message, email, status_digest FROM contacts_enquiry"
_QUEUED = (
    'SELECT mail.message_id, enquiry.reference, mail.kind, mail."to", mail.subject, mail.body_text, mail.state '
    "FROM contacts_outboxmessage mail JOIN contacts_enquiry enquiry ON enquiry.id = mail.enquiry_id"
)
_WAITING = "SELECT count(*) FROM contacts_outboxmessage WHERE state = 'pending'"
_ADDRESS = "UPDATE wagtailcore_site SET hostname = '{host}', port = {port} WHERE is_default_site"

# Ways to cheat, to see that the books notice: each spoils one message behind the back of the software.
SABOTAGE = {
    "lose": [
        "DELETE FROM contacts_outboxmessage WHERE enquiry_id = {first}",
        "DELETE FROM contacts_enquiryevent WHERE enquiry_id = {first}",
        "DELETE FROM contacts_enquiry WHERE id = {first}",
    ],
    "swap": [
        "UPDATE contacts_enquiry SET message = (SELECT other.message FROM contacts_enquiry other "
        "WHERE other.id = {second}) WHERE id = {first}"
    ],
    "mute": [
        'INSERT INTO contacts_outboxmessage (enquiry_id, kind, "to", reply_to, subject, body_text, "references", '
        "message_id, created_at, state, attempts, next_attempt_at, last_error, sent_at) "
        'SELECT enquiry_id, kind, "to", reply_to, subject, body_text, "references", \'<mute@example.org>\', '
        "created_at, 'sent', 1, next_attempt_at, '', created_at FROM contacts_outboxmessage "
        "WHERE enquiry_id = {first} AND kind = 'office'"
    ],
}


@dataclass(frozen=True)
class Database:
    """Where a site keeps its rows; `cluster` is None for the embedded database."""

    url: str
    cluster: postgres.Cluster | None = None

    @property
    def title(self) -> str:
        return "PostgreSQL" if self.cluster else "SQLite"

    @contextlib.contextmanager
    def _connected(self):
        if self.cluster:
            with psycopg.connect(self.url) as connection:
                yield connection
        else:
            with contextlib.closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20)) as connection:
                yield connection
                connection.commit()

    def _rows(self, query: str) -> list[tuple]:
        with self._connected() as connection:
            return connection.execute(query).fetchall()

    def stored(self) -> list[Stored]:
        return [Stored(*row) for row in self._rows(_STORED)]

    def queued(self) -> list[Queued]:
        return [Queued(*row) for row in self._rows(_QUEUED)]

    @property
    def logged(self) -> str:
        """What the database's server wrote into a log of its own."""
        return self.cluster.logged if self.cluster else ""

    def waiting(self) -> int:
        """How many mails have not left yet."""
        return self._rows(_WAITING)[0][0]

    def set_address(self, port: int) -> None:
        with self._connected() as connection:
            connection.execute(_ADDRESS.format(host=HOST, port=port))

    def sabotage(self, way: str) -> None:
        first, second = (row[0] for row in self._rows("SELECT id FROM contacts_enquiry ORDER BY id LIMIT 2"))
        with self._connected() as connection:
            for statement in SABOTAGE[way]:
                connection.execute(statement.format(first=first, second=second))


@contextlib.contextmanager
def seeded(kind: str, folder: Path, port: int) -> Iterator[Database]:
    """Fill `folder` with a copy of the seeded site and yield its database, "sqlite" or "postgres"."""
    instance.copy_of_seed(folder, port)
    if kind == "sqlite":
        yield Database(f"sqlite:///{folder / 'db.sqlite3'}")
        return
    if reason := postgres.reason_not_to_run():
        raise SetupError(f"Die Übung auf PostgreSQL ist nicht möglich: {reason}.")
    with postgres.cluster() as cluster:
        database = Database(cluster.url, cluster)
        env = {**instance.child_environ(folder, port), "DATABASE_URL": cluster.url}
        with Step("Tabellen und Inhalt in PostgreSQL anlegen") as step:
            command = [sys.executable, "manage.py", "prepare", "--database"]
            console.run(command, log=LOGS / "drill-prepare.log", cwd=ROOT, env=env, on_line=step.progress)
        database.set_address(port)
        cluster.behave_as_in_production()
        yield database

"""The median, worked out by the database: the middle value, or halfway between the two in the middle."""

from typing import Any

from django.db.models import Aggregate, DurationField


class Median(Aggregate):
    """Median of a duration over the rows that have one, None when none has.

    PostgreSQL has `percentile_cont`. SQLite gets an aggregate of ours; its durations are whole microseconds.
    """

    template = "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Median"
    output_field = DurationField()
    empty_result_set_value = None

    def as_sqlite(self, compiler, connection, **extra: Any):
        return self.as_sql(compiler, connection, template="MEDIAN(%(expressions)s)", **extra)


class MiddleValue:
    """The aggregate MEDIAN of SQLite (sqlite3.Connection.create_aggregate)."""

    def __init__(self):
        self.values: list[int] = []

    def step(self, value: int | None) -> None:
        if value is not None:
            self.values.append(value)

    def finalize(self) -> float | None:
        if not self.values:
            return None
        ordered, count = sorted(self.values), len(self.values)
        return (ordered[(count - 1) // 2] + ordered[count // 2]) / 2


def add_to_sqlite(connection, **kwargs: Any) -> None:
    """Teach a new connection the aggregate; does nothing for PostgreSQL (signal `connection_created`)."""
    if connection.vendor == "sqlite":
        connection.connection.create_aggregate("MEDIAN", 1, MiddleValue)

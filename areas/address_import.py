"""Takes addresses from a file into the database: streaming, in one transaction, the same again when run again."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction
from pyproj import Transformer

from areas.address_text import street_key
from areas.gebref import BadLine, Record, records
from areas.models.addresses import Address, AddressDelivery, Street

BATCH = 2_000
REPORTED = 20  # bad lines that are shown in full; the rest is counted
PROGRESS_EVERY = 250_000


class NoAddresses(ValueError):
    """The file holds nothing for this municipality; what was there before stays."""


@dataclass
class Report:
    """What was done. `faults` are the first unreadable lines as (line number, reason)."""

    kept: int = 0
    skipped: int = 0
    refused: int = 0
    removed: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)


def import_addresses(
    lines: Iterable[str],
    municipality: str,
    kind: str,
    source: str,
    as_of: dt.date,
    licence: str = "",
    progress: Callable[[int], None] = lambda count: None,
) -> Report:
    """Read the addresses of `municipality` (8 digits) and put them in the place of those it had. Nothing, or all of it.
    Raises NoAddresses.

    `progress` is told the number of lines read, now and then. Memory does not grow with the file.
    """
    report = Report()
    with transaction.atomic():
        delivery = AddressDelivery.objects.create(kind=kind, source=source, as_of=as_of, licence=licence)
        writer = _Writer(municipality, delivery)
        for number, found in records(lines, municipality):
            if found is None:
                report.skipped += 1
            elif isinstance(found, BadLine):
                report.refused += 1
                if len(report.faults) < REPORTED:
                    report.faults.append((number, str(found)))
            else:
                writer.add(found)
            if number % PROGRESS_EVERY == 0:
                progress(number)
        writer.flush()
        if not delivery.addresses.exists():
            raise NoAddresses(f"Die Datei enthält keine lesbare Adresse der Gemeinde {municipality}.")
        _tell_planner()
        streets = Street.objects.filter(municipality=municipality)
        old = Address.objects.filter(street__in=streets).exclude(delivery=delivery)
        report.removed = old.delete()[0]
        streets.filter(addresses__isnull=True).delete()
        AddressDelivery.objects.filter(addresses__isnull=True).exclude(pk=delivery.pk).delete()
        report.kept = delivery.addresses.count()
        for name in ("kept", "skipped", "refused"):
            setattr(delivery, name, getattr(report, name))
        delivery.save()
    return report


def _tell_planner() -> None:
    """Let the database count what was just written: PostgreSQL, which believes the tables empty until it has looked at
    them, would compare each address with each other one to find the old ones.
    """
    with connection.cursor() as cursor:
        for model in (Address, Street):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


class _Writer:
    def __init__(self, municipality: str, delivery: AddressDelivery):
        self.municipality, self.delivery = municipality, delivery
        self.streets = {street.key: street for street in Street.objects.filter(municipality=municipality)}
        self.keys: dict[str, str] = {}
        self.waiting: dict[tuple[str, int, str], Record] = {}
        # always_xy: longitude first, as everywhere here.
        self.to_degrees = Transformer.from_crs(25832, 4326, always_xy=True)

    def add(self, record: Record) -> None:
        key = self.keys.get(record.street)
        if key is None:
            key = self.keys[record.street] = street_key(record.street)
        self.waiting[key, record.number, record.suffix] = record
        if len(self.waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        if not self.waiting:
            return
        self._add_streets()
        found = list(self.waiting.values())
        lons, lats = self.to_degrees.transform([r.east for r in found], [r.north for r in found])
        addresses = [
            Address(
                street=self.streets[key], number=number, suffix=suffix, lon=round(lon, 6), lat=round(lat, 6),
                delivery=self.delivery,
            )
            for (key, number, suffix), lon, lat in zip(self.waiting, lons, lats, strict=True)
        ]  # fmt: skip
        Address.objects.bulk_create(
            addresses,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["street", "number", "suffix"],
            update_fields=["lon", "lat", "delivery"],
        )
        self.waiting.clear()

    def _add_streets(self) -> None:
        names: dict[str, str] = {}
        for (key, _, _), record in self.waiting.items():
            if key not in self.streets:
                names.setdefault(key, record.street)  # the first spelling names the street
        new = [Street(municipality=self.municipality, name=name, key=key) for key, name in names.items()]
        for street in Street.objects.bulk_create(new):
            self.streets[street.key] = street

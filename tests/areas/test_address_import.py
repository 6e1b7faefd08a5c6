"""Addresses from the Land's file: what is taken, what is left, what is wrong with a line, and the same again."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from areas.gebref import BadLine, records
from areas.models import Address, AddressDelivery, Street

pytestmark = pytest.mark.django_db

DORTMUND, BOCHUM = "05;9;13;000", "05;9;11;000"


def line(
    street="Speicherstraße", number="15", suffix="", east="32392145,123", north="5709250,456", key=DORTMUND
) -> str:
    return f"N;DENW43AL00000001;A;{key};0000;01234;{number};{suffix};{east};{north};{street}\n"


def run(tmp_path, *lines: str, name="gebref.txt", encoding="utf-8", **options) -> str:
    file = tmp_path / name
    file.write_bytes("".join(lines).encode(encoding))
    out, err = io.StringIO(), io.StringIO()
    call_command("import_addresses", file, as_of="2026-10-01", stdout=out, stderr=err, **options)
    return out.getvalue() + err.getvalue()


def stored() -> list[str]:
    return sorted(str(address) for address in Address.objects.select_related("street"))


def test_addresses_of_the_municipality_are_taken_and_others_left(tmp_path):
    said = run(tmp_path, line(), line(key=BOCHUM), line(number="17", suffix="A"), "\n")

    assert stored() == ["Speicherstraße 15", "Speicherstraße 17a"]
    address = Address.objects.get(number=15)
    assert (round(address.lon, 4), round(address.lat, 4)) == (7.4453, 51.5241)
    delivery = AddressDelivery.objects.get()
    assert (delivery.as_of, delivery.kept, delivery.skipped) == (dt.date(2026, 10, 1), 2, 2)
    assert "2 Adressen eingelesen" in said


@pytest.mark.parametrize("east", ["32392145.123", "392145.123", "392145,123"])
def test_both_ways_to_write_an_easting_are_one(tmp_path, east):
    run(tmp_path, line(east=east))

    assert round(Address.objects.get().lon, 4) == 7.4453


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_old_and_new_encodings_are_read(tmp_path, encoding):
    run(tmp_path, line(), encoding=encoding)

    assert Street.objects.get().key == "speicherstrasse"


def test_a_zip_is_read_as_downloaded(tmp_path):
    with zipfile.ZipFile(tmp_path / "gebref.zip", "w") as archive:
        archive.writestr("gebref.txt", line())
        archive.writestr("bild.png", b"x")

    call_command("import_addresses", tmp_path / "gebref.zip", as_of="2026-10-01", stdout=io.StringIO())

    assert stored() == ["Speicherstraße 15"]


BROKEN = {
    "too few fields": ("N;1;2\n", "3 Felder statt 14"),
    "no street": (line(street=" "), "kein Straßenname"),
    "number zero": (line(number="0"), "Hausnummer „0“"),
    "number in words": (line(number="zehn"), "Hausnummer „zehn“"),
    "no coordinate": (line(east=""), "Koordinate „“"),
    "not a number": (line(north="nan"), "Koordinaten liegen nicht in Nordrhein-Westfalen"),
    "elsewhere": (line(east="1,0"), "Koordinaten liegen nicht in Nordrhein-Westfalen"),
}


@pytest.mark.parametrize(("broken", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_line_is_reported_with_number_and_reason_and_the_rest_is_kept(tmp_path, broken, reason):
    said = run(tmp_path, line(), broken, line(number="16"))

    assert f"Zeile 2: {reason}" in said
    assert "1 nicht lesbar" in said
    assert stored() == ["Speicherstraße 15", "Speicherstraße 16"]


def test_the_key_of_the_municipality_counts_only_in_its_place():
    elsewhere = f"N;1;A;{BOCHUM};0000;;1;;32392145,123;5709250,456;Weg;{DORTMUND};x\n"

    assert list(records([elsewhere], "05913000")) == [(1, None)]


def test_running_again_changes_nothing_and_a_newer_file_replaces_all(tmp_path):
    run(tmp_path, line(), line(number="16"), line(street="Alte Straße", number="1"))
    before = set(Address.objects.values_list("pk", flat=True))

    run(tmp_path, line(), line(number="16"), line(street="Alte Straße", number="1"))
    assert set(Address.objects.values_list("pk", flat=True)) == before
    said = run(tmp_path, line(east="32392245,123"), line(number="18"))

    assert stored() == ["Speicherstraße 15", "Speicherstraße 18"]
    assert round(Address.objects.get(number=15).lon, 4) == 7.4468
    assert Street.objects.count() == AddressDelivery.objects.count() == 1
    assert "2 entfernt" in said


def test_a_file_without_the_municipality_leaves_everything_as_it_was(tmp_path):
    run(tmp_path, line())

    with pytest.raises(CommandError, match=r"keine lesbare Adresse der Gemeinde 05913000\. Die bisherigen Adressen"):
        run(tmp_path, line(key=BOCHUM))

    assert stored() == ["Speicherstraße 15"]
    assert AddressDelivery.objects.count() == 1


def test_two_spellings_of_a_street_in_one_file_are_one_street(tmp_path):
    run(tmp_path, line(), line(street="Speicherstr.", number="16"))

    assert stored() == ["Speicherstraße 15", "Speicherstraße 16"]


def test_missing_file_and_wrong_key_are_said(tmp_path):
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("import_addresses", tmp_path / "fehlt.txt", as_of="2026-10-01")
    with pytest.raises(CommandError, match="8 Ziffern"):
        run(tmp_path, line(), municipality="Dortmund")


def test_an_invented_city_is_read_in_whole(tmp_path):
    file = tmp_path / "stadt.txt"
    call_command("make_addresses", file, count=85, stdout=io.StringIO())

    call_command("import_addresses", file, as_of="2026-01-01", kind="synthetic", stdout=io.StringIO())

    assert (Address.objects.count(), Street.objects.count()) == (85, 3)
    assert AddressDelivery.objects.get().kind == "synthetic"


def test_records_tell_line_numbers():
    found = list(records([line(), line(key=BOCHUM), line(number="x")], "05913000"))

    assert [number for number, _ in found] == [1, 2, 3]
    assert found[1][1] is None
    assert isinstance(found[2][1], BadLine)


def test_the_database_counts_what_was_written_before_it_looks_for_what_is_old(tmp_path):
    """Without that PostgreSQL takes minutes to find the old addresses of a file that was read a moment before."""
    with CaptureQueriesContext(connection) as queries:
        run(tmp_path, line())

    counted = [i for i, query in enumerate(queries) if query["sql"].startswith("ANALYZE")]
    deleted = [i for i, query in enumerate(queries) if query["sql"].startswith('DELETE FROM "areas_address"')]
    assert len(counted) == 2
    assert max(counted) < min(deleted)

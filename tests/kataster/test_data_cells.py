"""CSV cells: whatever a text is, it comes back the same, and no spreadsheet runs it."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kataster.opendata.datasets import DataSet, Source
from kataster.opendata.fields import Field, Kind, cell
from kataster.opendata.writers import BLOCK, blocks, write_csv, write_json

# What no database keeps: NUL (PostgreSQL) and halves of surrogate pairs.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def data_set(*fields: Field) -> DataSet:
    return DataSet("probe", "Probe", "Eins. Zwei.", "", (), "REGI", ("csv",), fields, Source(None), None)


def written(kind: Kind, value) -> str:
    """Return the CSV file of one row with one value, as text."""
    field = Field("wert", kind, "", read=lambda row: row)
    return "".join(write_csv(data_set(field, Field("ende", Kind.TEXT, "", read=lambda row: "x")), [value], str, {}))


def parsed(text: str) -> str:
    """Return the value as the documentation says to read it: one leading apostrophe less."""
    header, row = csv.reader(io.StringIO(text.encode().decode(), newline=""), strict=True)
    assert (header, row[1]) == (["wert", "ende"], "x")
    return row[0].removeprefix("'")


@given(TEXTS)
def test_any_text_comes_back_the_same(text):
    assert parsed(written(Kind.TEXT, text)) == text


@given(st.sampled_from(DANGEROUS), TEXTS)
def test_no_text_can_be_run_as_a_formula(sign, text):
    assert cell(sign + text) == f"'{sign}{text}"


@given(st.lists(TEXTS.filter(bool)))
def test_any_list_of_texts_comes_back_the_same(items):
    joined = parsed(written(Kind.LIST, items))

    assert [item.replace("||", "|") for item in joined.split(" | ") if joined] == items


@given(st.lists(TEXTS, max_size=3))
def test_records_are_json_in_their_cell(values):
    field = Field("wert", Kind.RECORDS, "", read=lambda row: row, parts=(Field("a", Kind.TEXT, "", read=str),))

    text = "".join(write_csv(data_set(field), [values], str, {}))

    cells = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1]
    assert json.loads(cells[0] if cells and cells[0] else "[]") == [{"a": value or None} for value in values]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (-5, "-5"),
        (0, "0"),
        (1234567.5, "1234567.5"),
        (Decimal("90000.00"), "90000"),
        (Decimal("33.33"), "33.33"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.datetime(2026, 7, 1, 22, 0, tzinfo=dt.UTC), "2026-07-02T00:00:00+02:00"),
    ],
)
def test_values_are_written_for_machines(value, text):
    assert cell(Field("wert", Kind.TEXT, "").plain(value)) == text


def test_file_has_no_byte_order_mark_and_ends_lines_as_rfc_4180_wants():
    assert written(Kind.TEXT, 'Zwei\nZeilen, "so"') == 'wert,ende\r\n"Zwei\nZeilen, ""so""",x\r\n'


@given(st.lists(TEXTS, max_size=4))
def test_json_holds_any_text(values):
    text = "".join(write_json(data_set(Field("wert", Kind.TEXT, "", read=str)), values, str, {"title": "Probe"}))

    assert json.loads(text) == {"title": "Probe", "rows": [{"wert": value or None} for value in values]}


@given(st.lists(st.integers(0, 2 * BLOCK), max_size=9))
def test_blocks_hold_all_pieces_and_no_more_than_one_too_many(sizes):
    pieces = ["x" * size for size in sizes]

    found = list(blocks(pieces))

    assert "".join(found) == "".join(pieces)
    assert all(len(block) < BLOCK + 2 * BLOCK + 1 for block in found)

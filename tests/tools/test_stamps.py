"""A step is done again when what it was made from changed or what it made is gone, and only then."""

import pytest

from tools import stamps
from tools.stamps import Stamp, fingerprint


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    path = tmp_path / "input.txt"
    path.write_text("eins")
    return path


def test_dates_do_not_count(source):
    before = fingerprint([source])
    source.write_text("eins")

    assert fingerprint([source]) == before


@pytest.mark.parametrize("change", ["content", "name", "value", "removal"])
def test_every_change_counts(source, change):
    before = fingerprint([source], "3.11")

    if change == "content":
        source.write_text("zwei")
    elif change == "name":
        source = source.rename(source.with_name("other.txt"))
    files = [] if change == "removal" else [source]

    assert fingerprint(files, "3.12" if change == "value" else "3.11") != before


def test_bytes_do_not_move_from_one_file_to_the_next(source):
    other = source.with_name("other.txt")
    source.write_text("ab")
    other.write_text("c")
    before = fingerprint([source, other])

    source.write_text("a")
    other.write_text("bc")

    assert fingerprint([source, other]) != before


def test_stamp_holds_until_the_key_changes(tmp_path):
    Stamp(tmp_path / "stamps", "css", "a").record()

    assert Stamp(tmp_path / "stamps", "css", "a").holds()
    assert not Stamp(tmp_path / "stamps", "css", "b").holds()
    assert not Stamp(tmp_path / "stamps", "fonts", "a").holds()


def test_stamp_does_not_hold_without_what_was_made(tmp_path):
    output = tmp_path / "site.css"
    output.touch()
    stamp = Stamp(tmp_path / "stamps", "css", "a", [output])
    stamp.record()
    assert stamp.holds()

    output.unlink()

    assert not stamp.holds()

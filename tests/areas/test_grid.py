"""Planquadrate: every place of the city has one, and its name leads back to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.geo import CITY_HEIGHT, CITY_WIDTH, project
from areas.grid import FIELD, FIELDS, SQUARE, find_square, rows


def squares() -> list:
    return [square for row in rows() for square in row if square]


def test_squares_cover_the_city_and_no_more():
    assert len(squares()) == 97
    assert all(square.x < CITY_WIDTH and square.y < CITY_HEIGHT for square in squares())
    assert {len(row) for row in rows()} == {12}


def test_each_key_leads_to_its_square():
    assert [find_square(square.key) for square in squares()] == squares()


def test_each_field_lies_in_its_square():
    square = find_square("F5")

    fields = square.fields()

    assert [field.key for field in fields] == [f"F5-{number}" for number in range(1, FIELDS**2 + 1)]
    assert [find_square(field.key) for field in fields] == fields
    assert {(field.x - square.x, field.y - square.y) for field in fields} == {
        (column * FIELD, row * FIELD) for column in range(FIELDS) for row in range(FIELDS)
    }


@pytest.mark.parametrize("key", ["", "A1", "Z9", "F5-0", "F5-17", "F5-", "F", "5F", "f5", "F5-6-7", "F٥", "F005"])
def test_other_keys_lead_nowhere(key):
    assert find_square(key) is None


@given(st.sampled_from([square.key for square in squares()]), st.integers(1, FIELDS**2))
def test_the_middle_of_a_field_lies_in_it(key, number):
    field = find_square(f"{key}-{number}")

    x, y = project(*field.middle)

    assert abs(x - field.x - FIELD / 2) < 0.01
    assert abs(y - field.y - FIELD / 2) < 0.01
    assert field.x // SQUARE == find_square(key).x // SQUARE


def test_a_square_is_named_by_what_is_near():
    assert (find_square("F5").near, find_square("C2").near) == ("Hauptbahnhof", "Mengede")

"""Small numbers stay hidden, also from those who compute with what is shown."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.figures.small import FEW, WITHHELD, Guard, Row, Shown, protect, share, shown

COUNTS = st.lists(st.integers(0, 13), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (1, "unter 5"),
        (4, "unter 5"),
        (5, "5"),
        (7, "5"),
        (8, "10"),
        (12, "10"),
        (13, "15"),
        (100_002, "100.000"),
    ],
)
def test_what_is_shown_of_a_count(count, text):
    assert shown(count).text == text


@given(st.integers(0, 200_000))
def test_a_count_lies_where_its_text_says(count):
    seen = shown(count)

    assert seen.low <= count <= seen.high
    assert [other for other in range(seen.low, seen.high + 1) if shown(other) != seen] == []


def possible_values(rows: list[list[Shown]], total: Shown) -> list[set[int]]:
    """Return for each hidden small cell all values it can have: tried out, not computed as the code does."""
    sums = []
    for row in rows:
        tries = list(itertools.product(*[range(cell.low, cell.high + 1) for cell in row]))
        sums.append([(sum(each), each) for each in tries])
    totals = set(range(total.low, total.high + 1)).intersection(*[{each for each, _ in row} for row in sums])
    found = [set(totals)] if total is FEW else []
    for row, tries in zip(rows, sums, strict=True):
        found += [
            {values[place] for each, values in tries if each in totals} for place, cell in enumerate(row) if cell is FEW
        ]
    return found


@st.composite
def tables(draw) -> list[list[int]]:
    """Return two rows of counts with the same sum; many of the counts are small or at the end of what is shown."""
    edges = st.sampled_from([0, 1, 2, 3, 4, 5, 7, 8, 12])
    first = draw(st.lists(edges, min_size=1, max_size=4))
    left, second = sum(first), []
    for _ in range(draw(st.integers(0, 3))):
        part = draw(st.sampled_from([each for each in (0, 1, 2, 3, 4, 5, 7, 8, 12) if each <= left]))
        second.append(part)
        left -= part
    return [first, [*second, left]]


@settings(max_examples=400, deadline=None)
@given(tables())
def test_no_hidden_count_can_be_computed(counts):
    total, rows = protect(sum(counts[0]), counts)

    told = [row for row in rows if WITHHELD not in row]
    small_enough = [row for row in told if max(cell.high - cell.low for cell in row) < 10]
    assert [values for values in possible_values(small_enough, total) if len(values) < 2] == []


@given(tables())
def test_what_is_shown_is_true(counts):
    total, rows = protect(sum(counts[0]), counts)

    assert total == shown(sum(counts[0]))
    assert [row for row in rows if WITHHELD not in row] == [
        [shown(count) for count in row] for row, seen in zip(counts, rows, strict=True) if WITHHELD not in seen
    ]


def test_a_row_that_gives_a_cell_away_is_withheld():
    """8 to 12 twice and 1 to 4 make 28 at most, and the total of 30 says 28 at least: the last would be 4."""
    total, (row,) = protect(28, [[12, 12, 4]])

    assert total.text == "30"
    assert [cell.text for cell in row] == ["nicht gezeigt"] * 3


def test_a_later_row_does_not_give_away_an_earlier_one():
    total, (months, ways) = protect(4, [[4], [1, 1, 1, 1]])

    assert (total, months) == (FEW, [FEW])
    assert ways == [WITHHELD] * 4


def test_usual_rows_are_shown():
    total, (row,) = protect(61, [[40, 3, 18, 0]])

    assert (total.text, [cell.text for cell in row]) == ("60", ["40", "unter 5", "20", "0"])


def possible_overlapping(cells: list[Shown], apart: Shown, total: Shown) -> list[set[int]]:
    """Return for each small cell what it can be: so many in each area, and all others in none of them."""
    everything = [*cells, apart]
    found: list[set[int]] = [set() for _ in everything]
    for values in itertools.product(*[range(cell.low, cell.high + 1) for cell in everything]):
        *inside, outside = values
        totals = range(max(inside, default=0) + outside, sum(values) + 1)
        if any(total.low <= each <= total.high for each in totals):
            for place, value in enumerate(values):
                found[place].add(value)
    return [values for values, cell in zip(found, everything, strict=True) if cell is FEW]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 4, 5, 7, 8, 12]), min_size=1, max_size=3), st.integers(0, 12), st.data())
def test_no_hidden_count_of_an_area_can_be_computed(inside, outside, data):
    total = data.draw(st.integers(max(inside) + outside, sum(inside) + outside))
    guard = Guard(total)

    *cells, apart = guard.overlapping(inside, outside)

    if apart is not WITHHELD:
        assert [values for values in possible_overlapping(cells, apart, guard.total) if len(values) < 2] == []


@pytest.mark.parametrize(
    ("part", "rest", "text"),
    [
        (0, 0, "–"),
        (3, 0, "zu wenige"),
        (0, 3, "zu wenige"),
        (4, 4, "zu wenige"),
        (20, 0, "100\u00a0%"),
        (0, 20, "0\u00a0%"),
        (30, 10, "75\u00a0%"),
        (96, 2, "mindestens 95\u00a0%"),
        (2, 96, "höchstens 5\u00a0%"),
    ],
)
def test_a_share_tells_no_more_than_its_parts(part, rest, text):
    assert share(shown(part), shown(rest)) == text


def test_no_share_of_what_is_withheld():
    assert share(WITHHELD, shown(5)) == "nicht gezeigt"


def test_a_row_tells_between_which_numbers_its_total_lies():
    assert Row((shown(10), FEW)).total() == (9, 16)
    assert Row((shown(10), FEW), (shown(0),), overlapping=True).total() == (8, 16)

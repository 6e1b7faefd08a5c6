"""Plots that are honest: axes from 0, lengths in proportion, hidden numbers drawn as hidden."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from contacts.figures.plots import LABEL_LENGTH, bars, columns, scale
from contacts.figures.small import FEW, shown

MONTHS = [dt.date(2025, month, 1) for month in (10, 11, 12)] + [dt.date(2026, month, 1) for month in (1, 2, 3)]


@given(st.floats(0, 10**7), st.sampled_from([1, 5]))
def test_an_axis_begins_at_zero_and_holds_the_largest_in_few_even_steps(largest, least_step):
    axis = scale(largest, least_step)

    steps = {after - before for before, after in itertools.pairwise(axis)}
    assert axis[0] == 0
    assert axis[-1] >= largest
    assert len(axis) <= 6
    assert len(steps) == 1
    assert min(steps) >= least_step


def test_columns_stand_on_the_base_in_proportion():
    plot = columns("Anfragen", MONTHS, [shown(count) for count in (10, 0, 3, 40, 20, 80)], "Anfragen", least_step=5)

    assert [(mark.words, mark.height, mark.is_few) for mark in plot.marks] == [
        ("10", 22.5, False),
        ("unter 5", 11.2, True),
        ("40", 90.0, False),
        ("20", 45.0, False),
        ("80", 180.0, False),
    ]
    assert {round(mark.y + mark.height) for mark in plot.marks} == {plot.base}
    assert [name.text for name in plot.names if name.is_strong] == ["2025", "2026"]


def test_two_years_do_not_stand_upon_each_other():
    plot = columns("Anfragen", MONTHS[2:], [FEW] * 4, "Anfragen")

    assert [name.text for name in plot.names if name.is_strong] == ["2026"]


def test_bars_are_as_long_as_their_numbers_whatever_the_series():
    series = {"Offen": [shown(40), shown(20)], "Überfällig": [shown(10), FEW]}

    plot = bars("Jetzt offen", ["Nord", "S" * 80], series, "Offen")

    assert [(mark.series, mark.width, mark.is_few) for mark in plot.marks] == [
        (0, 290.0, False),
        (1, 72.5, False),
        (0, 145.0, False),
        (1, 36.2, True),
    ]
    assert [len(name.text) for name in plot.names] == [4, LABEL_LENGTH]
    assert plot.series == ["Offen", "Überfällig"]


def test_a_plot_says_in_words_what_it_shows():
    some = bars("Wege", ["Brief", "Telefon"], {"Eingegangen": [FEW, shown(20)]}, "Eingegangen")
    none = bars("Wege", ["Brief"], {"Eingegangen": [FEW]}, "Eingegangen")

    assert some.description == "Eingegangen: höchster Wert 20 (Telefon). Alle Angaben stehen in der Tabelle."
    assert none.description == "Eingegangen: kein Wert ab 5. Alle Angaben stehen in der Tabelle."

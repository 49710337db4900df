"""What has to stand under a chart before its figures are used: too few units (G22), too much still open (G23)."""

import pytest

from analysis.measures.open_cells import open_cells
from analysis.measures.participation import unit_table
from analysis.present.context import make_context
from tests.measures.hand_tables import fact, facts_table, headcounts, line, queries_table, query, submissions_table
from tests.returns import reference

UNITS = unit_table(facts_table(), reference(), submissions_table())


def coverage(submitted):
    """The foot of a chart of 80 units of which so many have reported."""
    units = UNITS.assign(submitted=[place < submitted for place in range(len(UNITS))])
    return make_context(units, reference()).preliminary()


def test_g22_with_fewer_than_95_percent_of_the_units_the_figures_are_preliminary():
    assert len(UNITS) == 80
    assert ["初步数据" in text for text in coverage(75)] == [True]


def test_g22_with_95_percent_of_the_units_they_are_not():
    assert coverage(76) == []


def opened(indicator, category, *facts, asked=()):
    """The one row of `open_cells` of the indicator and category."""
    table = open_cells(facts_table(*facts), queries_table(*asked), UNITS, reference())
    own = table[(table["indicator"] == indicator) & (table["category"] == category)]
    (row,) = own.to_dict("records")
    return row


def offices(unit, n_open, n_known):
    """F1 and so many offices of one unit, in which the distinct people are queried or known."""
    states = ["queried"] * n_open + ["reported"] * n_known
    lines = [
        fact(unit, "F3", row, "distinct_any", None if state == "queried" else 3.0, state)
        for row, state in enumerate(states, 1)
    ]
    return [*headcounts(unit, hc_end=400.0), *lines]


@pytest.mark.parametrize("n_open, too_many", [(0, False), (2, False), (3, True)])
def test_g23_more_than_two_percent_of_the_cells_of_a_group_have_to_be_said(n_open, too_many):
    """One headcount and 99 offices are 100 cells of I02."""
    row = opened("I02", "", *offices("LJ-G01", n_open, 99 - n_open))

    assert (row["n_cells"], row["n_queried"]) == (100, n_open)
    assert row["too_many"] == too_many


def test_g23_a_blank_cell_that_was_asked_about_is_an_open_cell():
    facts = [*headcounts("LJ-G01", hc_end=40.0), *line("LJ-G01", 1, elder_care__persons=5.0)]
    asked = [query("LJ-G01", "F3", "elder_care.persons", cell="D8", file="LJ-G01.xlsx", sheet="F3")]
    row = opened("I01", "elder_care", *facts, asked=asked)

    assert (row["n_cells"], row["n_queried"]) == (3, 1)


def test_g23_a_question_beside_a_value_that_is_kept_takes_no_cell_away():
    facts = [*headcounts("LJ-G01", hc_end=40.0), *line("LJ-G01", 1, elder_care__persons=5.0)]
    asked = [query("LJ-G01", "F1", "hc_end", raw="40", rule="G09", file="LJ-G01.xlsx", sheet="F1")]
    row = opened("I01", "elder_care", *facts, asked=asked)

    assert row["n_queried"] == 0


def test_g23_the_chart_names_the_groups_that_are_too_open():
    table = open_cells(facts_table(*offices("LJ-G01", 9, 90)), queries_table(), UNITS, reference())
    context = make_context(UNITS, reference(), open_table=table)

    (note,) = context.still_open("I02")
    assert "超过2.0%" in note
    assert context.words.peer_group(table["peer_group"].iloc[0]) in note
    assert context.still_open("I06") == []
    assert make_context(UNITS, reference()).still_open("I02") == []

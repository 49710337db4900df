"""I36: what has to be chased per 100 cells, counted by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from analysis.measures.quality import quality, quality_rates
from tests.measures.hand_tables import sample_reference

FIRST, SECOND = (unit.code for unit in sample_reference().units[:2])


def made(facts=(), queries=(), submissions=(), received=None):
    """The rows of the first two units; facts as (unit, cell), queries as (unit, rule, state), files as (unit, name, state)."""
    tables = (
        pd.DataFrame(submissions, columns=["unit_code", "file", "state"]),
        pd.DataFrame(
            [(unit, "a.xlsx", "表1", cell) for unit, cell in facts], columns=["unit_code", "file", "sheet", "cell"]
        ),
        pd.DataFrame(queries, columns=["unit_code", "rule", "state"]),
    )
    return quality(*tables, replace(sample_reference(), received=received or {})).set_index("unit_code")


def test_a_cell_that_gives_two_facts_counts_once():
    table = made(facts=[(FIRST, "B5"), (FIRST, "B5"), (FIRST, "B6")])

    assert table.loc[FIRST, "n_cells"] == 2
    assert table.loc[FIRST, "quality_index"] == 0.0


def test_the_index_adds_open_returned_contradicting_and_late_per_hundred_cells():
    """1 open + 1 returned + 1 contradiction + 3 days over 200 cells: 6 / 200 x 100 = 3."""
    late = dt.datetime.combine(sample_reference().deadline + dt.timedelta(days=3), dt.time(9))
    table = made(
        facts=[(FIRST, f"B{row}") for row in range(1, 201)],
        queries=[(FIRST, "M46", "open"), (FIRST, "M46", "closed"), (FIRST, "M65", "open")],
        submissions=[(FIRST, "a.xlsx", "accepted"), (FIRST, "b.xlsx", "returned")],
        received={"a.xlsx": late},
    )

    assert table.loc[FIRST, ["n_open", "n_returned", "n_contradictions", "days_late"]].tolist() == [1, 1, 1, 3]
    assert table.loc[FIRST, "quality_index"] == pytest.approx(3.0)


def test_a_unit_that_gave_nothing_has_no_index_and_counts_as_not_submitted():
    table = made(facts=[(FIRST, "B5")]).reset_index()
    rows = quality_rates(table).set_index("unit_code")

    assert pd.isna(rows.loc[SECOND, "rate"])
    assert rows.loc[[FIRST, SECOND], "status"].tolist() == ["ok", "not_submitted"]


def test_the_rate_is_points_over_hundreds_of_cells():
    table = made(facts=[(FIRST, f"B{row}") for row in range(1, 51)], queries=[(FIRST, "M46", "open")]).reset_index()
    row = quality_rates(table).set_index("unit_code").loc[FIRST]

    assert (row["numerator"], row["denominator"], row["rate"]) == (1.0, 0.5, 2.0)

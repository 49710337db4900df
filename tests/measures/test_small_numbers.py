"""What is shown of a rate of few people: the computed examples of the domain model 4.3, through the table of rates."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.measures.participation import participation, unit_table
from analysis.measures.rates import rates
from tests.measures.hand_tables import fact, facts_table, headcounts, queries_table, sample_reference, submissions_table

UNIT = "LJ-G04"
# people who took part, staff, per cent, limits in per cent
SHOWN = [
    (27, 30, 90.0, 74.4, 96.5),
    (60, 86, 69.8, 59.4, 78.5),
    (40, 1286, 3.1, 2.3, 4.2),
]


def overall(people: int, staff: int) -> pd.Series:
    """The row of I02 of a unit with so many staff."""
    facts = facts_table(
        *headcounts(UNIT, hc_start=staff, joined=0, hc_end=staff), fact(UNIT, "F3", 0, "distinct_any", people)
    )
    reference, queries = sample_reference(), queries_table()
    units = unit_table(facts, reference, submissions_table({"unit_code": UNIT, "state": "accepted", "forms": "F1;F3"}))
    table = rates(units, participation(facts, reference, queries), facts, queries, reference)
    return table[(table["unit_code"] == UNIT) & (table["indicator"] == "I02")].iloc[0]


@pytest.mark.parametrize("people,staff,share,low,high", SHOWN)
def test_from_thirty_people_on_the_rate_stands_with_its_limits(people, staff, share, low, high):
    row = overall(people, staff)

    assert row["status"] == "ok"
    assert [round(100 * row[name], 1) for name in ("rate", "ci_low", "ci_high")] == [share, low, high]


@pytest.mark.parametrize("people", [0, 3, 5, 7])
def test_of_seven_people_only_the_counts_stand(people):
    row = overall(people, 7)

    assert (row["status"], row["numerator"], row["denominator"]) == ("small", people, 7)
    assert row[["rate", "ci_low", "ci_high"]].isna().all()


@pytest.mark.parametrize(
    "staff,status,has_rate", [(9, "small", False), (10, "small", True), (29, "small", True), (30, "ok", True)]
)
def test_where_the_kinds_of_small_units_meet(staff, status, has_rate):
    row = overall(5, staff)

    assert row["status"] == status
    assert row[["rate", "ci_low", "ci_high"]].notna().tolist() == [has_rate] * 3

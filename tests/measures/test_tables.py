"""The four tables of numbers have the columns of the dictionary and do not depend on the order of facts."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from analysis.measures.comparison import comparison
from analysis.measures.participation import participation, unit_table
from analysis.measures.rates import rates
from tests.measures.hand_tables import (
    ROOT,
    fact,
    facts_table,
    headcounts,
    line,
    queries_table,
    query,
    sample_reference,
    submissions_table,
)


def sample_facts():
    """Three units, one of them with a bounded, one with a blank line."""
    facts = []
    for unit, people in (("LJ-V01", 312), ("LJ-V02", 31), ("LJ-V03", 47)):
        facts += headcounts(unit, hc_start=people, joined=0, left=0, hc_end=people, law_qualified=0)
        facts += line(unit, 1, elder_care__persons=5, elder_care__hours=0.1, distinct_any=20)
        facts += line(unit, 2, elder_care__persons=7, elder_care__hours=0.2, distinct_any=10)
        facts += line(unit, 3, elder_care__persons=1, elder_care__hours=0.7, distinct_any=1)
    facts.append(fact("LJ-V02", "F3", 4, "elder_care.persons", None, "bounded", low=2))
    return facts_table(*facts)


def all_tables(facts):
    reference = sample_reference()
    queries = queries_table(query("LJ-V03", "F3", "elder_care.persons"))
    sent = [{"unit_code": code, "state": "accepted", "forms": "F1;F3"} for code in ("LJ-V01", "LJ-V02", "LJ-V03")]
    units = unit_table(facts, reference, submissions_table(*sent))
    people = participation(facts, reference, queries)
    shares = rates(units, people, facts, queries, reference)
    return {
        "units": units,
        "participation": people,
        "rates": shares,
        "comparison": comparison(shares, units, reference),
    }


@pytest.mark.parametrize("name", ["units", "participation", "rates", "comparison"])
def test_columns_are_those_of_the_dictionary(name):
    with (ROOT / "data" / "reference" / "tables.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = [row["column"] for row in csv.DictReader(file) if row["table"] == name]

    assert all_tables(sample_facts())[name].columns.tolist() == expected


def test_the_order_of_facts_changes_no_bit():
    """Hours of 0.1, 0.2 and 0.7 add up differently in another order, unless the order is fixed."""
    facts = sample_facts()
    first, second = all_tables(facts), all_tables(facts.iloc[::-1].reset_index(drop=True))

    for name, table in first.items():
        pd.testing.assert_frame_equal(table, second[name], check_exact=True)


def test_each_row_stands_once():
    tables = all_tables(sample_facts())

    assert not tables["units"]["unit_code"].duplicated().any()
    assert not tables["participation"].duplicated(["unit_code", "category"]).any()
    assert not tables["rates"].duplicated(["unit_code", "indicator", "category"]).any()
    assert not tables["comparison"].duplicated(["unit_code", "indicator", "category"]).any()

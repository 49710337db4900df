"""Rates of units: the example of three returns, the worked example of one, and a second computation."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from analysis.measures.participation import participation, unit_table
from analysis.measures.rates import category_behind, rates
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

EXAMPLE = ROOT / "tests" / "data" / "example"
UNIT = "LJ-G04"


def all_rates(facts, queries=None):
    queries = queries_table() if queries is None else queries
    reference = sample_reference()
    sent = [{"unit_code": code, "state": "accepted", "forms": "F1;F3"} for code in facts["unit_code"].unique()]
    units = unit_table(facts, reference, submissions_table(*sent))
    return rates(units, participation(facts, reference, queries), facts, queries, reference)


def rates_of_unit(*facts, queries=()):
    """The rates of the unit by indicator and category."""
    table = all_rates(facts_table(*facts), queries_table(*queries))
    return table[table["unit_code"] == UNIT].set_index(["indicator", "category"])


def read_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def example_facts():
    rows = [row for row in read_rows(EXAMPLE / "facts.csv") if row["form"] in ("F1", "F3")]
    return facts_table(
        *(
            {
                **row,
                "unit_code": row["file"][:6],
                "row": int(row["row"]),
                "value": float(row["value"]) if row["value"] else None,
                "status": "reported",
            }
            for row in rows
        )
    )


def test_rates_of_the_three_example_returns():
    found = all_rates(example_facts()).set_index(["unit_code", "indicator", "category"])
    numbers = ["numerator", "denominator", "rate", "ci_low", "ci_high"]

    for row in read_rows(EXAMPLE / "rates.csv"):
        place = (row["unit_code"], row["indicator"], row["category"])
        expected = [float(row[column]) if row[column] else np.nan for column in numbers]
        assert found.loc[place, numbers].tolist() == pytest.approx(expected, abs=1e-12, nan_ok=True), place
        assert found.loc[place, "status"] in row["status"].split("|"), place


def test_rates_computed_a_second_time_with_fractions():
    """Standard library only, straight from the facts as text."""
    sums = defaultdict(Fraction)
    for row in read_rows(EXAMPLE / "facts.csv"):
        if row["form"] in ("F1", "F3") and row["value"]:
            sums[row["file"][:6], row["form"], row["item"], row["measure"]] += Fraction(row["value"])
    bases = {category.code: category.denominator for category in sample_reference().categories}
    pairs = {
        "I02": ("", "distinct_any"),
        "I06": ("lei_feng_volunteer", "persons"),
        "I07": ("lei_feng_volunteer", "registered"),
    }
    table = all_rates(example_facts())
    shown = table[table["rate"].notna() & table["indicator"].isin(["I01", *pairs])]

    for row in shown.to_dict("records"):
        item, measure = pairs.get(row["indicator"], (row["category"], "persons"))
        people = sums[row["unit_code"], "F1", "", bases.get(row["category"], "hc_end")]
        assert row["rate"] == float(sums[row["unit_code"], "F3", item, measure] / people)
    assert len(shown) == 3 * 15 - 4


def worked_example():
    """Domain model 4.5: the returns of 市科技局 as its cells are read; only the total line of F3 is filled."""
    facts = headcounts(
        UNIT, hc_start=41, joined=3, left=2, hc_end=42, pm_onpost=34, age_18_55=38, law_qualified=0
    ) + line(
        UNIT,
        0,
        elder_care__persons=12,
        elder_care__person_times=15,
        elder_care__hours=30,
        hope_project__amount_yuan=4200,
        legal_aid__persons=0,
        lei_feng_volunteer__registered=42,
        lei_feng_volunteer__persons=39,
        lei_feng_volunteer__person_times=118,
        lei_feng_volunteer__hours=236,
        blood_donation__persons=5,
        blood_donation__person_times=5,
        blood_donation__blood_ml=1600,
        one_day_donation__persons=42,
        one_day_donation__amount_yuan=8400,
    )
    facts += [
        fact(UNIT, "F3", 0, "hope_project.persons", None, "queried", rule="M37"),
        fact(UNIT, "F3", 0, "spring_bud.persons", None, "not_applicable", rule="M52"),
        fact(UNIT, "F3", 0, "distinct_any", None, "queried", rule="M46"),
    ]
    asked = [
        query(UNIT, "F3", "hope_project.persons", raw="全体", rule="M37"),
        query(UNIT, "F3", "happiness_project.persons"),
        query(UNIT, "F3", "distinct_any", raw="140", rule="M46"),
    ]
    return facts, asked


@pytest.mark.parametrize(
    "indicator,category,numerator,denominator,rate,status,n_open",
    [
        ("I01", "elder_care", 12, 42, 12 / 42, "ok", 0),
        ("I01", "hope_project", None, 42, None, "queried", 1),
        ("I01", "spring_bud", None, 42, None, "not_applicable", 0),
        ("I01", "happiness_project", None, 42, None, "queried", 1),
        ("I01", "legal_aid", None, None, None, "undefined", 0),
        ("I01", "lei_feng_volunteer", 39, 42, 39 / 42, "ok", 0),
        ("I01", "blood_donation", 5, 38, 5 / 38, "ok", 0),
        ("I01", "one_day_donation", 42, 42, 1.0, "ok", 0),
        ("I02", "", None, 42, None, "queried", 1),
        ("I03", "", None, 11, None, "queried", 2),
        ("I06", "", 39, 42, 39 / 42, "ok", 0),
        ("I07", "", 42, 42, 1.0, "ok", 0),
    ],
)
def test_worked_example(indicator, category, numerator, denominator, rate, status, n_open):
    facts, asked = worked_example()
    row = rates_of_unit(*facts, queries=asked).loc[indicator, category]
    expected = [np.nan if number is None else number for number in (numerator, denominator, rate)]

    assert row[["numerator", "denominator", "rate"]].tolist() == pytest.approx(expected, nan_ok=True)
    assert (row["status"], row["n_open_queries"]) == (status, n_open)


def test_active_volunteers_of_the_worked_example_have_the_printed_limits():
    """92.9 % (81.0-97.5)."""
    facts, asked = worked_example()
    row = rates_of_unit(*facts, queries=asked).loc["I06", ""]

    assert row[["rate", "ci_low", "ci_high"]].tolist() == pytest.approx([0.929, 0.810, 0.975], abs=5e-4)


def test_the_answer_of_the_worked_example_makes_its_overall_rate_whole():
    facts, asked = worked_example()
    answered = [entry for entry in facts if entry["measure"] != "distinct_any"]
    answered.append(fact(UNIT, "F3", 0, "distinct_any", 42, "confirmed"))
    row = rates_of_unit(*answered, queries=[*asked[:2], asked[2] | {"state": "answered"}]).loc["I02", ""]

    assert (row["rate"], row["status"], row["n_open_queries"]) == (1.0, "ok", 0)


def test_a_unit_that_sent_nothing_has_rows_without_numbers():
    table = all_rates(facts_table())

    assert len(table) == len(sample_reference().units) * 40
    assert set(table["status"]) == {"not_submitted"}
    assert table[["numerator", "rate"]].isna().all(axis=None)
    assert set(table.loc[table["denominator"].notna(), "indicator"]) == {"I19", "I22", "I34"}  # fixed numbers


def test_rows_stand_in_register_and_category_order():
    table = all_rates(facts_table())
    first = table.head(40)

    assert first["unit_code"].tolist() == [sample_reference().units[0].code] * 40
    assert first["indicator"].tolist() == sorted(first["indicator"])
    assert first["indicator"].tolist()[:17] == ["I01"] * 12 + ["I02", "I03", "I04", "I05", "I06"]
    assert first["category"].tolist()[:2] == ["elder_care", "hope_project"]
    assert "other_moral_practice" not in set(table["category"])


def test_people_who_left_during_the_year_are_counted_and_flagged():
    facts = headcounts(UNIT, hc_start=41, joined=3, hc_end=42) + line(UNIT, 0, elder_care__persons=43)
    row = rates_of_unit(*facts).loc["I01", "elder_care"]

    assert row["rate"] == pytest.approx(43 / 42)
    assert pd.isna(row["ci_low"])
    assert row["flags"] == "staff_change"


def test_blood_of_few_people_of_the_age_has_counts_but_no_rate():
    facts = headcounts(UNIT, hc_start=42, joined=0, hc_end=42, age_18_55=29) + line(UNIT, 0, blood_donation__persons=2)
    row = rates_of_unit(*facts).loc["I01", "blood_donation"]

    assert row[["numerator", "denominator", "status"]].tolist() == [2, 29, "undefined"]
    assert pd.isna(row["rate"])


def breadth(persons, **law):
    """I03 of a unit where all twelve categories have the same number of persons."""
    codes = [category.code for category in sample_reference().categories if category.counts_in_breadth]
    facts = headcounts(UNIT, hc_start=42, joined=0, hc_end=42, age_18_55=38, **law)
    return [*facts, *line(UNIT, 0, **{f"{code}__persons": persons for code in codes})]


def test_legal_aid_counts_in_the_breadth_of_units_that_have_qualified_staff():
    assert rates_of_unit(*breadth(1, law_qualified=3)).loc["I03", ""][["numerator", "denominator"]].tolist() == [12, 12]
    assert rates_of_unit(*breadth(1, law_qualified=0)).loc["I03", ""][["numerator", "denominator"]].tolist() == [11, 11]
    assert rates_of_unit(*breadth(1)).loc["I03", ""][["numerator", "denominator"]].tolist() == [11, 11]


def test_breadth_waits_for_a_queried_number_of_qualified_staff():
    row = rates_of_unit(*breadth(1), fact(UNIT, "F1", 0, "law_qualified", None, "queried")).loc["I03", ""]

    assert row["status"] == "queried"
    assert row[["numerator", "denominator"]].isna().all()


def test_breadth_has_no_limits():
    row = rates_of_unit(*breadth(0, law_qualified=3)).loc["I03", ""]

    assert row[["rate", "status"]].tolist() == [0.0, "ok"]
    assert row[["ci_low", "ci_high"]].isna().all()


def test_volunteers_belong_to_the_category_that_registers_them():
    reference = sample_reference()

    assert category_behind("I06", "", reference) == "lei_feng_volunteer"
    assert category_behind("I01", "elder_care", reference) == "elder_care"
    assert category_behind("I02", "", reference) == ""

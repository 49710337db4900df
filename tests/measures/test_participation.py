"""The register with its figures, and who took part in what."""

from __future__ import annotations

import pandas as pd

from analysis.measures.participation import participation, unit_table
from tests.measures.hand_tables import (
    fact,
    facts_table,
    headcounts,
    line,
    queries_table,
    sample_reference,
    submissions_table,
)

UNIT = "LJ-G04"
SENT = {"unit_code": UNIT, "state": "accepted", "forms": "F1;F3"}


def units(*facts, sent=(SENT,)):
    table = unit_table(facts_table(*facts), sample_reference(), submissions_table(*sent))
    return table.set_index("unit_code")


def people(*facts):
    table = participation(facts_table(*facts), sample_reference(), queries_table())
    return table.set_index(["unit_code", "category"])


def test_every_unit_of_the_register_has_a_row_in_its_order():
    table = unit_table(facts_table(), sample_reference(), submissions_table())

    assert table["unit_code"].tolist() == [unit.code for unit in sample_reference().units]
    assert not table["submitted"].any()
    assert table["hc_end"].isna().all()


def test_those_who_worked_in_the_year_are_those_at_its_start_and_those_who_joined():
    row = units(*headcounts(UNIT, hc_start=41, joined=3, left=2, hc_end=42, women=14)).loc[UNIT]

    assert row[["hc_start", "hc_end", "hc_ever", "women"]].tolist() == [41, 42, 44, 14]
    assert row[["short_name", "kind", "peer_group", "title_level"]].tolist() == [
        "市科技局",
        "government",
        "PG2",
        "city",
    ]
    assert row["hc_register"] == 42
    assert row["submitted"]


def test_a_queried_headcount_is_null():
    row = units(*headcounts(UNIT, joined=3, hc_end=42), fact(UNIT, "F1", 0, "hc_start", None, "queried")).loc[UNIT]

    assert pd.isna(row["hc_start"])
    assert pd.isna(row["hc_ever"])
    assert row["hc_end"] == 42


def test_only_forms_that_count_make_a_unit_one_that_reported():
    returned = {"unit_code": UNIT, "state": "returned", "forms": "F1"}
    skipped = {"unit_code": "LJ-G05", "state": "accepted", "forms": ""}
    masked = {"unit_code": "LJ-G07", "state": "quarantined", "forms": "F3;F1"}
    table = units(sent=(returned, skipped, masked))

    assert table.loc[[UNIT, "LJ-G05", "LJ-G07"], "submitted"].tolist() == [False, False, True]
    assert table.loc["LJ-G07", "forms"] == "F1;F3"


def test_every_category_of_every_unit_has_a_row():
    table = participation(facts_table(), sample_reference(), queries_table())

    assert len(table) == len(sample_reference().units) * len(sample_reference().categories)
    assert set(table["status"]) == {"not_submitted"}
    assert table["source_form"].isna().all()


def test_measures_of_a_category_stand_side_by_side():
    row = people(
        *line(UNIT, 1, elder_care__persons=5, elder_care__person_times=6, elder_care__hours=12.5),
        *line(UNIT, 2, elder_care__persons=7, elder_care__person_times=9, elder_care__hours=17.5),
    ).loc[UNIT, "elder_care"]

    assert row[["persons", "person_times", "hours", "status", "source_form"]].tolist() == [12, 15, 30, "reported", "F3"]
    assert row[["persons_low", "persons_high", "amount_yuan", "blood_ml"]].isna().all()


def test_one_queried_measure_does_not_take_the_others_along():
    row = people(
        *line(UNIT, 0, hope_project__amount_yuan=4200), fact(UNIT, "F3", 0, "hope_project.persons", None, "queried")
    ).loc[UNIT, "hope_project"]

    assert pd.isna(row["persons"])
    assert row["amount_yuan"] == 4200
    assert row["status"] == "queried"


def test_bounds_of_persons_are_kept_without_a_value():
    row = people(fact(UNIT, "F3", 0, "elder_care.persons", None, "bounded", low=50)).loc[UNIT, "elder_care"]

    assert pd.isna(row["persons"])
    assert row["persons_low"] == 50
    assert pd.isna(row["persons_high"])
    assert row["status"] == "bounded"


def test_a_category_without_an_answer_is_queried_not_zero():
    row = people(*line(UNIT, 0, elder_care__persons=5)).loc[UNIT, "spring_bud"]

    assert pd.isna(row["persons"])
    assert row["status"] == "queried"

"""What is still open: counts by who must act, form, unit and result, on tables typed by hand."""

from __future__ import annotations

import pandas as pd

from analysis.present.open_points import open_by_act, open_by_form, open_by_result, open_by_unit
from tests.present.made_up import sample_reference


def queries(*rows):
    """One row per (unit, form, rule, treatment, state)."""
    table = pd.DataFrame(rows, columns=["unit_code", "form", "rule", "treatment", "state"])
    return table.assign(query_id=[str(place) for place in range(len(table))])


ROWS = queries(
    ("A", "F3", "M46", "ASK", "open"),
    ("A", "F3", "M46", "ASK", "open"),
    ("B", "F3", "M46", "ASK", "answered"),
    ("B", "F2", "M34", "DROP", "open"),
    ("B", None, "M13", "ASK", "open"),
    ("C", "F1", "M36", "FIX", "closed"),
)


def test_only_open_questions_wait_for_somebody_and_the_office_has_its_own():
    table = open_by_act(ROWS, sample_reference())

    assert table.to_dict("list") == {"act": ["ASK", "DROP", "office"], "open": [2, 1, 1], "units": [1, 1, 1]}


def test_open_questions_by_form_name_the_rule_and_leave_the_form_of_a_file_empty():
    table = open_by_form(ROWS, sample_reference())

    assert table[["form", "rule", "open"]].to_numpy().tolist() == [["", "M13", 1], ["F2", "M34", 1], ["F3", "M46", 2]]


def test_units_without_anything_to_chase_are_left_out_and_the_worst_stands_first():
    units = pd.DataFrame(
        {"unit_code": ["A", "B", "C"], "short_name": ["甲", "乙", "丙"], "peer_group": "PG1", "submitted": True}
    )
    quality = pd.DataFrame(
        {
            "unit_code": ["A", "B", "C"],
            "n_cells": [100, 50, 80],
            "n_open": [2, 2, 0],
            "n_returned": 0,
            "n_contradictions": 0,
            "days_late": 0,
            "quality_index": [2.0, 4.0, 0.0],
        }
    )

    table = open_by_unit(ROWS, quality, units)

    assert table[["short_name", "open_forms"]].to_numpy().tolist() == [["乙", "F2"], ["甲", "F3"]]


def test_the_reach_of_a_question_is_the_share_of_staff_of_its_units():
    units = pd.DataFrame({"unit_code": ["A", "B", "C"], "hc_register": [60.0, 30.0, 10.0]})
    rates = pd.DataFrame(
        [
            ("A", "I06", "", "queried", 1),
            ("C", "I06", "", "ok", 1),
            ("B", "I01", "elder_care", "queried", 2),
            ("A", "I01", "hope_project", "ok", 0),
            ("A", "I36", "", "ok", 1),
        ],
        columns=["unit_code", "indicator", "category", "status", "n_open_queries"],
    )

    table = open_by_result(rates, units)

    assert table.to_numpy().tolist() == [["I06", "", 2, 0.7, 1], ["I01", "elder_care", 1, 0.3, 1]]

"""The small tables of the assessment as people read them: points with their decimals, codes in words."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.present.assessment_tables import assessment_answer, assessment_lists, rank_sensitivity, steps_by_unit
from analysis.present.context import make_context
from analysis.present.labels import Words
from analysis.present.tables_html import as_text, spelled
from analysis.reference import load_reference
from tests.reference_folder import DATA

REFERENCE = load_reference(DATA, 2025)
WORDS = Words(REFERENCE, "zh")


def card(code, total, proposed, borderline=False):
    return {
        "unit_code": code, "applied_level": "none", "title_level": "city", "total": total, "total_low": total or 70.0,
        "total_high": total or 90.0, "veto": None, "class_proposed": proposed, "reasons": "", "borderline": borderline,
        "line": 80.0,
    }  # fmt: skip


@pytest.fixture
def tables():
    return {
        "scorecards": pd.DataFrame([card("LJ-G04", 79.96, "rectify", True), card("LJ-G05", 84.0, "keep"), card("LJ-P01", None, None)]),
        "decisions": pd.DataFrame(
            {"list": ["keep", "rectify", "pending"], "order": [1, 1, 1], "unit_code": ["LJ-G05", "LJ-G04", "LJ-P01"]}
        ),
        "next_steps": pd.DataFrame(
            {"unit_code": ["LJ-G04", "LJ-G05"], "next_class": ["keep", None], "gap": [0.04, None], "item": ["B1b", ""], "count": [1, 0]}
        ),
        "rank_sensitivity": pd.DataFrame({"item": ["B1b"], "first": [0.28], "total": [0.51], "change": [10.0]}),
    }  # fmt: skip


def test_a_total_just_below_the_line_is_not_shown_as_the_line(tables):
    rows = assessment_lists(tables, REFERENCE).set_index("short_name")
    assert as_text(rows.loc["市科技局", "total"], "total", WORDS) == "79.96"
    assert as_text(rows.loc["市科技局", "peer_points"], "peer_points", WORDS) == "82.0"  # of 79.96 and 84 in the group
    assert rows["sure"].tolist() == ["", "borderline", ""]


def test_lists_classes_and_levels_stand_in_words():
    assert spelled("withdraw_or_refuse", "list", WORDS) == "拟撤销、不予命名"
    assert spelled("keep", "next_class", WORDS) == "保留"
    assert spelled("province", "applied_level", WORDS) == "省级"


def test_only_units_with_steps_stand_in_the_table_of_steps(tables):
    assert steps_by_unit(tables, REFERENCE)["short_name"].tolist() == ["市科技局"]


def test_indices_keep_their_decimals(tables):
    row = rank_sensitivity(tables, REFERENCE).iloc[0]
    assert as_text(row["total_order"], "total_order", WORDS) == "0.51"


def test_a_year_that_ends_no_term_says_so(tables):
    units = pd.DataFrame({"submitted": [True], "hc_register": [10.0]})
    context = make_context(units, REFERENCE)
    empty = {**tables, "scorecards": tables["scorecards"].iloc[:0]}
    assert assessment_answer(empty, context) == ["本年度不是届末，没有考评；届末考评用本年度和届末年度的数据"]
    assert len(assessment_answer(tables, context)) == 3

"""The small tables of the assessment as people read them: points with their decimals, codes in words."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.text import Text

from analysis.commands.assessed import no_tables
from analysis.present.assessment_record import calendar_table, minutes, readings, readings_apart
from analysis.present.assessment_sure import borderline, left_out, rank_sensitivity, switches
from analysis.present.assessment_tables import ASSESSMENT_TABLES, assessment_answer, meeting_list, steps_by_unit
from analysis.present.chart_assessment import assessment_table, chart_assessment
from analysis.present.context import make_context
from analysis.present.labels import Words
from analysis.present.save_charts import figure_bytes
from analysis.present.tables_html import as_text, spelled
from analysis.reference import load_reference
from tests.present.made_up import made_up_units
from tests.reference_folder import DATA

REFERENCE = load_reference(DATA, 2025)
TWO_TELL = replace(REFERENCE, thresholds={**REFERENCE.thresholds, "compare_min_peers": 2})
WORDS = Words(REFERENCE, "zh")
NOTHING_HIDDEN = pd.DataFrame(columns=["level", "unit_code", "indicator", "category"], dtype="str")


def card(code, total, proposed, borderline=False):
    return {
        "unit_code": code, "applied_level": "none", "title_level": "city", "total": total, "total_low": total or 70.0,
        "total_high": total or 90.0, "veto": None, "class_proposed": proposed, "reasons": "", "borderline": borderline,
        "line": 80.0, "class_low": "rectify", "class_high": "keep", "exemplar": False, "remarks": "", "p_pass": 0.4, "p_pass_error": 0.01, "draws": 2000, "converged": True,
        "p_class": 0.6, "applied_clear": True,
    }  # fmt: skip


@pytest.fixture
def tables():
    return {
        "scorecards": pd.DataFrame([card("LJ-G04", 79.96, "rectify", True), card("LJ-G05", 84.0, "keep"), card("LJ-P01", None, None)]),
        "decisions": pd.DataFrame(
            {
                "list": ["keep", "rectify", "pending"], "order": [1, 1, 1], "unit_code": ["LJ-G05", "LJ-G04", "LJ-P01"],
                "class_proposed": ["keep", "rectify", None], "decided": [None, "keep", "keep"],
                "departs": [None, True, True], "decided_reason": [None, "复核属实", "已答复"], "members_left": [None, 1, 0],
                "decided_on": [None, "2026-03-31", "2026-03-31"], "minutes_document": [None, "纪要3号", "纪要3号"],
            }
        ),
        "assessment": pd.DataFrame(
            {
                "unit_code": ["LJ-G04", "LJ-G04", "LJ-G05"], "item": ["B1b", "B3f", "B3f"],
                "source": ["I25", "department accounts", "department accounts"], "value": [0.5, 1.0, None],
                "points": [0.5, 1.0, None], "full": [1.0, 1.0, 1.0],
                "item_zh": ["按期整改率", "捐助账目公开", "捐助账目公开"], "item_en": ["Rectified in time", "Accounts", "Accounts"],
            }
        ),
        "next_steps": pd.DataFrame(
            {
                "unit_code": ["LJ-G04", "LJ-G05"], "next_class": ["keep", None], "gap": [0.04, None], "item": ["B1b", ""],
                "count": [1, 0], "why_not": ["", "open_items"],
            }
        ),
        "hidden": NOTHING_HIDDEN,
        "rank_sensitivity": pd.DataFrame({"item": ["B1b"], "first": [0.28], "total": [0.51], "change": [10.0]}),
    }  # fmt: skip


def test_a_total_just_below_the_line_is_not_shown_as_the_line(tables):
    (row,) = meeting_list("rectify", tables, TWO_TELL).to_dict("records")
    assert row["points_range"] == "79.96"
    assert as_text(row["peer_points"], "peer_points", WORDS) == "82.0"  # of 79.96 and 84 in the group
    assert row["advice"] == "限期整改；临界；得分未达80分的分数线"


def test_the_middle_of_two_totals_is_not_told(tables):
    context = make_context(made_up_units(REFERENCE), REFERENCE)
    table = assessment_table(tables, REFERENCE)

    assert table["peer_median"].isna().all()
    drawn = [text.get_text() for text in chart_assessment(table, context).findobj(Text)]
    assert "nan" not in drawn


def test_a_title_named_elsewhere_and_an_organiser_are_told_beside_the_proposal(tables):
    cards = tables["scorecards"].assign(title_level="province", applied_level="province")
    cards["remarks"] = ["prechecked;recommended", "organiser", None]
    told = {**tables, "scorecards": cards}
    (row,) = meeting_list("rectify", told, REFERENCE).to_dict("records")
    assert row["advice"] == "限期整改；临界；得分未达80分的分数线；只作预审；只作推荐"
    (row,) = meeting_list("keep", told, REFERENCE, "en").to_dict("records")
    assert row["advice"] == "keep; organises the assessment, checked by another body"


def test_an_open_total_stands_with_its_bounds_and_what_a_department_did_not_say_is_open(tables):
    (row,) = meeting_list("pending", tables, REFERENCE).to_dict("records")
    assert row["points_range"] == "70.00—90.00"
    settled = tables["scorecards"].assign(total=None, total_low=82.126, total_high=82.126)
    (row,) = meeting_list("pending", {**tables, "scorecards": settled}, REFERENCE).to_dict("records")
    assert row["points_range"] == "82.12"  # no answer changes it
    assert meeting_list("keep", tables, REFERENCE)["opinions"].tolist() == ["捐助账目公开：待核"]
    assert meeting_list("rectify", tables, REFERENCE, "en")["opinions"].tolist() == ["—"]


def test_a_decision_stands_beside_the_proposal_with_its_reason_and_the_number_of_members_who_left(tables):
    rows = minutes(tables, REFERENCE)
    assert rows["short_name"].tolist() == ["市科技局", "市纪委监委"]
    assert rows.loc[0, ["proposed", "decided", "departs", "decided_reason", "members_left"]].tolist() == [
        "限期整改", "保留", "yes", "复核属实", 1,
    ]  # fmt: skip
    assert rows.loc[1, "proposed"] == "待核"


def test_borderline_units_stand_with_their_probability_and_draws(tables):
    (row,) = borderline(tables, REFERENCE).to_dict("records")
    assert (row["short_name"], row["p_pass"], row["draws"], row["converged"]) == ("市科技局", 0.4, 2000, "是")


def test_changes_of_rank_are_summed_up_by_item_and_by_switch(tables):
    ranks = pd.DataFrame({"unit_code": ["A", "B", "C"], "item": "B1b", "change": [-12.0, 2.0, 10.0]})
    (row,) = left_out({**tables, "rank_without": ranks}, REFERENCE).to_dict("records")
    assert (row["content"], row["rank_change"], row["rank_change_most"], row["n_far"]) == ("按期整改率", 8.0, 12.0, 2)
    moved = pd.DataFrame(
        {
            "switch_zh": "只看末年", "switch_en": "last year only", "unit_code": ["A", "B"], "rank": [1.0, 2.0],
            "rank_other": [2.0, 1.0], "class_proposed": ["keep", None], "class_other": ["name", None],
        }
    )  # fmt: skip
    (row,) = switches({"scheme_switches": moved}, REFERENCE, "en").to_dict("records")
    assert (row["switch"], row["rank_change"], row["n_class_changed"]) == ("last year only", 1.0, 1)


def test_both_readings_of_pairing_stand_beside_each_other(tables):
    rows = pd.DataFrame(
        {
            "unit_code": ["LJ-G04", "LJ-G04", "LJ-G05", "LJ-G05"], "pairing_rule": ["both", "any"] * 2,
            "met": [0.0, 1.0, None, None], "total": [78.0, 81.0, None, None], "total_low": [78.0, 81.0, 80.0, 80.0],
            "total_high": [78.0, 81.0, 83.0, 83.0], "class_proposed": ["rectify", "keep", "keep", "keep"],
        }
    )  # fmt: skip
    found = readings({"pairing_readings": rows}, REFERENCE).set_index("pairing_rule")
    assert found.loc["both", ["n_met", "n_not_met", "n_open", "n_class_changed"]].tolist() == [0, 1, 1, 1]
    assert found.loc["any", ["n_met", "n_not_met", "n_open"]].tolist() == [1, 0, 1]
    apart = readings_apart({"pairing_readings": rows}, REFERENCE)
    assert apart.to_numpy().tolist() == [["市科技局", "78.00", "限期整改", "81.00", "保留"]]


def test_the_meeting_of_2026_stands_in_the_calendar_on_the_last_day_of_march_and_a_year_between_has_none(tables):
    rows = calendar_table(tables, DATA, REFERENCE, "zh").set_index("step")
    assert rows.loc["考评会", "first_day"] == "2026-03-31"
    assert calendar_table({"scorecards": tables["scorecards"].iloc[:0]}, DATA, REFERENCE, "zh").empty


def test_a_year_that_ends_no_term_has_all_the_tables_without_rows():
    empty = {**no_tables(), "hidden": NOTHING_HIDDEN}
    for name, make in ASSESSMENT_TABLES.items():
        rows = make(empty, REFERENCE, "zh")
        assert name == "pairing_readings" or rows.empty, name


def test_lists_classes_and_levels_stand_in_words():
    assert spelled("withdraw_or_refuse", "list", WORDS) == "拟撤销、不予命名"
    assert spelled("keep", "next_class", WORDS) == "保留"
    assert spelled("province", "applied_level", WORDS) == "省级"


def test_only_units_with_steps_stand_in_the_table_of_steps(tables):
    assert steps_by_unit(tables, REFERENCE)["short_name"].tolist() == ["市科技局"]


def test_steps_of_a_unit_with_open_items_say_that_the_questions_come_first(tables):
    waiting = tables["next_steps"].assign(item=["B1b", "B1b"])
    notes = steps_by_unit({**tables, "next_steps": waiting}, REFERENCE, "en").set_index("short_name")["note"]
    assert notes["市科技局"] == ""
    assert notes["市工信局"].startswith("Answer the open questions first")


def test_a_step_on_a_hidden_number_does_not_stand_in_the_table_of_steps(tables):
    hidden = pd.DataFrame([("unit", "LJ-G04", "I25", "")], columns=["level", "unit_code", "indicator", "category"])

    assert steps_by_unit({**tables, "hidden": hidden}, REFERENCE).empty


def test_indices_keep_their_decimals(tables):
    row = rank_sensitivity(tables, REFERENCE).iloc[0]
    assert as_text(row["total_order"], "total_order", WORDS) == "0.51"


def test_a_year_that_ends_no_term_says_so(tables):
    units = pd.DataFrame({"submitted": [True], "hc_register": [10.0]})
    context = make_context(units, REFERENCE)
    empty = {**tables, "scorecards": tables["scorecards"].iloc[:0]}
    assert assessment_answer(empty, context) == ["本年度不是届末，没有考评；届末考评用本年度和届末年度的数据"]
    assert len(assessment_answer(tables, context)) == 4


def test_neither_the_table_nor_the_drawing_tells_more_of_points_than_two_decimals(tables):
    """As annex and deck do: every digit of a total is a fingerprint of the hidden counts behind its items."""
    context = make_context(made_up_units(REFERENCE), REFERENCE)
    exact = pd.DataFrame(
        [card("LJ-G04", 79.9612, "rectify", True), card("LJ-G05", 84.0034, "keep"), card("LJ-P01", None, None)]
    )
    told, more = (
        assessment_table({**tables, "scorecards": cards}, TWO_TELL) for cards in (tables["scorecards"], exact)
    )

    assert more["total"].tolist()[:2] == [84.0, 79.96]
    assert more["peer_median"].tolist()[:2] == [81.98, 81.98]  # of 79.9612 and 84.0034
    same = more.assign(peer_median=told["peer_median"])
    assert figure_bytes(chart_assessment(same, context), "svg") == figure_bytes(chart_assessment(told, context), "svg")

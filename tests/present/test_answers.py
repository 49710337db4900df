"""The sentences at the top of a notebook: parts that add up."""

from __future__ import annotations

import pandas as pd

from analysis.present.answers import clearly_outside, files_told, open_split, reasons_left_out
from analysis.present.labels import Words
from tests.present.made_up import sample_reference

WORDS = Words(sample_reference())


def funnel(*units):
    """One row per (mark, status)."""
    return pd.DataFrame(units, columns=["mark", "status"])


def test_a_small_lead_unit_is_left_out_for_one_reason():
    reasons = reasons_left_out(funnel(("near", "ok"), ("lead", "small"), ("small", "small"), ("none", "queried")))

    assert reasons == {"lead": 1, "hidden": 0, "small": 1, "not_submitted": 0, "queried": 1, "other": 0}


def test_what_has_no_reason_of_its_own_is_counted_too():
    table = funnel(("other", "ok"), ("none", "bounded"), ("none", "not_submitted"), ("higher", "ok"))

    assert reasons_left_out(table) == {"lead": 0, "hidden": 0, "small": 0, "not_submitted": 1, "queried": 0, "other": 2}


def test_those_outside_are_of_the_units_compared():
    table = funnel(("near", "ok"), ("near", "ok"), ("near", "ok"), ("lower", "ok"), ("lead", "ok"), ("none", "queried"))

    assert clearly_outside(table) == (1, 4)
    assert clearly_outside(funnel(("none", "queried"))) == (0, 0)


def test_every_file_stands_in_one_part_and_the_parts_add_up():
    """Six files: two used, and one of each of the other states."""
    states = ["accepted", "accepted", "superseded", "quarantined", "returned", "skipped"]

    told = files_told(pd.DataFrame({"state": states}), WORDS)
    assert told == (
        "共收到文件6个：采用2个、遮盖个人信息后采用1个、被同一单位的新文件替代1个、退回重报1个、未采用（重复或非报表）1个"
    )


def test_a_state_without_a_file_is_not_told():
    assert files_told(pd.DataFrame({"state": ["accepted"]}), WORDS) == "共收到文件1个：采用1个"


def test_questions_without_a_queried_value_are_told_beside_those_with_one():
    """Three open questions: one about a queried cell, one about a blank cell, one about the whole file."""
    queries = pd.DataFrame(
        [("a", "s", "B2", "open"), ("a", "s", "B3", "open"), ("b", None, None, "open"), ("a", "s", "B4", "closed")],
        columns=["file", "sheet", "cell", "state"],
    )
    facts = pd.DataFrame(
        [("a", "s", "B2", "queried"), ("a", "s", "B4", "queried"), ("a", "s", "B5", "reported")],
        columns=["file", "sheet", "cell", "status"],
    )

    assert "未结3项中1项各有一个待核数值，其余2项" in open_split({"queries": queries, "facts": facts}, WORDS)
    assert open_split({"queries": queries.iloc[:1], "facts": facts}, WORDS) == ""

"""The lists of the meeting: the unit's own class, why it is proposed, the veto by name, and what departments confirmed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.present.assessment_words import confirmed, proposal_texts, reason_texts, veto_text
from analysis.present.labels import Words
from analysis.reference import load_reference
from tests.reference_folder import DATA

REFERENCE = load_reference(DATA, 2025)
ZH, EN = Words(REFERENCE, "zh"), Words(REFERENCE, "en")
ROW = {
    "class_proposed": "keep", "class_low": "keep", "class_high": "keep", "exemplar": False, "borderline": False,
    "reasons": None, "remarks": None, "veto": None, "total": 90.0, "total_low": 90.0, "total_high": 90.0, "line": 80.0,
}  # fmt: skip


@pytest.mark.parametrize(
    "proposed, chinese, english",
    [
        ("withdraw", "拟撤销", "title to be withdrawn"),
        ("refuse", "拟不予命名", "not to be named"),
        ("keep", "拟保留", "to keep the title"),
    ],
)
def test_each_unit_stands_with_its_own_class_and_not_with_the_name_of_its_list(proposed, chinese, english):
    row = {**ROW, "class_proposed": proposed}
    assert proposal_texts(row, ZH, "proposed") == [chinese]
    assert proposal_texts(row, EN, "proposed") == [english]


def test_why_a_unit_is_proposed_stands_beside_its_class():
    refused = {**ROW, "class_proposed": "refuse", "reasons": "forms"}
    assert proposal_texts(refused, ZH, "proposed") == ["拟不予命名", "两年的报表不齐"]
    kept = {**ROW, "reasons": "pairing", "remarks": "prechecked"}
    assert proposal_texts(kept, ZH, "proposed") == ["拟保留", "结对未达要求", "只作预审"]


def test_an_open_class_stands_with_its_ends_and_with_what_has_to_be_answered():
    waiting = {**ROW, "class_proposed": None, "class_low": "rectify", "reasons": "forms;open_items"}
    assert proposal_texts(waiting, ZH, "proposed") == [
        "待核：限期整改至保留",
        "两年的报表不齐",
        "有待核事项，结论取决于答复",
    ]
    unclear = {**ROW, "class_proposed": None, "class_low": "none", "class_high": "none", "reasons": "application_open"}
    assert proposal_texts(unclear, ZH, "proposed") == ["待核", "是否申报尚不清楚"]


def test_points_are_the_reason_only_where_no_answer_brings_a_unit_to_the_line():
    short = {**ROW, "class_proposed": "rectify", "total": 79.999, "total_low": 79.999, "total_high": 79.999}
    assert reason_texts(short, ZH) == ["得分未达80分的分数线"]
    assert reason_texts({**short, "total_high": 80.0}, ZH) == []
    assert reason_texts({**short, "class_proposed": "keep"}, ZH) == []


def test_a_veto_stands_by_its_name_with_its_code_and_is_not_told_twice():
    row = {**ROW, "class_proposed": "withdraw", "reasons": "veto_V3;veto_V7", "veto": "V3;V7"}
    assert veto_text(row, ZH) == "重大安全、食品、环境责任事故（V3）、摊派捐款或强行指派志愿者（V7）"
    assert veto_text(ROW, ZH) == ""
    assert proposal_texts(row, ZH, "proposed") == ["拟撤销"]


def test_of_what_departments_confirmed_only_what_departs_or_is_open_is_shown():
    """Accounts not published cost the point; open after two reminders takes points off."""
    items = pd.DataFrame(
        [
            ("A", "捐助账目公开", 1.0, 1.0, 1.0),
            ("A", "两次催报后仍待核", 0.0, 0.0, 0.0),
            ("B", "捐助账目公开", 0.0, 0.0, 1.0),
            ("B", "两次催报后仍待核", 1.0, -2.0, 0.0),
            ("C", "捐助账目公开", None, None, 1.0),
        ],
        columns=["unit_code", "item_zh", "value", "points", "full"],
    ).assign(source="department said", item_en="")

    assert confirmed(items, ZH) == {
        "A": "—",
        "B": "捐助账目公开：否；两次催报后仍待核：是",
        "C": "捐助账目公开：待核",
    }

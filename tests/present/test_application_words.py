"""One account everywhere of what a unit applies for, of what departments said, and of a title whose class is open."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.present.assessment_record import title_states
from analysis.present.assessment_tables import meeting_list
from analysis.present.chart_assessment import assessment_table
from analysis.present.context import make_context
from analysis.present.deck_lists import counts_table, list_tables
from analysis.present.labels import Words
from analysis.present.open_points import open_by_unit
from analysis.present.scorecard_pages import applied_word, sent_words, verdict
from analysis.present.tables_html import as_text, spelled
from tests.present.made_up import sample_reference
from tests.present.made_up_pack import pack_tables

REFERENCE = sample_reference(3)
ZH, EN = Words(REFERENCE, "zh"), Words(REFERENCE, "en")
APPLIED, HELD, DEPARTMENTS = 2, 3, 7  # columns of the lists of the deck


@pytest.fixture
def tables():
    """Three units: one applies for a city title, one does not apply, one said nothing clear."""
    tables = pack_tables(3, assessed=True)
    cards = tables["scorecards"].assign(
        class_proposed="keep",
        applied_level=["city", "none", "none"],
        applied_clear=[True, True, False],
        title_level=["none", "organ", "none"],
    )
    said = {"source": "department accounts", "item_zh": "账目公开", "item_en": "Accounts", "value": [1.0, 0.0, None]}
    said |= {"points": [1.0, 0.0, None], "full": 1.0}
    return {**tables, "scorecards": cards, "assessment": tables["assessment"].assign(**said)}


def rows_of_deck(tables):
    context = make_context(tables["units"], REFERENCE)
    table = assessment_table(tables, REFERENCE)
    return [row for _, grid in list_tables(table, tables["assessment"], context) for row in grid.rows]


def test_a_level_that_nobody_applied_for_is_not_the_same_as_one_that_is_not_clear(tables):
    table = assessment_table(tables, REFERENCE)
    words = ["市级", "未申报", "申报不明"]
    assert [spelled(code, "applied_level", ZH) for code in table["applied_level"]] == words
    assert [row[APPLIED] for row in rows_of_deck(tables)] == words
    assert [applied_word(card, ZH) for card in tables["scorecards"].to_dict("records")] == words
    assert counts_table(table, make_context(tables["units"], REFERENCE)).headings[1:4] == words
    assert [row[HELD][:1] for row in rows_of_deck(tables)] == ["无", "市", "无"]
    lists = [meeting_list(name, tables, REFERENCE) for name in table["list"].unique()]
    assert [spelled(code, "applied_level", ZH) for own in lists for code in own["applied_level"]] == words


def test_a_unit_without_title_that_said_nothing_clear_has_no_class_not_applied_either(tables):
    ends = {"class_low": ["name", "none", "none"], "class_high": ["name", "none", "none"]}
    table = assessment_table({**tables, "scorecards": tables["scorecards"].assign(**ends)}, REFERENCE)
    for end in ends:
        assert [spelled(code, end, ZH) for code in table[end]] == ["命名", "未申报", "申报不明"]


def test_what_departments_confirmed_is_the_same_in_the_deck_and_in_the_notebook(tables):
    lists = [meeting_list(name, tables, REFERENCE) for name in tables["decisions"]["list"].unique()]
    said = [text for own in lists for text in own["opinions"]]
    assert said == ["—", "账目公开：否", "账目公开：待核"]
    assert [row[DEPARTMENTS] for row in rows_of_deck(tables)] == said


def test_a_title_whose_class_is_open_stands_as_open_and_not_as_eligible():
    rows = pd.DataFrame(
        {
            "state_before": ["valid", "valid", "valid"], "state_after": ["proposed", None, "eligible"],
            "class_proposed": ["keep", None, None],
        }
    )  # fmt: skip
    table = title_states({"decisions": rows}, REFERENCE)
    assert [spelled(code, "state_after", ZH) for code in table["state_after"]] == ["拟命名或保留", "待核"]
    assert table["n_units"].tolist() == [1, 2]


def test_a_unit_that_sent_nothing_is_not_nought_days_late():
    units = pd.DataFrame(
        {"unit_code": ["A", "B"], "short_name": ["甲", "乙"], "peer_group": "PG1", "submitted": [True, False]}
    )
    counts = {"n_cells": 10, "n_open": 1, "n_returned": 0, "n_contradictions": 0, "days_late": 0, "quality_index": 1.0}
    quality = pd.DataFrame({"unit_code": ["A", "B"], **counts})
    queries = pd.DataFrame({"unit_code": ["A"], "form": ["F1"], "state": ["open"]})
    table = open_by_unit(queries, quality, units)
    assert [as_text(days, "days_late", ZH) for days in table["days_late"]] == ["0", "未报"]
    assert [as_text(days, "days_late", EN) for days in table["days_late"]] == ["0", "Not submitted"]


@pytest.mark.parametrize(
    "missing, text",
    [
        ([], "2025年度待核 1 项，迟报 0 天"),
        ([2024], "2025年度待核 1 项，迟报 0 天；2024年度报表未报"),
        ([2025], "2025年度待核 1 项；2025年度报表未报"),
    ],
)
def test_the_scorecard_says_for_each_year_what_came(missing, text):
    assert sent_words({"n_open": 1, "days_late": 0}, 2025, missing, ZH) == text


def test_the_scorecard_shows_the_line_and_the_chance_of_the_class_proposed():
    card = {"class_proposed": "name", "line": 85.0, "p_class": 0.725, "borderline": True}
    assert verdict(card, ZH) == "建议：命名；分数线 85；模拟中 72.5% 得出此等次；临界：结论可能因偶然波动改变"
    no_chance = {"class_proposed": "withdraw", "line": 75.0, "p_class": float("nan"), "borderline": False}
    assert verdict(no_chance, ZH) == "建议：撤销；分数线 75"


@pytest.mark.parametrize("number, text", [(1, "一"), (9, "九"), (10, "十"), (19, "十九"), (20, "二十"), (21, "二十一")])
def test_the_number_of_a_term_is_written_as_in_the_documents(number, text):
    assert ZH.ordinal(number) == text
    assert EN.ordinal(number) == str(number)

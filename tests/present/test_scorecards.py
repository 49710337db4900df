"""What a scorecard says: counts behind each value, no percentage for a handful, deductions, both readings, the page itself."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.measures.fewest_steps import Step
from analysis.measures.gains import Gain
from analysis.measures.reach_class import Advice
from analysis.present.labels import Words
from analysis.present.scorecard_data import (
    PartBar,
    Scorecard,
    gap_texts,
    part_bars,
    reading_texts,
    step_texts,
    told_medians,
    whole_text,
)
from analysis.present.scorecard_draw import draw_scorecard
from analysis.present.scorecard_items import item_line, value_text
from analysis.present.scorecard_pages import QUIET
from analysis.reference import load_reference
from analysis.reference.scheme import load_scheme
from tests.reference_folder import DATA

REFERENCE = load_reference(DATA, 2025)
SCHEME = load_scheme(DATA, 20, REFERENCE)
ITEMS = {item.code: item for item in SCHEME.items}
ZH, EN = Words(REFERENCE, "zh"), Words(REFERENCE, "en")


def row(**given):
    return {
        "status": "scored", "points": 3.2, "points_low": 3.2, "points_high": 3.2, "full": 4.0, "value": 52 / 86,
        "numerator": 52.0, "denominator": 86.0, "peer_median": 0.7, "last_year": 5 / 7, "last_numerator": 5.0,
        "last_denominator": 7.0, **given,
    }  # fmt: skip


@pytest.mark.parametrize(
    "numerator, denominator, text",
    [(52, 86, "52/86 = 60.5%"), (5, 7, "5/7"), (9, 9, "9/9"), (6, 10, "6/10 = 60.0%*"), (24, 29, "24/29 = 82.8%*")],
)
def test_a_share_of_fewer_than_ten_has_no_percentage_and_one_below_thirty_is_marked(numerator, denominator, text):
    assert value_text(numerator / denominator, ITEMS["B3a"], ZH, numerator, denominator) == text


def test_last_year_follows_the_same_rule_as_this_year():
    line = item_line(row(), ITEMS["B3a"], ZH)
    assert (line.value, line.before, line.threshold, line.points) == ("52/86 = 60.5%", "5/7", "30%→80%", "3.20 / 4")


def test_hours_per_head_are_no_percentage():
    assert value_text(15.1, ITEMS["A3c"], ZH, 1783, 118) == "1783/118 = 15.1"


def test_an_open_item_shows_its_bounds_and_says_which_year_is_open():
    nothing = {"last_year": None, "last_numerator": None, "last_denominator": None}
    line = item_line(row(status="open", points=None, points_low=1.5, points_high=3.5, **nothing), ITEMS["B3a"], ZH)
    assert (line.points, line.value, line.before, line.is_open) == ("待核 1.5—3.5 / 4", "52/86 = 60.5%", "待核", True)
    line = item_line(row(status="open", points=None, value=None, points_low=1.5, points_high=3.5), ITEMS["B3a"], ZH)
    assert (line.value, line.before) == ("待核", "5/7")


def test_a_deduction_shows_what_was_taken_off_and_at_most_how_much():
    assert item_line(row(points=-0.5, full=0.0), ITEMS["E2"], ZH).points == "\u22120.50（最多 \u22121）"


def test_a_survey_shows_those_satisfied_and_those_asked():
    given = row(value=38 / 47, numerator=None, denominator=None, last_year=None)
    assert item_line(given, ITEMS["B1d"], EN, (38.0, 47.0)).value == "38/47 = 80.9%"


def test_a_gap_names_the_action_and_its_points_and_only_three_stand_there():
    gains = [Gain("B1b", 2, 3.0), Gain("C3a", 2, 1.0), Gain("C3b", 5, 0.83), Gain("A5a", 1, 0.3)]
    texts = gap_texts(gains, SCHEME, ZH)
    assert len(texts) == 3
    assert texts[0] == "按期整改率：再有2个问题按期整改，可得 3.00 分"


def test_both_readings_of_pairing_stand_with_their_points():
    table = pd.DataFrame(
        {
            "pairing_rule": ["both", "any"], "in_force": [True, False], "met": [0.0, 1.0], "points": [1.5, 3.0],
            "points_low": [1.5, 3.0], "points_high": [1.5, 3.0], "full": 3.0, "total_low": [80.47, 81.97],
            "total_high": [80.47, 81.97],
        }
    )  # fmt: skip
    first, second = reading_texts(table.to_dict("records"), ZH)
    assert first == "结对按“城乡各一户”理解（本年度采用）：否，得分 1.50 / 3，总分 80.47"
    assert second == "结对按“城乡任一户”理解：是，得分 3.00 / 3，总分 81.97"
    assert reading_texts([], ZH) == ()


def test_a_median_of_fewer_units_than_the_term_asks_for_would_tell_theirs_and_is_not_shown():
    totals = pd.Series([70.0, 80.0, 90.0, 60.0, 62.0])
    groups = pd.Series(["PG1", "PG1", "PG1", "PG2", "PG2"])

    assert told_medians(totals, groups, 3)["PG1"] == 80.0
    assert np.isnan(told_medians(totals, groups, 3)["PG2"])


def test_the_bars_of_a_group_of_few_units_stand_without_its_median():
    sums = pd.DataFrame(
        [(code, part, 20.0, 20.0, 20.0) for code in ("U1", "U2") for part in "ABC"],
        columns=["unit_code", "part", "middle", "points_low", "points_high"],
    )
    unit = SimpleNamespace(code="U1", peer_group="PG1")

    bars = part_bars(sums, unit, SCHEME, {"U1": "PG1", "U2": "PG1"}, ZH)
    assert [np.isnan(bar.peers) for bar in bars] == [True] * 3
    draw_scorecard(replace(page(1), parts=tuple(bars)))


@pytest.mark.parametrize(
    "low, high, text",
    [
        (85.964, 85.964, "85.96 / 100"),
        (79.996, 79.996, "79.99 / 100"),  # the line is 80
        (78.3907, 88.8907, "78.39—88.89 / 100"),
        (76.001, 76.002, "76.00 / 100"),
        (100.5, 100.5, "100.50 / 100"),
    ],
)
def test_the_bar_of_the_total_shows_the_two_decimals_of_the_total_and_rounds_none_up(low, high, text):
    assert whole_text(low, high, 100.0, ZH) == text


def test_what_fewest_means_stands_on_the_card_and_among_what_was_decided():
    assert "涉及项目最少" in ZH.say("card.steps")
    assert "fewest items" in EN.say("card.steps")
    assert "| 最少步骤 Fewest steps |" in (DATA.parent / "docs" / "method.md").read_text(encoding="utf-8")


def page(items: int) -> Scorecard:
    line = item_line(row(), ITEMS["B3a"], ZH)
    bar = PartBar("总分", "80.50 / 100", 76.0, 80.5, 100.0, 85.0, 80.0)
    notes = (("提示", ("否决情形：无",)), ("差距", ("再有1个问题按期整改",)))
    columns = ("项目", "内容", "得分 / 满分", "本年数值", "起点→满分", "同类中位", "上年")
    return Scorecard(
        "U1", "某单位", ("头",), "总分", "建议", (bar,), "图例", ("备注",), columns, (line,) * items, notes, "脚注"
    )


def test_the_page_is_a4_has_its_font_inside_and_neither_author_nor_time_and_the_same_bytes_twice(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    paths = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for path in paths:
        draw_scorecard(page(48)).savefig(path, format="pdf", metadata=QUIET)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    document = pypdf.PdfReader(paths[0])
    (sheet,) = document.pages
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [210, 297]
    assert not set(document.metadata or {}) & {"/Author", "/CreationDate", "/ModDate", "/Producer", "/Creator"}
    fonts = [font.get_object() for font in sheet["/Resources"]["/Font"].get_object().values()]
    assert fonts
    assert all(font["/Subtype"] == "/Type3" and "/CharProcs" in font for font in fonts)
    assert "52/86 = 60.5%" in sheet.extract_text()


def test_items_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="U1: 90 items"):
        draw_scorecard(page(90))


def test_the_steps_of_an_open_unit_begin_with_the_questions_and_hold_whatever_is_answered():
    first, step = step_texts(Advice("keep", 80, 1.5, (Step("B1b", 1),), "open_items"), SCHEME, ZH)
    assert first == "先答复待核事项。按最低得分距“保留”差 1.50 分，做到以下各项，无论如何答复均达到："
    assert step == "再有1个问题按期整改"


def test_more_than_three_steps_stand_in_one_paragraph():
    steps = tuple(Step(code, 1) for code in ("A1b", "A3a", "B1b", "C3a"))
    assert len(step_texts(Advice("keep", 80, 1.5, steps[:3]), SCHEME, ZH)) == 4
    _, told = step_texts(Advice("keep", 80, 1.5, steps), SCHEME, ZH)
    assert told == "再组织1次主题学习；再开展1个专题的学习；再有1个问题按期整改；再推出1个先进典型"

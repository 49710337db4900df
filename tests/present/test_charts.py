"""Nothing on a chart is cut off and no words lie over others: with all units and with few, in both languages."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.present.chart_dumbbell import MOST_ROWS
from analysis.present.chart_frame import balanced, pieces, text_width, wrap
from analysis.present.chart_strip import DOT, side_steps
from analysis.present.context import make_context
from analysis.present.save_charts import CHARTS
from tests.present.made_up import made_up_change, made_up_tables, sample_reference
from tests.present.made_up_lists import with_lists


def words_of(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


def boxes_of(figure: Figure):
    renderer = figure.canvas.get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in words_of(figure)]


def overlaps(first, second, slack=1.5) -> bool:
    wide = min(first.x1, second.x1) - max(first.x0, second.x0)
    high = min(first.y1, second.y1) - max(first.y0, second.y0)
    return wide > slack and high > slack


def drawn(code, n_units, lang, seed=11):
    reference = sample_reference(n_units)
    tables = with_lists(n_units, seed)
    context = make_context(tables["units"], reference, lang)
    figure = CHARTS[code].draw(CHARTS[code].table(tables, reference), context)
    figure.canvas.draw()
    return figure


@pytest.mark.parametrize("code", list(CHARTS))
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("n_units", [0, 8, 1])
def test_words_stay_inside_the_figure_and_beside_each_other(code, n_units, lang):
    figure = drawn(code, n_units, lang)
    width, height = figure.canvas.get_width_height()
    boxes = boxes_of(figure)

    outside = [text for text, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]
    over_each_other = [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if overlaps(one, two)]

    assert outside == []
    assert over_each_other == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_for_a_missing_point_stands_within_the_panel_of_its_group(lang):
    """As in the sample years, where a group has units not submitted, queried and too small, and no pooled rate."""
    reference, tables = sample_reference(), made_up_tables()
    table = CHARTS["C5"].table(tables, reference)
    nth = table.groupby("peer_group").cumcount()
    for place, status in enumerate(("not_submitted", "queried", "small", "undefined")):
        table.loc[nth == place, ["rate", "status"]] = [np.nan, status]
    table["peer_pooled"] = np.nan

    figure = CHARTS["C5"].draw(table, make_context(tables["units"], reference, lang))
    figure.canvas.draw()
    width, boxes = figure.canvas.get_width_height()[0], boxes_of(figure)

    assert [text for text, box in boxes if box.x1 > width] == []
    assert [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if overlaps(one, two)] == []


@pytest.mark.parametrize("rate", [0.8, 0.97, 1.0])
def test_names_of_many_units_above_their_peers_stay_readable(rate):
    """Those that find no room are left to the table."""
    reference = sample_reference()
    tables = made_up_tables()
    table = CHARTS["C5"].table(tables, reference)
    group = table["peer_group"] == table["peer_group"].iloc[0]
    marks, rates = table["mark"].where(~group | table["rate"].isna(), "higher"), table["rate"].where(~group, rate)

    crowded = table.assign(mark=marks, rate=rates)
    figure = CHARTS["C5"].draw(crowded, make_context(tables["units"], reference))
    figure.canvas.draw()
    boxes = boxes_of(figure)

    assert {text for text, _ in boxes} & set(table.loc[group, "short_name"])
    assert [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if overlaps(one, two)] == []


def test_the_page_of_a_sample_chart_says_that_the_city_is_fictitious():
    figure = drawn("C1", 8, "zh")
    foot = next(text.get_text() for text in words_of(figure) if text.get_gid() == "foot")

    assert "虚构城市澜江市样例数据" in foot
    assert "各单位报送" in foot
    assert "2026年2月28日" in foot
    assert "初步数据" in foot  # 7 of 8 units are fewer than 95%


def test_a_group_without_any_rate_is_drawn_as_a_gap():
    reference = sample_reference(8)
    tables = made_up_tables(8)
    nobody = tables["rates"].assign(rate=float("nan"), numerator=float("nan"), status="not_submitted")
    context = make_context(tables["units"], reference)

    change = tables["change"].assign(status="not_submitted")
    for code in ("C2", "C3", "C5", "C6", "C7"):
        made = {**tables, "rates": nobody, "change": change, "hidden": tables["hidden"].iloc[:0]}
        table = CHARTS[code].table(made, reference)
        figure = CHARTS[code].draw(table, context)
        assert any("尚无" in text.get_text() for text in words_of(figure))


def test_units_clearly_below_their_peers_are_not_named_on_the_chart():
    reference = sample_reference()
    tables = made_up_tables()
    table = CHARTS["C5"].table(tables, reference)
    below = table.assign(mark=table["mark"].where(table["mark"] != "near", "lower"))

    figure = CHARTS["C5"].draw(below, make_context(tables["units"], reference))

    assert not set(below["short_name"]) & {text.get_text() for text in words_of(figure)}


def drawn_change(change, groups, lang="zh"):
    """C6 of the made-up year with other tables of change."""
    reference, tables = sample_reference(), made_up_tables()
    table = CHARTS["C6"].table({**tables, "change": change, "group_change": groups}, reference)
    figure = CHARTS["C6"].draw(table, make_context(tables["units"], reference, lang))
    figure.canvas.draw()
    return table, figure


def test_units_that_fell_are_drawn_but_not_named():
    tables = made_up_tables()
    table, figure = drawn_change(tables["change"], tables["group_change"])
    said = {text.get_text() for text in words_of(figure)}

    clear = table[table["mark"] == "clear"]
    fell, rose = (set(clear.loc[clear["class"] == name, "short_name"]) for name in ("down", "up"))
    assert fell
    assert rose
    assert not fell & said
    assert rose <= said


def test_where_the_groups_contradict_the_city_the_city_is_not_drawn():
    tables = made_up_tables()
    groups = tables["group_change"].assign(reversal=tables["group_change"]["peer_group"] == "")

    _, agreed = drawn_change(tables["change"], tables["group_change"])
    _, reversed_ = drawn_change(tables["change"], groups)

    said, contradicted = (" ".join(text.get_text() for text in words_of(figure)) for figure in (agreed, reversed_))
    assert "两年可比\uff08" in said
    assert "两年可比\uff08" not in contradicted
    assert "辛普森" in contradicted.replace("\n", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_with_very_many_units_that_moved_the_furthest_are_drawn_and_the_rest_is_counted(lang):
    tables = made_up_tables()
    change = made_up_change(tables["rates"], tables["units"], shift=0.5)["change"]
    table, figure = drawn_change(change, tables["group_change"], lang)
    boxes = boxes_of(figure)

    n_clear = int((table["mark"] == "clear").sum())
    foot = next(text.get_text() for text in words_of(figure) if text.get_gid() == "foot").replace("\n", " ")
    assert n_clear > MOST_ROWS
    assert str(n_clear - MOST_ROWS) in foot
    assert [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if overlaps(one, two)] == []


def test_the_columns_of_the_months_stand_as_high_as_their_shares():
    reference, tables = sample_reference(), made_up_tables()
    table = CHARTS["C7"].table(tables, reference)
    figure = CHARTS["C7"].draw(table, make_context(tables["units"], reference))

    heights = [bar.get_height() / 100 for bar in figure.axes[0].patches]
    assert heights == pytest.approx(table["share"].tolist())
    assert sum(heights) == pytest.approx(1)


def test_the_curves_of_the_funnel_pass_through_the_limits_that_judged_the_units():
    """The chart computes its curves; the classes come from the comparison. Both must be the same formula."""
    reference = sample_reference()
    table = CHARTS["C5"].table(made_up_tables(), reference)
    compared = table[table["mark"].isin(["near", "higher", "lower"]) & table["tau2"].notna()]

    assert compared["peer_group"].nunique() > 3
    figure = CHARTS["C5"].draw(table, make_context(made_up_tables()["units"], reference))
    panels = [[line.get_xydata().T for line in axes.lines if len(line.get_xdata()) == 80] for axes in figure.axes]
    levels = ["funnel_95_low", "funnel_95_high", "funnel_998_low", "funnel_998_high"]
    for _, group in compared.groupby("peer_group"):
        assert any(
            all(
                np.interp(group["denominator"], *curve) == pytest.approx(group[level].to_numpy(), abs=0.002)
                for curve, level in zip(curves, levels, strict=True)
            )
            for curves in panels
            if len(curves) == len(levels)
        )


def test_dots_that_would_cover_each_other_step_aside():
    steps = side_steps([1.0, 1.0, 1.0 + DOT / 2, 3.0])

    assert len({steps[0], steps[1], steps[2]}) == 3
    assert steps[3] == 0


def test_lines_break_between_chinese_characters_but_not_before_a_stop_or_within_a_number():
    lines = wrap("总体参与率中位数84.8%\uff0c各单位", 18, text_width("总体参与率中位数84.8%", 18) + 0.01)

    assert lines == ["总体参与率中位数", "84.8%\uff0c各单位"]
    assert pieces("a bc") == ["a ", "bc"]


def test_a_title_of_two_lines_leaves_no_single_character_on_the_second():
    text = "总体参与率中位数89.5%\uff0c同类之间差距最大的是事业单位\uff0c相差至少25.8个百分点"
    width = text_width(text, 18) - 0.1
    plain, even = wrap(text, 18, width), balanced(text, 18, width)

    assert (len(plain), len(plain[-1])) == (2, 1)
    assert len(even) == 2
    assert "".join(even) == text
    assert min(len(line) for line in even) > 10


def test_a_chart_does_not_change_its_table():
    reference = sample_reference(8)
    tables = made_up_tables(8)
    for chart in (chart for chart in CHARTS.values() if chart.is_possible(tables)):
        table = chart.table(tables, reference)
        before = table.copy(deep=True)
        chart.draw(table, make_context(tables["units"], reference))
        pd.testing.assert_frame_equal(table, before)

"""C6 and C7: what their tables hold, and that the sentence above them turns when the data turn."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.measures.intervals import newcombe_difference
from analysis.present.change_tables import change_table, months_table
from analysis.present.chart_dumbbell import chart_change
from analysis.present.chart_frame import bare_frame
from analysis.present.context import Context
from analysis.present.findings_change import change_finding, months_finding
from analysis.present.labels import Words
from tests.present.made_up import pooled_change, sample_reference

UNITS = pd.DataFrame(
    [{"unit_code": unit.code, "short_name": unit.short_name, "peer_group": unit.peer_group} for unit in sample_reference().units]
)  # fmt: skip
FIRST, SECOND, THIRD = UNITS["unit_code"].head(3)
PG1 = UNITS["peer_group"].iloc[0]


def context(lang="zh"):
    return Context(Words(sample_reference(), lang), units_due=80, units_submitted=78, people_share=0.98)


def change(*units):
    """One row per (unit, persons and people last year, persons and people this year); a status may follow."""
    rows = []
    for code, x_before, n_before, x, n, *more in units:
        low, high = newcombe_difference(x, n, x_before, n_before)
        status = more[0] if more else "compared"
        rows.append(
            {
                **{"unit_code": code, "indicator": "I02", "category": "", "peer_group": PG1, "status": status},
                **{"numerator_before": x_before, "denominator_before": n_before, "numerator": x, "denominator": n},
                **{"rate_before": x_before / n_before, "rate": x / n, "difference": x / n - x_before / n_before},
                **{"difference_low": low, "difference_high": high, "breaks": None},
                "class": "up" if low > 0 else "down" if high < 0 else "no_clear_change",
            }
        )
    return pd.DataFrame(rows)


def table(*units, reversal=False, groups=None):
    """The table of C6 of these units; the city is all of them pooled unless said otherwise."""
    own = change(*units)
    city = pooled_change("", own if groups is None else change(*groups), reversal)
    group = {**pooled_change(PG1, own), "reversal": None}
    return change_table(
        {"change": own, "group_change": pd.DataFrame([city, group]), "units": UNITS}, sample_reference()
    )


def said(*units, lang="zh", **more):
    return change_finding(table(*units, **more), context(lang))


UP, DOWN, SAME = (FIRST, 100, 200, 160, 200), (SECOND, 160, 200, 100, 200), (THIRD, 150, 200, 151, 200)


def test_rises_and_falls_beyond_chance_are_counted_and_turn_with_the_data():
    assert said(UP, (SECOND, *UP[1:]), SAME) == (
        "同口径可比的3家单位中\uff0c总体参与率明显上升2家\uff0c没有明显下降的\uff1b合并率上升20.2个百分点"
    )
    assert said(DOWN, (FIRST, *DOWN[1:]), SAME) == (
        "同口径可比的3家单位中\uff0c总体参与率明显下降2家\uff0c没有明显上升的\uff1b合并率下降19.8个百分点"
    )
    assert said(UP, DOWN, SAME).startswith("同口径可比的3家单位中\uff0c总体参与率明显上升1家、明显下降1家")


def test_where_nothing_moved_beyond_chance_the_title_says_so():
    assert said(SAME, (FIRST, 150, 200, 149, 200)) == (
        "同口径可比的2家单位总体参与率与上年相比均无明显差异\uff1b合并率与上年基本持平"
    )
    assert said(SAME, lang="en") == (
        "Overall participation of the one unit compared does not differ clearly from last year"
    )


def test_the_pooled_rate_of_a_single_unit_is_told_no_second_time():
    """By 95% it fell, by 99.8% the unit did not: one and the same figure cannot do both."""
    assert said((FIRST, 120, 200, 100, 200)) == "同口径可比的1家单位总体参与率与上年相比无明显差异"


def test_a_move_outside_the_95_percent_limits_alone_is_no_clear_one():
    """100 and 120 of 200: limits of 95% leave out 0, those of 99.8% do not; of many units some always look so."""
    low, _ = newcombe_difference(120, 200, 100, 200)
    outer, _ = newcombe_difference(120, 200, 100, 200, 0.998)
    assert (low > 0, outer < 0) == (True, True)

    assert table((FIRST, 100, 200, 120, 200)).query("unit_code == @FIRST")["mark"].tolist() == ["same"]


def test_less_than_a_point_is_about_the_same_however_many_people_there_are():
    many = (500_000, 1_000_000, 509_000, 1_000_000)

    assert said((FIRST, *many), (SECOND, *many)) == (
        "同口径可比的2家单位总体参与率与上年相比均无明显差异\uff1b合并率与上年基本持平"
    )


def test_units_not_compared_are_in_the_table_and_in_no_count():
    rows = table(SAME, (FIRST, 1, 20, 18, 20, "small"), (SECOND, 10, 100, 90, 100, "not_comparable"))

    assert rows.set_index("unit_code").loc[[FIRST, SECOND, THIRD], "mark"].tolist() == ["none", "none", "same"]
    assert "1家单位" in change_finding(rows, context())


def test_without_a_year_before_nothing_is_claimed():
    empty = change_table({"units": UNITS}, sample_reference())

    assert change_finding(empty, context()) == "尚无可与上年比较的总体参与率"


def test_when_the_groups_move_against_the_city_the_title_names_no_pooled_move():
    rows = table(UP, SAME, reversal=True, groups=[DOWN])

    assert rows["mark"].tolist()[:2] == ["reversed", "group"]
    assert "与各组升降方向相反\uff0c只看分组" in change_finding(rows, context())
    assert "合并率下降" not in change_finding(rows, context())


def year(*units):
    """`months` and I09 of units given as twelve person-times each; None for a queried one."""
    codes = UNITS["unit_code"].head(len(units))
    months, rates = [], []
    for code, times in zip(codes, units, strict=True):
        months += [{"unit_code": code, "month": month, "person_times": times[month - 1]} for month in range(1, 13)]
        known = None not in times
        whole = float(sum(times)) if known else None
        numbers = {"numerator": float(times[2]) if known else None, "denominator": whole}
        rate = times[2] / whole if known and whole >= 10 else None
        status = "queried" if not known else "ok" if rate is not None else "undefined"
        rates.append({"unit_code": code, "indicator": "I09", "category": "", **numbers, "rate": rate, "status": status})
    numbers = {"numerator": "float64", "denominator": "float64", "rate": "float64"}
    return {
        "months": pd.DataFrame(months).astype({"person_times": "float64"}),
        "rates": pd.DataFrame(rates).astype(numbers),
    }


MARCH = [2, 2, 40, 2] + [2] * 8
SPRING = [2, 2, 30, 40] + [2] * 8
EVEN = [10] * 12


def months_said(*units, lang="zh"):
    return months_finding(months_table(year(*units)), context(lang))


def test_service_that_comes_in_march_and_goes_in_april_is_named_so():
    """40 of 62 person-times in March, 2 in April."""
    assert months_said(*[MARCH] * 8) == "三月服务人次占全年64.5%\uff0c四月降到3.2%\uff0c存在“三月来四月走”现象"


def test_service_that_stays_in_april_is_not_said_to_leave():
    title = months_said(*[SPRING] * 8)

    assert title == "三月服务人次占全年33.3%\uff0c多数单位高于均匀分布的8.3%\uff0c四月没有明显回落"


def test_an_even_year_has_no_peak():
    assert months_said(*[EVEN] * 8) == "三月服务人次占全年8.3%\uff0c与均匀分布的8.3%相比没有明显集中"
    assert "no clear concentration" in months_said(*[EVEN] * 8, lang="en")


def test_one_large_unit_does_not_make_a_peak_of_the_city():
    """March holds most of the person-times, but in one of eight units only."""
    large = [0, 0, 5000] + [0] * 9

    assert months_said(large, *[EVEN] * 7).endswith("没有明显集中")


@pytest.mark.parametrize("n", [1, 3])
def test_of_few_units_nothing_is_said_for_or_against_a_peak(n):
    """Three of three are not clearly more than half: 44% is inside Wilson's limits."""
    assert months_said(*[MARCH] * n) == f"三月服务人次占全年64.5%\uff1b可以判断的只有{n}家\uff0c太少\uff0c不说是否集中"


def test_the_year_of_a_unit_with_a_queried_number_is_left_out():
    rows = months_table(year(MARCH, [None, *MARCH[1:]], [0] * 12))

    assert rows["units_counted"].unique().tolist() == [2]
    assert rows["units_judged"].unique().tolist() == [1]
    assert rows["person_times"].sum() == 62


def test_without_any_service_nothing_is_claimed():
    assert months_said([0] * 12) == "尚无可以分月统计的服务活动"


@pytest.mark.parametrize("units", [[MARCH] * 8, [EVEN] * 3, [SPRING, MARCH, EVEN]])
def test_the_shares_of_the_months_add_up(units):
    rows = months_table(year(*units))

    assert rows["share"].sum() == pytest.approx(1)
    assert rows.loc[2, "share"] == pytest.approx(sum(unit[2] for unit in units) / sum(map(sum, units)))


def test_the_subtitle_speaks_of_units_that_moved_only_where_some_did():
    with bare_frame() as frames:
        chart_change(table(UP, SAME), context())
        chart_change(table(SAME), context())

    assert ["变化明显者" in frame.subtitle for frame in frames] == [True, False]

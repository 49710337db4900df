"""Medians, exemplars and households: each way finds what is planted, and nothing in the reports of the sample."""

from __future__ import annotations

from tests.attacker_grids import by_exemplars, by_group_medians, by_households
from tests.published_tables import Count, Published, Year

FIGURE = ("类别参与率", "敬老爱老助老")


def counts(**units):
    """Units of 40 people in group 甲: a number that is shown, or the limits that are told of it."""
    found = {}
    for name, (low, high) in units.items():
        count = Count(size=40.0, low=low, high=high, group="甲", seen=True, own=True)
        count.promised = None if low == high else (float(low), float(high))
        found[name] = count
    return {(2025, FIGURE): Year(found)}


def median(share, n=3):
    row = {"活动类别": FIGURE[1], "同类组": "甲", "有比率的单位数": str(n), "中位数（单位）": str(share)}
    return Published(2025, "C4_medians.csv", None, [row])


def exemplars(rows):
    names = ("层次", "类型", "先进典型（个）", "不列的数字")
    return Published(2025, "S2.csv", None, [dict(zip(names, row, strict=True)) for row in rows])


def households(*rows):
    names = ("文明单位级别", "结对满一年（户）", "已解困（户）", "不列的数字")
    return Published(2025, "C8.csv", None, [dict(zip(names, row, strict=True)) for row in rows])


def test_the_median_of_a_group_tells_the_count_in_the_middle():
    book = counts(A=(5, 5), B=(10, 30), C=(35, 35))

    assert list(by_group_medians(median(17 / 40), book)) == [(FIGURE, ("B", 17, 17, (10.0, 30.0)))]


def test_a_median_of_two_shown_counts_tells_nothing_of_the_hidden_one():
    book = counts(A=(5, 5), B=(17, 17), C=(20, 39))

    assert list(by_group_medians(median(17 / 40), book)) == []


def test_a_median_of_other_units_than_those_known_is_left_aside():
    assert list(by_group_medians(median(17 / 40, n=4), counts(A=(5, 5), B=(10, 30), C=(35, 35)))) == []


def test_a_small_number_of_exemplars_beside_its_totals_is_found():
    """12 - 9 = 3."""
    rows = [("市级", "学习型", "", "<5人"), ("市级", "作风服务", "9", ""), ("市级", "合计", "12", "")]

    assert list(by_exemplars(exemplars(rows))) == [("市级 学习型", 3, 3, (1.0, 4.0))]


def test_a_second_hidden_number_of_exemplars_keeps_the_first():
    rows = [("市级", "学习型", "", "<5人"), ("市级", "作风服务", "", "为保护他数不列"), ("市级", "合计", "12", "")]

    assert list(by_exemplars(exemplars(rows))) == []


def test_households_of_a_level_beside_the_total_are_found():
    shown = [("省级", "35", "12", ""), ("市级", "54", "10", ""), ("市直机关级", "30", "", "只列合并数")]

    assert list(by_households(households(*shown, ("全部", "119", "30", "")))) == [("市直机关级", 8, 8, (0.0, 30.0))]


def test_households_of_two_hidden_levels_are_not():
    shown = [("省级", "35", "12", ""), ("市级", "54", "", ""), ("市直机关级", "30", "", "只列合并数")]

    assert list(by_households(households(*shown, ("全部", "119", "30", "")))) == []

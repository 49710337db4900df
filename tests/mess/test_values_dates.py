"""M50, M51, M64: dates in every way that people write them, days that cannot be, and states in place of dates."""

import datetime as dt

import pytest

from analysis.etl.dates import read_date
from tests.words import cell, load_lexicon, rule_of


def date(value, year=2025, *, deadline=False, **more):
    return read_date(cell(value, **more), year, load_lexicon(), deadline=deadline)


DAYS = ["2025-03-05", "2025/3/5", "2025.03.05", "2025.3.5.", "2025年3月5日", "2025年 3月 5日", "25.3.5", "25年3月5日", "'25.3.5", "20250305", "三月五日",
        "二〇二五年三月五日", "二零二五年三月五日", "二○二五年三月五日", "二O二五年三月五日", "2025年3.5", "3月5号", "3.5", "3/5", '"3.5"', "“3月5日”", "45721", "45721.0", "45721.375",
        "2025年3月5日 18:00", "2025-03-05T18:00:00", "3月5日晚", "3月5日(周三)", "3月5日星期三上午9:00-11:30", "学雷锋纪念日", "3月5日学雷锋日", "3月5日(学雷锋日)",
        "学雷锋日(3月5日)", "2025年3月5日(农历二月初六)", "农历二月初六", "3月5日举行", "于3月5日开展", "2025年3月5日印发", "２０２５．３．５", dt.date(2025, 3, 5), 45721,
        20250305]  # fmt: skip
SPANS = ["3.5—3.8", "3.5-8", "3月5日至8日", "三月五日至八日", "3月5日—3月8日", "2025/3/5-2025/3/8", "2025.3.5-3.8", "自3月5日至3月8日", "从3月5日到3月8日", "自3月5日起至3月8日止",
         "3月5日起至8日止", "3月5日\n至\n3月8日", "2025年3月5日\n—\n2025年3月8日", "3月5日－8日", "3月5日、8日", "3月5日,3月8日", "3月5日上午至3月8日下午", "20250305-20250308",
         "2025-3-5 ~ 2025-3-8", "3.5、3.8", "3月5日和8日"]  # fmt: skip
STRETCHES = [("3月上旬", "2025-03-01/2025-03-10"), ("三月中旬", "2025-03-11/2025-03-20"), ("2025年3月下旬", "2025-03-21/2025-03-31"), ("3月", "2025-03"), ("2025.3月", "2025-03"),
             ("二〇二五年三月", "2025-03"), ("元月", "2025-01"), ("元月5日", "2025-01-05"), ("第一季度", "2025-01-01/2025-03-31"), ("Q3", "2025-07-01/2025-09-30"), ("前三季度", "2025-01-01/2025-09-30"),
             ("一、二季度", "2025-01-01/2025-06-30"), ("上半年", "2025-01-01/2025-06-30"), ("2025年下半年", "2025-07-01/2025-12-31"), ("3-5月", "2025-03-01/2025-05-31"), ("全年", "2025"), ("长年", "2025"),
             ("每月5日", "2025"), ("每周五", "2025"), ("每月一次", "2025"), ("1-12月", "2025"), ("重阳节", "2025-10-29"), ("农历九月初九", "2025-10-29"), ("农历2025年九月初九", "2025-10-29"),
             ("腊月廿三", "2025-01-22"), ("正月十五", "2025-02-12"), ("端午", "2025-05-31"), ("全国助残日", "2025-05-18"), ("世界读书日", "2025-04-23"), ("3.10", "2025-03-10"), (3.1, "2025-03"),
             ("12月底", "2025-12"), ("今年3月", "2025-03")]  # fmt: skip
ASKED = ["3-5", "3/5/2025", "2025.3-5", "2025,3,5", "3、5月", "3.5日", "35", "3月5日左右", "约3月5日", "3月5日起", "自3月起", "3月5日后", "3月5日前", "年底", "年初", "月底", "春节前", "春节期间", "国庆期间", "五一",
         "两节期间", "去年3月", "近期", "周三", "二月二", "九月九", "甲辰年", "3月第一周", "1.3月5日 2.3月12日", "3月5日至今", "202513", "43830", "50000", "3月5日(2天)", "√", "已开展"]  # fmt: skip
IMPOSSIBLE = ["2月30日", "2025年2月29日", "13月5日", "4月31日", "3月0日", "3月8日-5日", "3月8日至3月5日", "2025-02-30", "3月5日(星期四)", "10月28日(重阳节)", "重阳节(10月30日)",
              "2025年3月5日(农历二月初七)"]  # fmt: skip


@pytest.mark.parametrize("value", DAYS)
def test_a_day_is_that_day_in_every_way_of_writing_it(value):
    """M50."""
    assert (date(value).text, date(value).treatment in (None, "FIX")) == ("2025-03-05", True)


@pytest.mark.parametrize("value", SPANS)
def test_two_days_are_an_interval(value):
    """M50."""
    assert date(value).text == "2025-03-05/2025-03-08"


@pytest.mark.parametrize("value, iso", STRETCHES)
def test_a_stretch_keeps_its_precision(value, iso):
    """M50."""
    assert date(value).text == iso


@pytest.mark.parametrize("value", ASKED)
def test_a_date_that_is_not_sure_is_asked_about(value):
    """M50."""
    assert (date(value).text, date(value).treatment) == (None, "ASK")


@pytest.mark.parametrize("value", IMPOSSIBLE)
def test_an_impossible_date_is_asked_about(value):
    """M51: no such day, the end before the start, a weekday or a feast that does not fit."""
    assert (date(value).text, date(value).rule, date(value).treatment) == (None, "M51", "ASK")


@pytest.mark.parametrize(
    "value, iso",
    [
        ("2024年2月29日", "2024-02-29"),
        ("10月29日(重阳节)", "2025-10-29"),
        ("3月5日(星期三)", "2025-03-05"),
        ("2023.12.28", "2023-12-28"),
    ],
)
def test_a_date_that_fits_is_not_asked_about(value, iso):
    """M51, the other way round; whether a year is this year's is decided by the line."""
    assert date(value).text == iso


@pytest.mark.parametrize("text, iso",
    [("6月底前", "2025-06-30"), ("6月底", "2025-06-30"), ("2025年6月底前完成", "2025-06-30"), ("6月30日前", "2025-06-30"), ("于6月30日前完成", "2025-06-30"), ("截至6月30日", "2025-06-30"),
     ("不晚于2025.6.30", "2025-06-30"), ("至6月30日", "2025-06-30"), ("第二季度末", "2025-06-30"), ("2025-06-30以前", "2025-06-30"), ("年底前", "2025-12-31"),
     ("2025年底", "2025-12-31"), ("2025年年底前", "2025-12-31"), ("年内完成", "2025-12-31"), ("今年年底", "2025-12-31"), ("2月底前", "2025-02-28"), ("6月", "2025-06"), ("6月30日", "2025-06-30"),
     ("2026年3月底前", "2026-03-31")],
)  # fmt: skip
def test_a_due_date_is_the_last_day_that_is_allowed(text, iso):
    """M50."""
    assert date(text, deadline=True).text == iso


@pytest.mark.parametrize("text", ["6月前", "上半年前", "6月中旬前", "三季度前", "国庆节前", "一周内", "尽快", "立即"])
def test_a_due_date_with_two_meanings_is_asked_about(text):
    """M50: 6月前 may end with May or with June."""
    assert (date(text, deadline=True).text, date(text, deadline=True).treatment) == (None, "ASK")


@pytest.mark.parametrize(
    "text", ["长期坚持", "持续推进", "立行立改", "正在整改", "稳步推进", "基本完成", "已完成", "推进中", "常抓不懈"]
)
@pytest.mark.parametrize("deadline", [False, True])
def test_a_state_in_place_of_a_date_is_asked_about(text, deadline):
    """M64."""
    assert (date(text, deadline=deadline).text, *rule_of(date(text, deadline=deadline))) == (
        None,
        "M64",
        "in_date",
        "ASK",
    )

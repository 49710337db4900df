"""Dates in every way that people write them (M50), days that cannot be (M51), and what is no date."""

import datetime as dt

import pytest

from analysis.etl.dates import read_date
from analysis.records import Cell
from tests.words import cell, load_lexicon, rule_of


def date(value, year=2025, *, deadline=False, **more):
    return read_date(cell(value, **more), year, load_lexicon(), deadline=deadline)


@pytest.mark.parametrize(
    "value, iso",
    [
        (dt.datetime(2025, 3, 5), "2025-03-05"), (dt.date(2025, 3, 5), "2025-03-05"), (dt.datetime(2025, 3, 5, 9, 30), "2025-03-05"),
        ("2025-03-05", "2025-03-05"), ("2025.3.5", "2025-03-05"), ("2025/3/5", "2025-03-05"), ("2025年3月5日", "2025-03-05"),
        ("２０２５年３月５日", "2025-03-05"), ("2025年 3月 5日", "2025-03-05"), ("2025-03-05 09:30:00", "2025-03-05"),
        ("2024年12月5日", "2024-12-05"), ("二〇二五年三月五日", "2025-03-05"), ("2025年3月", "2025-03"), ("2025-03", "2025-03"), ("2025.10", "2025-10"),
        ("二〇二五年三月", "2025-03"), ("2025年5月18日—5月20日", "2025-05-18/2025-05-20"), ("2025年3月5日—8日", "2025-03-05/2025-03-08"),
        ("2025-03-05至2025-03-08", "2025-03-05/2025-03-08"), ("2025-03-05/2025-03-08", "2025-03-05/2025-03-08"),
        ("2025.3.5-3.8", "2025-03-05/2025-03-08"), ("2025年3月-5月", "2025-03-01/2025-05-31"), ("2025-03-05(周三)", "2025-03-05"),
    ],
)  # fmt: skip
def test_a_full_date_in_a_usual_form_is_reported(value, iso):
    reading = date(value)

    assert (reading.text, reading.status, reading.treatment) == (iso, "reported", None)


@pytest.mark.parametrize(
    "value, iso",
    [
        ("25/3/5", "2025-03-05"), ("25.3.5", "2025-03-05"), ("25年3月5日", "2025-03-05"), ("20250305", "2025-03-05"), (20250305, "2025-03-05"),
        ("250305", "2025-03-05"), ("202503", "2025-03"), ("3月5日", "2025-03-05"), ("三月五日", "2025-03-05"), ("十一月廿一日", "2025-11-21"),
        ("3.5", "2025-03-05"), ("3.10", "2025-03-10"), ("3/5", "2025-03-05"), ("3月5", "2025-03-05"), ("3月5号", "2025-03-05"),
        ("3月", "2025-03"), ("3月份", "2025-03"), ("3/15/2025", "2025-03-15"), ("15/3/2025", "2025-03-15"),
        ("3月5日-8日", "2025-03-05/2025-03-08"), ("3月5—8日", "2025-03-05/2025-03-08"), ("3月5日至4月2日", "2025-03-05/2025-04-02"),
        ("3.5-3.8", "2025-03-05/2025-03-08"), ("3.5-8", "2025-03-05/2025-03-08"), ("3-4月", "2025-03-01/2025-04-30"),
        ("3月上旬", "2025-03-01/2025-03-10"), ("3月中旬", "2025-03-11/2025-03-20"), ("2月下旬", "2025-02-21/2025-02-28"),
        ("2025年3月上旬", "2025-03-01/2025-03-10"), ("一季度", "2025-01-01/2025-03-31"), ("第三季度", "2025-07-01/2025-09-30"),
        ("2025年上半年", "2025-01-01/2025-06-30"), ("下半年", "2025-07-01/2025-12-31"), ("今年3月5日", "2025-03-05"),
        ("11月-次年1月", "2025-11-01/2026-01-31"), ("12月28日-2026年1月3日", "2025-12-28/2026-01-03"),
        ("3月5日-2025年4月2日", "2025-03-05/2025-04-02"),
        ("3月5日上午", "2025-03-05"), ("3月5日（星期三）", "2025-03-05"), ("3月5日9时至11时", "2025-03-05"), ("2025", "2025"),
    ],
)  # fmt: skip
def test_a_date_in_another_form_is_repaired(value, iso):
    reading = date(value)

    assert (reading.text, reading.status, reading.rule, reading.treatment) == (iso, "repaired", "M50", "FIX")


@pytest.mark.parametrize(
    "text", ["全年", "长期", "每月", "常年", "每月5日", "每周五", "1-12月", "1～12月", "2025年1月至12月", "2025年全年"]
)
def test_the_whole_year_is_its_year(text):
    reading = date(text)

    assert (reading.text, *rule_of(reading)) == ("2025", "M50", "year_long", "NOTE")


@pytest.mark.parametrize(
    "number, iso", [(45721, "2025-03-05"), (45721.5, "2025-03-05"), (43831, "2020-01-01"), (47846, "2030-12-29")]
)
def test_a_serial_day_is_a_date(number, iso):
    assert date(number).text == iso
    assert rule_of(date(number)) == ("M50", "serial", "FIX")
    assert date(str(int(number))).text == iso


@pytest.mark.parametrize("number", [43830, 47847, 12, 3, 0, -5, 1e300, float("nan"), 0.5, 13.5, 3.123])
def test_a_number_that_is_no_date_is_asked_about(number):
    assert date(number).status == "queried"


@pytest.mark.parametrize(
    "number, iso",
    [(3.5, "2025-03-05"), (3.15, "2025-03-15"), (2.3, "2025-02-03"), (12.25, "2025-12-25"), (2025.3, "2025-03")],
)
def test_a_decimal_number_is_month_and_day_where_that_is_sure(number, iso):
    assert (date(number).text, date(number).treatment) == (iso, "FIX")


@pytest.mark.parametrize(
    "number, iso", [(3.1, "2025-03"), (3.2, "2025-03"), (3.3, "2025-03"), (2.1, "2025-02"), (2025.1, "2025")]
)
def test_a_number_that_lost_its_nought_gives_the_month(number, iso):
    """3.10 is stored as 3.1: it may be 1 or 10 March."""
    reading = date(number)

    assert (reading.text, *rule_of(reading)) == (iso, "M50", "ambiguous", "NOTE")


def test_the_nought_that_a_csv_file_kept_says_the_day():
    assert read_date(Cell(1, 1, 3.1, "3.10", "number"), 2025, load_lexicon()).text == "2025-03-10"
    assert read_date(Cell(1, 1, 3.1, "3.1", "number"), 2025, load_lexicon()).text == "2025-03"


@pytest.mark.parametrize("text, iso", [("3月5日、12日", "2025-03-05/2025-03-12"), ("3月5日，4月2日", "2025-03-05/2025-04-02"),
                                          ("2025.3.5、3.12、3.20", "2025-03-05/2025-03-20"), ("3月5日和3月12日", "2025-03-05/2025-03-12")])  # fmt: skip
def test_several_days_run_from_the_first_to_the_last(text, iso):
    reading = date(text)

    assert (reading.text, reading.rule, reading.case) == (iso, "M50", "list")


@pytest.mark.parametrize("text, iso", [("3月初", "2025-03"), ("三月底", "2025-03"), ("2025年6月末", "2025-06")])
def test_the_start_or_end_of_a_month_is_the_month(text, iso):
    reading = date(text)

    assert (reading.text, *rule_of(reading)) == (iso, "M50", "month_part", "NOTE")


@pytest.mark.parametrize(
    "year, day", [(2023, "10-23"), (2024, "10-11"), (2025, "10-29"), (2026, "10-18"), (2027, "10-08")]
)
@pytest.mark.parametrize("text", ["农历九月初九", "九月初九(农历)", "九月初九", "农历9月9日", "重阳节", "農曆九月初九"])
def test_the_double_ninth_festival_moves(text, year, day):
    assert date(text, year).text == f"{year}-{day}"


@pytest.mark.parametrize(
    "year, day", [(2023, "01-22"), (2024, "02-10"), (2025, "01-29"), (2026, "02-17"), (2027, "02-06")]
)
def test_the_first_lunar_day_is_spring_festival(year, day):
    assert date("正月初一", year).text == f"{year}-{day}"


def test_the_twelfth_lunar_month_belongs_to_the_lunar_year_before():
    assert date("腊月二十三", 2025).text == "2025-01-22"


@pytest.mark.parametrize(
    "text, year, iso",
    [("学雷锋日", 2025, "2025-03-05"), ("母亲节", 2024, "2024-05-12"), ("母亲节", 2026, "2026-05-10"), ("助残日", 2023, "2023-05-21"),
     ("2025年助残日", 2024, "2025-05-18"), ("献血者日", 2025, "2025-06-14"), ("中华慈善日", 2025, "2025-09-05")],
)  # fmt: skip
def test_a_named_day_is_its_date_of_the_year(text, year, iso):
    assert date(text, year).text == iso


@pytest.mark.parametrize(
    "text, case",
    [("2月30日", "impossible"), ("2025年2月29日", "impossible"), ("2025-13-05", "impossible"), ("3月32日", "impossible"), ("1900-01-03", "impossible"),
     ("2052-03-05", "impossible"), ("3月8日-5日", "order"), ("2025-03-08至2025-03-05", "order"), ("12月28日-1月3日", "order"),
     ("3月12日、5日", "order"), ("2025-03-05(周四)", "weekday")],
)  # fmt: skip
def test_a_date_that_cannot_be_is_asked_about(text, case):
    reading = date(text)

    assert (reading.text, *rule_of(reading)) == (None, "M51", case, "ASK")


@pytest.mark.parametrize(
    "text",
    ["3/5/2025", "3-5", "2025.3-5", "201103", "05/03/04", "12/3/5", "5-8日", "春节前", "春节", "约3月5日", "自3月5日起", "6月底前", "12月31日前",
     "3月5日开始", "3月5日(2次)", "2025 3 5", "3月、9月", "2025年3月5日至", "乱写", "2025年农历腊月二十三后", "3月5日至4月", "3月5日-2026年4月2日", "二月二", "三月三", "去年12月", "9:30", "①月②日"],
)  # fmt: skip
def test_what_is_no_date_for_certain_is_asked_about(text):
    reading = date(text)

    assert (reading.text, *rule_of(reading)) == (None, "M50", "unclear", "ASK")


@pytest.mark.parametrize("text", ["长期坚持", "持续推进", "立行立改", "正在推进"])
def test_a_state_is_no_date(text):
    assert rule_of(date(text)) == ("M64", "in_date", "ASK")


@pytest.mark.parametrize(
    "text, iso", [("6月底前", "2025-06-30"), ("2025年12月31日前", "2025-12-31"), ("12月20日以前", "2025-12-20")]
)
def test_by_a_day_is_that_day_where_a_deadline_is_asked_for(text, iso):
    assert date(text, deadline=True).text == iso


def test_blanks_strokes_ditto_marks_and_errors():
    assert date(" ").status == "missing"
    assert date("—").status == "not_applicable"
    assert date("无").status == "not_applicable"
    assert rule_of(date("待定")) == ("M52", "ask", "ASK")
    assert (date("同上").text, *rule_of(date("同上"))) == ("", "M53", "text", "FIX")
    assert rule_of(date("#REF!", kind="error")) == ("M55", "", "ASK")
    assert rule_of(date(None, formula="=A1")) == ("M56", "", "ASK")
    assert rule_of(date("2025-03-05", struck=True)) == ("M31", "struck", "ASK")
    assert date(dt.time(9, 0)).status == "queried"
    assert date(True).status == "queried"

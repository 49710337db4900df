"""Numbers as people type them: what is understood to the last character is read, all else is asked about."""

import datetime as dt

import pytest

from analysis.records import Part
from tests.words import blood, cell, hours, load_lexicon, money, number, rule_of


@pytest.mark.parametrize("stored, expected", [(12, 12), (12.0, 12), (0, 0), (12.000000000000002, 12)])
def test_a_stored_whole_number_is_reported_as_it_is(stored, expected):
    reading = number(stored)

    assert (reading.value, reading.status, reading.rule) == (expected, "reported", None)


@pytest.mark.parametrize(
    "stored, rule, case",
    [(12.5, "M54", "fraction"), (0.85, "M42", "below_one"), (-3, "M54", "negative"), (True, "M60", "in_number"),
     (dt.datetime(2025, 3, 5), "M73", "date_in_number"), (dt.time(9, 30), "M73", "date_in_number"),
     (float("inf"), "M54", "too_large"), (float("nan"), "M54", "too_large"), (13_912_345_678, "M54", "too_large")],
)  # fmt: skip
def test_a_stored_value_that_cannot_be_a_count_is_asked_about(stored, rule, case):
    reading = number(stored)

    assert rule_of(reading) == (rule, case, "ASK")
    assert (reading.value, reading.status) == (None, "queried")


def test_hours_and_money_may_have_decimals():
    assert number(12.5, "hours", "hour").value == 12.5
    assert number(0.5, "amount", "yuan").value == 0.5
    assert number(7.5, "number", "class_hour").value == 7.5


def test_a_number_shown_as_per_cent_is_no_count():
    assert rule_of(number(1, number_format="0%")) == ("M42", "percent", "ASK")


def test_a_number_format_with_another_unit_is_asked_about():
    assert number(50, number_format='0"人"').value == 50
    assert rule_of(money(0.84, number_format='0.00"万元"')) == ("M43", "format_unit", "ASK")


@pytest.mark.parametrize(
    "text, expected, rule",
    [
        ("50", 50, "M35"), (" 50 ", 50, "M35"), ("50\u00a0", 50, "M35"), ("5\u200b0", 50, "M35"), ("'50", 50, "M35"),
        ("1,286", 1286, "M35"), ("1，286", 1286, "M35"), ("５０", 50, "M40"), ("３９", 39, "M40"), ("12.0", 12, "M54"),
        ("50人", 50, "M36"), ("50名", 50, "M36"), ("50 位", 50, "M36"), ("50(人)", 50, "M36"), ("共50人", 50, "M36"),
        ("五十人", 50, "M36"), ("1.2万人", 12000, "M36"), ("三十二", 32, "M41"), ("３万５千", 35000, "M41"), ("50。", 50, "M35"),
    ],
)  # fmt: skip
def test_a_count_written_as_text_is_repaired(text, expected, rule):
    reading = number(text)

    assert (reading.value, reading.status, reading.rule, reading.treatment) == (expected, "repaired", rule, "FIX")
    assert reading.read_as == str(expected)


@pytest.mark.parametrize(
    "text, unit, expected",
    [("118人次", "person_time", 118), ("12场次", "session", 12), ("12户", "household", 12), ("3篇", "item", 3), ("2个", "branch", 2),
     ("5件次", "case_time", 5), ("4回", "visit", 4), ("2次", "time", 2), ("60名", "post", 60), ("3处", "base", 3), ("9个科室", "office", 9)],
)  # fmt: skip
def test_each_field_knows_its_own_units(text, unit, expected):
    assert number(text, "count", unit).value == expected


@pytest.mark.parametrize(
    "text, type_, unit, rule, case",
    [
        ("230人次", "count", "person", "M46", "person_times"), ("50人", "count", "person_time", "M36", "unit_mismatch"),
        ("12次", "count", "person_time", "M36", "unit_mismatch"), ("50件", "count", "person", "M36", "unit_mismatch"),
        ("24学时", "hours", "hour", "M44", "unit_mismatch"), ("24小时", "number", "class_hour", "M44", "unit_mismatch"),
        ("10人份", "ml", "ml", "M45", "unit_mismatch"), ("5人", "ml", "ml", "M45", "unit_mismatch"),
        ("100美元", "amount", "yuan", "M43", "unit_mismatch"), ("50多万元", "count", "person", "M36", "unit_mismatch"),
    ],
)  # fmt: skip
def test_a_unit_of_another_quantity_is_asked_about(text, type_, unit, rule, case):
    assert rule_of(number(text, type_, unit)) == (rule, case, "ASK")


@pytest.mark.parametrize(
    "text, expected",
    [("0.84万元", 8400), ("1.2万", 12000), ("￥1,200", 1200), ("1，200.00元", 1200), ("人民币1200元", 1200), ("RMB1200", 1200),
     ("1200元整", 1200), ("壹仟贰佰元整", 1200), ("12元5角", 12.5), ("３千元", 3000), ("0.5亿元", 50_000_000), ("5块钱", 5), ("5百元", 500)],
)  # fmt: skip
def test_money_is_read_in_yuan_exactly(text, expected):
    reading = money(text)

    assert (reading.value, reading.rule, reading.treatment) == (expected, "M43", "FIX")


@pytest.mark.parametrize(
    "text, expected",
    [("120分钟", 2), ("100分钟", 100 / 60), ("2h30", 2.5), ("2小时30分", 2.5), ("2天", 16), ("1天4小时", 12), ("1.5H", 1.5), ("三点五小时", 3.5)],
)  # fmt: skip
def test_a_duration_is_read_in_hours(text, expected):
    assert hours(text).value == expected


@pytest.mark.parametrize("text", ["2h5", "1小时90分", "1:30", "人均2小时", "3小时×20人", "30分2小时", "1.5小时30分"])
def test_a_duration_that_is_not_sure_is_asked_about(text):
    reading = hours(text)

    assert (reading.value, reading.treatment) == (None, "ASK")


@pytest.mark.parametrize(
    "text, expected", [("1600ml", 1600), ("400CC", 400), ("2U", 400), ("0.4升", 400), ("2个单位", 400)]
)
def test_blood_is_read_in_millilitres(text, expected):
    reading = blood(text)

    assert (reading.value, reading.rule, reading.treatment) == (expected, "M45", "FIX")


@pytest.mark.parametrize(
    "value, factor, expected, rule",
    [(0.84, 10_000, 8400, "M74"), ("0.84", 10_000, 8400, "M74"), ("0.84万", 10_000, 8400, "M43"), ("8400元", 10_000, 8400, "M43"),
     ("约1.2", 10_000, 12_000, "M37")],
)  # fmt: skip
def test_the_header_s_unit_holds_for_numbers_without_their_own(value, factor, expected, rule):
    reading = money(value, factor)

    assert (reading.value, reading.rule) == (expected, rule)


def test_minutes_in_the_header_are_hours():
    assert hours(90, 1 / 60).value == 1.5


@pytest.mark.parametrize("text", ["5千", "¥3", "三百"])
def test_a_number_that_repeats_the_unit_of_the_header_is_asked_about(text):
    assert rule_of(money(text, 10_000)) == ("M74", "unclear", "ASK")


@pytest.mark.parametrize(
    "text, parts",
    [
        ("50(其中党员32)", [("党员", 32)]), ("50（含党员32，志愿者10）", [("党员", 32), ("志愿者", 10)]), ("50人(党员32人)", [("党员", 32)]),
        ("50人,其中党员32人", [("党员", 32)]), ("50(其中:女18人)", [("女", 18)]), ("50(含32名党员)", [("党员", 32)]),
        ("50(其中女党员8名)", [("女党员", 8)]), ("50(含工勤6)", [("工勤", 6)]), ("50\n(其中 党员 三十二)", [("党员", 32)]),
    ],
)  # fmt: skip
def test_a_number_with_its_parts_gives_both(text, parts):
    reading = number(text)

    assert (reading.value, *rule_of(reading)) == (50, "M39", "with_part", "FIX")
    assert reading.parts == tuple(Part(word, value) for word, value in parts)


@pytest.mark.parametrize("text, expected", [("32+18", 50), ("32＋18＝50", 50), ("32人+18人", 50), ("10+20+20", 50)])
def test_a_sum_is_added_up(text, expected):
    reading = number(text)

    assert (reading.value, *rule_of(reading)) == (expected, "M39", "sum", "FIX")


@pytest.mark.parametrize(
    "text, rule, case",
    [
        ("32+18=51", "M39", "wrong_sum"), ("50(其中党员62)", "M39", "part_above_whole"), ("50(待核)", "M39", "unclear"),
        ("50(实到48)", "M39", "unclear"), ("50(去年45)", "M39", "unclear"), ("50(其中不明身份3)", "M39", "unclear"),
        ("50(含退休3)", "M47", ""), ("50(不含外聘)", "M47", ""), ("50(其中家属5人)", "M47", ""), ("其中党员32", "M39", "unclear"),
        ("50(党员32人次)", "M46", "person_times"), ("50×2", "M39", "unclear"), ("50(118人次)", "M39", "unclear"),
    ],
)  # fmt: skip
def test_a_compound_that_is_not_understood_is_asked_about(text, rule, case):
    reading = number(text)

    assert rule_of(reading) == (rule, case, "ASK")
    assert reading.value is None


def test_a_struck_through_number_is_asked_about():
    assert rule_of(number(50, struck=True)) == ("M31", "struck", "ASK")
    assert number("—", struck=True).status == "not_applicable"


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#####", "＃REF！"])
def test_an_error_of_the_spreadsheet_is_asked_about(text):
    assert rule_of(number(text)) == ("M55", "", "ASK")
    assert rule_of(number(text, kind="error")) == ("M55", "", "ASK")


def test_a_formula_without_value_is_asked_about():
    assert rule_of(number(None, formula="=A1*2")) == ("M56", "", "ASK")


@pytest.mark.parametrize(
    "value, type_, expected",
    [("85%", "rate", 0.85), ("８５％", "rate", 0.85), ("百分之八十五", "rate", 0.85), ("达到100%", "rate", 1), (85, "rate", 0.85),
     (0.85, "rate", 0.85), ("八成", "rate", 0.8)],
)  # fmt: skip
def test_a_rate_is_read_as_a_fraction(value, type_, expected):
    assert number(value, type_, "").value == pytest.approx(expected)


@pytest.mark.parametrize("value", [1, 120, "120%", "1.5成半"])
def test_a_rate_that_is_not_sure_is_asked_about(value):
    assert number(value, "rate", "").value is None


def test_a_lexicon_is_made_of_the_words_of_the_city_alone():
    empty = type(load_lexicon()).from_words({}, ())

    assert empty.start("hedge_before", "约50") == ""
    assert cell("50人").text == "50人"

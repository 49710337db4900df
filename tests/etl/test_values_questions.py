"""Words in a field of numbers: approximations, bounds, ranges, empty words, and what must never become a number."""

import pytest

from tests.words import hours, money, number, rule_of


@pytest.mark.parametrize(
    "text",
    [
        "约50人",
        "大约50",
        "50人左右",
        "50上下",
        "约５０",
        "大约有50人",
        "近似50",
        "约五十",
        "≈50",
        "~50",
        "约为50",
        "共约50名",
    ],
)
def test_an_approximate_number_keeps_its_value(text):
    reading = number(text)

    assert (reading.value, reading.status, *rule_of(reading)) == (50, "approximate", "M37", "about", "NOTE")


@pytest.mark.parametrize(
    "text, low",
    [("50余人", 50), ("50余", 50), ("三十余人", 30), ("30多人", 30), ("50人以上", 50), ("逾50", 50), ("超过50人", 50), ("不少于50", 50),
     ("至少50人", 50), ("≥50", 50), (">=50", 50), ("50+", 50), ("百余人", 100), ("十余名", 10), ("1万余人", 10_000), ("三十多", 30)],
)  # fmt: skip
def test_more_than_a_number_is_a_lower_bound(text, low):
    reading = number(text)

    assert (reading.value, reading.low, reading.high) == (None, low, None)
    assert (reading.status, *rule_of(reading)) == ("bounded", "M37", "low", "NOTE")


@pytest.mark.parametrize(
    "text, high",
    [("近50人", 49), ("不足50", 49), ("不到五十人", 49), ("少于50", 49), ("<50", 49), ("近百人", 99), ("将近50名", 49),
     ("50人以内", 50), ("不超过50人", 50), ("最多50", 50), ("≤50", 50), ("50以下", 50)],
)  # fmt: skip
def test_less_than_a_number_is_an_upper_bound(text, high):
    reading = number(text)

    assert (reading.value, reading.low, reading.high) == (None, None, high)
    assert (reading.status, *rule_of(reading)) == ("bounded", "M37", "high", "NOTE")


def test_bounds_of_money_are_in_yuan_and_of_hours_not_lowered_by_one():
    assert money("50余万元").low == 500_000
    assert money("近5000元").high == 4999
    assert hours("近3小时").high == 3


@pytest.mark.parametrize("text", ["约50人以上", "近50人左右", "不超过50余人"])
def test_hedges_that_contradict_each_other_are_asked_about(text):
    assert rule_of(number(text)) == ("M37", "unclear", "ASK")


@pytest.mark.parametrize(
    "text",
    ["数十人", "若干", "部分", "几十", "十几人", "许多", "多人", "二三十人", "十五六人", "三五个"],
)
def test_a_vague_quantity_is_asked_about(text):
    reading = number(text)

    assert (reading.rule, reading.treatment, reading.value) == ("M37", "ASK", None)


@pytest.mark.parametrize("text", ["全体", "全员", "全体干部职工", "所有人", "人人参加", "全局干部"])
def test_all_staff_is_asked_about(text):
    assert rule_of(number(text)) == ("M37", "all_staff", "ASK")


@pytest.mark.parametrize(
    "text, low, high",
    [("30-40人", 30, 40), ("30~40", 30, 40), ("30至40", 30, 40), ("30—40人", 30, 40), ("30到40", 30, 40), ("约50-60", 50, 60),
     ("30人至40人", 30, 40), ("三十至四十人", 30, 40), ("30——40", 30, 40), ("３０～４０", 30, 40), ("50-60人左右", 50, 60)],
)  # fmt: skip
def test_a_range_is_asked_about_with_its_bounds(text, low, high):
    reading = number(text)

    assert (reading.value, reading.low, reading.high) == (None, low, high)
    assert (reading.status, *rule_of(reading)) == ("queried", "M38", "", "ASK")


def test_the_unit_of_a_range_holds_for_both_ends():
    assert (money("1-2万元").low, money("1-2万元").high) == (10_000, 20_000)


@pytest.mark.parametrize("text", ["40-30", "2025-03", "2024-2025", "5000-1万"])
def test_a_range_whose_bounds_are_not_sure_has_none(text):
    reading = number(text)

    assert (reading.low, reading.high, reading.treatment) == (None, None, "ASK")


@pytest.mark.parametrize("text", ["无", "零", "没有", "無", "〇", "无此项"])
def test_words_for_nothing_are_zero(text):
    reading = number(text)

    assert (reading.value, *rule_of(reading)) == (0, "M52", "zero", "FIX")


@pytest.mark.parametrize("text", ["—", "－", "——", "–", "-", "--", "/", "／", "\\", "不适用", "N/A", "ｎ／ａ", "//"])
def test_strokes_are_not_applicable(text):
    reading = number(text)

    assert (reading.status, reading.value, reading.treatment) == ("not_applicable", None, None)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0\n", "\u200b"])
def test_blanks_are_missing(text):
    assert number(text).status == "missing"


@pytest.mark.parametrize(
    "text, rule, case",
    [
        ("未统计", "M52", "ask"), ("详见附件", "M52", "ask"), ("见附件", "M52", "ask"), ("待统计", "M52", "ask"), ("暂无", "M52", "ask"),
        ("不详", "M52", "ask"), ("待定", "M52", "ask"), ("？", "M52", "ask"),
        ("同上", "M53", "number"), ("〃", "M53", "number"), ("″", "M53", "number"), ("同前", "M53", "number"), ("同左", "M53", "number"),
        ("是", "M60", "in_number"), ("√", "M60", "in_number"), ("有", "M60", "in_number"), ("×", "M60", "in_number"),
        ("85%", "M42", "percent"), ("百分之八十五", "M42", "percent"), ("85％", "M42", "percent"), ("达到100%", "M42", "percent"),
        ("八成", "M42", "percent"), ("完成率85%", "M42", "percent"), ("30%-40%", "M42", "percent"), ("0.85", "M42", "below_one"),
        ("1.张三 2.李四", "M33", "number"), ("32\n18", "M33", "number"), ("1. 50人\n2. 30人", "M33", "number"), ("30、40", "M33", "number"),
        ("-3", "M54", "negative"), ("－３", "M54", "negative"), ("−3人", "M54", "negative"), ("12.5人", "M54", "fraction"),
        ("1e6", "M54", "exponent"), ("1E+6", "M54", "exponent"), ("99999999999", "M54", "too_large"), ("9" * 400, "M54", "not_a_number"),
        ("两千三", "M41", "spoken"), ("一百二", "M41", "spoken"), ("三万五", "M41", "spoken"), ("三百二百", "M41", "unclear"), ("一", "M41", "unclear"),
        ("12,8", "M54", "not_a_number"), ("1 286", "M54", "not_a_number"), ("①", "M54", "not_a_number"), ("5²", "M54", "not_a_number"),
        ("½", "M54", "not_a_number"), ("50?", "M54", "not_a_number"), ("乱写", "M54", "not_a_number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_asked_about(text, rule, case):
    reading = number(text)

    assert rule_of(reading) == (rule, case, "ASK")
    assert (reading.value, reading.status) == (None, "queried")


@pytest.mark.parametrize(
    "text",
    ["其余50人", "增加50", "50人/58人", "应到50实到48", "50人左右吧", "50对夫妇", "第50", "50号", "12月", "3月5日", "50名学生", "50名党员",
     "50(50)", "(50)", "+50", "50、", "50..", "l2", "5O", "十2", "50-", "-", "2025年", "50 人 次 左右吗", "每人50", "50元/人", "50人次/年"],
)  # fmt: skip
def test_a_word_too_many_never_leaves_a_number(text):
    assert number(text).value is None

"""M42-M46, M54, M74: per cent, money, hours, blood and person-times, each in the unit of its column."""

import pytest

from tests.words import blood, hours, money, number, rule_of

MONEY = [("￥1,200.00", 1200), ("人民币1200元", 1200), ("1200元整", 1200), ("1200元正", 1200), ("1200人民币", 1200), ("1200块钱", 1200), ("壹仟贰佰元整", 1200),
         ("一千二百元", 1200), ("1，200.00元", 1200), ("0.12万元", 1200), ("0.12万", 1200), ("0.12w", 1200), ("1.2k", 1200), ("RMB 1,200", 1200),
         ("12百元", 1200), ("1.2千元", 1200), ("12元5角", 12.5), ("共计1200元。", 1200), ("壹万贰仟元整", 12_000), ("十二万元", 120_000)]  # fmt: skip
NOT_MONEY = ["200美元", "$200", "200元/人", "每人200元", "人均200", "42人8400元", "大米10袋", "一日工资", "1-2万元", "1万2", "-1200", "(1,200)", "1.200元",
             "500元+物资", "3户1200元", "200元×42人", "1200元(含物资)"]  # fmt: skip
HOURS = [("2小时30分", 2.5), ("2h30min", 2.5), ("2h30", 2.5), ("2小时半", 2.5), ("两个半小时", 2.5), ("2个半小时", 2.5), ("二个半钟头", 2.5), ("半小时", 0.5), ("半个小时", 0.5),
         ("半天", 4), ("一天半", 12), ("1.5天", 12), ("两天", 16), ("2个工作日", 16), ("120分钟", 2), ("三刻钟", 0.75), ("236小时", 236), ("累计236小时", 236)]  # fmt: skip
NOT_HOURS = [
    "2学时",
    "每人2小时",
    "人均2小时",
    "2小时/人",
    "30人×2小时",
    "8:00-11:00",
    "上午",
    "1周",
    "2:30",
    "1小时90分",
    "大半天",
    "一个半月",
    "2次",
    "1.5个半小时",
]
BLOOD = [("1600ml", 1600), ("1600毫升", 1600), ("400cc", 400), ("1.6升", 1600), ("1.6L", 1600), ("8U", 1600), ("2个单位", 400), ("两单位", 400), ("１６００ＭＬ", 1600),
         ("1600㎖", 1600), ("400+200", 600), ("400ml+200ml", 600), ("一千六百毫升", 1600)]  # fmt: skip
NOT_BLOOD = ["4人份", "5袋", "400ml×4", "每人400ml", "400ml/人", "1治疗量", "血小板1个", "1600克", "4人"]


@pytest.mark.parametrize("text", ["85%", "８５％", "百分之八十五", "八成", "达到100%", "约85%", "85%以上", "100％"])
def test_a_percentage_in_a_count_is_never_converted(text):
    """M42."""
    assert (number(text).value, *rule_of(number(text))) == (None, "M42", "percent", "ASK")


@pytest.mark.parametrize("stored", [0.85, 0.9, "0.85"])
def test_a_count_below_one_may_be_a_percentage(stored):
    """M42."""
    assert (number(stored).value, number(stored).rule) == (None, "M42")


@pytest.mark.parametrize(
    "text, value",
    [("85%", 0.85), ("85", 0.85), (0.85, 0.85), ("百分之八十五", 0.85), ("八成", 0.8), ("达到100%", 1), ("1%", 0.01)],
)
def test_a_rate_is_a_fraction(text, value):
    """M42: no form of the year has a field of rates; the reader knows them all the same."""
    assert number(text, "rate", "").value == value


def test_a_plain_one_may_be_one_per_cent_or_all():
    """M42."""
    assert rule_of(number("1", "rate", "")) == ("M42", "ambiguous", "ASK")


@pytest.mark.parametrize("text, value", MONEY)
def test_money_is_read_in_yuan(text, value):
    """M43."""
    assert (money(text).value, money(text).treatment) == (value, "FIX")


@pytest.mark.parametrize("text", NOT_MONEY)
def test_money_that_is_not_sure_is_asked_about(text):
    """M43."""
    assert (money(text).value, money(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text, value", HOURS)
def test_a_duration_is_read_in_hours(text, value):
    """M44: a day is eight hours."""
    assert (hours(text).value, hours(text).treatment) == (value, "FIX")


@pytest.mark.parametrize("text", NOT_HOURS)
def test_a_duration_that_is_not_sure_is_asked_about(text):
    """M44, decision 14."""
    assert (hours(text).value, hours(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text", ["2小时", "90分钟", "1天", "半天"])
def test_class_hours_and_hours_are_not_converted(text):
    """M44, decision 14."""
    reading = number(text, "number", "class_hour")

    assert (reading.value, reading.treatment) == (None, "ASK")


@pytest.mark.parametrize("text, value", BLOOD)
def test_blood_is_read_in_ml(text, value):
    """M45: a unit is 200 ml."""
    assert (blood(text).value, blood(text).treatment) == (value, "FIX")


@pytest.mark.parametrize("text", NOT_BLOOD)
def test_blood_that_is_not_sure_is_asked_about(text):
    """M45."""
    assert (blood(text).value, blood(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text", ["118人次", "118 人次", "一百一十八人次"])
def test_person_times_in_a_column_of_people_are_asked_about(text):
    """M46."""
    assert (number(text).value, *rule_of(number(text))) == (None, "M46", "person_times", "ASK")
    assert number(text, "count", "person_time").value == 118


@pytest.mark.parametrize("text", ["12.5", 12.5, -3, "-3", "－3", "负3", "1e6", "1.39E+10", "12.5人", 1e12])
def test_an_impossible_number_of_people_is_asked_about(text):
    """M54."""
    assert (number(text).value, number(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text, value", [("12.0", 12), (12.0, 12), ("12.00人", 12)])
def test_a_whole_number_with_a_point_is_that_number(text, value):
    """M54."""
    assert number(text).value == value


@pytest.mark.parametrize(
    "text, value", [("0.84", 8400), (1.2, 12_000), ("1.2万", 12_000), ("8400元", 8400), ("约0.84", 8400)]
)
def test_a_plain_number_takes_the_factor_of_its_heading_and_a_written_unit_wins(text, value):
    """M74."""
    assert number(text, "amount", "yuan", factor=10_000).value == value


@pytest.mark.parametrize("text", ["3千", "1.2亿", "￥1200"])
def test_a_unit_said_twice_and_differently_is_asked_about(text):
    """M74."""
    assert rule_of(number(text, "amount", "yuan", factor=10_000)) == ("M74", "unclear", "ASK")

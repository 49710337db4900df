"""M35-M41: one number, however it is typed; what could be two numbers is asked about."""

import pytest

from analysis.records import Part
from tests.words import hours, money, number, rule_of

TEXT_NUMBERS = [
    "'58",
    "58 ",
    "\u00a058",
    "\u300058\u3000",
    '"58"',
    "“58”",
    "＇58",
    "58。",
    "58;",
    "58！",
    "5\u200b8",
    "58\n",
]
WITH_UNIT = ["58人", "58 人", "58名", "58位", "58个人", "共58人", "共计58人", "合计:58", "小计58", "总数58人", "实有58人", "现有58人",
             "计58", "58名同志", "58名干部职工", "58(人)", "58人。", "伍拾捌人", "５８人"]  # fmt: skip
ABOUT = [
    "约58",
    "大约58人",
    "约莫58",
    "约摸58人",
    "58左右",
    "58人上下",
    "五十八上下",
    "差不多58人",
    "58人(约)",
    "58(估)",
    "估算58人",
    "≈58",
    "五十八人光景",
]
AT_LEAST = [
    "58余人",
    "58多人",
    "不下58",
    "至少58人",
    "至少有58人",
    "58人以上",
    "58人及以上",
    "58人开外",
    "超过58人",
    "逾58人",
    "58+",
]
AT_MOST = [("近58人", 57), ("将近58", 57), ("不足58人", 57), ("不到58", 57), ("小58人", 57), ("小五十八", 57), ("快58人", 57), ("58人以内", 58),
           ("不超过58", 58), ("至多58人", 58), ("58人及以下", 58)]  # fmt: skip
RANGES = [
    "30-40人",
    "30—40",
    "30～40人",
    "三十至四十人",
    "30到40人",
    "30人-40人",
    "30-40人之间",
    "30～40人不等",
    "介于30-40之间",
    "约30-40人",
]
VAGUE = ["数十人", "若干", "几十人", "大部分", "多名", "十几人", "半数", "三四十人", "好几十", "成百上千"]
CHINESE = [("三十二", 32), ("廿五人", 25), ("卅二", 32), ("两百人", 200), ("两佰", 200), ("伍拾陆人", 56), ("壹佰零叁", 103), ("一〇五", 105),
           ("一零五人", 105), ("拾贰", 12), ("一千零五十名", 1050), ("十二人", 12), ("二百二十", 220), ("两千零八", 2008), ("1千2百", 1200)]  # fmt: skip
SPOKEN = ["两千三", "二百五", "一万二", "五六人", "十七八人", "俩", "百人", "三五"]


@pytest.mark.parametrize("text", TEXT_NUMBERS)
def test_a_number_typed_as_text_is_that_number(text):
    """M35."""
    assert (number(text).value, number(text).treatment) == (58, "FIX")


@pytest.mark.parametrize("text", ["58", 58, 58.0])
def test_a_number_in_its_own_right_is_read_without_a_word_too_many(text):
    """M35, the other way round: a stored number is not repaired."""
    assert number(text).value == 58
    assert isinstance(text, str) or number(text).treatment is None


@pytest.mark.parametrize("text", WITH_UNIT)
def test_a_number_with_the_unit_of_its_column_is_that_number(text):
    """M36."""
    assert (number(text).value, number(text).treatment) == (58, "FIX")


@pytest.mark.parametrize("text", ["58户", "58元", "58小时", "58岁", "58号", "58月", "58kg", "58天", "58级", "58%"])
def test_a_number_with_another_unit_is_asked_about(text):
    """M36."""
    assert (number(text).value, number(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text", ABOUT)
def test_an_approximate_number_is_kept_and_noted(text):
    """M37, decision 13."""
    assert (number(text).value, number(text).status, number(text).treatment) == (58, "approximate", "NOTE")


@pytest.mark.parametrize("text", ["三十来人", "30来人", "30来名", "约三十来人"])
def test_thirty_or_so_is_about_thirty(text):
    """M37: 来 says about, up or down."""
    assert (number(text).value, number(text).status) == (30, "approximate")


@pytest.mark.parametrize("text", AT_LEAST)
def test_a_lower_bound_gives_no_value(text):
    """M37, decision 13."""
    reading = number(text)

    assert (reading.value, reading.low, reading.status, reading.treatment) == (None, 58, "bounded", "NOTE")


@pytest.mark.parametrize("text, high", AT_MOST)
def test_fewer_than_n_people_are_at_most_one_less(text, high):
    """M37, decision 13."""
    reading = number(text)

    assert (reading.value, reading.high, reading.status, reading.treatment) == (None, high, "bounded", "NOTE")


def test_less_than_some_hours_stays_just_below_that_number():
    """M37: 近6小时 may be 5.9 hours, so the bound is 6 and not 5; yuan and people come in ones."""
    assert (hours("近6小时").high, hours("不足6小时").high) == (6, 6)
    assert (money("近600元").high, money("近1万元").high) == (599, 9999)
    assert (hours("约3小时").value, hours("约3小时").status) == (3, "approximate")
    assert (money("1.2万余元").low, money("约1.2万元").value) == (12_000, 12_000)


@pytest.mark.parametrize("text", VAGUE)
def test_a_vague_number_is_asked_about(text):
    """M37."""
    assert (number(text).value, number(text).low, number(text).treatment) == (None, None, "ASK")


@pytest.mark.parametrize("text", ["全体", "全体人员", "全员参加", "全局干部职工", "人人参加"])
def test_all_staff_is_no_number(text):
    """M37: the headcount is proposed by the question, never read."""
    assert (number(text).value, *rule_of(number(text))) == (None, "M37", "all_staff", "ASK")


@pytest.mark.parametrize("text", RANGES)
def test_a_range_keeps_both_ends_and_is_asked_about(text):
    """M38."""
    reading = number(text)

    assert (reading.value, reading.low, reading.high, reading.rule, reading.treatment) == (None, 30, 40, "M38", "ASK")


@pytest.mark.parametrize("text", ["40-30人", "30或40", "2024-2025", "30、40"])
def test_a_range_without_sure_ends_is_asked_about_without_bounds(text):
    """M38."""
    assert (number(text).low, number(text).high, number(text).treatment) == (None, None, "ASK")


@pytest.mark.parametrize(
    "text, part",
    [("58(其中党员32)", Part("党员", 32)), ("58人,其中女20人", Part("女", 20)), ("58(含工勤6人)", Part("工勤", 6)), ("58名(党员32名)", Part("党员", 32)),
     ("五十八人,其中团员五人", Part("团员", 5)), ("58人(其中:中共党员32人)", Part("中共党员", 32))],
)  # fmt: skip
def test_a_part_said_with_a_number_is_kept_beside_it(text, part):
    """M39."""
    assert (number(text).value, number(text).parts, number(text).rule) == (58, (part,), "M39")


@pytest.mark.parametrize(
    "text", ["32+26", "32+26=58", "58=32+26", "=32+26", "58(32+26)", "32人+26人", "32 + 26", "３２＋２６", "20+12+26"]
)
def test_addends_are_added_up(text):
    """M39."""
    assert (number(text).value, *rule_of(number(text))) == (58, "M39", "sum", "FIX")


@pytest.mark.parametrize(
    "text",
    [
        "32+26=57",
        "58(32+25)",
        "57=32+26",
        "32、26",
        "3×20",
        "机关32下属26",
        "58(其中党员60)",
        "58(含退休3人)",
        "58(不含借调)",
    ],
)
def test_numbers_that_do_not_agree_or_count_others_are_asked_about(text):
    """M39, M47."""
    assert (number(text).value, number(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text, value", [("５８", 58), ("１，２００", 1200), ("５８．０", 58), ("１２００名", 1200)])
def test_full_width_digits_are_digits(text, value):
    """M40."""
    assert number(text).value == value


@pytest.mark.parametrize("text", ["①", "㈤", "Ⅴ", "5²", "½", "５O", "l2", "⒌"])
def test_signs_that_only_look_like_digits_are_asked_about(text):
    """M40."""
    assert (number(text).value, number(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text, value", CHINESE)
def test_a_chinese_numeral_is_its_number(text, value):
    """M41."""
    assert (number(text).value, number(text).treatment) == (value, "FIX")


@pytest.mark.parametrize("text", SPOKEN)
def test_a_short_spoken_numeral_is_asked_about(text):
    """M41."""
    assert (number(text).value, number(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text", ["32(三十二)", "三十二(32)", "32人(叁拾贰人)"])
def test_a_number_said_twice_is_that_number(text):
    """M41."""
    assert number(text).value == 32


@pytest.mark.parametrize("text", ["32(三十三)", "32(32)", "32(约三十二)", "32(二)"])
def test_two_numbers_that_differ_are_asked_about(text):
    """M39: 32(32) may be a part as large as the whole."""
    assert (number(text).value, number(text).treatment) == (None, "ASK")

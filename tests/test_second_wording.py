"""Wording of a second pen, written without a look at the lists of words: what is read is right, all else is asked.

Each wording stands alone in a small return. `None` says that nobody can know the number or day: then it must be open.
"""

from __future__ import annotations

import pytest

from tests.returns import clean, list_sheet

DEED = {"category": "学雷锋志愿者服务行动", "activity_name": "护河巡查", "activity_date": "2025-06-08", "persons": 60,
        "persons_pm": 1, "person_times": 900, "hours": 2700}  # fmt: skip
PEOPLE = {
    "共有干部职工四十六人": 46, "46位同志": 46, "四十六名": 46, "肆拾陆": 46, "46(均为在职)": 46, "干部46名": 46, "46人左右吧": 46,
    "差不多46人": 46, "46个": 46, "合计:46": 46, "46人整": 46, "四六": None, "46来人": 46, "不少于46人": None, "至多46人": None,
    "最少46": None, "超46人": None, "46人多": None, "46人不到": None, "4至6人": None, "四五十人": None, "46/58": None, "46~58": None,
    "一半职工": None, "八成": None, "大部分": None, "除值班外全部": None, "46、58": None, "46;58": None, "46人(两批)": None, "两批各23人": None,
    "23人×2次": None, "每月4人": None, "人均2次": None, "46+": None, "约莫半百": None, "半数": None, "同去年": None, "见表3": None,
    "待补": None, "核实中": None, "?": None, "46?": None, "46(估)": 46, "46.5": None, "-46": None, "4.6E1": None, "四百零六十": None,
    "一百二": None, "百余人": None, "十几个": None, "二三十": None, "3男2女": None, "男20女26": None, "党员20群众26": None, "1组12人2组14人": None,
    "46\u200b": 46, "46　": 46, "\u300046人": 46, "４６": 46, "④⑥": None, "Ⅳ": None, "46人次": None, "46户": None, "46元": None,
    "1,046": 1046, "1，046人": 1046, "1046": 1046, "一千零四十六": 1046, "1.046千": 1046, "0.1万": 1000, "1千": 1000,
}  # fmt: skip
MONEY = {
    "壹仟贰佰元整": 1200, "1200.00元": 1200, "RMB1200": 1200, "¥1200": 1200, "1200块": 1200, "0.12万": 1200, "12百": 1200, "一千二": None,
    "1200余": None, "1200元/人": None, "人均100": None, "每人100元": None, "约1200": 1200, "1200+300": 1500, "1200元,米10袋": None,
    "米面油": None, "1200(另物资300)": None, "1200美元": None, "1200港币": None, "1.2k": 1200, "1 200": None, "1200—1500": None,
    "千元": None, "上千": None, "500元×3户": None, "1200元(未到账)": None,
}  # fmt: skip
DAYS = {
    "2025年6月8号": "2025-06-08", "六月八日": "2025-06-08", "6月8日上午": "2025-06-08", "6/8": "2025-06-08", "2025.06.08": "2025-06-08",
    "二〇二五年六月八日": "2025-06-08", "6月": "2025-06", "6月份": "2025-06", "2025年6月": "2025-06", "6月8日-10日": "2025-06-08/2025-06-10",
    "6月8日—7月2日": "2025-06-08/2025-07-02", "6月31日": None, "13月1日": None, "0608": None, "8/6/2025": None, "周末": None,
    "端午前后": None, "每周三": "2025", "假期": None, "下半年某天": None, "6月8日或9日": None, "6月底7月初": None, "近期": None, "多次": None,
    "6.31": None, "2025-02-29": None, "2025年第26周": None, "星期天": None, "夏天": None, "今年": None, "去年6月8日": None,
}  # fmt: skip
TOO_SURE = ("reported", "repaired", "approximate")


def read(measure: str, text: str):
    """The fact of one field, null when the line was dropped or the field blank."""
    deed = {**DEED, measure: text, **({"category": "希望工程"} if measure == "amount_yuan" else {})}
    found = [fact for fact in clean(list_sheet("F2", [deed])).facts if fact.measure == measure]
    return found[0] if found else None


@pytest.mark.parametrize(
    "measure, text, right",
    [("persons", text, right) for text, right in PEOPLE.items()]
    + [("amount_yuan", text, right) for text, right in MONEY.items()],
)
def test_a_number_is_read_as_meant_or_asked_about(measure, text, right):
    fact = read(measure, text)

    if fact is not None and fact.status in TOO_SURE:
        assert fact.value == right


@pytest.mark.parametrize("text, right", list(DAYS.items()))
def test_a_day_is_read_as_meant_or_asked_about(text, right):
    fact = read("activity_date", text)

    if fact is not None and fact.status in TOO_SURE:
        assert fact.text == right


def test_most_of_what_is_certain_is_read_and_not_asked_about():
    certain = [("persons", *pair) for pair in PEOPLE.items()] + [("amount_yuan", *pair) for pair in MONEY.items()]
    wanted = [(measure, text, right) for measure, text, right in certain if right is not None]
    right_ones = [text for measure, text, right in wanted if (fact := read(measure, text)) and fact.value == right]

    assert len(right_ones) >= 0.8 * len(wanted)

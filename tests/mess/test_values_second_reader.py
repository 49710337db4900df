"""Whatever our reader takes for sure, a second reader that knows nothing of it must take for the same (M35-M56)."""

from fractions import Fraction

import cn2an
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.etl.dates import read_date
from tests.second_reader import dates_of, values_of
from tests.words import cell, load_lexicon, number

TYPES = {"person": "count", "yuan": "amount", "hour": "hours", "ml": "ml"}
SURE = ("reported", "repaired")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
PIECES = ["人", "名", "人次", "户", "元", "万", "万元", "角", "小时", "分钟", "h", "天", "ml", "毫升", "u", "升", "半", "个", "余", "多", "来", "约", "近", "不足", "以上", "左右", "共", "计", "合计", "其中", "党员",
          "女", "含", "退休", "(", ")", "+", "-", "—", "~", "=", "×", "/", "%", "百分之", "成", ",", ".", "，", "。", "、", "：", ":", " ", "\n", "'", "“", "”", "¥", "人民币", "全体", "无", "第", "每", "人均", "同上",
          "十", "百", "千", "两", "零", "三", "五", "廿", "壹", "拾", "佰", "１", "①", "½", "e", "0", "1", "2", "5", "12", "30", "50", "1200", "0.5", "1.2"]  # fmt: skip
DATE_PIECES = ["年", "月", "日", "号", "-", "/", ".", "—", "~", "至", "到", "、", ",", " ", "\n", "(", ")", "周三", "星期五", "上午", "晚上", "9:00", "18时", "起", "止", "自", "从", "前", "左右", "约", "3", "5", "8", "12", "03",
               "05", "31", "30", "2", "29", "0", "25", "2025", "2024", "20250305", "45721", "二〇二五", "二○二五", "三", "十", "十二", "廿", "一", "３", "举行", "'", "\"", "2025年3月5日", "3月5日", "3.5"]  # fmt: skip
HEDGES = [("", "", "exact"), ("约", "", "about"), ("", "左右", "about"), ("大概", "", "about"), ("", "上下", "about"), ("", "以上", "low"), ("不少于", "", "low"), ("逾", "", "low"), ("近", "", "below"),
          ("不到", "", "below"), ("", "以内", "high"), ("最多", "", "high")]  # fmt: skip
UNITS = {
    "person": ["", "人", "名", "位"],
    "yuan": ["", "元", "块"],
    "hour": ["", "小时", "h", "个小时"],
    "ml": ["", "ml", "毫升", "cc"],
}
NOTATIONS = [
    str,
    "{:,}".format,
    lambda n: str(n).translate(FULL_WIDTH),
    lambda n: cn2an.an2cn(n, "low"),
    lambda n: cn2an.an2cn(n, "up"),
]
DRESS = ["{}", " {} ", "共{}", "{}。", "合计:{}", "“{}”", "\u00a0{}\u3000"]


WELL_FORMED = ["50人", "约50人", "50余人", "五十二人", "1,200", "1200元", "1.2万元", "￥1,200.00", "2小时30分", "2h30", "1.5天", "两个半小时", "1600ml", "8u", "0.4升", "50(其中党员32)", "32+18=50", "30-40人",
               "共50人。", "壹仟贰佰元", "一千二百", "三十来人", "100人以内", "无"]  # fmt: skip
WELL_FORMED_DATES = ["2025年3月5日", "3月5日", "3.5", "2025.3.5-3.8", "3月5日至8日", "3月5日、12日", "二〇二五年三月五日", "20250305", "45721", "25/3/5", "2025年3月", "3月至5月", "3月5日(周三)", "自3月5日起至8日止",
                     "3月5日上午9:00", "2025-03-05"]  # fmt: skip


@st.composite
def spoiled(draw, texts, pieces):
    """A well-formed text with one piece put in, left out or changed."""
    text = draw(st.sampled_from(texts))
    place = draw(st.integers(0, len(text)))
    return text[:place] + draw(st.sampled_from(["", *pieces])) + text[place + draw(st.integers(0, 1)) :]


def soup(pieces, longest=7):
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=longest).map("".join)


@pytest.mark.parametrize("unit", sorted(TYPES))
@given(text=st.one_of(soup(PIECES), spoiled(WELL_FORMED, PIECES)))
@settings(max_examples=700, deadline=None, derandomize=True)
@example(text="3千2百人")
@example(text="2天30")
@example(text="1万零50")
@example(text="50+30=80")
def test_a_number_is_never_read_where_the_second_reader_sees_another_or_none(unit, text):
    reading = number(text, TYPES[unit], unit)

    assert reading.status in (*SURE, "approximate", "bounded", "queried", "not_applicable", "missing")
    if reading.status in SURE:
        assert reading.value in {float(value) for value in values_of(text, unit)}, text


@given(text=st.one_of(soup(DATE_PIECES, 6), spoiled(WELL_FORMED_DATES, DATE_PIECES)))
@settings(max_examples=3000, deadline=None, derandomize=True)
@example(text="2025-3-5至3-8")
@example(text="3月5日起至8日止")
@example(text="今年2024年3月")
@example(text="四季")
def test_a_date_is_never_read_where_the_second_reader_sees_another_or_none(text):
    reading = read_date(cell(text), 2025, load_lexicon())

    if reading.status in SURE and reading.rule != "M53":
        assert reading.text in dates_of(text, 2025), text


@given(text=st.text(max_size=20))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_any_text_at_all_is_read_or_asked_about(text):
    for unit, kind in TYPES.items():
        reading = number(text, kind, unit)
        assert reading.status not in SURE or reading.value in {float(v) for v in values_of(text, unit)}, text
    assert read_date(cell(text), 2025, load_lexicon()).status in (*SURE, "queried", "missing", "not_applicable")


@given(
    n=st.integers(2, 99_999),
    unit=st.sampled_from(sorted(TYPES)),
    write=st.sampled_from(NOTATIONS),
    hedge=st.sampled_from(HEDGES),
    dress=st.sampled_from(DRESS),
    data=st.data(),
)
@settings(max_examples=1500, deadline=None, derandomize=True)
def test_number_notation_unit_hedge_and_dress_read_back(n, unit, write, hedge, dress, data):
    """What is expected is said by the parts alone: decision 13, with n - 1 where things come in ones."""
    before, after, kind = hedge
    text = dress.format(before + write(n) + data.draw(st.sampled_from(UNITS[unit])) + after)
    reading = number(text, TYPES[unit], unit)
    ones = unit != "hour"
    expected = {
        "exact": (n, None, None), "about": (n, None, None), "low": (None, n, None), "below": (None, None, n - 1 if ones else n), "high": (None, None, n),
    }[kind]  # fmt: skip

    assert (reading.value, reading.low, reading.high) == expected, text


@given(value=st.decimals("0.1", 999, places=1), unit=st.sampled_from(["万元", "万"]))
def test_ten_thousands_of_yuan_read_back(value, unit):
    assert number(f"{value}{unit}", "amount", "yuan").value == float(Fraction(value) * 10_000)


@given(
    hours=st.integers(1, 400),
    minutes=st.integers(1, 59),
    write=st.sampled_from(["{}小时{}分", "{}小时{}分钟", "{}h{}min", "{}个小时{}分钟"]),
)
def test_hours_and_minutes_read_back(hours, minutes, write):
    assert number(write.format(hours, minutes), "hours", "hour").value == pytest.approx(hours + minutes / 60)


@given(
    low=st.integers(1, 500),
    more=st.integers(1, 500),
    sign=st.sampled_from(["-", "—", "～", "~", "至", "到"]),
    unit=st.sampled_from(["", "人", "名"]),
)
def test_a_range_keeps_its_ends(low, more, sign, unit):
    reading = number(f"{low}{sign}{low + more}{unit}")

    assert (reading.low, reading.high, reading.treatment, reading.value) == (low, low + more, "ASK", None)

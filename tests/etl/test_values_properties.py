"""What holds for every text: written in a form of the grammar it reads back, with a word too many it is no number."""

import datetime as dt
from decimal import Decimal

import cn2an
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.etl.dates import read_date
from analysis.etl.numerals import NUMERAL_CHARACTERS
from analysis.etl.tidy import tidy
from analysis.etl.values import read_list, read_number, read_person, read_text, read_yes_no
from tests.words import blood, cell, hours, load_lexicon, load_words, money, number

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) != '"'}
TYPES = [
    ("count", "person"),
    ("amount", "yuan"),
    ("hours", "hour"),
    ("ml", "ml"),
    ("number", "class_hour"),
    ("rate", ""),
]
KNOWN = (
    {*"".join(word for words in load_lexicon().words.values() for word in words)}
    | {*"".join(unit for units in load_lexicon().units.values() for unit in units)}
    | {*"'`‘’。.,()-~—–至到年月日+", *NUMERAL_CHARACTERS}
)
WRITE_COUNT = [
    str, "{:,}".format, "{}人".format, "{}名".format, " {} ".format, "{} 位".format, "共{}人".format, "{}.0".format, "'{}".format,
    "{}(人)".format, "共计{}".format, "{}人。".format, lambda n: f"{n:,}".replace(",", "，"), lambda n: str(n).translate(FULL_WIDTH),
    lambda n: cn2an.an2cn(n, "low") + "人", lambda n: cn2an.an2cn(n, "up") + "人", lambda n: f"{n // 2}+{n - n // 2}",
    lambda n: f"{n}(其中党员{n // 3})", lambda n: f"{n}人,其中女{n}人",
]  # fmt: skip
WRITE_DATE = [
    dt.date.isoformat, "{0.year}.{0.month}.{0.day}".format, "{0.year}/{0.month:02}/{0.day:02}".format, "{0:%Y%m%d}".format,
    "{0.year}年{0.month}月{0.day}日".format, "{0.year}年{0.month:02}月{0.day:02}号".format, "{0.year} 年 {0.month} 月 {0.day} 日".format,
    "{0.month}月{0.day}日".format, "{0.month}.{0.day:02}".format, "{0.year}年{0.month}月{0.day}日上午".format, "{0} 14:30:00".format,
    lambda d: f"{cn2an.an2cn(d.month)}月{cn2an.an2cn(d.day)}日", lambda d: d.isoformat().translate(FULL_WIDTH),
    lambda d: str((d - dt.date(1899, 12, 30)).days), lambda d: f"{d}(星期{'一二三四五六日'[d.weekday()]})", lambda d: d, lambda d: int(f"{d:%Y%m%d}"),
]  # fmt: skip
days_of_the_year = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
texts = st.one_of(
    st.text(max_size=40),
    st.text(
        alphabet="0123456789.,,%-—~至+()约近余多人次名万元小时分天年月日上旬农历初九三十两百千其中党员无同/、\n 　",
        max_size=14,
    ),
    st.lists(st.sampled_from(sorted({word for words in load_words().values() for word in words})), max_size=4).map(
        "".join
    ),
)


@given(st.integers(min_value=2, max_value=999_999), st.sampled_from(WRITE_COUNT))
def test_a_count_reads_back_from_every_notation(n, write):
    assert number(write(n)).value == n


@given(st.integers(min_value=10, max_value=9_999), st.sampled_from(["约{}人", "{}人左右", "大约{}", "{}上下"]))
def test_an_approximation_reads_back(n, form):
    assert (number(form.format(n)).value, number(form.format(n)).status) == (n, "approximate")


@given(
    st.integers(min_value=10, max_value=9_999),
    st.sampled_from(["{}余人", "{}多名", "{}人以上", "逾{}人", "不少于{}", "≥{}"]),
    st.sampled_from([("近{}人", 1), ("不足{}", 1), ("不到{}名", 1), ("{}人以内", 0), ("不超过{}人", 0)]),
)
def test_a_bound_reads_back(n, low_form, high_form):
    form, less = high_form

    assert (number(low_form.format(n)).low, number(low_form.format(n)).value) == (n, None)
    assert (number(form.format(n)).high, number(form.format(n)).value) == (n - less, None)


@given(
    st.integers(1, 9_999),
    st.integers(1, 9_999),
    st.sampled_from(["{}-{}人", "{}~{}", "{}至{}人", "{}人—{}人", "约{}到{}"]),
)
def test_a_range_is_a_question_with_its_bounds(a, b, form):
    low, high = sorted((a, b))
    assume(not 1900 <= low <= 2100)
    reading = number(form.format(low, high))

    assert (reading.value, reading.low, reading.high, reading.rule) == (None, low, high, "M38")


@given(st.integers(min_value=1, max_value=99_999_999), st.sampled_from(["{}", "{}元", "￥{}", "{}块钱", "人民币{}元"]))
def test_an_amount_to_the_fen_reads_back(fen, form):
    written = Decimal(fen) / 100

    assert money(form.format(f"{written:.2f}")).value == float(written)
    assert money(form.format(f"{written:,.2f}")).value == float(written)


@given(st.integers(min_value=1, max_value=999_999_999))
def test_ten_thousands_are_exact(yuan):
    assert money(f"{(Decimal(yuan) / 10_000).normalize():f}万元").value == yuan


@given(st.integers(min_value=1, max_value=500), st.integers(min_value=10, max_value=59))
def test_hours_and_minutes_read_back(whole, minutes):
    for form in ("{}小时{}分", "{}h{}", "{}个小时{}分钟", "{}小时 {} 分钟"):
        assert hours(form.format(whole, minutes)).value == (whole * 60 + minutes) / 60


@given(st.integers(min_value=1, max_value=100_000), st.sampled_from(["{}ml", "{}毫升", "{}CC", "{} ML"]))
def test_blood_reads_back(ml, form):
    assert blood(form.format(ml)).value == ml


@given(days_of_the_year, st.sampled_from(WRITE_DATE))
def test_a_day_reads_back_from_every_notation(day, write):
    reading = read_date(cell(write(day)), 2025, load_lexicon())

    assert reading.text == day.isoformat()


@given(days_of_the_year, days_of_the_year, st.sampled_from(["-", "—", "~", "至", "到", "——", "～"]))
def test_an_interval_reads_back(a, b, sign):
    first, last = sorted((a, b))
    assume(first < last)
    for form in ("{0.month}月{0.day}日{2}{1.month}月{1.day}日", "{0.year}.{0.month}.{0.day}{2}{1.month}.{1.day}",
                 "{0.year}年{0.month}月{0.day}日{2}{1.year}年{1.month}月{1.day}日", "{0:%Y/%m/%d}{2}{1:%Y/%m/%d}"):  # fmt: skip
        reading = read_date(cell(form.format(first, last, sign)), 2025, load_lexicon())

        assert reading.text == f"{first}/{last}", form
        assert read_date(cell(form.format(last, first, sign)), 2025, load_lexicon()).rule == "M51"


@given(
    st.integers(min_value=1, max_value=99_999),
    st.text(st.characters(categories=["Lo", "Ll", "So", "Sm", "Pd", "Po"]), min_size=1, max_size=4),
    st.sampled_from(
        [
            "{0}{1}",
            "{1}{0}",
            "{0}人{1}",
            "{0}({1})",
            "约{0}{1}人",
            "{0}(其中{1}1)",
            "{0}{1}{0}",
            "{0}人({1}1人)",
            "{0}{1}+{0}",
        ]
    ),
)
def test_an_unknown_word_beside_a_number_never_leaves_a_number(n, junk, form):
    assume(tidy(junk) and not set(tidy(junk)) & KNOWN)
    reading = number(form.format(n, junk))

    assert (reading.value, reading.low, reading.high, reading.status) == (None, None, None, "queried")


@given(texts)
def test_full_width_letters_change_no_reading(text):
    wide = text.translate(FULL_WIDTH)
    for type_, unit in TYPES:
        a, b = (read_number(cell(written), type_, unit, load_lexicon()) for written in (text, wide))

        assert (a.value, a.low, a.high, a.status, a.parts) == (b.value, b.low, b.high, b.status, b.parts)
    a, b = (read_date(cell(written), 2025, load_lexicon()) for written in (text, wide))
    assert (a.text, a.status) == (b.text, b.status)


@given(texts)
def test_no_text_makes_a_reader_raise_and_a_question_has_no_answer(text):
    lexicon, source = load_lexicon(), cell(text)
    codes = {"in_progress": "进行中", "done": "已完成"}
    readings = [read_number(source, type_, unit, lexicon) for type_, unit in TYPES]
    readings += [read_number(source, "amount", "yuan", lexicon, 10_000.0)]
    readings += [read_date(source, 2025, lexicon), read_date(source, 2025, lexicon, deadline=True)]
    readings += [read_yes_no(source, lexicon), read_list(source, codes, {}, lexicon), read_person(source, lexicon)]
    readings += [read_text(source, lexicon)]
    for reading in readings:
        answer = reading.value if reading.text is None else reading.text

        assert (reading.status == "queried") == (reading.treatment == "ASK")
        assert reading.status not in ("queried", "missing", "not_applicable", "bounded") or answer is None


@given(
    st.one_of(
        st.floats(), st.integers(), st.booleans(), st.datetimes(), st.dates(), st.times(), st.timedeltas(), st.none()
    )
)
def test_no_stored_value_makes_a_reader_raise(value):
    source, lexicon = cell(value), load_lexicon()
    for type_, unit in TYPES:
        reading = read_number(source, type_, unit, lexicon)

        assert reading.value is None or reading.value == pytest.approx(float(value)) or type_ == "rate"
    read_date(source, 2025, lexicon)
    read_yes_no(source, lexicon)
    read_list(source, {"in_progress": "进行中"}, {}, lexicon)
    read_person(source, lexicon)
    read_text(source, lexicon)

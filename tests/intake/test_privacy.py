"""Personal numbers are found by their own rules of form, in whatever way they are written, and nothing else is."""

import datetime as dt
import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.privacy_numbers import destroyed_number, number_kinds
from tests.returns import cell

ID_NUMBER = "11010519491231002X"  # the example of GB 11643
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


@pytest.mark.parametrize(
    "text, kinds",
    [
        (f"身份证{ID_NUMBER}", ("id_number",)),
        ("110105 19491231 002x", ("id_number",)),
        ("110105、19491231、002X", ("id_number",)),
        ("110105\u200b1949\u00a01231—002X", ("id_number",)),
        ("2、110105 19491231 002X", ("id_number",)),
        ("１１０１０５１９４９１２３１００２Ｘ", ("id_number",)),
        ("残疾证11010519491231002X43", ("id_number",)),
        ("110105491231002", ("id_number",)),
        ("110105 491231 002", ("id_number",)),
        ("联系人13812345678", ("mobile",)),
        ("138-1234-5678", ("mobile",)),
        ("+86 138 1234 5678", ("mobile",)),
        ("0086-13812345678", ("mobile",)),
        ("+86(138)12345678", ("mobile",)),
        ("1 3 8 1 2 3 4 5 6 7 8", ("mobile",)),
        ("4111111111111111", ("card",)),
        ("6222 0212 3456 7890 128", ("card",)),
        ("4.20106E+17", ("long_number",)),
        ("4.20106199001011e+17", ("long_number",)),
        ("1.39E+10", ("long_phone",)),
        (f"{ID_NUMBER},13812345678", ("id_number", "mobile")),
    ],
)
def test_each_kind_is_known_by_its_form_and_check_digit(text, kinds):
    assert number_kinds(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021", "8112679", "0571-88126790", "澜机关发〔2025〕9号", "20250305", "4111111111111112",
        "LJ-G09-01", "2025-03-05 2025-03-08", "20250305101530", "0.153846153846154", "2022 2023 2024 2025",
        "1000 2000 3000 5000", "1.5E+05", "13,812", "2025年3月5日、12日、19日", "150、2000、3000", "①②③④⑤⑥⑦⑧⑨⑩⑪",
    ],
)  # fmt: skip
def test_amounts_dates_documents_and_office_phones_are_not_personal(text):
    assert number_kinds(text) == ()


@pytest.mark.parametrize(
    "value, kind",
    [(4.20106e17, "long_number"), (13_900_000_000, "long_phone"), (13_812_345_678.0, "mobile"), (420106.5, None),
     (13_812_345_678.5, None), (True, None), (float("inf"), None), (99_999_999_999, None)],
)  # fmt: skip
def test_a_number_cell_may_be_a_destroyed_personal_number(value, kind):
    assert destroyed_number(cell("A1", value)) == kind


@st.composite
def id_numbers(draw):
    area = draw(st.sampled_from(["110105", "420106", "330782", "650102"]))
    day = draw(st.dates(min_value=dt.date(1920, 1, 1), max_value=dt.date(2025, 1, 1)))
    body = f"{area}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@st.composite
def cards(draw):
    body = "62" + "".join(map(str, draw(st.lists(st.integers(0, 9), min_size=13, max_size=16))))
    for check in range(10):
        digits = [int(d) for d in reversed(f"{body}{check}")]
        if sum(d if n % 2 == 0 else sum(divmod(2 * d, 10)) for n, d in enumerate(digits)) % 10 == 0:
            return f"{body}{check}"


@st.composite
def mobiles(draw):
    return f"1{draw(st.integers(3, 9))}" + "".join(map(str, draw(st.lists(st.integers(0, 9), min_size=9, max_size=9))))


WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
AROUND = st.sampled_from(["", "户主", "(", "电话:", "2、", "见附件 ", "张某"])
AFTER = st.sampled_from(["", "。", ")", "号", "、已核"])


@given(
    id_numbers(), AROUND, AFTER, st.sampled_from(" -—　\u00a0\u200b、,,。;·_"), st.integers(0, 2**17 - 1), st.booleans()
)
def test_an_identity_number_is_found_whatever_stands_between_its_digits(number, before, after, gap, where, wide):
    spread = "".join(d + (gap if where >> n & 1 else "") for n, d in enumerate(number[:-1])) + number[-1]

    assert "id_number" in number_kinds(before + (spread.translate(WIDE) if wide else spread) + after)


@given(mobiles(), AROUND, AFTER, st.sampled_from(["", "+86", "0086", "86 ", "+86-", "(+86)"]),
       st.sampled_from([" ", "-", "\u00a0", "　", "\u200b", "—", ""]), st.sampled_from([(3, 7), (3, 8), (7,), (3, 6), (4, 7), ()]))  # fmt: skip
def test_a_mobile_is_found_with_its_prefixes_and_groups(number, before, after, prefix, gap, cuts):
    places = [0, *cuts, 11]
    grouped = gap.join(number[first:last] for first, last in pairwise(places))

    assert "mobile" in number_kinds(before + prefix + grouped + after)


@given(cards(), AROUND, AFTER, st.sampled_from(["", " ", "-", "\u00a0", "　"]))
def test_a_card_is_found_by_its_check_digit(number, before, after, gap):
    grouped = gap.join(number[n : n + 4] for n in range(0, len(number), 4))

    assert {"card", "id_number"} & set(number_kinds(before + grouped + after))


@given(st.lists(st.one_of(
    st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2030, 1, 1)).map(
        lambda day: random.Random(day.toordinal()).choice([f"{day}", f"{day:%Y%m%d}", f"{day:%Y.%m.%d}", f"{day.month}月{day.day}日"])),
    st.integers(0, 2_000_000).map(lambda n: f"{n:,}元"),
    st.integers(0, 99999).map(lambda n: f"{n}人"),
    st.integers(1, 99).map(lambda n: f"澜财发〔2025〕{n}号"),
    st.integers(1, 99).map(lambda n: f"LJ-G{n:02d}-01"),
    st.sampled_from(["走访慰问", "志愿服务", "8112679", "0571-88126790", "3.5小时"]),
), max_size=5), st.sampled_from(["、", ",", ";", "至", " 和 "]))  # fmt: skip
def test_ordinary_texts_of_a_form_hold_no_personal_number(pieces, between):
    assert number_kinds(between.join(pieces)) == ()


@given(st.text(max_size=60))
def test_no_text_breaks_the_search(text):
    assert set(number_kinds(text)) <= {"id_number", "mobile", "card", "long_number", "long_phone"}
    assert not number_kinds(re.sub(r"\d|\w", "", text))

"""The normal form in which words, headers and names are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.etl.text import normal_form, plain_number, without_brackets


@pytest.mark.parametrize(
    "written, expected",
    [
        ("参加\n人 数", "参加人数"),
        ("　合　计　", "合计"),
        ("金额（元）", "金额(元)"),
        ("５０", "50"),
        ("①", "1"),
        ("無償獻血", "无偿献血"),
        ("學(xué)雷鋒", "学雷锋"),
        ("学（xue）雷锋", "学雷锋"),
        ("面积(ha)", "面积(ha)"),
        ("GDP", "gdp"),
        ("人\u200b数\ufeff", "人数"),
        ("\u00a0", ""),
    ],
)
def test_texts_that_mean_the_same_have_one_normal_form(written: str, expected: str):
    assert normal_form(written) == expected


@given(st.text(max_size=30))
def test_normal_form_never_fails_and_has_no_spaces(text: str):
    assert not any(character.isspace() for character in normal_form(text))


def test_brackets_are_left_out_unless_nothing_else_is_there():
    assert without_brackets("金额(元)") == "金额"
    assert without_brackets("(元)") == "(元)"


@pytest.mark.parametrize(
    "text, number", [("1,200", 1200), ("-3.5", -3.5), ("85%", 85), ("50人", None), ("1.2.3", None), ("", None)]
)
def test_only_a_bare_number_is_a_number(text: str, number: float | None):
    assert plain_number(text) == number

"""Plain HTML tables: words for codes, percent for shares, a dash for nothing, and no way in for markup."""

from __future__ import annotations

import re

import pandas as pd

from analysis.present.labels import Words
from analysis.present.numbers import minus, signed, signed_number
from analysis.present.tables_html import in_words, to_html
from tests.present.made_up import sample_reference

WORDS = Words(sample_reference())


def test_codes_become_words_and_numbers_stay_numbers():
    table = pd.DataFrame({"category": ["legal_aid"], "rate": [0.25], "n_valid": [9]})

    assert in_words(table, WORDS).to_dict("records") == [{"活动类别": "法律援助", "比率": 0.25, "有效单位数": 9}]


def test_shares_are_percentages_and_what_is_absent_is_a_dash():
    html = to_html(pd.DataFrame({"short_name": ["市残联", None], "rate": [0.254, None]}), WORDS, "表").html

    assert "25.4%" in html
    assert html.count("<td>—</td>") == 1
    assert '<td style="text-align:right">—</td>' in html


def test_text_from_a_return_cannot_become_markup():
    html = to_html(pd.DataFrame({"file": ["<script src=x>.xlsx"]}), WORDS, "a<b").html

    assert "<script" not in html
    assert "&lt;script src=x&gt;.xlsx" in html


def test_the_table_of_a_chart_carries_its_code():
    assert '<table data-chart="C1">' in to_html(pd.DataFrame({"count": [1]}), WORDS, "表", chart="C1").html


def test_a_folded_table_is_complete():
    table = to_html(pd.DataFrame({"count": range(30)}), WORDS, "三十行", folded=True)

    assert table.html.startswith("<details><summary>三十行</summary>")
    assert table.html.count("<tr>") == 31
    assert repr(table) == "三十行"


def test_a_difference_has_a_sign_unless_nothing_of_it_is_left():
    assert [signed(value) for value in (0.0625, -0.0625)] == ["+6.3", "\u22126.3"]  # halves away from zero
    assert [signed(value) for value in (0.0321, -0.0321, -0.0004, 0.0)] == ["+3.2", "\u22123.2", "0.0", "0.0"]
    assert [signed_number(value, 2) for value in (0.17, -0.17, -0.004, 0.0)] == ["+0.17", "\u22120.17", "0.00", "0.00"]


def test_a_number_below_zero_has_one_sign_everywhere():
    """The sign of subtraction, U+2212; no hyphen, and none before a zero."""
    assert [minus(text) for text in ("-0.17", "-0.00", "0.17", "-1,234", "-0.0%", "-20")] == [
        "\u22120.17", "0.00", "0.17", "\u22121,234", "0.0%", "\u221220"
    ]  # fmt: skip
    rows = pd.DataFrame({"z": [-0.54], "rank_change": [-2.0], "n_open": [-3]})

    assert re.findall(r"<td[^>]*>(.*?)</td>", to_html(rows, WORDS, "").html) == ["\u22120.54", "\u22122.0", "\u22123"]

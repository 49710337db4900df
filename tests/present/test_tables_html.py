"""Plain HTML tables: words for codes, percent for shares, a dash for nothing, and no way in for markup."""

from __future__ import annotations

import pandas as pd

from analysis.present.labels import Words
from analysis.present.tables_html import in_words, signed, to_html
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
    assert [signed(value) for value in (0.0321, -0.0321, -0.0004, 0.0)] == ["+3.2", "\u22123.2", "0.0", "0.0"]

"""Totals of points as they are shown."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.present.points import cut_points, gap_text, points_text, shown_points

LINE = 80.0


@pytest.mark.parametrize(
    "total, shown", [(79.996, "79.99"), (80.0, "80.00"), (79.9999999999, "80.00"), (80.009, "80.00"), (0.0, "0.00")]
)
def test_a_total_is_cut_to_two_decimals_and_a_sum_that_lacks_its_last_digit_is_whole(total, shown):
    assert points_text(total) == shown


@given(st.floats(min_value=0, max_value=120))
def test_no_total_below_the_line_is_shown_as_the_line(total):
    assert (shown_points(total) >= LINE) == (total >= LINE - 1e-8)


@given(st.floats(min_value=1e-6, max_value=40))
def test_what_is_missing_is_never_shown_as_less(gap):
    assert float(gap_text(gap)) >= gap - 1e-7
    assert float(gap_text(gap)) > 0


def test_an_open_total_stays_open_and_other_tables_stay_as_they_are():
    cut = cut_points(pd.DataFrame({"total": [None, 79.996], "total_low": [70.004, 79.996], "line": [80.125, 80.125]}))
    assert math.isnan(cut["total"][0])
    assert cut["total_low"].tolist() == [70.0, 79.99]
    assert cut["line"].tolist() == [80.125, 80.125]
    rates = pd.DataFrame({"rate": [0.123456]})
    assert cut_points(rates)["rate"].tolist() == [0.123456]

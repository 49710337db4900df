"""The trend test against the examples of R."""

from __future__ import annotations

import math

import pytest

from analysis.measures.intervals import trend_test

# Fleiss 1981, page 139, smokers among lung cancer patients; the example of prop.trend.test in R's stats package
SMOKERS, PATIENTS = [83, 90, 129, 70], [86, 93, 136, 82]


def test_trend_is_that_of_r():
    assert trend_test(SMOKERS, PATIENTS, [1, 2, 3, 4]) == pytest.approx((8.2249, 0.004132), rel=1e-4)
    assert trend_test(SMOKERS, PATIENTS, [0, 0, 0, 1]) == pytest.approx((12.173, 0.0004848), rel=1e-4)


def test_scores_are_the_order_unless_given():
    assert trend_test(SMOKERS, PATIENTS) == trend_test(SMOKERS, PATIENTS, [1, 2, 3, 4])


def test_only_the_distances_of_scores_matter():
    moved = trend_test(SMOKERS, PATIENTS, [2021, 2022, 2023, 2024])

    assert moved == pytest.approx(trend_test(SMOKERS, PATIENTS), rel=1e-9)


def test_equal_rates_show_no_trend():
    chi2, p = trend_test([1, 2, 3], [10, 20, 30])

    assert chi2 == pytest.approx(0, abs=1e-12)
    assert p == pytest.approx(1, abs=1e-5)


def test_nobody_everybody_or_a_gap_gives_no_answer():
    for successes in ([0, 0], [5, 5], [1, math.nan]):
        assert trend_test(successes, [5, 5]) == pytest.approx((math.nan, math.nan), nan_ok=True)


@pytest.mark.parametrize(
    "x,n,scores", [([1], [2], None), ([1, 1], [2, 2], [3, 3]), ([1, 3], [2, 2], None), ([1, 1], [2, 2], [1, 2, 3])]
)
def test_impossible_trends_are_refused(x, n, scores):
    with pytest.raises(ValueError):  # noqa: PT011  each has its own words
        trend_test(x, n, scores)

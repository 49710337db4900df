"""Rates drawn towards their group, against a second maximisation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import betabinom

from analysis.measures.intervals import beta_binomial_shrinkage

COUNTS = [(3, 14), (40, 62), (21, 56), (9, 31), (60, 86), (12, 42), (95, 312), (30, 47)]


def test_shrunken_rates_are_those_of_the_most_likely_group():
    """a and b found a second way: scipy's beta-binomial and a search without slopes."""
    x, n = (np.array(column) for column in zip(*COUNTS, strict=True))
    search = minimize(
        lambda logs: -betabinom.logpmf(x, n, *np.exp(logs)).sum(),
        [0.0, 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 5000},
    )
    a, b = np.exp(search.x)

    assert beta_binomial_shrinkage(x, n) == pytest.approx((x + a) / (n + a + b), rel=1e-6)


def test_units_that_do_not_differ_get_the_pooled_rate():
    assert beta_binomial_shrinkage([10, 20, 30], [100, 200, 300]).tolist() == pytest.approx([0.1, 0.1, 0.1])
    assert beta_binomial_shrinkage([0, 0], [10, 20]).tolist() == [0.0, 0.0]
    assert beta_binomial_shrinkage([10, 20], [10, 20]).tolist() == [1.0, 1.0]
    assert beta_binomial_shrinkage([7], [20]).tolist() == [0.35]
    assert beta_binomial_shrinkage([1, 0], [1, 1]).tolist() == [0.5, 0.5]


def test_units_that_share_nothing_keep_their_own_rate():
    assert beta_binomial_shrinkage([0, 50, 0, 50], [50] * 4).tolist() == pytest.approx([0, 1, 0, 1], abs=1e-4)


def test_a_small_unit_is_drawn_further_than_a_large_one():
    """Both at 80 %, in a group around 40 %."""
    shrunk = beta_binomial_shrinkage([8, 240, 30, 20, 45], [10, 300, 100, 60, 90])

    assert shrunk[0] < shrunk[1] < 0.8


def test_a_unit_without_counts_is_left_out():
    with_gaps = beta_binomial_shrinkage([8, math.nan, 30, 20], [10, 50, 100, math.nan])
    first, second = beta_binomial_shrinkage([8, 30], [10, 100])

    assert with_gaps.tolist() == pytest.approx([first, math.nan, second, math.nan], nan_ok=True)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=12))
def test_a_shrunken_rate_lies_between_the_rate_and_the_group(pairs):
    pairs = [(came, came + stayed) for came, stayed in pairs if came + stayed] or [(1, 2)]
    x, n = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))

    shrunk = beta_binomial_shrinkage(x, n)

    assert np.all((shrunk >= 0) & (shrunk <= 1))
    assert np.all(shrunk >= min((x / n).min(), x.sum() / n.sum()) - 1e-9)
    assert np.all(shrunk <= max((x / n).max(), x.sum() / n.sum()) + 1e-9)
    order = np.argsort(x / n)
    equal_size = n == n[0]
    assert np.all(np.diff(shrunk[order][equal_size[order]]) >= -1e-9)


@pytest.mark.parametrize("x,n", [([], []), ([1], [1, 2]), ([3], [2]), ([-1], [2]), ([0], [0])])
def test_impossible_counts_are_refused(x, n):
    with pytest.raises(ValueError):  # noqa: PT011  each has its own words
        beta_binomial_shrinkage(x, n)

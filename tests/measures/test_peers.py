"""Limits, p and classes of one peer group."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom, t

from analysis.measures.peers import Spread, classify, inner_limits, outer_limits, p_values, standardise, widen
from analysis.measures.widening import GroupCounts, SharedSpread

CHANCE = Spread(0.5, 1.0, 0.0, 0.0, math.inf)
CENTRES = st.floats(0.001, 0.999)


def one(value):
    return np.array([float(value)])


def test_where_chance_explains_the_group_limits_are_those_of_the_normal_distribution():
    low, high = outer_limits(one(100), CHANCE, 0.998, 30)

    assert (low[0], high[0]) == pytest.approx((0.5 - 0.05 * 3.0902323, 0.5 + 0.05 * 3.0902323), abs=1e-7)


def test_widened_outer_limits_take_the_quantile_of_t():
    """0.5 -/+ t(99.9 %, 8) sqrt(0.0025 + 0.0011); of t with 8 degrees of freedom the tables give 4.501."""
    low, high = outer_limits(one(100), CHANCE._replace(tau2_used=0.0011, freedom=8.0), 0.998, 30)

    assert (low[0], high[0]) == pytest.approx((0.5 - 4.501 * 0.06, 0.5 + 4.501 * 0.06), abs=1e-4)


def test_inner_limits_are_widened_but_call_nobody():
    low, high = inner_limits(one(100), CHANCE._replace(tau2_used=0.0011, freedom=8.0), 0.95, 30)

    assert (low[0], high[0]) == pytest.approx((0.5 - 1.959964 * 0.06, 0.5 + 1.959964 * 0.06), abs=1e-6)


def test_the_limits_follow_the_long_tail_of_low_rates():
    """Around 10 %: score limits would end at 0.1 + 3.09 sqrt(0.0025) = 25.5 %; the beta distribution reaches on.

    Mean 0.1 and variance 0.0025 are those of a = 3.5, b = 31.5.
    """
    low, high = outer_limits(one(100), Spread(0.1, 2.0, 0.0016, 0.0016, math.inf), 0.998, 30)

    assert high[0] == pytest.approx(beta.isf(0.001, 3.5, 31.5))
    assert high[0] > 0.1 + 3.0902 * 0.05
    assert low[0] == 0


def test_limits_of_few_people_are_binomial_whatever_the_spread():
    """Of 10 at one half: P(X = 0) = 1/1024 lies just below 0.1 %."""
    low, high = outer_limits(one(10), CHANCE._replace(tau2_used=0.01, freedom=8.0), 0.998, 30)

    assert (low[0], high[0]) == (0.1, 0.9)


def test_p_by_hand():
    """60 of 100 around one half: z = 2, two-sided 4.55 %; widened by 0.0011: z = 1.667 by t with 8 degrees, 13.4 %."""
    wide = CHANCE._replace(tau2_used=0.0011, freedom=8.0)

    assert p_values(one(60), one(100), CHANCE, 30)[0] == pytest.approx(0.0455, abs=1e-4)
    assert p_values(one(60), one(100), wide, 30)[0] == pytest.approx(2 * t.sf(0.1 / 0.06, 8), abs=5e-4)


def test_p_of_few_people_is_not_below_the_exact_one():
    """0 of 10 at one half: z = -3.16 gives 0.16 %, twice the exact tail 2/1024."""
    assert p_values(one(0), one(10), CHANCE, 30)[0] == pytest.approx(2 / 1024)
    assert 2 * binom.cdf(0, 10, 0.5) == pytest.approx(2 / 1024)


def test_nothing_is_tested_where_all_are_equal():
    assert np.isnan(p_values(one(100), one(100), Spread(1.0, math.nan, 0.0, 0.0, math.inf), 30)[0])


def test_the_city_widens_a_group_that_looks_narrow():
    group = GroupCounts(np.array([49.0, 50.0, 51.0]), np.full(3, 100.0))
    found = widen(Spread(0.5, 0.03, 0.0, 0.0, math.inf), group, SharedSpread(0.04, 70.0), 0.1)

    assert (found.tau2, found.tau2_used, found.freedom) == (0.0, 0.01, 70.0)


def test_a_group_that_spreads_wider_than_the_city_keeps_its_own():
    """rho of the group: (32 - 4)/400 = 0.07, so tau2 0.0175."""
    group = GroupCounts(np.array([30.0, 50.0, 50.0, 50.0, 70.0]), np.full(5, 100.0))
    found = widen(Spread(0.5, 6.4, 0.0175, 0.0175, math.inf), group, SharedSpread(0.04, 70.0), 0.1)

    assert found.tau2_used == pytest.approx(0.0175)


def test_without_any_spread_there_is_nothing_to_widen():
    group = GroupCounts(np.array([49.0, 50.0, 51.0]), np.full(3, 100.0))

    assert widen(CHANCE, group, SharedSpread(0.0, 70.0), 0.1) == CHANCE


@given(
    CENTRES,
    st.one_of(st.just(0.0), st.floats(1e-6, 0.5)),
    st.one_of(st.integers(2, 200).map(float), st.just(math.inf)),
    st.integers(30, 2000),
    st.floats(0, 1),
)
def test_a_unit_is_outside_the_limits_exactly_when_its_p_is_below_theirs(centre, rho, freedom, n, share):
    x = round(n * share)
    spread = Spread(centre, 1.0, 0.0, rho * centre * (1 - centre), freedom)
    low, high = outer_limits(one(n), spread, 0.998, 30)
    p = float(p_values(one(x), one(n), spread, 30)[0])

    outside = classify(one(x / n), low, high, np.array([True]))[0] != "near"
    assert outside == (p < 0.002) or p == pytest.approx(0.002, rel=1e-6)


@given(CENTRES, st.floats(0, 0.5), st.integers(30, 2000))
def test_outer_limits_are_never_narrower_than_those_of_chance(centre, rho, n):
    spread = Spread(centre, 1.0, 0.0, rho * centre * (1 - centre), 66.0)
    half = 3.0902 * math.sqrt(centre * (1 - centre) / n)
    low, high = outer_limits(one(n), spread, 0.998, 30)

    assert low[0] <= max(0.0, centre - half)
    assert high[0] >= min(1.0, centre + half)


@given(CENTRES, st.floats(0, 0.5), st.integers(30, 2000))
def test_limits_of_those_who_take_part_mirror_those_of_the_others(centre, rho, n):
    tau2 = rho * centre * (1 - centre)
    low, high = outer_limits(one(n), Spread(centre, 1.0, 0.0, tau2, 66.0), 0.998, 30)
    other_low, other_high = outer_limits(one(n), Spread(1 - centre, 1.0, 0.0, tau2, 66.0), 0.998, 30)

    assert (1 - other_high[0], 1 - other_low[0]) == pytest.approx((low[0], high[0]), abs=1e-7)


def test_differences_are_null_where_nobody_differs():
    assert np.isnan(standardise(one(1), one(50), 1.0, 0.0)[0])

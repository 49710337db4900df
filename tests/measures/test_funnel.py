"""Funnel limits and over-dispersion against published tables and sums done by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.intervals import funnel_limits, overdispersion, poisson_funnel_limits

# Public Health England, testdata_funnel_prop_outputs.csv: per cent, 303 areas around 80.642448
CENTRE = 10325813.8504 / 12804440
PROPORTIONS = [
    (1, 3.204264, 100, 0, 100),
    (2, 25.885383, 100, 0, 100),
    (3, 35.933491, 100, 10.150815, 100),
    (10, 56.154344, 100, 42.032590, 100),
    (27, 65.739462, 95.545433, 57.145237, 100),
    (211, 75.311383, 85.973512, 72.237075, 89.047820),
    (1699, 78.763743, 82.521152, 77.680336, 83.604560),
    (13669, 79.980099, 81.304797, 79.598137, 81.686759),
    (110000, 80.408963, 80.875933, 80.274317, 81.010578),
]
# FunnelPlotR, tests/testthat/test-poisson_limits.R
RATIOS = [
    (15, 0.5596924, 1.649348, 0.3862650, 2.082907),
    (20, 0.6108260, 1.544419, 0.4479107, 1.902094),
    (30, 0.6746958, 1.427562, 0.5289724, 1.702771),
]
Z = 1.959963984540054  # two-sided 95 %

numbers = st.integers(1, 5000)
centres = st.floats(0, 1)


@pytest.mark.parametrize("n,low95,high95,low998,high998", PROPORTIONS)
def test_score_limits_are_those_of_public_health_england(n, low95, high95, low998, high998):
    assert np.multiply(100, funnel_limits(n, CENTRE)) == pytest.approx([low95, high95], abs=6e-7)
    assert np.multiply(100, funnel_limits(n, CENTRE, 0.998)) == pytest.approx([low998, high998], abs=6e-7)


@pytest.mark.parametrize("n,high", [(7, 0.236), (58, 0.121), (312, 0.086)])
def test_upper_limits_around_six_per_cent_are_those_of_the_domain_model(n, high):
    assert funnel_limits(n, 0.06)[1] == pytest.approx(high, abs=5e-4)


def test_score_limits_widen_by_the_variance_between_units():
    """0.5 -/+ z sqrt(0.25/100 + 0.0075) = 0.5 -/+ 0.1 z."""
    assert funnel_limits(100, 0.5, tau2=0.0075) == pytest.approx((0.5 - 0.1 * Z, 0.5 + 0.1 * Z), rel=1e-12)


def test_exact_limits_are_binomial_quantiles():
    """Of 10 at one half: P(X <= 1) = 11/1024 < 0.025 <= P(X <= 2) = 56/1024, and so from above."""
    assert funnel_limits(10, 0.5, method="exact") == (0.2, 0.8)


def test_exact_limits_of_everybody_and_nobody_do_not_spread():
    assert funnel_limits(12, 0.0, method="exact") == (0.0, 0.0)
    assert funnel_limits(12, 1.0, method="exact") == (1.0, 1.0)
    assert funnel_limits(12, 0.3, 1, method="exact") == (0.0, 1.0)


def test_arcsine_limits_around_one_half():
    """sin(pi/4 -/+ d)^2 = (1 -/+ sin 2d)/2, here with d = z/20."""
    half_width = math.sin(2 * Z / 20) / 2

    assert funnel_limits(100, 0.5, method="arcsine") == pytest.approx((0.5 - half_width, 0.5 + half_width), rel=1e-12)


def test_arcsine_limits_do_not_turn_back_at_the_ends():
    assert funnel_limits(4, 0.02, method="arcsine")[0] == 0.0
    assert funnel_limits(4, 0.98, method="arcsine")[1] == 1.0


@given(n=numbers, centre=centres, method=st.sampled_from(["score", "exact", "arcsine"]))
def test_funnel_limits_hold_the_centre_and_stay_within_all_and_nothing(n, centre, method):
    low, high = funnel_limits(n, centre, method=method)
    step = 1 / n if method == "exact" else 1e-9

    assert 0 <= low <= centre + step
    assert centre - step <= high <= 1


@given(n=numbers, centre=centres, tau2=st.floats(0, 1))
def test_funnel_limits_narrow_with_size_and_widen_with_confidence_and_variance(n, centre, tau2):
    low, high = funnel_limits(n, centre)

    for wider in (funnel_limits(n, centre, 0.998), funnel_limits(n, centre, tau2=tau2)):
        assert wider[0] <= low
        assert wider[1] >= high
    larger = funnel_limits(n + 1, centre)
    assert larger[0] >= low
    assert larger[1] <= high


def test_funnel_keeps_what_is_missing():
    low, high = funnel_limits([10, np.nan], 0.5)

    assert np.isnan(low).tolist() == [False, True]
    assert np.isnan(high).tolist() == [False, True]


@pytest.mark.parametrize(
    "arguments",
    [
        {"n": 0, "centre": 0.5},
        {"n": 10, "centre": 1.2},
        {"n": 10, "centre": 0.5, "tau2": -1},
        {"n": 10, "centre": 0.5, "method": "guess"},
        {"n": 10, "centre": 0.5, "tau2": 0.1, "method": "exact"},
        {"n": 10.5, "centre": 0.5, "method": "exact"},
    ],
)
def test_impossible_funnels_are_refused(arguments):
    with pytest.raises(ValueError):  # noqa: PT011  each has its own words
        funnel_limits(**arguments)


@pytest.mark.parametrize("expected,low95,high95,low998,high998", RATIOS)
def test_exact_ratio_limits_are_those_of_funnelplotr(expected, low95, high95, low998, high998):
    assert poisson_funnel_limits(expected) == pytest.approx((low95, high95), abs=6e-7)
    assert poisson_funnel_limits(expected, 0.998) == pytest.approx((low998, high998), abs=6e-7)


def test_ratio_limits_with_variance_between_units_are_lognormal():
    """1/25 + 0.05 = 0.09, whose root is 0.3."""
    low, high = poisson_funnel_limits(25, tau2=0.05)

    assert (low, high) == pytest.approx((math.exp(-0.3 * Z), math.exp(0.3 * Z)), rel=1e-12)


def test_impossible_ratios_are_refused_and_missing_ones_kept():
    assert all(math.isnan(limit) for limit in poisson_funnel_limits(math.nan))
    with pytest.raises(ValueError, match="expected"):
        poisson_funnel_limits(0)
    with pytest.raises(ValueError, match="tau2"):
        poisson_funnel_limits(5, tau2=-0.1)


def test_overdispersion_without_trimming():
    """phi = (4+1+0+1+4)/5; tau2 = (5*2 - 4)/(500 - 5*100^2/500) = 6/400."""
    assert overdispersion([-2, -1, 0, 1, 2], [100] * 5, trim=0) == pytest.approx((2.0, 0.015), rel=1e-12)


TEN = [-6, -2, -1, -1, 0, 0, 1, 1, 2, 6]


def test_truncation_drops_the_ends_with_their_weights():
    """Of ten the first and the last fall: phi = 12/8; tau2 = (12 - 7)/(400 - 8*50^2/400)."""
    weights = [1, *[50] * 8, 1]

    assert overdispersion(TEN, weights, method="truncate") == pytest.approx((1.5, 5 / 350), rel=1e-12)


def test_winsorising_pulls_the_ends_to_their_neighbours():
    """All ten count: phi = (12 + 2*4)/10; tau2 = (20 - 9)/(500 - 10*50^2/500)."""
    assert overdispersion(TEN, [50] * 10) == pytest.approx((2.0, 11 / 450), rel=1e-12)


def test_of_nine_only_the_last_is_trimmed():
    """floor(10 r/(N + 1)) is 1 for the first of nine and 9 for the last."""
    assert overdispersion(range(-4, 5), [1] * 9)[0] == pytest.approx(53 / 9, rel=1e-12)


def test_equal_ends_share_their_rank_and_are_kept():
    """The two smallest of ten have rank 1.5: floor(15/11) = 1."""
    z = [-3, -3, 0, 0, 0, 0, 0, 0, 1, 4]

    assert overdispersion(z, [1] * 10)[0] == pytest.approx((9 + 9 + 1 + 1) / 10, rel=1e-12)


def test_less_spread_than_chance_gives_no_variance_between_units():
    assert overdispersion([0.1, -0.1, 0.0, 0.2], [10] * 4) == (pytest.approx(0.015), 0.0)


def test_overdispersion_of_one_unit_or_with_a_gap_is_missing():
    assert overdispersion([1.5], [10]) == (2.25, pytest.approx(math.nan, nan_ok=True))
    assert overdispersion([1, math.nan], [10, 10]) == pytest.approx((math.nan, math.nan), nan_ok=True)


@pytest.mark.parametrize(
    "z,weights,trim",
    [([], [], 0.1), ([1, 2], [1], 0.1), ([1, 2], [1, 0], 0.1), ([1, 2], [1, 1], 0.5), ([0, 0, 5, 5], [1] * 4, 0.345)],
)
def test_impossible_overdispersion_is_refused(z, weights, trim):
    with pytest.raises(ValueError):  # noqa: PT011  each has its own words
        overdispersion(z, weights, trim)
    with pytest.raises(ValueError, match="method"):
        overdispersion([1, 2, 3], [1, 1, 1], method="guess")

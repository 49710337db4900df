"""The functions of the contract against more published results, each with its source.

Copied from a stored file: the limits of R (tests of statsmodels), the areas of Public Health England, the differences
said to be of statsmodels (a third project's test). Recalled from the publication and not looked up again: the tables
of Newcombe and Garwood, the trials of BCG with Q and tau2 of metafor, the trends of Agresti and of DescTools.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import betabinom, binomtest

from analysis.measures.arrays import two_sided_z
from analysis.measures.intervals import (
    beta_binomial_shrinkage,
    byar_interval,
    funnel_limits,
    newcombe_difference,
    overdispersion,
    poisson_funnel_limits,
    trend_test,
    wilson_interval,
)

# R package binom, binom.confint(..., methods = "wilson"), as kept by the tests of statsmodels (results_proportion.py)
WILSON_OF_R = [
    (18, 20, 0.6989663547715128, 0.972133518786232, 1e-12),
    (4, 20, 0.0806576625797981, 0.4160174322518935, 1e-12),
    (4, 200, 0.00780442641634947, 0.05028708690582643, 1e-12),
    (190, 200, 0.910421851861224, 0.972617354399236, 1e-12),
    (1, 30, 5.908590e-03, 0.16670391, 6e-9),
    (29, 30, 0.8332961, 0.9940914, 6e-8),
    (0, 30, 0.0, 0.11351339, 6e-9),
    (30, 30, 0.8864866, 1.0, 6e-8),
]
# Newcombe 1998, Statistics in Medicine 17:857, table I, methods 3 (Wilson) and 5 (Clopper and Pearson)
TWO_METHODS = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]
# Newcombe 1998, Statistics in Medicine 17:873, table II, method 10
DIFFERENCES = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]
# Public Health England, testdata_funnel_prop_inputs.csv: every area of 303 inside the limits or between the two pairs
CENTRE = 10325813.8504 / 12804440
NOT_SIGNIFICANT = [
    (50050.7443, 61921), (24648.7596, 30521), (31759.3850, 39350), (29561.6517, 36627), (18550.7595, 22905),
    (17321.4088, 21587), (31573.5024, 39212), (22030.9072, 27388), (14493.3552, 17964), (37216.4698, 45986),
    (30453.2129, 37741), (24866.9160, 30929), (20759.6500, 25750), (21306.0303, 26333), (38314.0408, 47678),
    (15524.9934, 19257), (30035.0871, 37269), (35982.2873, 44461), (48590.8983, 60459), (27321.2720, 34024),
    (59356.4384, 73352), (21667.1616, 26869), (29334.6610, 36238), (37299.2620, 46277), (20781.4840, 25672),
    (18746.7077, 23233), (41845.5120, 51789), (37945.3125, 46875), (38873.3924, 48236), (13240.9172, 16477),
    (31973.4336, 39488), (36378.5696, 45202),
]  # fmt: skip
BETWEEN = [
    (26789.2380, 33012, "high"), (36850.0492, 45449, "high"), (34502.0685, 42485, "high"), (23910.2469, 29457, "high"),
    (30277.5312, 37828, "low"), (21139.2936, 25992, "high"), (38045.3716, 46958, "high"), (16924.1296, 20776, "high"),
    (18504.9982, 22739, "high"), (29709.0543, 36583, "high"), (28537.4507, 35201, "high"),
]  # fmt: skip
FAR = [
    (35078.4880, 41980, "high"), (24803.6256, 31824, "low"), (35795.6324, 45449, "low"), (20235.1110, 24590, "high"),
    (42343.3836, 50967, "high"), (23388.3000, 29985, "low"), (22102.1585, 26885, "high"), (58476.8416, 73316, "low"),
    (30239.1376, 36904, "high"), (20619.5552, 25852, "low"), (40086.8865, 51705, "low"), (26734.0178, 32867, "high"),
]  # fmt: skip
# Colditz 1994, thirteen trials of BCG: cases and non-cases, vaccinated and not (data dat.bcg of the R package metafor)
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


@pytest.mark.parametrize("x,n,low,high,error", WILSON_OF_R)
def test_wilson_limits_are_those_of_r(x, n, low, high, error):
    assert wilson_interval(x, n) == pytest.approx((low, high), abs=error)


@pytest.mark.parametrize("x,n,wilson,exact", TWO_METHODS)
def test_wilson_limits_differ_from_the_exact_ones_as_published(x, n, wilson, exact):
    second = binomtest(x, n).proportion_ci(0.95, "exact")

    assert wilson_interval(x, n) == pytest.approx(wilson, abs=0.51e-4)
    assert (second.low, second.high) == pytest.approx(exact, abs=0.51e-4)


@pytest.mark.parametrize("x1,n1,x2,n2,low,high", DIFFERENCES)
def test_differences_are_those_of_the_table_of_newcombe(x1, n1, x2, n2, low, high):
    assert newcombe_difference(x1, n1, x2, n2) == pytest.approx((low, high), abs=0.51e-4)


def test_differences_are_those_of_statsmodels():
    """confint_proportions_2indep, method newcomb; 7/34 and 1/34 also in Fagerland and others 2015, 0.019 to 0.34."""
    assert newcombe_difference(78, 120, 18, 120) == pytest.approx((0.3839849701148519, 0.595510158807889), rel=1e-12)
    assert newcombe_difference(10, 10, 0, 20) == pytest.approx((0.6790860371419145, 1.0), rel=1e-12)
    assert newcombe_difference(50, 120, 47, 120) == pytest.approx((-0.0978625529438199, 0.1468070024934973), rel=1e-12)
    assert newcombe_difference(7, 34, 1, 34) == pytest.approx((0.019, 0.34), abs=5e-3)


@pytest.mark.parametrize("x,n", NOT_SIGNIFICANT)
def test_areas_inside_the_inner_limits_are_inside(x, n):
    low, high = funnel_limits(n, CENTRE)

    assert low <= x / n <= high


@pytest.mark.parametrize("x,n,side", BETWEEN)
def test_areas_between_the_two_pairs_of_limits_are_between(x, n, side):
    inner, outer = funnel_limits(n, CENTRE), funnel_limits(n, CENTRE, 0.998)
    beyond = x / n > inner[1] if side == "high" else x / n < inner[0]

    assert beyond
    assert outer[0] <= x / n <= outer[1]


@pytest.mark.parametrize("x,n,side", FAR)
def test_areas_outside_the_outer_limits_are_outside(x, n, side):
    low, high = funnel_limits(n, CENTRE, 0.998)

    assert (x / n > high) == (side == "high")
    assert (x / n < low) == (side == "low")


def test_many_events_have_nearly_the_limits_of_garwood():
    """Garwood 1936, as in every table of Poisson limits: 10 events 4.7954 to 18.3904, 30 events 20.2409 to 42.8269."""
    assert byar_interval(10) == pytest.approx((4.7954, 18.3904), rel=2e-3)
    assert byar_interval(30) == pytest.approx((20.2409, 42.8269), rel=2e-4)


@pytest.mark.parametrize(
    "count,low,high",
    [(2, 0.2422, 7.2247), (3, 0.6187, 8.7673), (4, 1.0899, 10.2416), (6, 2.2019, 13.0595), (9, 4.1154, 17.0848)],
)
def test_few_events_have_the_limits_of_garwood(count, low, high):
    assert byar_interval(count) == pytest.approx((low, high), abs=0.51e-4)


def test_exact_limits_of_a_ratio_are_those_of_the_count_it_stands_for():
    """At E = 25 expected: the limits of Garwood for 25 observed, 16.1787 and 36.9049, divided by 25."""
    assert poisson_funnel_limits(25) == pytest.approx((16.1787 / 25, 36.9049 / 25), abs=0.51e-5)


def test_variance_between_trials_is_that_of_dersimonian_and_laird():
    """The log risk ratios of BCG: Q = 152.2330 on 12 degrees of freedom, tau2 = 0.3088 (metafor, method DL)."""
    a, b, c, d = (np.array(column, dtype=float) for column in zip(*BCG, strict=True))
    effect = np.log(a / (a + b)) - np.log(c / (c + d))
    weights = 1 / (1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    z = (effect - (weights * effect).sum() / weights.sum()) * np.sqrt(weights)

    phi, tau2 = overdispersion(z, weights, trim=0)

    assert phi * len(BCG) == pytest.approx(152.2330, abs=5.1e-5)
    assert tau2 == pytest.approx(0.3088, abs=5.1e-5)


def test_trend_of_malformations_with_alcohol_is_that_of_agresti():
    """Agresti 2002, Categorical Data Analysis, section 3.4, data of Graubard and Korn 1987: scores 0, 0.5, 1.5, 4, 7 give M2 = 6.57, P = 0.010."""
    sick, well = [48, 38, 5, 1, 1], [17066, 14464, 788, 126, 37]
    everybody = [s + w for s, w in zip(sick, well, strict=True)]

    chi2, p = trend_test(sick, everybody, [0, 0.5, 1.5, 4, 7])

    assert chi2 == pytest.approx(6.570, abs=1e-3)
    assert p == pytest.approx(0.0104, abs=1e-4)


def test_trend_with_the_dose_is_that_of_desctools():
    """R package DescTools, CochranArmitageTest: Z = -1.8856, p = 0.05935."""
    chi2, p = trend_test([0, 1, 0, 3], [10, 10, 10, 10], [0, 1, 2, 3])

    assert math.sqrt(chi2) == pytest.approx(1.8856, abs=5.1e-5)
    assert p == pytest.approx(0.05935, abs=5.1e-6)


def test_shrunken_rates_come_from_the_summit_of_the_likelihood():
    """Twenty-one groups of one size: no nearby a and b are more likely than those that the shrunken rates imply."""
    x = np.array([0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20])
    n = np.full(x.size, 20)
    shrunk = beta_binomial_shrinkage(x, n)
    pull = 1 - (shrunk[-1] - shrunk[0]) / (x[-1] - x[0]) * n[0]
    weight = n[0] * pull / (1 - pull)
    rate = (shrunk[0] - (1 - pull) * x[0] / n[0]) / pull

    def likelihood(a: float, b: float) -> float:
        return float(betabinom.logpmf(x, n, a, b).sum())

    a, b = rate * weight, (1 - rate) * weight
    best = likelihood(a, b)
    assert all(
        likelihood(a * up, b * across) < best
        for up in (0.99, 1, 1.01)
        for across in (0.99, 1, 1.01)
        if (up, across) != (1, 1)
    )


def test_the_quantiles_and_the_centre_behind_the_published_limits():
    """Public Health England: z of 95 % and 99.8 %, the average of 303 areas, and a rate above one per head."""
    assert two_sided_z(0.95) == pytest.approx(1.959964, abs=5.1e-7)
    assert two_sided_z(0.998) == pytest.approx(3.090232, abs=5.1e-7)
    assert pytest.approx(0.8064244785714955, rel=1e-9) == CENTRE
    assert np.multiply(1e5 / 220, byar_interval(250)) == pytest.approx(
        (99984.94738532876, 128631.14487455782), rel=1e-9
    )
    assert pytest.approx(113636.36, abs=5.1e-3) == 250 / 220 * 1e5

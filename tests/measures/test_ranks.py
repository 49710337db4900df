"""Rank intervals against the published example, and how often they hold the true rank."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.intervals import rank_interval, top_set

# PISA 2018, mathematics, OECD countries: score and standard error, as in the data of the package csranks
PISA = {
    "Australia": (491.3600252, 1.939833031),
    "Austria": (498.9423138, 2.970998694),
    "Belgium": (508.0703063, 2.262662011),
    "Canada": (512.0169429, 2.357475749),
    "Chile": (417.4065563, 2.41588757),
    "Colombia": (390.9322732, 2.989559274),
    "Czech Republic": (499.4676508, 2.460661531),
    "Denmark": (509.3983746, 1.735002337),
    "Estonia": (523.4145802, 1.743602224),
    "Finland": (507.3013618, 1.967920411),
    "France": (495.4075794, 2.320214487),
    "Germany": (500.0437805, 2.647083096),
    "Greece": (451.3703438, 3.091228197),
    "Hungary": (481.0826364, 2.319596741),
    "Iceland": (495.1873762, 1.953082603),
    "Ireland": (499.632894, 2.198621128),
    "Israel": (463.0345488, 3.498563228),
    "Italy": (486.5898573, 2.780045867),
    "Japan": (526.9732502, 2.471475318),
    "Korea": (525.933002, 3.121394315),
    "Latvia": (496.1263306, 1.962766789),
    "Lithuania": (481.1911884, 1.953282039),
    "Luxembourg": (483.421485, 1.097632409),
    "Mexico": (408.8014734, 2.493225544),
    "Netherlands": (519.2309824, 2.632277885),
    "New Zealand": (494.489676, 1.705942856),
    "Norway": (500.9637885, 2.219044878),
    "Poland": (515.6478747, 2.602085176),
    "Portugal": (492.4874062, 2.684570081),
    "Slovak Republic": (486.1648542, 2.555595707),
    "Slovenia": (508.8975441, 1.363877596),
    "Spain": (481.3926126, 1.462417763),
    "Sweden": (502.3877022, 2.654250935),
    "Switzerland": (515.3147131, 2.908003898),
    "Turkey": (453.5077774, 2.260406789),
    "United Kingdom": (501.7698992, 2.564428111),
    "United States": (478.2447174, 3.235444099),
}
COUNTRIES = list(PISA)
SCORES, ERRORS = zip(*PISA.values(), strict=True)
TOP_FIVE = [
    "Belgium",
    "Canada",
    "Denmark",
    "Estonia",
    "Finland",
    "Japan",
    "Korea",
    "Netherlands",
    "Poland",
    "Slovenia",
    "Switzerland",
]


def test_the_united_kingdom_may_rank_from_8_to_23():
    """csranks, vignette Inference for Ranks: marginal 95 % set of the United Kingdom, estimated rank 13."""
    low, high = rank_interval(SCORES, ERRORS)
    place = COUNTRIES.index("United Kingdom")

    assert (low[place], high[place]) == (8, 23)


def test_twelve_countries_may_be_among_the_top_five_and_eleven_at_less_confidence():
    """The same vignette; at 90 % Sweden falls out."""
    at95 = top_set(SCORES, ERRORS, 5)
    at90 = top_set(SCORES, ERRORS, 5, 0.9)

    assert [name for name, may in zip(COUNTRIES, at95, strict=True) if may] == sorted([*TOP_FIVE, "Sweden"])
    assert [name for name, may in zip(COUNTRIES, at90, strict=True) if may] == TOP_FIVE


def test_units_without_doubt_have_one_rank():
    low, high = rank_interval([0.2, 0.9, 0.5], [1e-9, 1e-9, 1e-9])

    assert low.tolist() == high.tolist() == [3, 1, 2]


def test_units_that_cannot_be_told_apart_may_have_any_rank():
    low, high = rank_interval([0.50, 0.51, 0.52], [0.2, 0.2, 0.2])

    assert low.tolist() == [1, 1, 1]
    assert high.tolist() == [3, 3, 3]


def test_exact_figures_that_are_equal_share_their_ranks():
    low, high = rank_interval([0.5, 0.5, 0.1], [0, 0, 0])

    assert low.tolist() == [1, 1, 3]
    assert high.tolist() == [2, 2, 3]


def test_a_unit_without_figure_has_no_rank_and_takes_none():
    low, high = rank_interval([0.9, math.nan, 0.1], [1e-6, 1e-6, 1e-6])

    assert low.tolist() == pytest.approx([1, math.nan, 2], nan_ok=True)
    assert high.tolist() == pytest.approx([1, math.nan, 2], nan_ok=True)
    assert top_set([0.9, math.nan, 0.1], [1e-6, 1e-6, 1e-6], 1).tolist() == [True, False, False]


def test_full_confidence_tells_nobody_apart():
    assert [limits.tolist() for limits in rank_interval([9, 1], [0.1, 0.1], 1)] == [[1, 1], [2, 2]]


def test_the_same_seed_gives_the_same_ranks():
    first, second = rank_interval(SCORES, ERRORS, seed=3), rank_interval(SCORES, ERRORS, seed=3)

    assert np.array_equal(first, second)


def test_stepdown_finds_what_one_step_would_miss():
    """3.2 is 2.26 standard errors of the difference.

    The largest of the three studentised differences stays below 2.34 in 95 % of draws, which keeps the first two
    units together. Once the third is known to be larger than both, 2.20 is enough.
    """
    low, high = rank_interval([0, 3.2, 100], [1, 1, 1], simultaneous=True)

    assert low.tolist() == high.tolist() == [3, 2, 1]


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.001, 0.3)), min_size=1, max_size=6),
    st.booleans(),
)
def test_the_interval_holds_the_rank_of_the_estimate(units, simultaneous):
    values = np.array([value for value, _ in units])
    errors = [error for _, error in units]
    best = [1 + int((values > value).sum()) for value in values]
    worst = [int((values >= value).sum()) for value in values]

    low, high = rank_interval(values, errors, simultaneous=simultaneous)

    assert np.all(low >= 1)
    assert np.all(low <= best)
    assert np.all(worst <= high)
    assert np.all(high <= len(units))


def test_intervals_hold_the_true_rank_as_often_as_they_say():
    """150 draws of six units half a standard error apart: the share must be 95 %, less the noise of 150 draws."""
    truth = np.arange(6) * 0.5
    ranks = np.arange(6, 0, -1)
    draws = np.random.default_rng(20250101)
    each, all_together = [], []
    for _ in range(150):
        seen = truth + draws.standard_normal(6)
        low, high = rank_interval(seen, np.ones(6))
        each.append(np.mean((low <= ranks) & (ranks <= high)))
        low, high = rank_interval(seen, np.ones(6), simultaneous=True)
        all_together.append(np.all((low <= ranks) & (ranks <= high)))

    assert np.mean(each) >= 0.93
    assert np.mean(all_together) >= 0.93


@pytest.mark.parametrize("values,errors", [([], []), ([1, 2], [1]), ([1, 2], [1, -1]), ([[1, 2]], [[1, 1]])])
def test_impossible_ranks_are_refused(values, errors):
    with pytest.raises(ValueError):  # noqa: PT011  each has its own words
        rank_interval(values, errors)


@pytest.mark.parametrize("k", [0, 3, 1.5])
def test_an_impossible_number_of_best_is_refused(k):
    with pytest.raises(ValueError, match="k must"):
        top_set([1, 2], [1, 1], k)

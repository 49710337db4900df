"""The spread that the groups of a city share."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.widening import GroupCounts, shared_spread, winsorised_chance


def group(*counts, n=100):
    """Units of n people each, so many of whom take part."""
    return GroupCounts(np.array(counts, dtype="float64"), np.full(len(counts), float(n)))


def test_nothing_pulled_in_leaves_the_mean_square_of_chance_at_one():
    assert winsorised_chance(7, 0.0) == pytest.approx(1)
    assert winsorised_chance(8, 0.1) == pytest.approx(1)


def test_three_values_pulled_to_their_median_vary_as_the_median():
    """The variance of the median of three normal values is 1 - sqrt(3)/pi (David and Nagaraja 2003)."""
    assert winsorised_chance(3, 0.25) == pytest.approx(1 - math.sqrt(3) / math.pi, rel=1e-6)


def test_many_values_vary_as_the_normal_distribution_with_its_ends_pulled_in():
    """P(|z| < c) - 2 c p(c) + c^2 P(|z| > c) with c = 1.28155: 0.8 - 0.44982 + 0.32847."""
    assert winsorised_chance(2000, 0.1) == pytest.approx(0.67865, abs=0.002)


def test_chance_of_nine_is_what_draws_of_nine_give():
    """The lowest counts as the second, the highest as the eighth."""
    values = np.sort(np.random.default_rng(1).standard_normal((200_000, 9)), axis=1)
    values[:, 0], values[:, 8] = values[:, 1], values[:, 7]

    assert winsorised_chance(9, 0.1) == pytest.approx((values**2).mean(), abs=0.004)


def test_the_spread_of_one_group_by_hand():
    """Centre 50 %, z = -4, 0, 0, 0, 4: (32 - 4)/(500 - 100) = 0.07, of a variance of 0.25 that is 0.0175."""
    assert shared_spread([group(30, 50, 50, 50, 70)], 0.1) == pytest.approx((0.07, 4.0))


def test_groups_with_different_centres_are_added_each_around_its_own():
    """z of 10 and 30 around 20 %: 2.5 both; of 70 and 90 around 80 % too; (4 * 6.25 - 2)/(100 + 100) = 0.115."""
    assert shared_spread([group(10, 30), group(70, 90)], 0.1) == pytest.approx((0.115, 2.0))


def test_less_than_chance_is_no_spread():
    assert shared_spread([group(49, 50, 51, 50)], 0.1) == (0.0, 3.0)


def test_groups_without_differences_to_see_are_left_out():
    """Everyone, nobody, and a single unit."""
    spread = [group(10, 30), group(70, 90)]

    assert shared_spread([*spread, group(100, 100), group(0, 0, 0), group(60)], 0.1) == shared_spread(spread, 0.1)
    assert shared_spread([group(100, 100), group(60)], 0.1) == (0.0, 0.0)
    assert shared_spread([], 0.1) == (0.0, 0.0)


def test_one_unit_far_off_widens_as_little_below_as_above():
    """Nine units: the far one counts as its neighbour, whichever end it is at."""
    others = (46, 47, 48, 49, 51, 52, 53, 54)
    low, high = (shared_spread([group(*others, far)], 0.1).rho for far in (5, 95))

    assert low == pytest.approx(high)
    assert low < shared_spread([group(*others, 5)], 0.0).rho / 5


@pytest.mark.parametrize("trim", [-0.1, 0.5])
def test_a_trim_that_leaves_nothing_is_refused(trim):
    with pytest.raises(ValueError, match="trim"):
        shared_spread([group(40, 50, 61)], trim)


COUNTS = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=9), min_size=1, max_size=4)


@given(COUNTS)
def test_who_takes_part_and_who_does_not_spread_alike(counts):
    found = shared_spread([group(*units, n=60) for units in counts], 0.1)
    turned = shared_spread([group(*(60 - count for count in units), n=60) for units in counts], 0.1)

    assert turned == pytest.approx(found, abs=1e-9)


@given(COUNTS, st.randoms())
def test_neither_the_order_of_units_nor_of_groups_matters(counts, random):
    found = shared_spread([group(*units, n=60) for units in counts], 0.05)
    mixed = [random.sample(units, len(units)) for units in random.sample(counts, len(counts))]

    assert shared_spread([group(*units, n=60) for units in mixed], 0.05) == pytest.approx(found, abs=1e-9)

"""How the ten functions take numbers, lists, arrays and tables, keep what is missing and refuse what cannot be."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.measures import intervals

# Each function with arguments of one unit, as keyword and position of the argument that becomes a list
ONE_NUMBER = {
    "wilson_interval": [(3, 14), (14, 14), (0.445, 1)],
    "byar_interval": [(3,), (65,), (0,)],
    "newcombe_difference": [(3, 14, 5, 20), (0, 10, 10, 10)],
    "funnel_limits": [(30, 0.4), (7, 0.06)],
    "poisson_funnel_limits": [(15,), (2.5,)],
}
SHAPES = [lambda values: list(values), tuple, np.array, pd.Series]


@pytest.mark.parametrize("name", ONE_NUMBER)
def test_one_number_gives_two_floats(name):
    for arguments in ONE_NUMBER[name]:
        low, high = getattr(intervals, name)(*arguments)

        assert type(low) is float
        assert type(high) is float
        assert low <= high


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ONE_NUMBER)
def test_a_list_an_array_and_a_column_give_what_each_number_gives(name, shape):
    function = getattr(intervals, name)
    cases = ONE_NUMBER[name]
    each = [function(*arguments) for arguments in cases]

    low, high = function(*(shape(column) for column in zip(*cases, strict=True)))

    assert np.asarray(low).tolist() == pytest.approx([pair[0] for pair in each], rel=1e-12)
    assert np.asarray(high).tolist() == pytest.approx([pair[1] for pair in each], rel=1e-12)


@pytest.mark.parametrize("missing", [math.nan, None, np.nan, pd.NA])
def test_a_missing_number_in_a_column_gives_missing_limits_there_alone(missing):
    counts = pd.Series([1, missing, 5], dtype="Float64")

    low, high = intervals.wilson_interval(counts, [100, 100, 100])

    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [False, True, False]


@pytest.mark.parametrize("name", ONE_NUMBER)
def test_a_missing_number_anywhere_gives_missing_limits(name):
    arguments = ONE_NUMBER[name][0]
    for place in range(len(arguments)):
        gap = [math.nan if at == place else value for at, value in enumerate(arguments)]

        assert all(math.isnan(limit) for limit in getattr(intervals, name)(*gap))


@pytest.mark.parametrize("name", ONE_NUMBER)
def test_a_missing_number_stays_missing_at_full_confidence(name):
    arguments = [math.nan, *ONE_NUMBER[name][0][1:]]

    assert all(math.isnan(limit) for limit in getattr(intervals, name)(*arguments, confidence=1))


def test_full_confidence_gives_all_that_is_possible():
    assert intervals.wilson_interval([1, 2], [10, 10], confidence=1)[1].tolist() == [1, 1]
    assert intervals.byar_interval(20, confidence=1) == (0, math.inf)
    assert intervals.newcombe_difference(1, 10, 2, 10, confidence=1) == (-1, 1)
    for method in ("score", "exact", "arcsine"):
        assert intervals.funnel_limits(10, 0.4, confidence=1, method=method) == (0, 1)
    assert intervals.poisson_funnel_limits(10, confidence=1) == (0, math.inf)
    assert intervals.poisson_funnel_limits(10, confidence=1, tau2=0.1) == (0, math.inf)


def test_inputs_of_different_shapes_are_spread_over_each_other():
    x, n = np.array([[1.0], [2.0]]), np.array([10.0, 20.0, 40.0])

    low, high = intervals.wilson_interval(x, n)
    funnel, _ = intervals.funnel_limits(n, x / 10)
    difference, _ = intervals.newcombe_difference(x, n, 1, 10)

    assert low.shape == high.shape == funnel.shape == difference.shape == (2, 3)
    assert low[1, 2] == intervals.wilson_interval(2, 40)[0]


def test_an_empty_column_gives_empty_limits():
    low, high = intervals.wilson_interval([], [])

    assert len(low) == len(high) == 0


def test_very_many_people_lose_no_precision():
    """Of 7 564 336 677; the far limits mirror the near ones."""
    low, high = intervals.wilson_interval(7776456, 7564336677)
    mirrored = intervals.wilson_interval(7564336677 - 7776456, 7564336677)

    assert (low, high) == pytest.approx((0.0010273201001641094, 0.0010287644578977231), rel=1e-9)
    assert mirrored == pytest.approx((1 - high, 1 - low), rel=1e-12)
    assert intervals.funnel_limits(7564336677, 0.5)[1] - 0.5 == pytest.approx(1.959963984540054 / 2 / 7564336677**0.5)
    assert intervals.byar_interval(1e12)[1] - 1e12 == pytest.approx(1.959963984540054e6, rel=1e-3)


def test_whole_numbers_of_numpy_and_truth_values_are_numbers():
    assert intervals.wilson_interval(np.int8(100), np.int8(120)) == intervals.wilson_interval(100, 120)
    assert intervals.newcombe_difference(np.uint8(1), np.uint8(200), np.uint8(2), np.uint8(200))[0] < 0


@pytest.mark.parametrize(
    "name,arguments",
    [
        ("wilson_interval", ([1, 11], [10, 10])),
        ("wilson_interval", ([1, -1], [10, 10])),
        ("wilson_interval", ([1, 0], [10, 0])),
        ("wilson_interval", ([1, 2], [10, 10, 10])),
        ("newcombe_difference", (1, 10, 11, 10)),
        ("newcombe_difference", (1, 10, 1, 0)),
        ("byar_interval", ([3, -1],)),
        ("byar_interval", (math.inf,)),
        ("funnel_limits", ([10, 0], 0.5)),
        ("funnel_limits", (10, [0.5, -0.1])),
        ("poisson_funnel_limits", ([10, -1],)),
        ("beta_binomial_shrinkage", ([1, 11], [10, 10])),
        ("trend_test", ([1, 11], [10, 10], [1, 2])),
        ("trend_test", ([1, 1], [10, 0], [1, 2])),
        ("rank_interval", ([1, 2], [1, -0.1])),
        ("top_set", ([1, 2], [1, 1], 0)),
        ("overdispersion", ([1, 2], [1, -1])),
    ],
)
def test_one_impossible_number_among_others_is_refused(name, arguments):
    with pytest.raises(ValueError):  # noqa: PT011  each has its own words
        getattr(intervals, name)(*arguments)


@pytest.mark.parametrize("confidence", [0, -0.1, 1.1, math.nan, 95])
@pytest.mark.parametrize(
    "name,arguments",
    [
        *((name, cases[0]) for name, cases in ONE_NUMBER.items()),
        ("rank_interval", ([1, 2], [1, 1])),
        ("top_set", ([1, 2], [1, 1], 1)),
    ],
)
def test_a_confidence_that_is_no_share_is_refused(name, arguments, confidence):
    with pytest.raises(ValueError, match="confidence"):
        getattr(intervals, name)(*arguments, confidence=confidence)


def test_lists_and_columns_are_the_same_to_the_functions_of_a_group():
    x, n = [3, 40, 21, 9], [14, 62, 56, 31]
    columns = pd.Series(x, index=[9, 7, 5, 3]), pd.Series(n, index=[1, 2, 3, 4])

    assert intervals.beta_binomial_shrinkage(*columns).tolist() == intervals.beta_binomial_shrinkage(x, n).tolist()
    assert intervals.trend_test(*columns, scores=[1, 2, 3, 4]) == intervals.trend_test(x, n, [1, 2, 3, 4])
    assert intervals.overdispersion(*columns) == intervals.overdispersion(x, n)
    assert np.array_equal(intervals.rank_interval(*columns), intervals.rank_interval(x, n))
    assert intervals.top_set(*columns, k=2).tolist() == intervals.top_set(x, n, 2).tolist()


def test_inputs_are_left_as_they_were():
    x, n = np.array([3.0, 40.0, math.nan]), np.array([14.0, 62.0, 9.0])
    before = x.copy(), n.copy()
    intervals.wilson_interval(x, n)
    intervals.beta_binomial_shrinkage(x, n)
    intervals.rank_interval(x, n)
    intervals.overdispersion(x[:2], n[:2])

    assert np.array_equal(x, before[0], equal_nan=True)
    assert np.array_equal(n, before[1])


def test_one_unit_alone_has_the_first_rank():
    assert [limits.tolist() for limits in intervals.rank_interval([0.4], [0.1])] == [[1], [1]]
    assert intervals.top_set([0.4], [0.1], 1).tolist() == [True]


def test_no_unit_with_a_figure_gives_no_rank():
    low, high = intervals.rank_interval([math.nan, math.nan], [1, 1])

    assert np.isnan(low).all()
    assert np.isnan(high).all()

"""False discoveries among many comparisons, against the example of Benjamini and Hochberg."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.intervals import benjamini_hochberg

PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip
P = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_the_published_example_rejects_its_first_four():
    """Benjamini and Hochberg 1995, section 4: 15 comparisons of two treatments, four rejected at 5 %."""
    q = benjamini_hochberg(PUBLISHED)

    assert (np.asarray(q) <= 0.05).tolist() == [True] * 4 + [False] * 11


def test_q_is_p_times_tests_over_rank_and_never_above_that_of_a_larger_p():
    """0.01 * 4/1, 0.03 * 4/2, and 0.04 * 4/3 = 0.0533 pulls the second down from 0.06; 0.5 * 4/4."""
    q = benjamini_hochberg([0.04, 0.01, 0.5, 0.03])

    assert q == pytest.approx([0.16 / 3, 0.04, 0.5, 0.16 / 3])


def test_what_was_not_tested_is_not_counted():
    q = benjamini_hochberg([0.04, math.nan, 0.01])

    assert q == pytest.approx([0.04, math.nan, 0.02], nan_ok=True)


def test_a_table_keeps_its_shape_and_a_single_p_is_its_own_q():
    assert np.shape(benjamini_hochberg([[0.01, 0.02], [0.03, 0.04]])) == (2, 2)
    assert benjamini_hochberg(0.03) == 0.03


@pytest.mark.parametrize("p", [-0.01, 1.01, math.inf])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError, match=r"p must|finite"):
        benjamini_hochberg([0.5, p])


@given(P, st.randoms())
def test_the_order_of_the_tests_does_not_matter(p, random):
    order = list(range(len(p)))
    random.shuffle(order)

    assert benjamini_hochberg([p[place] for place in order]) == pytest.approx(
        [np.atleast_1d(benjamini_hochberg(p))[place] for place in order]
    )


@given(P)
def test_q_is_never_below_p_and_never_above_one(p):
    q = np.asarray(benjamini_hochberg(p))

    assert np.all(q >= np.array(p) * (1 - 1e-12))
    assert np.all(q <= 1)

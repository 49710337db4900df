"""Where the uncertainty of a total comes from: analytic cases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.measures.scorecards import Candidate
from analysis.measures.total_sensitivity import indices, total_sensitivity
from tests.measures.test_assessment import INPUTS, SCHEME, TERM, rate, unit, year

MANY = replace(SCHEME, term=replace(TERM, draws=20000))
QUIET = replace(SCHEME, term=replace(TERM, draws=2000, weight_noise=1e-12))


def shares(values, scheme=MANY, title="city"):
    candidates = {"U1": Candidate(unit(title=title), "city")}
    table = total_sensitivity(candidates, {2025: values}, scheme, INPUTS)
    return table.set_index(["grouping", "input"])


def test_the_indices_of_a_product_and_a_sum_are_those_of_the_book():
    rng = np.random.default_rng(3)
    (a, b), (c, d) = rng.uniform(0, 1, (2, 2, 200000))

    # x + 2y: variances 1/12 and 4/12
    assert indices(a + 2 * b, c + 2 * d, c + 2 * b) == pytest.approx((0.2, 0.2), abs=0.02)
    # xy: total variance 7/144, first order 3/144 each, both together 1/144
    assert indices(a * b, c * d, c * b) == pytest.approx((3 / 7, 4 / 7), abs=0.02)


def test_nothing_that_varies_has_no_indices():
    one = np.full(10, 80.0)
    assert np.isnan(indices(one, one, one)).all()


def test_an_open_answer_alone_is_all_that_a_total_hangs_on():
    # 30 points are open, nothing else varies: uniform, with a deviation of 30 / sqrt(12)
    found = shares(year(overall=rate(None, 100, "queried", 0.3, 0.8)), QUIET)
    assert found.loc[("source", "open"), "total"] == pytest.approx(1.0, abs=0.05)
    assert found.loc[("source", ["chance", "weights"]), "total"].tolist() == pytest.approx([0, 0], abs=1e-6)
    assert found.loc[("part", "A"), "total"] == pytest.approx(1.0, abs=0.05)
    assert found["deviation"].iloc[0] == pytest.approx(30 / 12**0.5, rel=0.03)
    assert found["draws"].eq(2000).all()


def test_a_rate_that_is_drawn_is_chance_and_lies_in_its_part():
    found = shares(year(overall=rate(55, 100)), QUIET)
    assert found.loc[("source", "chance"), "total"] == pytest.approx(1.0, abs=0.05)
    assert found.loc[("part", "B"), "total"] == pytest.approx(0.0, abs=1e-6)


def test_where_only_weights_move_a_total_they_are_all_of_it():
    found = shares(replace(year(), people_shares=frozenset()))
    assert found.loc[("source", "weights"), "total"] == pytest.approx(1.0, abs=0.05)
    assert found.loc[("source", ["chance", "open"]), "total"].tolist() == pytest.approx([0, 0], abs=1e-9)


def test_the_same_seed_gives_the_same_table():
    values = year(overall=rate(55, 100))
    assert shares(values, QUIET).equals(shares(values, QUIET))


def test_units_that_have_no_class_to_get_are_left_out():
    candidates = {"U1": Candidate(unit(title="none"), "none")}
    assert total_sensitivity(candidates, {2025: year()}, QUIET, INPUTS).empty

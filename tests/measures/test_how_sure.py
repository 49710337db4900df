"""How sure a class is: draws of rates, answers and weights."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.measures.assessment import assessment, score_unit
from analysis.measures.how_sure import converged, share_in_best, total_draws, weight_draws
from analysis.measures.scorecards import totals
from tests.measures.test_assessment import INPUTS, SCHEME, TERM, rate, unit, year


def draws_of(values, code="U1", scheme=SCHEME):
    who = unit(code)
    scored = score_unit(who, {2025: values}, scheme, INPUTS)
    weights = {item_code: {2025: 1.0} for item_code in scored}
    return total_draws(code, scored, weights, scheme, weight_draws(scheme))


def test_draws_lie_around_the_total_and_repeat_themselves():
    values = year(overall=rate(55, 100), exits=rate(2, 10))
    found = draws_of(values)
    exact = totals(assessment([unit()], {2025: values}, SCHEME, INPUTS)).loc["U1", "total"]
    assert (found == draws_of(values)).all()
    assert abs(found.mean() - exact) < 3
    assert 0 <= found.min() <= found.max() <= 100


def test_a_unit_with_nothing_uncertain_but_the_weights_keeps_a_full_score_in_every_draw():
    certain = replace(SCHEME, items=tuple(entry for entry in SCHEME.items if entry.code in ("A3", "B1")))
    scored = score_unit(unit("U2"), {2025: year("U2")}, certain, INPUTS)
    weights = {code: {2025: 1.0} for code in scored}
    assert total_draws("U2", scored, weights, certain, weight_draws(certain)) == pytest.approx(100.0)


def test_the_best_tenth_of_ten_units_is_one_unit_in_every_draw():
    values = {
        f"U{place}": draws_of(year(f"U{place}", overall=rate(40 + place, 100)), f"U{place}") for place in range(10)
    }
    assert sum(share_in_best(values, 0.1).values()) == pytest.approx(1.0)


def test_twice_the_draws_tell_nearly_the_same_chance():
    many = replace(SCHEME, term=replace(TERM, draws=4000))
    found = draws_of(year(overall=rate(55, 100), exits=rate(3, 10)), scheme=many)
    line = float(pd.Series(found).median())
    assert converged(found, line, 0.05)


def test_an_item_that_takes_the_share_of_a_group_follows_that_group_and_not_the_whole():
    quiet = replace(SCHEME, term=replace(TERM, weight_noise=0.0))
    certain = {**rate(30, 100), "ci_low": None}
    values = year(overall=certain, march={**rate(15, 100), "ci_low": None})
    who = unit(title="none")
    scored = score_unit(who, {2025: values}, quiet, INPUTS)
    found = total_draws("U1", scored, {code: {2025: 1.0} for code in scored}, quiet, weight_draws(quiet))
    exact = totals(assessment([who], {2025: values}, quiet, INPUTS)).loc["U1", "total"]
    assert found == pytest.approx(exact)

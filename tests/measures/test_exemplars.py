"""Who is an exemplar, and who takes a place among the best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.assess_term import chances_of
from analysis.measures.assessment import assessment
from analysis.measures.exemplars import exemplars
from analysis.measures.how_sure import share_in_best
from analysis.measures.item_values import YearValues
from analysis.measures.scorecards import Candidate, scorecards
from analysis.reference.term_inputs import Veto
from tests.measures.test_assessment import INPUTS, PLAN, SCHEME, fact, rate, unit, year


def sure(**totals):
    return {code: (float(total), float(total)) for code, total in totals.items()}


def test_one_of_ten_units_is_the_best_tenth_and_of_nine_none_is():
    ten = sure(**{f"U{place}": 90 + place / 2 for place in range(9)}, U9=97)
    assert exemplars(ten, 0.1, 95) == {"U9"}
    del ten["U0"]
    assert exemplars(ten, 0.1, 95) == frozenset()


def test_the_best_of_ten_below_the_line_is_no_exemplar():
    assert exemplars(sure(**{f"U{place}": 80 + place for place in range(10)}), 0.1, 95) == frozenset()


def test_units_that_are_equal_at_the_edge_get_none_of_the_places():
    ten = sure(**{f"U{place}": 80 for place in range(8)}, A=97, B=97)
    assert exemplars(ten, 0.1, 95) == frozenset()
    assert exemplars(ten, 0.2, 95) == {"A", "B"}


def test_who_is_surely_ahead_is_an_exemplar_and_who_may_be_overtaken_by_an_open_unit_is_not():
    ten = sure(**{f"U{place}": 80 for place in range(8)}, A=97)
    assert exemplars({**ten, "B": (90.0, 96.5)}, 0.1, 95) == {"A"}
    assert exemplars({**ten, "B": (90.0, 98.0)}, 0.1, 95) == frozenset()
    assert exemplars({**ten, "B": (94.0, 99.0)}, 0.2, 95) == {"A"}


@given(st.lists(st.integers(90, 100), min_size=1, max_size=40), st.sampled_from([0.05, 0.1, 0.25, 1.0]))
def test_never_more_than_the_share_of_the_units_are_exemplars(totals, share):
    found = exemplars({str(place): (float(total), float(total)) for place, total in enumerate(totals)}, share, 95)
    assert len(found) <= share * len(totals)


def test_a_share_that_makes_whole_places_makes_all_of_them():
    # 0.29 x 100 is 28.999999999999996 in floating point
    draws = {str(place): np.array([float(place)]) for place in range(100)}
    assert sum(share_in_best(draws, 0.29).values()) == 29


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=12))
def test_in_no_draw_more_than_the_share_of_the_units_are_among_the_best(columns):
    draws = {str(place): np.array(column, dtype=float) for place, column in enumerate(columns)}
    assert sum(share_in_best(draws, 0.25).values()) <= 0.25 * len(columns) + 1e-12


def ten_units(**of_first):
    """U0 with all points but two of ten, nine further units with fewer."""
    codes = [f"U{place}" for place in range(10)]
    values = [
        year(code, exits=rate(5, 10), **of_first) if code == "U0" else year(code, overall=rate(40, 100))
        for code in codes
    ]
    return {
        2025: YearValues(
            {key: row for one in values for key, row in one.rates.items()},
            {(code, PLAN): fact() for code in codes},
            {code: {"n_returned": 0} for code in codes},
            frozenset(codes),
        )
    }


def scored(inputs, unmet=(), titles="city"):
    years = ten_units()
    units = [unit(f"U{place}", titles) for place in range(10)]
    candidates = {one.code: Candidate(one, "city", unmet if one.code == "U0" else ()) for one in units}
    inputs = replace(inputs, panel={(one.code, "A3"): 0.8 for one in units})
    table = assessment(units, years, SCHEME, inputs)
    cards = scorecards(table, candidates, chances_of(candidates, years, SCHEME, inputs), SCHEME, inputs)
    return cards.set_index("unit_code")


def test_the_best_of_ten_with_98_points_is_the_one_exemplar():
    cards = scored(INPUTS)
    assert cards.loc["U0", ["total", "exemplar", "p_top"]].tolist() == [pytest.approx(98.0), True, 1.0]
    assert cards["exemplar"].sum() == 1


def test_a_unit_with_a_veto_is_no_exemplar_and_takes_no_place_among_the_best():
    cards = scored(replace(INPUTS, vetoes=(Veto("U0", "V2", "市公安局", None, "公函〔2026〕1号"),)))
    assert not cards["exemplar"].any()
    assert cards.loc["U0", "p_top"] == 0
    # nine units are left: a tenth of them is none
    assert cards["p_top"].sum() == 0


def test_an_applicant_that_is_refused_for_a_condition_takes_no_place_either():
    cards = scored(INPUTS, unmet=("forms",), titles="none")
    assert (cards.loc["U0", "class_proposed"], cards.loc["U0", "p_top"]) == ("refuse", 0)
    assert not cards["exemplar"].any()

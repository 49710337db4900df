"""Points by value: floors, full marks, small units, deductions, and what is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.scoring import OPEN, UNDEFINED, Earned, Measured, earned, points
from analysis.reference.scheme_types import SchemeItem, Source


def item(rule="people", low=0.6, high=0.95, full=5.0):
    return SchemeItem(
        "X1", "A", "项", "item", "一.1", full, Source("rate", "I17"), rule, low, high, "both", "wait", "all", ""
    )


@pytest.mark.parametrize("value, share", [(0.6, 0.0), (0.95, 1.0), (0.775, 0.5), (0.2, 0.0), (1.0, 1.0)])
def test_points_rise_from_the_floor_to_the_full_mark(value, share):
    assert earned(item(), Measured(value)).share == pytest.approx(share)


@pytest.mark.parametrize("value, share", [(0.40, 0.0), (0.15, 1.0), (0.275, 0.5), (0.9, 0.0), (0.083, 1.0)])
def test_where_less_is_better_points_rise_as_the_value_falls(value, share):
    assert earned(item("linear", low=0.4, high=0.15), Measured(value)).share == pytest.approx(share)


@pytest.mark.parametrize(
    "numerator, denominator, share",
    [
        (6, 7, 1.0),  # 95 % of 7 is 6.65: six are enough
        (4, 7, 0.0),  # 60 % of 7 is 4.2: four are the floor
        (5, 7, 0.5),
        (9, 15, 0.0),  # 60 % of 15 is 9 sharp
        (0, 1, 0.0),  # one person is needed where the full mark rounds to none
        (1, 1, 1.0),
    ],
)
def test_people_needed_are_rounded_down_in_the_favour_of_small_units(numerator, denominator, share):
    measured = Measured(numerator / denominator, numerator=numerator, denominator=denominator)
    assert earned(item(), measured).share == pytest.approx(share)


@pytest.mark.parametrize("done, of, share", [(1, 2, 0.0), (3, 5, 0.0), (4, 5, 4 / 7), (19, 20, 1.0)])
def test_of_problems_and_targets_none_is_given_away(done, of, share):
    # 60 % bring nothing, 95 % all; rounded like people, one of two would earn all and three of five nothing
    assert earned(item("linear"), Measured(done / of, numerator=done, denominator=of)).share == pytest.approx(share)


def test_an_open_value_gives_no_points_yet_but_the_ends_of_what_it_can_be():
    hours = item("linear", low=10, high=40)
    assert earned(hours, Measured(None, OPEN, 10, 25)) == Earned(None, 0.0, 0.5)
    assert earned(item(), Measured(None, OPEN)) == Earned(None, 0.0, 1.0)


def test_the_upper_end_of_an_open_share_allows_for_the_rounding_in_the_favour_of_the_unit():
    assert earned(item(), Measured(None, OPEN, 4 / 7, 5 / 7, denominator=7)) == Earned(None, 0.0, 0.5)
    assert earned(item(), Measured(None, OPEN, 0.2, 0.5)) == Earned(None, 0.0, 1.0)


def test_an_open_value_of_which_less_is_better_is_best_at_its_lower_end():
    ends = earned(item("linear", low=0.4, high=0.15), Measured(None, OPEN, 0.275, None))
    assert (ends.low, ends.high) == (0.0, pytest.approx(0.5))


def test_an_undefined_value_is_not_zero():
    assert earned(item(), Measured(None, UNDEFINED)).share is None


def test_yes_earns_all_and_no_nothing():
    assert earned(item("yes", None, None), Measured(1.0)).share == 1.0
    assert earned(item("yes", None, None), Measured(0.0)).share == 0.0


@pytest.mark.parametrize("value, off", [(1.0, 0.0), (0.875, -1.0)])
def test_a_return_that_was_late_takes_a_point_off(value, off):
    late = item("below", 1.0, -1.0, 0.0)
    assert points(late, 0.0, earned(late, Measured(value))) == (off, off, off)


@pytest.mark.parametrize("value, off", [(0, 0.0), (1, 0.0), (2, -1.0), (3, -1.0)])
def test_two_returns_sent_back_take_a_point_off(value, off):
    back = item("from", 2.0, -1.0, 0.0)
    assert points(back, 0.0, earned(back, Measured(value)))[0] == off


def test_a_deduction_that_is_not_known_lies_between_nothing_and_the_whole():
    late = item("below", 1.0, -1.0, 0.0)
    assert points(late, 0.0, earned(late, Measured(None, OPEN))) == (None, -1.0, 0.0)


rules = st.sampled_from(
    [item(), item("linear"), item("linear", low=0.4, high=0.15), item("share", None, None), item("yes", None, None)]
)
values = st.floats(0, 1)


@given(rules, values, values)
def test_points_of_a_known_value_lie_between_those_of_the_ends_around_it(rule, one, other):
    low, high = sorted((one, other))
    wide = earned(rule, Measured(None, OPEN, low, high))
    for value in (low, high, (low + high) / 2):
        exact = earned(rule, Measured(value)).share
        assert exact is not None
        assert wide.low - 1e-12 <= exact <= wide.high + 1e-12


@given(st.integers(1, 1300), st.data())
def test_one_more_person_never_takes_points_away(denominator, data):
    numerator = data.draw(st.integers(0, denominator - 1))
    shares = [
        earned(item(), Measured(count / denominator, numerator=count, denominator=denominator)).share
        for count in (numerator, numerator + 1)
    ]
    assert shares[0] is not None
    assert shares[1] is not None
    assert shares[0] <= shares[1]


@given(st.integers(1, 1300), st.data())
def test_an_answer_never_lies_outside_of_what_was_possible_before(denominator, data):
    least = data.draw(st.integers(0, denominator))
    most = data.draw(st.integers(least, denominator))
    told = data.draw(st.integers(least, most))
    people = data.draw(st.sampled_from([denominator, None]))
    before = earned(item(), Measured(None, OPEN, least / denominator, most / denominator, denominator=people))
    after = earned(item(), Measured(told / denominator, numerator=told, denominator=denominator)).share
    assert after is not None
    assert before.low - 1e-9 <= after <= before.high + 1e-9

"""Where a return gives bounds only: smaller of two, members among all, and what cannot be above the whole."""

from __future__ import annotations

import pytest

from analysis.measures.figures import Figure
from analysis.measures.judging import ABOVE_WHOLE, STAFF_CHANGE, SmallNumbers, has_nobody, judge_quotient, judge_share
from analysis.measures.terms import _smaller, _union, among

SMALL = SmallNumbers(10, 30)


def known(value, status="reported"):
    return Figure(float(value), None, None, status, 0)


def bounded(low, high=None):
    return Figure(None, low, high, "bounded", 0)


QUERIED = Figure(None, None, None, "queried", 1)


@pytest.mark.parametrize(
    "done, due, smaller",
    [
        (bounded(9.0), known(4), known(4)),  # 9 and more of 4 due are 4: extra times make up for nothing
        (bounded(2.0), known(4), bounded(2.0, 4.0)),
        (bounded(0.0, 3.0), known(4), bounded(0.0, 3.0)),
        (bounded(5.0, 7.0), bounded(6.0), bounded(5.0, 7.0)),
        (QUERIED, known(4), QUERIED),
        (bounded(9.0), QUERIED, QUERIED),
        (known(2, "approximate"), known(4), known(2, "approximate")),
    ],
)
def test_the_smaller_of_two_counts_is_taken_bound_by_bound(done, due, smaller):
    assert _smaller(done, due) == smaller


def test_members_among_people_known_by_bounds_lie_between_the_two_extremes():
    # 40 and more of 60 staff came, 34 are members: at least 40 - 26 of them, at most all 34
    assert among(bounded(40.0), known(34), known(60), 62.0) == bounded(14.0, 34.0)


def test_more_people_than_there_were_leave_the_members_open():
    assert among(known(64), known(30), known(60), 60.0).status == "queried"
    assert among(known(64), known(30), known(60), 65.0) == bounded(29.0, 30.0)


def test_an_approximate_list_that_stands_alone_stays_approximate():
    blank = Figure(None, None, None, "missing", 0)
    assert _union([known(30, "approximate"), known(0)], blank, 40.0) == known(30, "approximate")


@pytest.mark.parametrize("ever, status", [(52.0, "queried"), (None, "queried"), (85.0, "bounded")])
def test_people_that_are_surely_more_than_worked_there_are_open(ever, status):
    assert judge_share(bounded(80.0), known(50), ever, 0.0, SMALL).status == status


def test_a_part_that_is_surely_more_than_its_whole_is_open():
    found = judge_quotient(bounded(300.0), known(280), proportion=True)
    assert (found.status, found.flags) == ("queried", (ABOVE_WHOLE,))


def test_an_impossible_count_of_donors_never_enters_the_pooled_figure():
    assert judge_share(known(140), known(20), 25.0, 30.0, SMALL).numerator is None
    changed = judge_share(known(22), known(20), 25.0, 30.0, SMALL)
    assert (changed.status, changed.flags) == ("undefined", (STAFF_CHANGE,))


def test_a_blank_that_was_asked_about_does_not_say_nobody():
    assert not has_nobody(Figure(None, None, None, "missing", 1))
    assert has_nobody(Figure(None, None, None, "missing", 0))

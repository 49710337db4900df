"""What may be said of one numerator and one denominator."""

from __future__ import annotations

import pytest

from analysis.measures.figures import NOT_SUBMITTED, Figure
from analysis.measures.judging import Outcome, SmallNumbers, judge_breadth, judge_share

SMALL = SmallNumbers(counts_only=10, marked=30)
VOID = Figure(None, None, None, "not_applicable", 0)
QUERIED = Figure(None, None, None, "queried", 1)
BLANK = Figure(None, None, None, "missing", 1)


def known(value, status="reported"):
    return Figure(float(value), None, None, status, 0)


def between(low, high):
    return Figure(None, low, high, "bounded", 0)


def share(numerator, denominator, hc_ever=None, least=0.0):
    return judge_share(numerator, denominator, hc_ever, least, SMALL)


def test_thirty_people_have_a_rate_with_limits():
    assert share(known(27), known(30)) == Outcome(27, 30, "ok", rate=0.9, limits=True)


@pytest.mark.parametrize("people", [10, 29])
def test_ten_to_twenty_nine_people_have_a_rate_marked_small(people):
    assert share(known(5), known(people)) == Outcome(5, people, "small", rate=5 / people, limits=True)


def test_fewer_than_ten_people_have_counts_only():
    assert share(known(3), known(9)) == Outcome(3, 9, "small")


def test_a_change_of_staff_stays_uncapped_and_without_limits():
    assert share(known(43), known(42), hc_ever=44) == Outcome(43, 42, "ok", rate=43 / 42, flags=("staff_change",))
    assert share(known(9), known(8), hc_ever=9) == Outcome(9, 8, "small", flags=("staff_change",))


@pytest.mark.parametrize("hc_ever", [44, None])
def test_more_people_than_ever_worked_there_are_never_shown(hc_ever):
    assert share(known(45), known(42), hc_ever) == Outcome(None, 42, "queried")


@pytest.mark.parametrize(
    "numerator,denominator,expected",
    [
        (QUERIED, known(42), Outcome(None, 42, "queried")),
        (BLANK, known(42), Outcome(None, 42, "queried")),
        (known(5), QUERIED, Outcome(5, None, "queried")),
        (known(5), BLANK, Outcome(5, None, "queried")),
        (VOID, known(42), Outcome(None, 42, "not_applicable")),
        (VOID, QUERIED, Outcome(None, None, "not_applicable")),
        (NOT_SUBMITTED, known(42), Outcome(None, 42, "not_submitted")),
        (NOT_SUBMITTED, NOT_SUBMITTED, Outcome(None, None, "not_submitted")),
        (known(5), NOT_SUBMITTED, Outcome(5, None, "undefined")),
        (known(0), known(0), Outcome(None, None, "undefined")),
        (QUERIED, known(0), Outcome(None, None, "undefined")),
        (VOID, VOID, Outcome(None, None, "undefined")),
    ],
)
def test_a_rate_needs_both_counts(numerator, denominator, expected):
    assert share(numerator, denominator) == expected


def test_too_few_of_the_right_age_count_only_together():
    assert share(known(2), known(29), least=30) == Outcome(2, 29, "undefined")
    assert share(known(2), known(30), least=30).status == "ok"


def test_approximate_counts_are_told():
    assert share(known(30, "approximate"), known(60)) == Outcome(30, 60, "approximate", rate=0.5, limits=True)
    assert share(known(30), known(60, "approximate")).status == "approximate"
    small = share(known(5, "approximate"), known(20))
    assert (small.status, small.flags) == ("small", ("approximate",))


def test_bounds_give_an_interval_instead_of_a_rate():
    assert share(between(30, None), known(60)) == Outcome(None, 60, "bounded", rate_low=0.5)
    assert share(between(0, 15), known(60)) == Outcome(None, 60, "bounded", rate_low=0.0, rate_high=0.25)
    assert share(known(10), between(40, 50)) == Outcome(10, None, "bounded", rate_low=0.2, rate_high=0.25)
    assert share(between(3, 5), known(9)) == Outcome(None, 9, "bounded")


def test_breadth_counts_categories_that_have_anyone():
    assert judge_breadth([known(5), known(0), VOID, between(10, None)], known(4)) == Outcome(2, 4, "ok", rate=0.5)


def test_breadth_lies_between_the_sure_categories_and_those_that_are_asked_about_too():
    figures = [known(5), known(0), QUERIED, between(None, 4)]

    assert judge_breadth(figures, known(4)) == Outcome(None, 4, "queried", rate_low=0.25, rate_high=0.75)


def test_breadth_without_an_answer_on_any_category_is_anything():
    assert judge_breadth([QUERIED, BLANK], known(2)) == Outcome(None, 2, "queried", rate_low=0.0, rate_high=1.0)


def test_breadth_has_no_bounds_while_it_is_not_known_how_many_categories_there_are():
    assert judge_breadth([known(5), QUERIED], QUERIED) == Outcome(None, None, "queried")


def test_breadth_of_a_nil_return_is_not_applicable_and_of_none_not_submitted():
    assert judge_breadth([VOID, VOID], known(2)).status == "not_applicable"
    assert judge_breadth([NOT_SUBMITTED] * 2, known(2)).status == "not_submitted"


def test_fewer_than_five_may_be_nobody():
    figures = [known(1), between(None, 4)]

    assert judge_breadth(figures, known(2)) == Outcome(None, 2, "bounded", rate_low=0.5, rate_high=1.0)

"""Months between days and the median of Kaplan and Meier, against published curves and every reading of small cases."""

from __future__ import annotations

import datetime as dt
from itertools import product
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.durations import Span, Spell, later_by, median_bounds, months_between, survival_median

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2026, 12, 31))
MONTHS = st.integers(0, 60).map(float)


@pytest.mark.parametrize(
    "first, last, months",
    [
        ("2024-12-31", "2025-12-31", 12),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2025-02-27", 11 + 29 / 30),  # 29 January to 28 February are 30 days
        ("2025-01-31", "2025-02-28", 1),
        ("2025-01-15", "2025-03-20", 2 + 5 / 31),
        ("2023-11-30", "2024-02-29", 3),
        ("2025-05-05", "2025-05-05", 0),
        ("2025-05-05", "2025-05-04", 0),
        ("2025-04-01", "2025-04-16", 0.5),
    ],
)
def test_months_are_whole_from_day_to_same_day_and_the_rest_by_days(first, last, months):
    assert months_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == pytest.approx(months)


@given(DAYS, DAYS)
def test_a_later_end_is_never_fewer_months_and_a_later_begin_never_more(first, last):
    next_day = dt.timedelta(days=1)

    assert months_between(first, last + next_day) >= months_between(first, last)
    assert months_between(first + next_day, last) <= months_between(first, last)


@given(DAYS, st.integers(0, 60))
def test_so_many_months_later_are_so_many_months(day, months):
    assert months_between(day, later_by(day, months)) == months


def test_the_leukaemia_patients_under_6_mp_have_the_published_median_of_23_weeks():
    """Freireich et al. (1963), Blood 21, 699-716; Cox and Oakes (1984), table 1.1: 9 of 21 relapsed, S(23) = 0.448."""
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    in_remission = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]

    assert survival_median(relapsed, in_remission) == 23


def test_the_leukaemia_patients_under_placebo_have_the_published_median_of_8_weeks():
    relapsed = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

    assert survival_median(relapsed, []) == 8


def test_the_patients_with_and_without_maintenance_have_the_published_medians_of_31_and_23_weeks():
    """Miller (1981), Survival Analysis, table 2.1; as `survfit(Surv(time, status) ~ x, aml)` prints in R."""
    assert survival_median([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161]) == 31
    assert survival_median([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], [16]) == 23


def test_one_who_was_watched_as_long_as_another_took_counts_as_there():
    """Tie at 6: with the watched one there 3 are at risk and 2/3 stay; without it 1/2 would, and 6 be the median."""
    assert survival_median([6, 8], [6]) == 8


def test_a_curve_that_lies_on_a_half_has_its_median_in_the_middle():
    assert survival_median([4, 10], []) == 7
    assert survival_median([4, 10], [3]) == 7


def test_with_more_than_half_still_there_no_median_is_reached():
    assert survival_median([3, 5], [9, 9, 9]) is None
    assert survival_median([], [9, 9]) is None


@given(st.lists(MONTHS, min_size=1, max_size=40))
def test_without_anybody_still_there_it_is_the_ordinary_median(left):
    assert survival_median(left, []) == pytest.approx(median(left))


@given(st.lists(MONTHS, min_size=1, max_size=12), st.lists(MONTHS, max_size=12))
def test_what_is_exact_has_bounds_around_its_median(left, still):
    spells = [Spell(Span(time, time), None) for time in left] + [Spell(None, Span(time, time)) for time in still]
    low, high = median_bounds(spells)
    found = survival_median(left, still)

    if found is None:
        assert (low, high) == (None, None)
    else:
        assert low is not None
        assert low <= found
        assert high is None or found <= high


SPANS = st.tuples(st.integers(0, 5), st.integers(0, 2)).map(lambda pair: Span(float(pair[0]), float(sum(pair))))
SPELLS = st.one_of(
    st.builds(Spell, SPANS, st.none(), st.booleans()),
    st.builds(Spell, st.none(), SPANS, st.booleans()),
    st.builds(Spell, SPANS, SPANS, st.booleans()),
)


def readings(spell):
    """Every way to read a spell in half months: (duration, left), or None for one that does not count."""
    found = [None] if spell.optional else []
    for span, has_left in ((spell.left, True), (spell.still, False)):
        if span:
            found += [(half / 2, has_left) for half in range(int(span.low * 2), int(span.high * 2) + 1)]
    return found


@given(st.lists(SPELLS, min_size=1, max_size=4))
def test_no_reading_of_what_is_open_has_a_median_outside_the_bounds(spells):
    low, high = median_bounds(spells)

    for reading in product(*map(readings, spells)):
        left = [one[0] for one in reading if one and one[1]]
        still = [one[0] for one in reading if one and not one[1]]
        found = survival_median(left, still) if left else None
        if found is not None:
            assert low is not None
            assert low <= found + 1e-9
            assert high is None or found <= high + 1e-9


def test_bounds_hold_where_a_later_exit_makes_the_median_smaller():
    """Left after 2 to 4 months, beside one that left after 10 and one watched for 3 and still there.

    At 2: 2/3 until 10, the median is 10. At 4, when the watched one is out of sight: 1/2 from 4 to 10, the middle is 7.
    """
    spells = [Spell(Span(2, 4), None), Spell(None, Span(3, 3)), Spell(Span(10, 10), None)]

    assert survival_median([2, 10], [3]) == 10
    assert survival_median([4, 10], [3]) == 7
    assert median_bounds(spells) == (3, 10)


def test_one_that_may_have_left_or_not_moves_the_upper_bound_out_of_reach():
    """Two of four left; the third may have left at 5 or still be there: S(5) is 1/4 or stays at 1/2."""
    known = [Spell(Span(2, 2), None), Spell(Span(4, 4), None), Spell(None, Span(9, 9))]

    assert median_bounds([*known, Spell(Span(5, 5), Span(9, 9))]) == (4, None)

"""The parts of a change: published examples, a sum by hand, and what holds for all numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.decomposition import Side, compare_within, split_change

NAMES = ("activity", "headcount", "units", "definition", "correction")


def side(counts, shown=None, current=None, common=None):
    """A year of a panel given as (successes, n) per unit; nothing outside it unless said."""
    x, n = (np.array([pair[place] for pair in counts], dtype=float) for place in (0, 1))
    pooled = float(x.sum() / n.sum())
    current = pooled if current is None else current
    return Side(current if shown is None else shown, current, current if common is None else common, x, n)


def test_two_units_by_hand():
    # 10/100 and 60/100 become 30/150 and 35/50: shares 1/2, 1/2 become 3/4, 1/4; rates .1, .6 become .2, .7
    parts = split_change(side([(10, 100), (60, 100)]), side([(30, 150), (35, 50)]))

    # activity 5/8 * .1 + 3/8 * .1; headcount .15 * 1/4 + .65 * -1/4
    assert parts.activity == pytest.approx(0.1, abs=1e-15)
    assert parts.headcount == pytest.approx(-0.125, abs=1e-15)
    assert (parts.units, parts.definition, parts.correction) == pytest.approx((0, 0, 0), abs=1e-15)


def test_units_definition_and_correction_by_hand():
    before = side([(20, 100)], shown=0.28, current=0.25, common=0.22)
    after = side([(30, 100)], shown=0.33, current=0.33, common=0.33)

    parts = split_change(before, after)

    assert parts.correction == pytest.approx(-0.03)  # 25 % now instead of the 28 % that were published
    assert parts.definition == pytest.approx(-0.03)  # 22 % under the definition of this year
    assert parts.units == pytest.approx(0.03 - 0.02)  # outside the panel +3 points this year, +2 last year
    assert parts.activity == pytest.approx(0.1)
    assert parts.headcount == pytest.approx(0.0)


def test_the_same_rates_at_other_sizes_are_all_headcount():
    parts = split_change(side([(10, 100), (90, 100)]), side([(30, 300), (90, 100)]))

    assert parts.activity == pytest.approx(0.0, abs=1e-15)
    assert parts.headcount == pytest.approx(120 / 400 - 100 / 200)


def test_the_same_sizes_with_other_rates_are_all_activity():
    parts = split_change(side([(10, 100), (90, 100)]), side([(20, 100), (95, 100)]))

    assert parts.activity == pytest.approx(115 / 200 - 100 / 200)
    assert parts.headcount == 0.0


counts = st.tuples(st.integers(0, 400), st.integers(1, 2000))
rates = st.floats(0, 3, allow_subnormal=False)
panels = st.lists(st.tuples(counts, counts), min_size=1, max_size=80)


@st.composite
def changes(draw):
    """Two years of a panel of any units, with any figures around it; numerators may exceed denominators."""
    panel = draw(panels)
    return tuple(
        side([pair[place] for pair in panel], shown=draw(rates), current=draw(rates), common=draw(rates))
        for place in (0, 1)
    )


@given(changes())
def test_the_parts_add_up_to_the_change(years):
    before, after = years
    parts = split_change(before, after)

    assert abs(sum(getattr(parts, name) for name in NAMES) - (after.shown - before.shown)) < 1e-12


@given(changes())
def test_with_the_years_swapped_each_part_only_changes_its_sign(years):
    before, after = years
    forth, back = split_change(before, after), split_change(after, before)

    assert all(abs(getattr(forth, name) + getattr(back, name)) < 1e-12 for name in NAMES)


@given(changes())
def test_the_order_of_the_units_does_not_matter(years):
    turned = [Side(one.shown, one.current, one.common, one.successes[::-1], one.n[::-1]) for one in years]
    forth, other = split_change(*years), split_change(*turned)

    assert all(abs(getattr(forth, name) - getattr(other, name)) < 1e-12 for name in NAMES)


@pytest.mark.parametrize(
    "before, after",
    [([], []), ([(1, 2)], [(1, 2), (1, 2)]), ([(1, 0)], [(1, 2)])],
    ids=["no unit", "panels of other lengths", "a denominator of 0"],
)
def test_an_impossible_panel_is_refused(before, after):
    def made(counts):
        x, n = (np.array([pair[place] for pair in counts], dtype=float) for place in (0, 1))
        return Side(0.5, 0.5, 0.5, x, n)

    with pytest.raises(ValueError, match=r"panel|lengths"):
        split_change(made(before), made(after))


# Charig et al. 1986 (BMJ 292:879), success of open surgery and of percutaneous removal by size of stone
OPEN, PERCUTANEOUS = [(81, 87), (192, 263)], [(234, 270), (55, 80)]


def test_the_kidney_stones_are_a_reversal():
    # small 93 % against 87 %, large 73 % against 69 %, but 78 % against 83 % together
    within = compare_within(side(OPEN), side(PERCUTANEOUS), ["small", "large"])

    assert within.reversal
    assert within.signs_differ
    weights = ((87 / 350 + 270 / 350) / 2, (263 / 350 + 80 / 350) / 2)
    by_hand = weights[0] * (234 / 270 - 81 / 87) + weights[1] * (55 / 80 - 192 / 263)
    assert within.change == pytest.approx(by_hand)
    assert within.change < 0


def test_one_group_that_goes_with_the_whole_is_no_reversal_but_the_signs_may_differ():
    # pooled 50 -> 58.6 %; inside, A falls by 12 points and B rises by 1
    before, after = side([(40, 50), (10, 50)]), side([(54.4, 80), (4.2, 20)])

    within = compare_within(before, after, ["A", "B"])

    assert not within.reversal
    assert within.signs_differ


def test_a_group_without_any_change_goes_against_nothing():
    within = compare_within(side([(81, 87), (192, 263), (1, 2)]), side([(234, 270), (55, 80), (1, 2)]), list("abc"))

    assert not within.reversal


def test_a_whole_that_does_not_change_is_no_reversal():
    within = compare_within(side([(10, 50), (40, 50)]), side([(10, 50), (40, 50)]), ["A", "B"])

    assert within == within.__class__(0.0, False, False)


def test_what_only_rounding_moved_is_no_direction():
    # 0.1 + 0.2 is not 0.3 in a computer; the whole moves by 1/17 of a point, A not at all, B by its own
    before, after = side([(0.3, 3), (8, 10)]), side([(0.1 + 0.2, 3), (8, 11)])

    assert not compare_within(after, before, ["A", "B"]).reversal
    assert not compare_within(side([(0.3, 3)]), side([(0.1 + 0.2, 3)]), ["A"]).signs_differ


@given(panels)
def test_with_one_group_inside_and_whole_are_the_same(panel):
    before, after = (side([pair[place] for pair in panel]) for place in (0, 1))
    within = compare_within(before, after, ["A"] * len(panel))

    assert within.change == pytest.approx(after.pooled - before.pooled, abs=1e-12)
    assert not within.reversal
    assert not within.signs_differ

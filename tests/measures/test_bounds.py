"""Bounds of a quotient of two counts of lines against every way in which its open lines could be answered."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.figures import Figure
from analysis.measures.line_terms import Term
from analysis.measures.rates import _joint_bounds

ANSWERS = {  # what may be true of a line: (counts above, counts below); above is part of below
    "out": [(0, 0)],
    "below": [(0, 1)],
    "both": [(1, 1)],
    "perhaps below": [(0, 0), (0, 1)],
    "below, perhaps above": [(0, 1), (1, 1)],
    "perhaps both": [(0, 0), (0, 1), (1, 1)],
}


def term(lines, side):
    sure = frozenset(key for key, name in enumerate(lines) if all(answer[side] for answer in ANSWERS[name]))
    may = frozenset(key for key, name in enumerate(lines) if any(answer[side] for answer in ANSWERS[name]))
    return Term(Figure(None, None, None, "queried", 0), sure, may - sure)


@given(st.lists(st.sampled_from(list(ANSWERS)), min_size=1, max_size=6))
def test_bounds_are_the_least_and_most_of_all_answers(lines):
    sums = [tuple(map(sum, zip(*answers, strict=True))) for answers in product(*(ANSWERS[name] for name in lines))]
    rates = [above / below for above, below in sums if below]
    found = _joint_bounds(term(lines, 0), term(lines, 1))

    assert found is not None
    if rates:
        assert found == (min(rates), max(rates))

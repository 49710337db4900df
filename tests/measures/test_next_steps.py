"""The fewest steps to the next class: by hand, against trying everything, and by scoring again."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.next_steps import Reach, Step, fewest_steps, taken
from analysis.measures.reach_class import advise, total_of
from analysis.measures.scorecards import Candidate
from analysis.reference.term_inputs import Veto
from tests.measures.test_assessment import INPUTS, SCHEME, fact, rate, unit, year

STEPS = {"A1": "再有{n}人", "B1": "计划", "B2": "再有{n}户"}
SCHEME_WITH_STEPS = replace(
    SCHEME, items=tuple(replace(item, step_zh=STEPS.get(item.code, "")) for item in SCHEME.items)
)


def reach(code, gains):
    return Reach(code, len(gains), lambda count: ([0.0, *gains])[count])


def test_one_item_that_is_enough_is_taken_alone_and_only_as_far_as_needed():
    assert fewest_steps([reach("A", [1, 2, 3]), reach("B", [2, 4, 6, 8])], 4) == (Step("B", 2),)


def test_among_sets_of_as_few_items_the_one_with_fewer_steps_is_taken():
    found = fewest_steps([reach("A", [5]), reach("B", [1, 2, 3, 4, 5]), reach("C", [2, 4])], 7)
    assert found == (Step("A", 1), Step("C", 1))


def test_nothing_is_promised_that_all_items_together_do_not_bring():
    assert fewest_steps([reach("A", [1]), reach("B", [2])], 4) is None


def test_no_gap_needs_no_steps():
    assert fewest_steps([reach("A", [1])], 0.0) == ()


gains = st.lists(st.integers(0, 4), min_size=1, max_size=4).map(
    lambda more: [sum(more[: n + 1]) for n in range(len(more))]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(gains, min_size=1, max_size=4), st.integers(1, 12))
def test_no_set_of_steps_touches_fewer_items_than_the_one_found(lists, gap):
    reaches = [reach(f"I{place}", found) for place, found in enumerate(lists)]
    enough = [
        counts
        for counts in product(*(range(len(found) + 1) for found in lists))
        if sum(one.gain(count) for one, count in zip(reaches, counts, strict=True)) >= gap
    ]
    found = fewest_steps(reaches, gap)
    if not enough:
        assert found is None
        return
    assert found is not None
    assert len(found) == min(sum(count > 0 for count in counts) for counts in enough)
    chosen = {step.item: step.count for step in found}
    assert sum(one.gain(chosen.get(one.item, 0)) for one in reaches) >= gap


def holder(title="city"):
    return Candidate(unit(title=title), "city")


def test_a_holder_below_the_line_is_told_the_people_that_are_missing():
    # 75 points: one household out of hardship of ten would bring 4 of 20, two 8
    values = {2025: year(exits=rate(0, 10))}
    found = advise(holder(), values, SCHEME_WITH_STEPS, INPUTS)
    assert (found.next_class, found.line, found.gap) == ("keep", 80, pytest.approx(5.0))
    assert found.steps == (Step("B2", 2),)


def test_the_steps_taken_and_scored_again_give_the_class_that_was_promised():
    values = {2024: year(), 2025: year(overall=rate(40, 100), exits=rate(0, 10), plan=fact("no"))}
    found = advise(holder(), values, SCHEME_WITH_STEPS, INPUTS)
    assert found.steps
    items = {item.code: item for item in SCHEME_WITH_STEPS.items}
    later = {**values, 2025: taken(values[2025], "U1", found.steps, items)}
    total = total_of(holder(), later, SCHEME_WITH_STEPS, INPUTS)
    assert total is not None
    assert total >= found.line


def test_a_unit_without_title_gains_twice_where_another_item_takes_the_share():
    values = {2025: year(overall=rate(50, 100))}
    found = advise(holder("none"), values, SCHEME_WITH_STEPS, INPUTS)
    before = total_of(holder("none"), values, SCHEME_WITH_STEPS, INPUTS)
    assert before is not None
    # 0.6 of a point a person, and a third of it again in the item that follows part A
    assert found.steps == (Step("A1", -(-(85 - before) // 0.8)),)


@pytest.mark.parametrize(
    "values, candidate, why",
    [
        (year(overall=rate(None, 100, "queried", 0.3, 0.8)), holder(), "open_items"),
        (year(exits=rate(5, 10)), holder(), "top"),
        (year(), Candidate(unit(title="none"), "none"), "no_application"),
        (year(), Candidate(unit(title="none"), "none", is_clear=False), "application_open"),
        (year(), holder(), "out_of_reach"),
    ],
)
def test_where_no_steps_help_it_is_said_why(values, candidate, why):
    assert advise(candidate, {2025: values}, SCHEME_WITH_STEPS, INPUTS).why_not == why


def test_a_veto_or_a_condition_that_is_not_met_leaves_nothing_to_promise():
    vetoed = replace(INPUTS, vetoes=(Veto("U1", "V2", "市公安局", None, "函"),))
    assert advise(holder(), {2025: year(exits=rate(0, 10))}, SCHEME_WITH_STEPS, vetoed).why_not == "veto"
    new = Candidate(unit(title="none"), "city", ("forms",))
    assert advise(new, {2025: year()}, SCHEME_WITH_STEPS, INPUTS).why_not == "entry"

"""The fewest steps to the next class: by hand, against trying everything, and by scoring again."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.assessment import assessment
from analysis.measures.fewest_steps import Reach, Step, fewest_steps
from analysis.measures.next_steps import reach_of, taken
from analysis.measures.reach_class import advise, sure_total
from analysis.measures.scorecards import Candidate, scorecards
from analysis.measures.scoring import Measured
from analysis.reference.scheme_types import Source
from analysis.reference.term_inputs import Veto, VetoCase
from tests.measures.test_assessment import INPUTS, SCHEME, fact, item, rate, unit, year

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


def test_steps_of_several_items_may_each_stop_half_way():
    # one item brings at most 4 of the 5; two with their first steps bring it in 2, one in full and the other begun in 4
    found = fewest_steps([reach("A", [3, 3, 4]), reach("B", [2, 3, 4])], 5)
    assert found == (Step("A", 1), Step("B", 1))


def test_of_as_few_steps_those_that_bring_most_are_taken_and_else_the_earlier_items():
    assert fewest_steps([reach("A", [2]), reach("B", [3])], 2) == (Step("B", 1),)
    assert fewest_steps([reach("A", [2]), reach("B", [2])], 2) == (Step("A", 1),)


def test_what_takes_many_items_is_not_called_out_of_reach():
    found = fewest_steps([reach(f"I{place}", [1]) for place in range(8)], 7)
    assert found == tuple(Step(f"I{place}", 1) for place in range(7))


@settings(max_examples=400, deadline=None)
@given(st.lists(gains, min_size=1, max_size=4), st.integers(1, 12))
def test_no_set_of_steps_touches_fewer_items_or_as_few_with_fewer_steps_than_the_one_found(lists, gap):
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
    fewest = min((sum(count > 0 for count in counts), sum(counts)) for counts in enough)
    assert (len(found), sum(step.count for step in found)) == fewest
    chosen = {step.item: step.count for step in found}
    assert sum(one.gain(chosen.get(one.item, 0)) for one in reaches) >= gap


def least_of(full, known, low=0.6, high=0.95):
    return reach_of(
        replace(item("A1", full, Source("rate", "I02"), "people", low, high), step_zh="再有{n}人"), full, known, 1.0
    )


def test_a_share_of_people_asks_for_no_more_than_reaches_the_points():
    # of 10 people 6 bring nothing and 9.5, rounded down 9, all 3 points: the eighth and ninth bring one each, the tenth none
    found = least_of(3.0, Measured(0.7, numerator=7.0, denominator=10.0))
    assert (found.most, found.gain(found.most), found.gain(found.most + 1)) == (
        2,
        pytest.approx(2.0),
        pytest.approx(2.0),
    )


def test_where_the_last_people_bring_nothing_they_are_not_asked_for():
    # of 3 people 2.85 are needed, rounded down 2: who has one of three needs one more, not two
    assert least_of(3.0, Measured(1 / 3, numerator=1.0, denominator=3.0)).most == 1


def test_a_yes_is_one_step_and_none_brings_nothing():
    yes = replace(item("B1", 20.0, Source("yes"), "yes"), step_zh="计划")
    found = reach_of(yes, 20.0, Measured(0.0), 1.0)
    assert (found.most, found.gain(0), found.gain(1)) == (1, 0.0, 20.0)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 40), st.integers(0, 40), st.floats(0, 0.9), st.floats(0.05, 0.6))
def test_the_most_steps_of_an_item_are_the_least_that_bring_all_it_can_bring(people, done, low, width):
    known = Measured(min(done, people) / people, numerator=float(min(done, people)), denominator=float(people))
    found = least_of(4.0, known, low, min(low + width, 1.0))
    if found is None:
        return
    full = found.gain(people - min(done, people))
    assert found.gain(found.most) == pytest.approx(full)
    assert all(found.gain(count) < full - 1e-9 for count in range(found.most))


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
    total, is_open = sure_total(holder(), later, SCHEME_WITH_STEPS, INPUTS)
    assert not is_open
    assert total >= found.line


OPEN = rate(None, 100, "queried", 0.7, 0.9)  # 24 to 30 of 30 points


def test_while_items_are_open_the_steps_are_those_that_reach_the_class_whatever_they_turn_out_to_be():
    # 24 + 20 + 5 + 20 are sure: 6 short of 75, and each household brings 4
    values = {2025: year(overall=OPEN, exits=rate(0, 10))}
    found = advise(holder(), values, SCHEME_WITH_STEPS, INPUTS)
    assert (found.next_class, found.line, found.gap) == ("rectify", 75, pytest.approx(6.0))
    assert (found.steps, found.why_not) == ((Step("B2", 2),), "open_items")


def test_the_steps_of_a_unit_with_open_items_scored_again_reach_the_class_at_the_low_end():
    values = {2025: year(overall=OPEN, exits=rate(0, 10))}
    found = advise(holder(), values, SCHEME_WITH_STEPS, INPUTS)
    items = {item.code: item for item in SCHEME_WITH_STEPS.items}
    later = {2025: taken(values[2025], "U1", found.steps, items)}
    table = assessment([unit()], later, SCHEME_WITH_STEPS, INPUTS)
    card = scorecards(table, {"U1": holder()}, {}, SCHEME_WITH_STEPS, INPUTS).iloc[0]
    assert card["class_low"] == found.next_class


def test_a_class_that_is_the_highest_whatever_is_answered_needs_no_steps():
    values = {2025: year(overall=OPEN, exits=rate(5, 10))}  # 89 at least
    assert advise(holder(), values, SCHEME_WITH_STEPS, INPUTS).why_not == "top"


def test_where_no_steps_are_sure_the_questions_come_first():
    found = advise(holder(), {2025: year(overall=OPEN)}, SCHEME_WITH_STEPS, INPUTS)
    assert (found.next_class, found.steps, found.why_not) == ("rectify", None, "open_items")


def test_a_unit_without_title_gains_twice_where_another_item_takes_the_share():
    values = {2025: year(overall=rate(50, 100))}
    found = advise(holder("none"), values, SCHEME_WITH_STEPS, INPUTS)
    before, is_open = sure_total(holder("none"), values, SCHEME_WITH_STEPS, INPUTS)
    assert not is_open
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


def test_a_holder_kept_from_the_higher_level_by_a_condition_has_the_conditions_to_meet_first():
    # 100 points, 89 of them sure with items open: all classes of the title held are reached
    wants_more = Candidate(unit(title="organ"), "city", ("pairing",))
    for values in (year(exits=rate(5, 10)), year(overall=OPEN, exits=rate(5, 10))):
        assert advise(wants_more, {2025: values}, SCHEME_WITH_STEPS, INPUTS).why_not == "entry"
    for other in (replace(wants_more, unmet=()), replace(wants_more, applied_level="none")):
        assert advise(other, {2025: year(exits=rate(5, 10))}, SCHEME_WITH_STEPS, INPUTS).why_not == "top"


def test_where_the_title_only_rests_points_still_decide_between_rectifying_and_losing_it():
    resting = replace(
        INPUTS,
        vetoes=(Veto("U1", "V9", "市直机关工委", None, "函"),),
        cases=(VetoCase("V9", "", "", ("市直机关工委",), "suspend", 0),),
    )
    for values in (year(exits=rate(0, 10)), year(exits=rate(5, 10))):
        assert advise(holder(), {2025: values}, SCHEME_WITH_STEPS, resting).why_not == "suspended"
    new = Candidate(unit(title="none"), "city")
    assert advise(new, {2025: year()}, SCHEME_WITH_STEPS, resting).why_not == "veto"

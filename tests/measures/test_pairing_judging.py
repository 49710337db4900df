"""Bounds of I14 and I16: against every answer that the open questions allow."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.durations import Span
from analysis.measures.pairing_judging import judge_coverage, judge_exits, judge_visits
from analysis.measures.pairing_lines import Days, Household

LONG_AGO = Days(dt.date(2023, 5, 1), dt.date(2023, 5, 1))
LATELY = Days(dt.date(2025, 3, 1), dt.date(2025, 3, 1))
BETWEEN = Days(dt.date(2024, 12, 1), dt.date(2025, 1, 31))
PLAIN = Household("LJ-P01", "yes", "urban", "no", LONG_AGO, "no", None, Span(4, 4), frozenset(), False)
ANSWERS = st.sampled_from(["yes", "maybe", "no"])

HOUSEHOLDS = st.builds(
    replace,
    st.just(PLAIN),
    held=ANSWERS,
    location=st.sampled_from(["urban", "rural", "", None]),
    excluded=ANSWERS,
    paired=st.sampled_from([LONG_AGO, LATELY, BETWEEN, None]),
    exited=ANSWERS,
    visits=st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda pair: Span(pair[0], sum(pair))),
)


def settled(line):
    """Every household that this one may turn out to be."""
    yes_or_no = {"yes": ["yes"], "no": ["no"], "maybe": ["yes", "no"]}
    days = [line.paired] if line.paired in (LONG_AGO, LATELY) else [LONG_AGO, LATELY]
    places = ["urban", "rural", ""] if line.location is None else [line.location]
    counts = [Span(line.visits.low, line.visits.low), Span(line.visits.high, line.visits.high)]
    choices = (yes_or_no[line.held], places, yes_or_no[line.excluded], days, yes_or_no[line.exited], counts)
    names = ("held", "location", "excluded", "paired", "exited", "visits")
    for chosen in product(*choices):
        yield replace(line, **dict(zip(names, chosen, strict=True)))


def rates_of_all_answers(lines, judge):
    found = [judge(list(answers)) for answers in product(*(dict.fromkeys(settled(line)) for line in lines))]
    return {verdict.rate for verdict in found if verdict.rate is not None}


def relevant(lines, *names):
    """The lines with only the named things open, so that not too many answers are left."""
    return [replace(PLAIN, **{name: getattr(line, name) for name in names}) for line in lines]


@given(st.lists(HOUSEHOLDS, max_size=4))
def test_i14_lies_exactly_between_the_least_and_the_greatest_rate_of_all_answers(lines):
    sure = [replace(PLAIN, exited="yes"), PLAIN]
    own = relevant(lines, "held", "excluded", "paired", "exited")
    verdict = judge_exits([*sure, *own], 2025, 2)
    rates = rates_of_all_answers([*sure, *own], lambda answers: judge_exits(answers, 2025, 1))

    if verdict.rate is None:
        assert (verdict.low, verdict.high) == pytest.approx((min(rates), max(rates)))
    else:
        assert rates == {verdict.rate}


@given(st.lists(HOUSEHOLDS, min_size=1, max_size=4))
def test_i16_lies_exactly_between_the_least_and_the_greatest_rate_of_all_answers(lines):
    own = relevant(lines, "held", "visits")
    verdict = judge_visits(own)
    rates = rates_of_all_answers(own, judge_visits)

    if verdict.status == "undefined":
        assert rates == set()
    elif verdict.rate is None:
        assert (verdict.low, verdict.high) == pytest.approx((min(rates), max(rates)))
    else:
        assert rates == {verdict.rate}


@given(st.lists(HOUSEHOLDS, max_size=4), st.sampled_from(["any", "both"]))
def test_i13_is_known_only_when_all_answers_agree(lines, rule):
    own = relevant(lines, "held", "location")
    verdict = judge_coverage(own, rule)
    rates = rates_of_all_answers(own, lambda answers: judge_coverage(answers, rule))

    assert rates == ({verdict.rate} if verdict.rate is not None else {0.0, 1.0})

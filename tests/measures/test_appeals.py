"""An appeal, an answer or late data of one unit changes nothing of another: points, total, class, steps."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.assess_term import chances_of
from analysis.measures.assessment import assessment
from analysis.measures.item_values import YearValues
from analysis.measures.reach_class import advice_table, advise
from analysis.measures.scorecards import Candidate, scorecards
from analysis.reference.term_inputs import Veto
from tests.measures.test_assessment import INPUTS, fact, rate, unit, year
from tests.measures.test_next_steps import SCHEME_WITH_STEPS

SCHEME = replace(SCHEME_WITH_STEPS, term=replace(SCHEME_WITH_STEPS.term, draws=100, draws_most=400))
CODES = ("U1", "U2", "U3")
TITLES = {"U1": "city", "U2": "none", "U3": "organ"}
AMONG_OTHERS = ["p_top", "exemplar"]  # who is among the best is said of all units together

rates = st.one_of(
    st.integers(0, 100).map(lambda count: rate(count, 100)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda ends: rate(None, 100, "queried", min(ends), max(ends))),
    st.just(rate(None, None, "undefined")),
)
plans = st.sampled_from([fact("yes"), fact("no"), fact(None, "queried"), ()])
one_unit = st.tuples(rates, rates, rates, plans, st.integers(0, 3))
whole_term = st.fixed_dictionaries({code: st.tuples(one_unit, one_unit) for code in CODES})
said = st.fixed_dictionaries(
    {
        "panel": st.one_of(st.none(), st.floats(0, 1)), "veto": st.sampled_from([(), ("V2",), ("V9",)]),
        "reminded": st.booleans(), "unmet": st.sampled_from([(), ("forms",), ("banned",)]), "told": st.booleans(),
        "applied": st.sampled_from(["city", "none"]),
    }
)  # fmt: skip


def values_of(term, place, number):
    years = {code: year(code, *term[code][place]) for code in CODES}
    return number, YearValues(
        {key: row for one in years.values() for key, row in one.rates.items()},
        {key: facts for one in years.values() for key, facts in one.fields.items()},
        {code: one.quality[code] for code, one in years.items()},
        frozenset(CODES),
        people_shares=years[CODES[0]].people_shares,
    )


def scored(term, words):
    years = dict(values_of(term, place, number) for place, number in enumerate((2024, 2025)))
    inputs = replace(
        INPUTS,
        panel={(code, "A3"): word["panel"] for code, word in words.items() if word["panel"] is not None},
        vetoes=tuple(Veto(code, case, "工委", None, "函") for code, word in words.items() for case in word["veto"]),
        reminded={(code, 2025): "2026-02-25 催2号" for code, word in words.items() if word["reminded"]},
    )
    candidates = {
        code: Candidate(unit(code, TITLES[code]), word["applied"], word["unmet"], told_before=word["told"])
        for code, word in words.items()
    }
    table = assessment([candidate.unit for candidate in candidates.values()], years, SCHEME, inputs)
    cards = scorecards(table, candidates, chances_of(candidates, years, SCHEME, inputs), SCHEME, inputs)
    steps = advice_table({code: advise(candidate, years, SCHEME, inputs) for code, candidate in candidates.items()})
    return table.drop(columns="peer_median"), cards.drop(columns=AMONG_OTHERS), steps


def without(table, code):
    """The rows of all other units; one kind of null, whatever the row of the unit itself made of its column."""
    others = table[table["unit_code"] != code].reset_index(drop=True).astype("object")
    return others.where(others.notna(), None)


everything_said = st.fixed_dictionaries(dict.fromkeys(CODES, said))


@settings(max_examples=60, deadline=None)
@given(whole_term, everything_said, st.sampled_from(CODES), st.tuples(one_unit, one_unit), said)
def test_whatever_one_unit_corrects_no_other_gains_or_loses_anything(term, words, code, corrected, word):
    before = scored(term, words)
    after = scored({**term, code: corrected}, {**words, code: word})
    for one, other in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(without(one, code), without(other, code), check_dtype=False)


def test_a_correction_that_brings_points_changes_the_unit_itself():
    good = (rate(80, 100), rate(15, 100), rate(5, 10), fact("yes"), 0)
    poor = (rate(40, 100), *good[1:])
    word = {"panel": 1.0, "veto": (), "reminded": False, "unmet": (), "told": False, "applied": "city"}
    words = dict.fromkeys(CODES, word)
    before, after = (
        scored({**dict.fromkeys(CODES, (good, good)), "U1": (good, own)}, words)[1].set_index("unit_code")
        for own in (poor, good)
    )
    assert before.loc["U1", "total"] < after.loc["U1", "total"] == 100.0
    assert before.loc["U2":].equals(after.loc["U2":])

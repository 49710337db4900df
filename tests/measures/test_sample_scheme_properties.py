"""What must hold for every return under the scheme of the sample term, item by item."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.assessment import assessment, score_unit
from analysis.measures.scorecards import totals
from analysis.reference import load_reference
from analysis.reference.scheme import load_scheme
from tests.measures.random_term import (
    BASE,
    random_inputs,
    random_years,
    returned,
    with_nothing_to_measure,
    with_open,
    with_value,
)
from tests.measures.test_assessment import unit
from tests.reference_folder import DATA

SCHEME = load_scheme(DATA, 20, load_reference(DATA, 2025))
ITEMS = {item.code: item for item in returned(SCHEME)}
FEWER_IS_BETTER = {code for code, item in ITEMS.items() if item.is_linear and item.low > item.high}
titles = st.sampled_from(["city", "none"])
NEAR = 1e-9


def ends(values, inputs, title):
    """The lowest and the highest possible total of a year."""
    scored = score_unit(unit(title=title), {2025: values}, SCHEME, inputs)
    return [sum(getattr(by_year[2025], end) for by_year in scored.values()) for end in ("low", "high")]


def test_only_the_share_of_march_is_better_when_it_is_less():
    assert sorted(FEWER_IS_BETTER) == ["B3e"]


@settings(max_examples=60, deadline=None)
@given(random_years(SCHEME), random_years(SCHEME), random_inputs(SCHEME), titles)
def test_every_total_is_the_sum_of_its_items_and_lies_between_its_bounds(before, now, inputs, title):
    table = assessment([unit(title=title)], {2024: before, 2025: now}, SCHEME, inputs)
    total = totals(table).loc["U1"]
    known = table[table["points"].notna()]
    assert total["total_low"] == pytest.approx(table["points_low"].sum())
    assert total["total_high"] == pytest.approx(table["points_high"].sum())
    assert (known["points_low"] - NEAR <= known["points"]).all()
    assert (known["points"] <= known["points_high"] + NEAR).all()
    assert (table["points_high"] <= table["full"] + NEAR).all()
    assert table.loc[table["item"].str[0].isin(list("ABC")), "full"].sum() == pytest.approx(100.0)
    if len(known) == len(table):
        assert total["total"] == pytest.approx(table["points"].sum())
        assert total["total_low"] - NEAR <= total["total"] <= total["total_high"] + NEAR
    else:
        assert total.isna()["total"]


@pytest.mark.parametrize("code", sorted(ITEMS))
@settings(max_examples=25, deadline=None)
@given(random_years(SCHEME), random_inputs(SCHEME), titles, st.integers(0, BASE), st.integers(0, BASE))
def test_more_of_a_good_thing_never_lowers_a_score(code, values, inputs, title, one, other):
    worse, better = sorted((one, other), reverse=code in FEWER_IS_BETTER)
    less, more = (ends(with_value(values, ITEMS[code], count), inputs, title) for count in (worse, better))
    assert less[0] <= more[0] + NEAR
    assert less[1] <= more[1] + NEAR


@pytest.mark.parametrize("code", sorted(ITEMS))
@settings(max_examples=25, deadline=None)
@given(
    random_years(SCHEME), random_inputs(SCHEME), titles,
    st.lists(st.integers(0, BASE), min_size=3, max_size=3), st.booleans(),
)  # fmt: skip
def test_an_answered_query_never_widens_the_bounds(code, values, inputs, title, counts, applies):
    low, told, high = sorted(counts) if applies else (0, 0, BASE)  # bounds say that there is something to count
    asked = with_open(values, ITEMS[code], low, high)
    known = with_value(asked, ITEMS[code], told) if applies else with_nothing_to_measure(asked, ITEMS[code])
    before, after = (ends(year, inputs, title) for year in (asked, known))
    if ITEMS[code].source.kind in ("share", "yescount", "any") and applies:
        # only the first field was asked about: the others stay as they were
        first = ("U1", ITEMS[code].source.fields[0])
        after = ends(replace(asked, fields={**asked.fields, first: known.fields[first]}), inputs, title)
    assert before[0] <= after[0] + NEAR
    assert after[1] <= before[1] + NEAR


@settings(max_examples=30, deadline=None)
@given(random_years(SCHEME), random_inputs(SCHEME), titles)
def test_a_word_of_the_panel_never_widens_the_bounds(values, inputs, title):
    silent = replace(inputs, panel={})
    before, after = (ends(values, said, title) for said in (silent, inputs))
    assert before[0] <= after[0] + NEAR
    bonus = sum(part.full for part in SCHEME.parts if part.kind == "bonus")  # not given is no bonus
    assert after[1] <= before[1] + bonus + NEAR

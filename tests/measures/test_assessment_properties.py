"""What must hold of points and totals for every return."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.measures.assessment import assessment
from analysis.measures.item_values import YearValues
from analysis.measures.scorecards import totals
from tests.measures.test_assessment import INPUTS, SCHEME, fact, rate, unit, year

rates = st.one_of(
    st.tuples(st.integers(0, 100), st.just(100)).map(lambda pair: rate(*pair)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda ends: rate(None, 100, "queried", min(ends), max(ends))),
    st.just(rate(None, None, "undefined")),
    st.just(rate(None, None, "not_submitted")),
)
plans = st.sampled_from([fact("yes"), fact("no"), fact(None, "queried"), ()])
years = st.builds(lambda a, b, c, d, e: year("U1", a, b, c, d, e), rates, rates, rates, plans, st.integers(0, 3))


@settings(max_examples=120, deadline=None)
@given(years, years, st.sampled_from(["city", "none"]))
def test_totals_are_the_sums_of_the_items_and_lie_between_their_bounds(before, now, title):
    table = assessment([unit(title=title)], {2024: before, 2025: now}, SCHEME, INPUTS)
    assert table["full"].sum() == pytest.approx(100.0)
    assert (table["points_low"] <= table["points_high"] + 1e-9).all()
    assert (table["points_high"] <= table["full"] + 1e-9).all()
    known = table[table["points"].notna()]
    assert ((known["points_low"] - 1e-9 <= known["points"]) & (known["points"] <= known["points_high"] + 1e-9)).all()
    total = totals(table).loc["U1"]
    assert total["total_low"] == pytest.approx(table["points_low"].sum())
    if table["points"].notna().all():
        assert total["total"] == pytest.approx(table["points"].sum())


@settings(max_examples=60, deadline=None)
@given(years, st.integers(0, 100))
def test_an_answered_query_never_widens_the_bounds(before, told):
    open_rate = before.rates["U1", "I02", ""]
    assume(open_rate["status"] == "queried")
    told = min(max(told, int(open_rate["rate_low"] * 100) + 1), int(open_rate["rate_high"] * 100))
    assume(open_rate["rate_low"] <= told / 100 <= open_rate["rate_high"])
    after = replace(before, rates={**before.rates, ("U1", "I02", ""): rate(told, 100)})
    ends = [totals(assessment([unit()], {2025: values}, SCHEME, INPUTS)).loc["U1"] for values in (before, after)]
    assert ends[0]["total_low"] <= ends[1]["total_low"] + 1e-9
    assert ends[1]["total_high"] <= ends[0]["total_high"] + 1e-9


@settings(max_examples=60, deadline=None)
@given(years, st.integers(0, 99))
def test_more_of_a_good_thing_never_lowers_a_score(now, persons):
    one, more = (
        replace(now, rates={**now.rates, ("U1", "I02", ""): rate(count, 100)}) for count in (persons, persons + 1)
    )
    sums = [totals(assessment([unit()], {2025: values}, SCHEME, INPUTS)).loc["U1"] for values in (one, more)]
    assert sums[0]["total_low"] <= sums[1]["total_low"] + 1e-9
    assert sums[0]["total_high"] <= sums[1]["total_high"] + 1e-9


@settings(max_examples=40, deadline=None)
@given(years, years)
def test_what_another_unit_reports_changes_nobody_elses_points(own, other):
    both = YearValues(
        {**own.rates, **{("U2", *key[1:]): row for key, row in other.rates.items()}},
        {**own.fields, **{("U2", key[1]): facts for key, facts in other.fields.items()}},
        {**own.quality, "U2": other.quality["U1"]},
        frozenset(["U1", "U2"]),
    )
    points = ["points", "points_low", "points_high", "full", "status"]
    alone = assessment([unit()], {2025: own}, SCHEME, INPUTS)
    together = assessment([unit(), unit("U2")], {2025: both}, SCHEME, INPUTS)
    pd.testing.assert_frame_equal(alone[points], together[together["unit_code"] == "U1"][points])

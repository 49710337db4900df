"""Who is compared with whom, in small cities: reasons, shared spread, many comparisons, and what must not matter."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, norm

from analysis.measures.comparison import comparison
from analysis.measures.outside import new_or_merged
from analysis.reference import NotCompared, Succession
from tests.measures.hand_tables import rate, rates_table, sample_reference

LEI_FENG = {"indicator": "I01", "category": "lei_feng_volunteer"}
CODES = [unit.code for unit in sample_reference().units]


def city(*groups):
    """A reference of the year with units of peer groups PG1, PG2 ... as many as asked, leading nothing."""
    reference = sample_reference()
    codes = iter(CODES)
    units = tuple(
        replace(reference.unit(next(codes)), peer_group=f"PG{number}", lead_of=())
        for number, size in enumerate(groups, start=1)
        for _ in range(size)
    )
    return replace(reference, units=units, register=units, not_compared=(), succession=())


def compare(reference, *rows):
    groups = pd.DataFrame(
        [{"unit_code": unit.code, "peer_group": unit.peer_group} for unit in reference.units],
    )
    return comparison(rates_table(*rows), groups, reference)


def rows_of(counts, n=100, **more):
    """The first units with so many of n people each."""
    return [rate(code, count, n, **more) for code, count in zip(CODES, counts, strict=False)]


def reasons(reference, *rows):
    table = compare(reference, *rows).set_index("unit_code")
    assert (table["not_ranked_because"].isna() == (table["class"] != "not_ranked")).all()
    return table["not_ranked_because"]


@pytest.mark.parametrize(
    "row, why",
    [
        (rate("LJ-P01", 5, 20, "small"), "small"),
        (rate("LJ-P01", 5, 29), "small"),
        (rate("LJ-P01", None, 50, "queried"), "queried"),
        (rate("LJ-P01", None, None, "not_submitted"), "not_submitted"),
        (rate("LJ-P01", None, 50, "not_applicable"), "not_applicable"),
        (rate("LJ-P01", None, 0, "undefined"), "undefined"),
        (rate("LJ-P01", None, 50, "bounded"), "bounded"),
        (rate("LJ-P01", 40, 50, "approximate"), "approximate"),
        (rate("LJ-P01", 40, 50, "ok", "approximate"), "approximate"),
        (rate("LJ-P01", 51, 50, "ok", "staff_change"), "staff_change"),
        (rate("LJ-P01", 30, 50), None),
    ],
)
def test_a_unit_without_a_class_says_why(row, why):
    others = rows_of([50] * 6)[1:]

    found = reasons(city(6), row, *others)["LJ-P01"]
    assert found == why if why else pd.isna(found)


def test_a_category_that_is_only_described_says_so_of_every_unit():
    table = reasons(city(5), *rows_of([50] * 5, indicator="I01", category="hope_project"))

    assert set(table) == {"described"}


def test_two_units_are_too_few_to_compare():
    assert set(reasons(city(2), *rows_of([10, 90]))) == {"few_peers"}


def test_a_unit_on_shifts_is_no_peer_in_daytime_activities():
    reference = city(6)
    line = NotCompared(CODES[0], "lei_feng_volunteer", "轮班")
    table = compare(replace(reference, not_compared=(line,)), *rows_of([90, 50, 50, 50, 50, 50], **LEI_FENG))
    row = table.iloc[0]

    assert (row["class"], row["not_ranked_because"]) == ("not_ranked", "excluded")
    assert (row["n_peers"], row["peer_pooled"]) == (5, 0.5)


def test_it_is_no_peer_of_the_volunteers_either_but_one_in_other_figures():
    reference = replace(city(6), not_compared=(NotCompared(CODES[0], "lei_feng_volunteer", "轮班"),))

    assert reasons(reference, *rows_of([50] * 6, indicator="I06"))[CODES[0]] == "excluded"
    assert pd.isna(reasons(reference, *rows_of([50] * 6))[CODES[0]])


def test_a_unit_may_be_left_out_of_every_comparison():
    reference = replace(city(6), not_compared=(NotCompared(CODES[0], "", "筹建中"),))

    assert reasons(reference, *rows_of([50] * 6))[CODES[0]] == "excluded"


def with_first(reference, **changes):
    first, *others = reference.units
    units = (replace(first, **changes), *others)
    return replace(reference, units=units, register=units)


def test_a_unit_younger_than_the_year_is_no_peer():
    reference = with_first(city(6), valid_from=dt.date(2025, 3, 1))

    assert reasons(reference, *rows_of([50] * 6))[CODES[0]] == "new"


def test_a_unit_from_1_january_has_a_whole_year():
    assert new_or_merged(with_first(city(6), valid_from=dt.date(2025, 1, 1))) == {}


def test_a_new_line_of_the_register_for_an_old_unit_begins_no_unit():
    reference = with_first(city(6), valid_from=dt.date(2025, 3, 1))
    before = replace(reference.units[0], valid_from=None, valid_to=dt.date(2025, 2, 28))

    assert new_or_merged(replace(reference, register=(before, *reference.register))) == {}


@pytest.mark.parametrize(
    "day, found", [(dt.date(2025, 1, 1), {}), (dt.date(2025, 6, 1), {CODES[0]: "merged"}), (dt.date(2024, 6, 1), {})]
)
def test_a_unit_that_took_over_another_within_the_year_is_no_peer(day, found):
    reference = replace(city(6), succession=(Succession("LJ-X01", CODES[0], day, 1.0),))

    assert new_or_merged(reference) == found


def test_units_of_the_sample_on_shifts_are_those_of_the_reference_data():
    lines = {(line.unit_code, line.category) for line in sample_reference().not_compared}

    assert {code for code, _ in lines} == {"LJ-G06", "LJ-V08"}
    assert all(sample_reference().category(category).ranked for _, category in lines)


def test_wide_groups_widen_the_limits_of_a_narrow_one():
    """Alone the narrow group has phi below 1 and nothing is widened; beside a wide one its limits widen too."""
    narrow, wide = [48, 49, 50, 51, 52, 50, 50, 50, 50], [20, 30, 40, 50, 50, 60, 70, 80, 50]
    alone = compare(city(9), *rows_of(narrow)).iloc[0]
    beside = compare(city(9, 9), *rows_of([*narrow, *wide])).iloc[0]

    assert (alone["tau2_used"], beside["tau2"]) == (0, 0)
    assert pd.isna(alone["freedom"])
    assert beside["tau2_used"] > 0.005
    assert beside["freedom"] == 16
    assert beside["funnel_998_high"] > alone["funnel_998_high"]
    assert beside["phi"] == alone["phi"]


def test_a_group_is_not_widened_by_what_is_only_described():
    """Money is given in very different measure; it must not widen the limits of service."""
    service = rows_of([48, 49, 50, 51, 52], **LEI_FENG)
    money = rows_of([0, 100, 0, 100, 50], indicator="I01", category="hope_project")
    table = compare(city(5), *service, *money)

    assert table.loc[table["category"] == "lei_feng_volunteer", "tau2_used"].eq(0).all()


@pytest.mark.parametrize("far, expected", [(5, "lower"), (95, "higher")])
def test_one_unit_of_nine_that_is_far_off_is_called_so_on_either_side(far, expected):
    """Its own distance must not widen the limits until it lies within them."""
    table = compare(city(9), *rows_of([46, 47, 48, 49, 51, 52, 53, 54, far]))

    assert table["class"].tolist() == ["near"] * 8 + [expected]


def test_false_discoveries_are_counted_over_the_whole_table_of_an_indicator():
    """Four units in each of two categories: eight p by hand from z, their q by scipy over all eight."""
    counts = {"elder_care": [40, 50, 50, 60], "lei_feng_volunteer": [45, 50, 50, 55]}
    rows = [row for category, people in counts.items() for row in rows_of(people, indicator="I01", category=category)]
    table = compare(city(4), *rows, *rows_of([35, 50, 50, 65]))
    of_categories = table[table["indicator"] == "I01"]

    assert table["tau2_used"].eq(0).sum() == 4
    narrow = table[table["tau2_used"] == 0]
    assert narrow["p_value"].tolist() == pytest.approx((2 * norm.sf([1, 0, 0, 1])).tolist(), abs=0.005)
    assert of_categories["q_value"].tolist() == pytest.approx(
        false_discovery_control(of_categories["p_value"]).tolist()
    )


def test_a_unit_without_a_class_has_no_p_and_no_q():
    table = compare(city(6), *rows_of([50] * 5), rate(CODES[5], 5, 20, "small"))

    assert table.iloc[5][["p_value", "q_value"]].isna().all()
    assert table.iloc[:5]["p_value"].tolist() == pytest.approx([1.0] * 5, abs=0.5)


PEOPLE = st.lists(st.tuples(st.integers(30, 300), st.floats(0, 1)), min_size=3, max_size=9)


def numbers(table):
    return table.drop(columns=["rank_low", "rank_high"]).set_index("unit_code").sort_index()


@settings(max_examples=25)
@given(PEOPLE, st.randoms())
def test_the_order_of_the_units_never_matters(people, random):
    rows = [rate(code, round(n * share), n) for code, (n, share) in zip(CODES, people, strict=False)]
    mixed = random.sample(rows, len(rows))
    reference = city(len(rows))

    pd.testing.assert_frame_equal(numbers(compare(reference, *mixed)), numbers(compare(reference, *rows)), rtol=1e-9)


@settings(max_examples=25)
@given(PEOPLE)
def test_counting_those_who_stay_away_turns_every_class_round(people):
    there = [rate(code, round(n * share), n) for code, (n, share) in zip(CODES, people, strict=False)]
    away = [rate(row["unit_code"], row["denominator"] - row["numerator"], row["denominator"]) for row in there]
    reference = city(len(there))
    found, turned = compare(reference, *there), compare(reference, *away)

    turn = {"higher": "lower", "lower": "higher", "near": "near"}
    assert turned["class"].tolist() == found["class"].map(turn).tolist()
    assert turned["z"].fillna(0).tolist() == pytest.approx((-found["z"].fillna(0)).tolist(), abs=1e-6)


@settings(max_examples=25)
@given(PEOPLE)
def test_a_unit_exactly_at_the_centre_moves_no_centre_and_stands_near(people):
    rows = [rate(code, round(n * share), n) for code, (n, share) in zip(CODES, people, strict=False)]
    total, n = (sum(row[column] for row in rows) for column in ("numerator", "denominator"))
    typical = rate(CODES[len(rows)], total, n)
    table = compare(city(len(rows) + 1), *rows, typical)

    assert table["peer_pooled"].tolist() == pytest.approx([total / n] * len(table))
    assert table["class"].iloc[-1] == "near"


@settings(max_examples=15)
@given(PEOPLE)
def test_a_class_stands_exactly_outside_the_outer_limits_and_inside_them_are_the_inner(people):
    rows = [rate(code, round(n * share), n) for code, (n, share) in zip(CODES, people, strict=False)]
    table = compare(city(len(rows)), *rows)
    observed = pd.Series([row["rate"] for row in rows])

    assert (observed > table["funnel_998_high"]).tolist() == (table["class"] == "higher").tolist()
    assert (observed < table["funnel_998_low"]).tolist() == (table["class"] == "lower").tolist()
    assert (table["funnel_998_low"] <= table["funnel_95_low"] + 1e-12).all()
    assert (table["funnel_998_high"] >= table["funnel_95_high"] - 1e-12).all()

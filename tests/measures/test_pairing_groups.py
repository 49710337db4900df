"""Pairing of the city and of peer groups: I13 under both readings, I15 by Kaplan and Meier."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from analysis.measures.pairing_groups import pairing_groups
from tests.measures.hand_tables import sample_reference
from tests.measures.test_pairings import LAND, LEFT, OTHER, TITLED, TOWN, UNTITLED, queried, tables


def groups_of(lines, year=2025, **more):
    table = pairing_groups(*tables(lines, year=year, **more), sample_reference(year))
    return table.set_index(["peer_group", "indicator", "category"])


def test_i13_of_the_city_stands_under_both_readings_with_what_is_not_known_between():
    """Three titled units of PG1 sent: one has both, one only town, one a queried place; the other 66 sent nothing."""
    lines = {TITLED: [TOWN, LAND], OTHER: [TOWN], "LJ-P03": [TOWN, {**LAND, "household_location": queried()}]}
    table = groups_of(lines)
    both, any_ = table.loc[("", "I13", "both")], table.loc[("", "I13", "any")]

    assert both[["n_units", "n_submitted", "n_queried", "n_counted"]].tolist() == [69, 3, 1, 2]
    assert both[["numerator", "denominator", "pooled_rate", "status"]].tolist() == [1, 2, 0.5, "bounded"]
    assert both[["pooled_low", "pooled_high"]].tolist() == pytest.approx([1 / 69, 68 / 69])
    assert any_[["numerator", "denominator", "n_queried"]].tolist() == [3, 3, 0]
    assert any_[["pooled_low", "pooled_high"]].tolist() == pytest.approx([3 / 69, 1])


def test_i13_of_a_group_that_sent_nothing_is_not_submitted_and_of_the_known_one_has_no_bounds():
    reference = sample_reference()
    every = {
        unit.code: [TOWN, LAND] for unit in reference.units if unit.title_level != "none" and unit.peer_group == "PG5"
    }
    table = groups_of(every)

    assert table.loc[("PG6", "I13", "both"), "status"] == "not_submitted"
    row = table.loc[("PG5", "I13", "both")]
    assert row[["numerator", "denominator", "pooled_rate", "status"]].tolist() == [8, 8, 1, "ok"]
    assert row[["pooled_low", "pooled_high"]].isna().all()
    assert row["submitted_heads"] == 1


def left_after(months):
    """A household that left so many months after 1 January 2024 (12 months of the year first)."""
    day = dt.date(2024 + months // 12, months % 12 + 1, 1)
    return {**TOWN, **LEFT, "paired_date": "2024-01-01", "exit_date": day.isoformat()}


def test_i15_is_the_median_of_months_of_ten_exits():
    lines = [left_after(months) for months in (3, 4, 5, 6, 7, 9, 10, 11, 12, 13)]
    row = groups_of({TITLED: lines}).loc[("", "I15", "")]

    assert row[["numerator", "denominator", "median_rate", "status"]].tolist() == [10, 10, 8, "ok"]


def test_i15_below_ten_exits_is_undefined_with_counts():
    lines = [left_after(months) for months in (3, 4, 5, 6, 7, 9, 10, 11, 12)]
    row = groups_of({TITLED: [*lines, LAND]}).loc[("", "I15", "")]

    assert row[["numerator", "denominator", "status"]].tolist() == [9, 10, "undefined"]
    assert pd.isna(row["median_rate"])


def test_i15_watches_those_who_have_not_left_until_the_end_of_the_year_and_leaves_out_the_excluded():
    """Ten left after 2 months to 11; four others paired since 2023 have not: S is 4/14 at the end, 7/14 from 8 to 9."""
    lines = [left_after(months) for months in range(2, 12)]
    excluded = {**TOWN, "hardship_type": "tekun"}
    row = groups_of({TITLED: [*lines, LAND, LAND], OTHER: [LAND, LAND, excluded]}).loc[("", "I15", "")]

    assert row[["numerator", "denominator", "median_rate", "status"]].tolist() == [10, 14, 8.5, "ok"]


def test_i15_is_undefined_when_more_than_half_have_not_left():
    lines = [left_after(months) for months in range(2, 12)]
    row = groups_of({TITLED: [*lines, *[LAND] * 11]}).loc[("", "I15", "")]

    assert row[["numerator", "denominator", "status"]].tolist() == [10, 21, "undefined"]


def test_i15_of_a_date_known_to_the_month_lies_between_and_of_a_queried_one_is_queried():
    known = [left_after(months) for months in (2, 3, 4, 5, 6, 8, 9, 10, 11, 12)]
    month = {**left_after(7), "exit_date": "2024-08"}
    row = groups_of({TITLED: [*known, month]}).loc[("", "I15", "")]

    assert row["status"] == "bounded"
    assert (row["pooled_low"], row["pooled_high"]) == pytest.approx((7, 7 + 30 / 31))

    asked = groups_of({TITLED: [*known, {**month, "exit_date": queried()}]}).loc[("", "I15", "")]
    assert asked["status"] == "queried"
    assert (asked["pooled_low"], asked["pooled_high"]) == pytest.approx((6, 8))


def test_i15_of_a_unit_without_title_is_not_counted():
    lines = [left_after(months) for months in range(2, 13)]

    assert groups_of({UNTITLED: lines}).loc[("", "I15", ""), "denominator"] == 0

"""Year on year: what may be compared, how far chance goes, and where a break is."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from analysis.measures.change import COLUMNS, change
from analysis.reference import DefinitionChange
from tests.measures.hand_tables import rate
from tests.measures.two_years import followed, one_year

A = {"A": "PG1"}


def compared(before, after, units=A, units_before=None, steps=(), **more):
    """The rows of two years given as lists of rates, by unit."""
    last = one_year(2024, units_before or units, *before)
    this = one_year(2025, units, *after)
    this = replace(this, reference=replace(this.reference, succession=followed(*steps), **more))
    return change(last, this).set_index("unit_code")


def only(before, after, **more):
    table = compared([before], [after], **more)
    assert len(table) == 1
    return table.iloc[0]


def test_the_columns_are_those_of_the_contract():
    table = change(one_year(2024, A, rate("A", 1, 40)), one_year(2025, A, rate("A", 1, 40)))

    assert tuple(table.columns) == COLUMNS


def test_newcombes_example_is_a_rise():
    # Newcombe 1998 (Stat Med 17:873), 56/70 - 48/80: 0.0524 to 0.3339
    row = only(rate("A", 48, 80), rate("A", 56, 70))

    assert (row["status"], row["class"]) == ("compared", "up")
    assert row["difference"] == pytest.approx(0.2)
    assert (round(row["difference_low"], 4), round(row["difference_high"], 4)) == (0.0524, 0.3339)


def test_with_the_years_swapped_it_is_a_fall():
    row = only(rate("A", 56, 70), rate("A", 48, 80))

    assert row["class"] == "down"
    assert (round(row["difference_low"], 4), round(row["difference_high"], 4)) == (-0.3339, -0.0524)


def test_a_difference_within_chance_is_no_difference():
    row = only(rate("A", 50, 80), rate("A", 52, 80))

    assert row["class"] == "no_clear_change"
    assert row["difference_low"] < 0 < row["difference_high"]


def test_seven_people_give_no_difference():
    row = only(rate("A", 7, 7, "small"), rate("A", 5, 7, "small"))

    assert row["status"] == "small"
    assert math.isnan(row["difference"])
    assert row["class"] is None or pd.isna(row["class"])


def test_below_thirty_people_in_either_year_there_is_no_class():
    row = only(rate("A", 2, 29, "small"), rate("A", 38, 40))

    assert row["status"] == "small"
    assert row["difference_low"] > 0  # clear, and still not said
    assert pd.isna(row["class"])


@pytest.mark.parametrize("before, after", [("queried", "ok"), ("ok", "queried")])
def test_a_queried_figure_is_not_compared(before, after):
    row = only(rate("A", None if before == "queried" else 10, 40, before), rate("A", None, 40, after))

    assert row["status"] == "queried"
    assert math.isnan(row["difference"])


@pytest.mark.parametrize("before, after", [("not_submitted", "ok"), ("ok", "not_submitted")])
def test_a_return_that_did_not_come_is_not_a_fall_to_zero(before, after):
    rows = [rate("A", None if one == "not_submitted" else 10, None if one == "not_submitted" else 40, one)
            for one in (before, after)]  # fmt: skip
    row = only(*rows)

    assert row["status"] == "not_submitted"
    assert math.isnan(row["difference"])


def test_a_count_that_is_only_about_right_is_not_compared():
    assert only(rate("A", 10, 40, "approximate"), rate("A", 30, 40))["status"] == "not_comparable"
    assert only(rate("A", None, 40, "bounded"), rate("A", 30, 40))["status"] == "not_comparable"
    assert only(rate("A", 10, 20, "small", "approximate"), rate("A", 30, 40))["status"] == "not_comparable"


def test_more_participants_than_staff_are_not_compared():
    row = only(rate("A", 42, 40, flags="staff_change"), rate("A", 30, 40))

    assert row["status"] == "not_comparable"
    assert math.isnan(row["difference_low"])


def test_merged_units_are_compared_with_the_sum_of_theirs():
    table = compared(
        [rate("A", 10, 40), rate("B", 5, 10)],
        [rate("C", 40, 52)],
        {"C": "PG1"},
        {"A": "PG1", "B": "PG1"},
        [("A", "C", 1.0), ("B", "C", 1.0)],
    )

    row = table.loc["C"]
    assert (row["numerator_before"], row["denominator_before"], row["rate_before"]) == (15, 50, 0.3)
    assert (row["status"], row["breaks"], row["class"]) == ("compared", "reform", "up")


def test_a_merged_unit_of_which_one_part_is_not_known_is_not_compared():
    merger = {"units": {"C": "PG1"}, "units_before": {"A": "PG1", "B": "PG1"}}
    steps = [("A", "C", 1.0), ("B", "C", 1.0)]
    row = compared([rate("A", 10, 40), rate("B", None, 10, "queried")], [rate("C", 40, 52)], **merger, steps=steps)

    assert row.loc["C", "status"] == "queried"
    assert math.isnan(row.loc["C", "numerator_before"])


def test_small_parts_of_a_merged_unit_may_be_enough_together():
    merger = {"units": {"C": "PG1"}, "units_before": {"A": "PG1", "B": "PG1"}}
    steps = [("A", "C", 1.0), ("B", "C", 1.0)]
    row = compared([rate("A", 3, 25, "small"), rate("B", 1, 7, "small")], [rate("C", 4, 32)], **merger, steps=steps)

    assert row.loc["C", "status"] == "compared"
    assert row.loc["C", "rate_before"] == 4 / 32


def test_the_breadth_of_merged_units_cannot_be_added_up():
    merger = {"units": {"C": "PG1"}, "units_before": {"A": "PG1", "B": "PG1"}}
    steps = [("A", "C", 1.0), ("B", "C", 1.0)]
    before = [rate("A", 8, 12, indicator="I03"), rate("B", 9, 12, indicator="I03")]
    row = compared(before, [rate("C", 10, 12, indicator="I03")], **merger, steps=steps).loc["C"]

    assert (row["status"], row["breaks"]) == ("not_comparable", "reform")
    assert math.isnan(row["numerator_before"])


def test_a_divided_unit_has_no_year_before_not_even_by_share():
    table = compared(
        [rate("A", 60, 100)],
        [rate("B", 40, 60), rate("C", 10, 40)],
        {"B": "PG1", "C": "PG1"},
        A,
        [("A", "B", 0.6), ("A", "C", 0.4)],
    )

    assert list(table["status"]) == ["not_comparable"] * 2
    assert list(table["breaks"]) == ["reform"] * 2
    assert table[["numerator_before", "denominator_before", "rate_before", "difference"]].isna().all(axis=None)


def test_a_new_unit_has_no_year_before():
    table = compared([rate("A", 10, 40)], [rate("A", 10, 40), rate("N", 1, 40)], {"A": "PG1", "N": "PG1"}, A)

    assert (table.loc["N", "status"], table.loc["N", "breaks"]) == ("not_comparable", "new_unit")
    assert pd.isna(table.loc["A", "breaks"])


def test_money_and_blood_are_told_of_groups_only():
    for category in ("hope_project", "blood_donation", "one_day_donation"):
        rows = [rate("A", x, 80, indicator="I01", category=category) for x in (10, 70)]
        row = only(*rows)

        assert row["status"] == "group_only"
        assert math.isnan(row["difference"])
        assert pd.isna(row["class"])


def test_a_figure_that_is_no_share_of_people_has_a_difference_without_limits():
    row = only(rate("A", 6, 12, indicator="I03"), rate("A", 9, 12, indicator="I03"))

    assert (row["status"], row["difference"]) == ("compared", 0.25)
    assert math.isnan(row["difference_low"])
    assert pd.isna(row["class"])


def test_a_count_without_a_denominator_has_no_rate_to_compare():
    row = only(rate("A", 3, None, indicator="I31"), rate("A", 5, None, indicator="I31"))

    assert (row["status"], row["numerator_before"], row["numerator"]) == ("not_comparable", 3, 5)
    assert math.isnan(row["difference"])


def test_a_subject_of_study_is_no_programme():
    rows = [rate("A", x, 80, indicator="I17", category="political_theory") for x in (20, 70)]
    row = only(*rows)

    assert (row["status"], row["class"]) == ("compared", "up")


def test_a_definition_that_changed_breaks_the_comparison():
    new = DefinitionChange("", 2025, "I02", "", "只计服务", "service only")
    row = only(rate("A", 10, 40), rate("A", 30, 40), definition_changes=(new,))

    assert (row["status"], row["breaks"]) == ("not_comparable", "definition")
    assert math.isnan(row["difference"])

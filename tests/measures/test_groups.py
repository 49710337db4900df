"""Figures of the city and of peer groups, worked by hand."""

import math

import pandas as pd
import pytest

from analysis.measures.groups import group_rates
from tests.measures.hand_tables import rate, rates_table, sample_reference


def groups_of(*rows):
    return group_rates(rates_table(*rows), sample_reference()).set_index(["peer_group", "indicator", "category"])


def test_the_city_stands_first_and_the_peer_groups_after_it():
    """PG6: LJ-V01 and LJ-V02; PG2: LJ-G03. A median of one or two units would be theirs and is not given."""
    table = groups_of(rate("LJ-V01", 10, 100), rate("LJ-V02", 75, 300), rate("LJ-G03", 30, 100))

    assert [place[0] for place in table.index] == ["", "PG2", "PG6"]
    assert table["pooled_rate"].tolist() == [115 / 500, 0.3, 85 / 400]
    assert table["n_rates"].tolist() == [3, 1, 2]
    assert table["median_rate"].tolist() == pytest.approx([0.25, math.nan, math.nan], abs=1e-12, nan_ok=True)


def test_the_median_is_of_the_units_that_are_compared_the_pooled_rate_of_all():
    """An approximate rate counts in 160 of 400 people, not in the middle of 10, 20 and 40 %."""
    rows = [rate("LJ-V01", 10, 100), rate("LJ-V02", 20, 100), rate("LJ-G03", 40, 100)]
    row = groups_of(*rows, rate("LJ-V03", 90, 100, "approximate")).loc["", "I02", ""]

    assert row[["pooled_rate", "n_counted", "median_rate", "n_rates"]].tolist() == [0.4, 4, 0.2, 3]


def test_giving_has_a_pooled_rate_and_no_median():
    rows = [rate(unit, 10, 100, indicator="I11") for unit in ("LJ-V01", "LJ-V02", "LJ-V03")]
    row = groups_of(*rows).loc["", "I11", ""]

    assert row["pooled_rate"] == 0.1
    assert pd.isna(row["median_rate"])


def test_pooled_shares_of_people_have_wilson_limits():
    """Newcombe 1998: 81 of 263 gives 0.2553 to 0.3662."""
    row = groups_of(rate("LJ-V01", 40, 131), rate("LJ-V02", 41, 132)).loc["", "I02", ""]

    assert row[["numerator", "denominator", "status"]].tolist() == [81, 263, "ok"]
    assert row[["pooled_low", "pooled_high"]].round(4).tolist() == [0.2553, 0.3662]


def test_attendance_is_no_share_of_people_and_has_no_limits():
    row = groups_of(rate("LJ-V01", 90, 100, indicator="I18")).loc["", "I18", ""]

    assert row["pooled_rate"] == 0.9
    assert row[["pooled_low", "pooled_high"]].isna().all()


def test_a_queried_numerator_lets_no_denominator_into_the_pooled_rate():
    row = groups_of(rate("LJ-V01", 10, 100), rate("LJ-V02", None, 300, "queried")).loc["", "I02", ""]

    assert row[["n_counted", "n_queried", "denominator", "pooled_rate"]].tolist() == [1, 1, 100, 0.1]


def test_a_rate_known_within_bounds_is_left_out_and_counted():
    row = groups_of(rate("LJ-V01", 10, 100), rate("LJ-V02", None, 300, "bounded")).loc["", "I02", ""]

    assert row[["n_counted", "n_bounded", "n_queried", "denominator"]].tolist() == [1, 1, 0, 100]


def test_a_group_of_few_people_has_counts_only():
    table = groups_of(rate("LJ-V01", 3, 4, "small"), rate("LJ-V02", 2, 5, "small"), rate("LJ-G03", 9, 20, "small"))

    assert table.loc[("PG6", "I02", ""), ["numerator", "denominator", "status"]].tolist() == [5, 9, "small"]
    assert table.loc[("PG6", "I02", ""), ["pooled_rate", "pooled_low"]].isna().all()
    assert table.loc[("PG2", "I02", ""), ["pooled_rate", "status"]].tolist() == [0.45, "small"]


def test_blood_of_a_group_below_thirty_is_undefined():
    row = groups_of(
        rate("LJ-V01", 2, 14, "undefined", indicator="I10"), rate("LJ-V02", 1, 15, "undefined", indicator="I10")
    )

    assert row.loc[("", "I10", ""), "status"] == "undefined"
    assert row[["pooled_rate", "pooled_low"]].isna().all(axis=None)


def test_blood_of_small_units_counts_in_the_pooled_rate():
    row = groups_of(*(rate(unit, 1, 14, "undefined", indicator="I10") for unit in ("LJ-V01", "LJ-V02", "LJ-V03")))

    assert row.loc[("", "I10", ""), "pooled_rate"] == 3 / 42
    assert row.loc[("", "I10", ""), "n_rates"] == 0


def test_a_count_has_a_total_and_the_median_of_units():
    rows = [rate(unit, count, None, indicator="I26") for unit, count in (("LJ-V01", 0), ("LJ-V02", 2), ("LJ-V03", 7))]
    row = groups_of(*rows, rate("LJ-V04", None, None, "queried", indicator="I26")).loc["", "I26", ""]

    assert row[["numerator", "n_counted", "median_rate", "n_rates", "status"]].tolist() == [9, 3, 2, 3, "ok"]
    assert row[["denominator", "pooled_rate"]].isna().all()


def test_money_has_a_total_and_nothing_that_speaks_of_one_unit():
    rows = [rate("LJ-V01", 5000.0, None, indicator="I12"), rate("LJ-V02", 700.0, None, indicator="I12")]
    row = groups_of(*rows, rate("LJ-V03", None, None, "not_submitted", indicator="I12")).loc["", "I12", ""]

    assert row[["numerator", "n_counted", "n_submitted", "n_rates"]].tolist() == [5700, 2, 2, 0]
    assert row[["pooled_rate", "median_rate"]].isna().all()


def test_a_group_of_which_nobody_sent_the_form_has_no_figure():
    row = groups_of(rate("LJ-V01", None, None, "not_submitted")).loc["", "I02", ""]

    assert row[["status", "n_submitted", "n_counted"]].tolist() == ["not_submitted", 0, 0]
    assert row[["numerator", "denominator", "pooled_rate"]].isna().all()

"""The finished tables behind the charts, on the smallest tables that show each rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.present.chart_tables import (
    categories_table,
    participation_table,
    returns_by_unit,
    submissions_table,
    volunteers_table,
)
from tests.present.made_up import rate_row, sample_reference, submission

FIRST, SECOND, LEAD = "LJ-P01", "LJ-P02", "LJ-P06"


def reference(**received):
    """The sample's reference data; the deadline is 15 January 2026."""
    moments = {f"{name}.xlsx": dt.datetime.fromisoformat(moment) for name, moment in received.items()}
    return replace(sample_reference(), received=moments)


def units(*codes, submitted=True):
    register = {unit.code: unit for unit in sample_reference().units}
    rows = [
        {
            "unit_code": code,
            "short_name": register[code].short_name,
            "peer_group": register[code].peer_group,
            "lead_of": ";".join(register[code].lead_of),
            "submitted": submitted,
        }
        for code in codes
    ]
    return pd.DataFrame(rows)


def arrival_of(files, is_submitted=True, **received):
    table = returns_by_unit(pd.DataFrame(files), units(FIRST, submitted=is_submitted), reference(**received))
    return table["arrival"].tolist()


def test_a_return_on_the_last_day_is_on_time():
    assert arrival_of([submission("a.xlsx", FIRST)], a="2026-01-15T23:59:00") == ["on_time"]


def test_a_return_on_the_day_after_is_late():
    assert arrival_of([submission("a.xlsx", FIRST)], a="2026-01-16T00:00:00") == ["late"]


def test_a_correction_after_the_deadline_does_not_make_a_unit_late():
    files = [submission("a.xlsx", FIRST, "superseded"), submission("b.xlsx", FIRST)]

    assert arrival_of(files, a="2026-01-10T09:00:00", b="2026-02-01T09:00:00") == ["on_time"]


def test_what_was_sent_back_does_not_count_as_in_time():
    files = [submission("a.xlsx", FIRST, "returned"), submission("b.xlsx", FIRST)]

    assert arrival_of(files, a="2026-01-10T09:00:00", b="2026-02-01T09:00:00") == ["late"]


def test_a_member_of_an_archive_came_with_the_archive():
    files = [submission("a.xlsx!inner/b.xlsx", FIRST)]

    assert arrival_of(files, a="2026-01-10T09:00:00") == ["on_time"]


def test_without_a_registered_time_nothing_is_said_of_punctuality():
    assert arrival_of([submission("a.xlsx", FIRST)]) == ["no_date"]


def test_a_unit_whose_only_return_was_sent_back_has_returned_only():
    assert arrival_of([submission("a.xlsx", FIRST, "returned")], is_submitted=False) == ["returned"]


def test_a_unit_that_sent_nothing_has_not_submitted():
    assert arrival_of([submission("a.xlsx", None)], is_submitted=False) == ["not_submitted"]


def test_the_last_row_of_c1_is_all_units_and_shares_are_of_units_due():
    table = submissions_table(
        pd.DataFrame([submission("a.xlsx", FIRST)]),
        pd.concat([units(FIRST), units(SECOND, submitted=False)], ignore_index=True),
        reference(a="2026-01-10T09:00:00"),
    )

    assert table["peer_group"].tolist() == ["PG1", ""]
    assert table.loc[1, ["units_due", "units_submitted", "on_time", "not_submitted"]].tolist() == [2, 1, 1, 1]
    assert table["on_time_share"].tolist() == [0.5, 0.5]


def comparison_of(*rows):
    """One row per (unit, class); the limits are the same for all."""
    limits = {"peer_pooled": 0.5, "peer_median": 0.5, "phi": 1.0, "tau2": 0.0, "tau2_used": 0.0, "freedom": None}
    funnel = {f"funnel_{level}_{end}": 0.5 for level in ("95", "998") for end in ("low", "high")}
    return pd.DataFrame(
        [
            {
                "unit_code": code,
                "indicator": indicator,
                "category": "",
                "peer_group": "PG1",
                "class": name,
                **limits,
                **funnel,
            }
            for code, name in rows
            for indicator in ("I02", "I06")
        ]
    )


def test_small_units_are_hollow_and_very_small_ones_have_no_dot():
    rates = pd.DataFrame([rate_row(FIRST, "I02", 20, 29), rate_row(SECOND, "I02", 5, 9), rate_row(LEAD, "I02", 20, 30)])

    table = participation_table(rates, comparison_of((FIRST, "near")), units(FIRST, SECOND, LEAD), sample_reference())

    assert dict(zip(table["unit_code"], table["mark"], strict=True)) == {FIRST: "hollow", SECOND: "none", LEAD: "solid"}


def test_rows_stand_by_group_then_by_rate_then_in_register_order():
    rates = pd.DataFrame(
        [
            rate_row("LJ-G01", "I02", 50, 50),
            rate_row(FIRST, "I02", 20, 40),
            rate_row(SECOND, "I02", 30, 40),
            rate_row(LEAD, "I02", 30, 40),
        ]
    )

    table = participation_table(
        rates, comparison_of((FIRST, "near")), units("LJ-G01", FIRST, LEAD, SECOND), sample_reference()
    )

    assert table["unit_code"].tolist() == [SECOND, LEAD, FIRST, "LJ-G01"]


def test_a_unit_without_a_row_of_rates_has_not_submitted():
    rates = pd.DataFrame([rate_row(FIRST, "I02", 20, 40)])

    table = participation_table(rates, comparison_of((FIRST, "near")), units(FIRST, SECOND), sample_reference())

    assert table["status"].tolist() == ["ok", "not_submitted"]


def test_categories_are_pooled_over_units_with_both_counts():
    rates = pd.DataFrame(
        [
            rate_row(FIRST, "I01", 30, 60, "elder_care"),
            rate_row(SECOND, "I01", 5, 9, "elder_care"),
            rate_row(LEAD, "I01", None, 100, "elder_care", "queried"),
        ]
    )

    row = categories_table(rates, sample_reference()).set_index("category").loc["elder_care"]

    assert row[["numerator", "denominator", "n_valid", "status"]].tolist() == [35.0, 69.0, 2, "ok"]
    assert row["rate"] == pytest.approx(35 / 69)


def test_few_people_in_all_units_together_give_counts_without_a_rate():
    rates = pd.DataFrame([rate_row(FIRST, "I01", 3, 7, "legal_aid")])

    table = categories_table(rates, sample_reference()).set_index("category")

    assert np.isnan(table.loc["legal_aid", "rate"])
    assert table.loc["legal_aid", "status"] == "small"
    assert table.loc["elder_care", "status"] == "undefined"


def test_units_with_ten_people_or_more_are_counted_among_those_with_both_counts():
    """Of 12, 10, 9 and an open one: three count, two of them have a rate."""
    rows = [rate_row(FIRST, "I01", 3, 12, "legal_aid"), rate_row(SECOND, "I01", 3, 10, "legal_aid")]
    rows += [rate_row(LEAD, "I01", 3, 9, "legal_aid"), rate_row("LJ-P03", "I01", None, 20, "legal_aid", "queried")]

    row = categories_table(pd.DataFrame(rows), sample_reference()).set_index("category").loc["legal_aid"]

    assert row[["n_valid", "n_large"]].tolist() == [3, 2]


def test_giving_and_blood_stand_apart_from_services():
    table = categories_table(pd.DataFrame([rate_row(FIRST, "I01", 30, 60, "elder_care")]), sample_reference())

    groups = table.set_index("category")["group"]
    assert groups[["elder_care", "lei_feng_volunteer"]].tolist() == ["service", "service"]
    assert groups[["one_day_donation", "blood_donation", "hope_project"]].tolist() == ["giving"] * 3
    assert len(table) == 12


def test_the_mark_of_the_funnel_is_the_class_of_the_comparison_or_the_reason_for_none():
    rates = pd.DataFrame(
        [
            rate_row(FIRST, "I06", 40, 50),
            rate_row(SECOND, "I06", 10, 20),
            rate_row(LEAD, "I06", 20, 40),
            rate_row("LJ-P03", "I06", 3, 7),
            rate_row("LJ-P04", "I06", 30, 58, status="approximate"),
        ]
    )
    classes = comparison_of((FIRST, "higher"), *((code, "not_ranked") for code in (SECOND, LEAD, "LJ-P03", "LJ-P04")))

    table = volunteers_table(rates, classes, units(FIRST, SECOND, LEAD, "LJ-P03", "LJ-P04"), sample_reference())

    marks = dict(zip(table["unit_code"], table["mark"], strict=True))
    assert marks == {FIRST: "higher", SECOND: "small", LEAD: "lead", "LJ-P03": "none", "LJ-P04": "other"}

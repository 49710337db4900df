"""The sentences at the top of a notebook: parts that add up."""

from __future__ import annotations

import pandas as pd

from analysis.present.answers import clearly_outside, files_not_used, reasons_left_out


def funnel(*units):
    """One row per (mark, status)."""
    return pd.DataFrame(units, columns=["mark", "status"])


def test_a_small_lead_unit_is_left_out_for_one_reason():
    reasons = reasons_left_out(funnel(("near", "ok"), ("lead", "small"), ("small", "small"), ("none", "queried")))

    assert reasons == {"lead": 1, "hidden": 0, "small": 1, "not_submitted": 0, "queried": 1, "other": 0}


def test_what_has_no_reason_of_its_own_is_counted_too():
    table = funnel(("other", "ok"), ("none", "bounded"), ("none", "not_submitted"), ("higher", "ok"))

    assert reasons_left_out(table) == {"lead": 0, "hidden": 0, "small": 0, "not_submitted": 1, "queried": 0, "other": 2}


def test_those_outside_are_of_the_units_compared():
    table = funnel(("near", "ok"), ("near", "ok"), ("near", "ok"), ("lower", "ok"), ("lead", "ok"), ("none", "queried"))

    assert clearly_outside(table) == (1, 4)
    assert clearly_outside(funnel(("none", "queried"))) == (0, 0)


def test_a_quarantined_file_is_used_without_its_personal_data():
    states = ["accepted", "superseded", "quarantined", "returned", "skipped"]

    assert files_not_used(pd.DataFrame({"state": states})) == 2

"""The median of units: whose rates, how many of them, and the same at every place that shows one."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.measures.comparison import comparison
from analysis.measures.disclosure import COLUMNS
from analysis.measures.medians import has_median, peer_medians, public_median
from tests.measures.hand_tables import rate, rates_table, sample_reference

NOTHING_HIDDEN = pd.DataFrame(columns=list(COLUMNS))
CODES = ("LJ-V01", "LJ-V02", "LJ-V03", "LJ-V04", "LJ-V05")
ELDER = {"indicator": "I01", "category": "elder_care"}


def as_group(lead=""):
    """The reference and the table `units` with the units of the tests as one peer group; `lead` leads `elder_care`."""
    reference = sample_reference()
    units = tuple(
        replace(reference.unit(code), lead_of=("elder_care",) if code == lead else (), peer_group="PG6")
        for code in CODES
    )
    return replace(reference, units=units), pd.DataFrame({"unit_code": list(CODES), "peer_group": "PG6"})


def medians(*rows, lead=""):
    reference, units = as_group(lead)
    return peer_medians(rates_table(*rows), units, reference)


def rows_of(*percents, **more):
    return [rate(code, percent, 100, **more) for code, percent in zip(CODES, percents, strict=False)]


def test_the_unit_itself_counts_in_the_median_of_its_group():
    """The middle of 10, 30 and 90 % is 30 %, for each of the three."""
    assert medians(*rows_of(10, 30, 90)).tolist() == [0.3, 0.3, 0.3]


def test_the_unit_that_leads_the_category_does_not_count_and_reads_the_same_median():
    """Without the lead unit at 90 % the middle of 10, 20, 30 and 40 % is 25 %."""
    found = medians(*rows_of(10, 20, 30, 40, 90, **ELDER), lead="LJ-V05")

    assert found.tolist() == pytest.approx([0.25] * 5)


@pytest.mark.parametrize("status,flags", [("approximate", None), ("small", "approximate"), ("ok", "staff_change")])
def test_what_is_not_exact_or_not_of_the_same_people_does_not_count(status, flags):
    found = medians(*rows_of(10, 20, 30), rate("LJ-V04", 90, 100, status, flags))

    assert found.tolist() == [0.2] * 4


def test_a_median_of_two_rates_is_not_told():
    """Five units with staff of the kind, two of them with ten or more."""
    few = [rate(code, 1, 4, "small", **ELDER) for code in CODES[2:]]

    assert medians(*rows_of(10, 30, **ELDER), *few).isna().all()


@pytest.mark.parametrize(
    "more",
    [
        {"indicator": "I01", "category": "hope_project"},
        {"indicator": "I01", "category": "blood_donation"},
        {"indicator": "I11"},
    ],
)
def test_giving_and_blood_have_no_median(more):
    assert medians(*rows_of(10, 30, 50, **more)).isna().all()
    reference, _ = as_group()
    figure = (more["indicator"], more.get("category", ""))
    assert not has_median(*figure, reference)
    low, high = public_median(rates_table(*rows_of(10, 30, 50, **more)), NOTHING_HIDDEN, figure, reference)
    assert pd.isna(low)
    assert pd.isna(high)


def test_the_median_of_all_units_leaves_out_who_leads_and_who_is_not_exact():
    reference, _ = as_group(lead="LJ-V05")
    rows = rates_table(*rows_of(10, 20, 30, 40, 90, **ELDER))

    assert public_median(rows, NOTHING_HIDDEN, ("I01", "elder_care"), reference) == pytest.approx((0.25, 0.25))


def test_a_public_median_of_two_rates_is_not_told():
    reference, _ = as_group()
    low, high = public_median(rates_table(*rows_of(10, 20, **ELDER)), NOTHING_HIDDEN, ("I01", "elder_care"), reference)

    assert pd.isna(low)
    assert pd.isna(high)


def test_the_comparison_has_the_same_median():
    rows = rates_table(*rows_of(10, 20, 30, 40, 90, **ELDER))
    for lead in ("", "LJ-V05"):
        reference, units = as_group(lead)
        table = comparison(rows, units, reference)
        assert table["peer_median"].tolist() == peer_medians(rows, units, reference).tolist()


def test_the_comparison_tells_no_median_of_two_rates():
    reference, units = as_group()

    assert comparison(rates_table(*rows_of(10, 20)), units, reference)["peer_median"].isna().all()

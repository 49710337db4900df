"""Units beside their peers, in the smallest groups that show the rule."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from analysis.measures.city import city_rates
from analysis.measures.comparison import comparison
from tests.measures.hand_tables import rate, rates_table, sample_reference

LIMITS = ["funnel_95_low", "funnel_95_high", "funnel_998_low", "funnel_998_high"]
JUDGED = [*LIMITS, "phi", "tau2", "z", "z_widened", "shrunk", "rank_low", "rank_high"]


def compare(*rows, lead=None):
    """The comparison of the given rows as one peer group; `lead` is a unit that leads `elder_care`."""
    reference = sample_reference()
    codes = dict.fromkeys(row["unit_code"] for row in rows)
    units = tuple(
        replace(reference.unit(code), lead_of=("elder_care",) if code == lead else (), peer_group="PG6")
        for code in codes
    )
    groups = pd.DataFrame({"unit_code": list(codes), "peer_group": "PG6"})
    table = comparison(rates_table(*rows), groups, replace(reference, units=units))
    return table.set_index("unit_code")


def five(*counts, **more):
    """Five units of a hundred, the rates of the first as given, the others 50 %."""
    people = [*counts, *[50] * (5 - len(counts))]
    return [rate(f"LJ-V0{place}", count, 100, **more) for place, count in enumerate(people, start=1)]


def test_centre_is_people_over_people_and_median_is_of_units():
    """(10 + 30 + 90)/(100 + 100 + 300) = 26 %; the middle of 10, 30 and 30 % is 30 %."""
    table = compare(rate("LJ-V01", 10, 100), rate("LJ-V02", 30, 100), rate("LJ-V03", 90, 300))

    assert table["peer_pooled"].tolist() == [0.26] * 3
    assert table["peer_median"].tolist() == [0.3] * 3
    assert table["n_peers"].tolist() == [3] * 3


def test_a_queried_unit_lets_its_people_not_into_the_centre():
    table = compare(
        rate("LJ-V01", 10, 100), rate("LJ-V02", 30, 100), rate("LJ-V03", 20, 100), rate("LJ-V04", None, 500, "queried")
    )

    assert table["peer_pooled"].tolist() == [0.2] * 4
    assert table.loc["LJ-V04", "n_peers"] == 3
    assert table.loc["LJ-V04", "class"] == "not_ranked"
    assert pd.isna(table.loc["LJ-V04", "z"])


def test_small_units_count_in_the_centre_and_are_not_ranked():
    table = compare(*five(), rate("LJ-V06", 0, 20, "small"))

    assert table.loc["LJ-V06", "peer_pooled"] == pytest.approx(250 / 520)
    assert table.loc["LJ-V06", "class"] == "not_ranked"
    assert pd.isna(table.loc["LJ-V06", "rank_low"])
    assert table.loc["LJ-V01", "class"] == "near"


def test_a_unit_of_counts_only_shows_nothing_its_rate_could_be_told_from():
    row = compare(*five(), rate("LJ-V06", 7, 7, "small")).loc["LJ-V06"]

    assert row[["z", "z_widened", "shrunk", "rank_low"]].isna().all()
    assert row["n_peers"] == 6


@pytest.mark.parametrize("status,flags", [("approximate", None), ("small", "approximate"), ("ok", "staff_change")])
def test_what_is_not_exact_or_not_of_the_same_people_stays_out(status, flags):
    table = compare(*five(), rate("LJ-V06", 100, 100, status, flags))

    assert table.loc["LJ-V06", "peer_pooled"] == 0.5
    assert table.loc["LJ-V06", "class"] == "not_ranked"
    assert pd.isna(table.loc["LJ-V06", "shrunk"])


def test_the_lead_unit_of_a_category_is_left_out_of_it():
    rows = five(100, indicator="I01", category="elder_care")
    table = compare(*rows, lead="LJ-V01")

    assert table["peer_pooled"].tolist() == [0.5] * 5
    assert table["n_peers"].tolist() == [4] * 5
    assert table.loc["LJ-V01", "class"] == "not_ranked"
    assert pd.isna(table.loc["LJ-V01", "rank_low"])
    assert table.loc["LJ-V01", "z"] == pytest.approx(10.0)


def test_a_lead_unit_is_compared_in_other_categories():
    table = compare(*five(70, indicator="I01", category="disability_aid"), lead="LJ-V01")

    assert table["n_peers"].tolist() == [5] * 5


def test_limits_and_difference_without_over_dispersion():
    """Centre (52 + 48 + 3*50)/500 = 50 %; standard error of a hundred 5 points; z of 52 % is 0.4."""
    row = compare(*five(52, 48)).loc["LJ-V01"]

    assert row["z"] == pytest.approx(0.4)
    assert row["z_widened"] == pytest.approx(0.4)
    assert row["phi"] == pytest.approx(2 * 0.4**2 / 5)
    assert row["tau2"] == 0
    expected = [0.5 - 0.05 * 1.959964, 0.5 + 0.05 * 1.959964, 0.5 - 0.05 * 3.090232, 0.5 + 0.05 * 3.090232]
    assert row[LIMITS].tolist() == pytest.approx(expected, abs=1e-7)


def test_limits_of_few_people_are_exact():
    """Of 10 at one half: P(X <= 1) = 11/1024 and P(X <= 2) = 56/1024 lie around 2.5 %, P(X = 0) = 1/1024 below 0.1 %."""
    row = compare(*five(), rate("LJ-V06", 5, 10, "small")).loc["LJ-V06"]

    assert row[LIMITS].tolist() == [0.2, 0.8, 0.1, 0.9]


def test_over_dispersion_widens_the_limits_until_a_far_unit_is_near():
    """z = -4, 0, 0, 0, 4: phi = 32/5; tau2 = (32 - 4)/(2000 - 400) = 0.0175; 0.2/sqrt(0.0025 + 0.0175) = 1.41."""
    table = compare(*five(30, 70))

    assert table["phi"].tolist() == pytest.approx([6.4] * 5)
    assert table["tau2"].tolist() == pytest.approx([0.0175] * 5)
    assert table.loc["LJ-V02", "z"] == pytest.approx(4)
    assert table.loc["LJ-V02", "z_widened"] == pytest.approx(math.sqrt(2))
    assert set(table["class"]) == {"near"}


def group_of_twenty(outlier):
    """Nineteen units of a hundred at 48 to 52 % and one more."""
    codes = [unit.code for unit in sample_reference().units if unit.peer_group in ("PG2", "PG3")]
    counts = [48, 49, 50, 51, 52] * 4
    rows = [rate(code, count, 100) for code, count in zip(codes, counts[:19], strict=False)]
    return [*rows, rate("LJ-V01", outlier, 100)]


@pytest.mark.parametrize("outlier,expected", [(80, "higher"), (20, "lower"), (60, "near")])
def test_a_class_beside_near_takes_more_than_the_outer_limit(outlier, expected):
    table = compare(*group_of_twenty(outlier))

    assert table.loc["LJ-V01", "class"] == expected
    assert set(table["class"].drop("LJ-V01")) == {"near"}


def test_ranks_are_intervals_among_the_ranked():
    table = compare(*group_of_twenty(80), rate("LJ-V04", 16, 16, "small"))

    assert table.loc["LJ-V01", ["rank_low", "rank_high"]].tolist() == [1, 1]
    assert table.loc["LJ-G01", ["rank_low", "rank_high"]].tolist() == [2, 20]


def test_shrunken_rates_lie_between_rate_and_centre():
    row = compare(*five(30, 70)).loc["LJ-V02"]

    assert 0.5 < row["shrunk"] < 0.7


@pytest.mark.parametrize(
    "more",
    [
        {"indicator": "I07"},
        {"indicator": "I01", "category": "one_day_donation"},
        {"indicator": "I01", "category": "blood_donation"},
        {"indicator": "I01", "category": "hope_project"},
    ],
)
def test_money_blood_and_mere_information_are_described_never_ranked(more):
    table = compare(*five(10, 90, **more))

    assert set(table["class"]) == {"not_ranked"}
    assert table[JUDGED].isna().all(axis=None)
    assert table["peer_pooled"].tolist() == [0.5] * 5


def test_blood_of_small_units_counts_in_the_pooled_rate():
    blood = {"indicator": "I01", "category": "blood_donation"}
    table = compare(rate("LJ-V01", 5, 100, **blood), rate("LJ-V02", 5, 25, "undefined", **blood))

    assert table["peer_pooled"].tolist() == [0.08, 0.08]
    assert table["peer_median"].isna().all()  # the one rate would be that of the first unit


def test_two_units_are_no_group():
    table = compare(rate("LJ-V01", 10, 100), rate("LJ-V02", 90, 100))

    assert set(table["class"]) == {"not_ranked"}
    assert table[JUDGED].isna().all(axis=None)


def test_a_group_in_which_everybody_takes_part_has_no_spread():
    table = compare(*five(100, 100, 100, 100, 100))

    assert set(table["class"]) == {"near"}
    assert table[["phi", "z"]].isna().all(axis=None)
    assert table[LIMITS].eq(1.0).all(axis=None)


def test_units_that_sent_nothing_have_a_row():
    row = compare(*five(), rate("LJ-V06", None, None, "not_submitted")).loc["LJ-V06"]

    assert row["class"] == "not_ranked"
    assert row[LIMITS].isna().all()
    assert row["peer_pooled"] == 0.5


def test_breadth_is_no_share_of_people_and_not_compared():
    assert compare(*five(), rate("LJ-V01", 9, 12, indicator="I03"))["indicator"].unique().tolist() == ["I02"]


def test_city_gives_people_and_units_and_who_reported():
    """85 of 400 people; two rates make no median; 312 + 31 + 47 of 312 + 31 + 47 + 16 + 156 heads reported."""
    reference = sample_reference()
    rows = rates_table(
        rate("LJ-V01", 10, 100),
        rate("LJ-V02", 75, 300),
        rate("LJ-V03", None, 500, "queried"),
        rate("LJ-V04", None, None, "not_submitted"),
        rate("LJ-V05", None, None, "not_submitted"),
    )
    row = city_rates(rows, reference).iloc[0]

    assert row[["n_units", "n_submitted", "n_queried", "n_counted", "n_rates"]].tolist() == [5, 3, 1, 2, 2]
    assert row[["numerator", "denominator", "pooled_rate"]].tolist() == [85, 400, 0.2125]
    assert pd.isna(row["median_rate"])
    assert row["submitted_heads"] == pytest.approx(390 / 562)


def test_city_without_any_figure_has_no_rate():
    row = city_rates(rates_table(rate("LJ-V01", None, None, "not_submitted")), sample_reference()).iloc[0]

    assert row[["numerator", "pooled_rate", "median_rate"]].isna().all()
    assert row["submitted_heads"] == 0

"""The change of city and groups: panel, parts, bridges, published figures and the Simpson check on small tables."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.group_change import COLUMNS, PARTS, group_change
from analysis.measures.groups import group_rates
from analysis.reference import DefinitionChange
from tests.measures.hand_tables import rate
from tests.measures.two_years import followed, one_year

NEW_DEFINITION = (DefinitionChange("", 2025, "I02", "", "只计服务", "service only"),)
TWO = {"A": "PG1", "B": "PG2"}


def changes(before, after, units=TWO, units_before=None, steps=(), published=None, **more):
    """The rows of two years given as lists of rates, by group."""
    last = one_year(2024, units_before or units, *before, published=published or {})
    this = one_year(2025, units, *after)
    this = replace(this, reference=replace(this.reference, succession=followed(*steps), **more))
    return group_change(last, this).set_index("peer_group")


def parts_of(row):
    return {name: row[f"part_{name}"] for name in PARTS}


def test_one_row_for_the_city_and_one_for_each_peer_group():
    table = changes([rate("A", 10, 40)], [rate("A", 20, 40)])

    assert list(table.index) == ["", "PG1", "PG2", "PG3", "PG4", "PG5", "PG6"]
    assert tuple(table.reset_index().columns) == COLUMNS


def test_a_city_of_three_units_by_hand():
    # A and B are in both years, C left, D came: 60/100, 20/100, 10/50, then 66/120, 40/80, 45/50
    table = changes(
        [rate("A", 60, 100), rate("B", 20, 100), rate("C", 10, 50)],
        [rate("A", 66, 120), rate("B", 40, 80), rate("D", 45, 50)],
        {"A": "PG1", "B": "PG2", "D": "PG2"},
        {"A": "PG1", "B": "PG2", "C": "PG2"},
    )

    row = table.loc[""]
    assert (row["n_before"], row["n_after"], row["n_panel"]) == (3, 3, 2)
    assert (row["rate_before"], row["rate"]) == (90 / 250, 151 / 250)
    assert (row["panel_rate_before"], row["panel_rate"]) == (80 / 200, 106 / 200)
    assert row["difference"] == pytest.approx(61 / 250)
    # shares .5, .5 become .6, .4; rates .6, .2 become .55, .5
    assert row["part_activity"] == pytest.approx(0.55 * -0.05 + 0.45 * 0.3)
    assert row["part_headcount"] == pytest.approx(0.575 * 0.1 + 0.35 * -0.1)
    assert row["part_units"] == pytest.approx((0.604 - 0.53) - (0.36 - 0.4))
    assert (row["part_definition"], row["part_correction"]) == (0, 0)
    assert row["class"] == "up"


def test_limits_of_the_panel_are_newcombes():
    # Newcombe 1998 (Stat Med 17:873), 56/70 - 48/80: 0.0524 to 0.3339
    row = changes([rate("A", 20, 30), rate("B", 28, 50)], [rate("A", 26, 30), rate("B", 30, 40)]).loc[""]

    assert (round(row["panel_low"], 4), round(row["panel_high"], 4)) == (0.0524, 0.3339)


def test_a_queried_figure_lets_neither_of_its_counts_in():
    row = changes([rate("A", 10, 40), rate("B", 50, 60)], [rate("A", 10, 40), rate("B", 5, 60, "queried")]).loc[""]

    assert (row["n_after"], row["n_panel"], row["rate"]) == (1, 1, 0.25)


def test_what_was_published_is_what_changed_and_the_rest_is_a_correction():
    row = changes([rate("A", 10, 40)], [rate("A", 20, 40)], published={("I02", "", ""): 0.28}).loc[""]

    assert (row["rate_before"], row["rate_before_now"]) == (0.28, 0.25)
    assert row["difference"] == pytest.approx(0.22)
    assert row["part_correction"] == pytest.approx(-0.03)
    assert row["part_activity"] == pytest.approx(0.25)


def test_a_figure_published_of_a_group_is_of_that_group_alone():
    table = changes([rate("A", 10, 40)], [rate("A", 20, 40)], published={("I02", "", "PG1"): 0.28})

    assert table.loc["PG1", "part_correction"] == pytest.approx(-0.03)
    assert table.loc["", "part_correction"] == 0


def test_merged_units_stay_in_the_panel_with_the_sum_of_their_counts():
    row = changes(
        [rate("A", 10, 40), rate("B", 5, 10)],
        [rate("C", 30, 60)],
        {"C": "PG1"},
        {"A": "PG1", "B": "PG1"},
        [("A", "C", 1.0), ("B", "C", 1.0)],
    ).loc["PG1"]

    assert (row["n_before"], row["n_after"], row["n_panel"]) == (2, 1, 1)
    assert (row["panel_rate_before"], row["panel_rate"]) == (0.3, 0.5)
    assert row["part_units"] == pytest.approx(0)


def test_a_unit_merged_out_of_two_groups_is_in_the_panel_of_the_city_only():
    table = changes(
        [rate("A", 10, 40), rate("B", 5, 10)],
        [rate("C", 30, 60)],
        {"C": "PG1"},
        TWO,
        [("A", "C", 1.0), ("B", "C", 1.0)],
    )

    assert list(table.loc[["", "PG1", "PG2"], "n_panel"]) == [1, 0, 0]
    assert table.loc["PG1", "status"] == "no_panel"


def test_divided_and_new_units_stay_out_of_the_panel():
    row = changes(
        [rate("A", 60, 100), rate("B", 10, 100)],
        [rate("B", 20, 100), rate("C", 40, 60), rate("D", 10, 40), rate("N", 30, 30)],
        {"B": "PG2", "C": "PG1", "D": "PG1", "N": "PG1"},
        TWO,
        [("A", "C", 0.6), ("A", "D", 0.4)],
    ).loc[""]

    assert (row["n_before"], row["n_after"], row["n_panel"]) == (2, 4, 1)
    assert (row["panel_rate_before"], row["panel_rate"]) == (0.1, 0.2)


def test_a_new_definition_without_a_bridge_has_no_parts():
    row = changes([rate("A", 10, 40)], [rate("A", 20, 40)], definition_changes=NEW_DEFINITION).loc[""]

    assert (row["status"], row["n_panel"]) == ("definition", 0)
    assert (row["rate_before"], row["rate"]) == (0.25, 0.5)  # both are told, not compared
    assert math.isnan(row["difference"])
    assert all(math.isnan(part) for part in parts_of(row).values())
    assert pd.isna(row["class"])


def test_a_bridge_over_all_units_gives_the_part_of_the_definition():
    row = changes(
        [rate("A", 20, 40), rate("B", 30, 60)],
        [rate("A", 16, 40), rate("B", 30, 60)],
        definition_changes=NEW_DEFINITION,
        bridges={("A", "I02", ""): (12, 40), ("B", "I02", ""): (24, 60)},
    ).loc[""]

    assert row["status"] == "compared"
    assert row["panel_rate_before"] == 0.36
    assert row["part_definition"] == pytest.approx(0.36 - 0.5)
    assert row["part_activity"] == pytest.approx(0.46 - 0.36)
    assert row["difference"] == pytest.approx(-0.04)


def test_a_bridge_that_a_unit_of_the_group_lacks_is_none():
    table = changes(
        [rate("A", 20, 40), rate("B", 30, 60)],
        [rate("A", 16, 40), rate("B", 30, 60)],
        definition_changes=NEW_DEFINITION,
        bridges={("A", "I02", ""): (12, 40)},
    )

    assert list(table.loc[["", "PG1", "PG2"], "status"]) == ["definition", "compared", "definition"]


def test_a_new_form_has_no_parts():
    row = changes([rate("A", 10, 40)], [rate("A", 20, 40)], form_no_prefix="澜文明").loc[""]

    assert row["status"] == "form"
    assert math.isnan(row["difference"])


def test_a_year_without_a_figure_is_said():
    row = changes([rate("A", None, None, "not_submitted")], [rate("A", 20, 40)]).loc[""]

    assert row["status"] == "no_before"
    assert math.isnan(row["difference"])


def test_a_small_group_has_no_class():
    table = changes([rate("A", 1, 20, "small")], [rate("A", 19, 20, "small")])

    assert table.loc["PG1", "status"] == "small"
    assert table.loc["PG1", "panel_low"] > 0
    assert pd.isna(table.loc["PG1", "class"])


def test_of_fewer_than_ten_people_there_are_only_counts():
    row = changes([rate("A", 2, 7, "small")], [rate("A", 3, 7, "small")]).loc["PG1"]

    assert (row["panel_numerator_before"], row["panel_denominator_before"]) == (2, 7)
    assert (row["panel_numerator"], row["panel_denominator"]) == (3, 7)
    shown = ["rate", "rate_before", "rate_before_now", "panel_rate", "panel_rate_before", "panel_low", "difference"]
    assert row[[*shown, *(f"part_{name}" for name in PARTS)]].isna().all()
    assert row["status"] == "small"


def test_a_sum_without_a_denominator_has_no_row():
    assert changes([rate("A", 3, None, indicator="I31")], [rate("A", 5, None, indicator="I31")]).empty


def test_the_rates_are_those_of_the_groups_of_either_year():
    before = [rate("A", 10, 40), rate("B", 50, 60), rate("C", 3, 20, "small")]
    after = [rate("A", 20, 40, "approximate"), rate("B", 5, 60, "queried"), rate("C", 44, 40, flags="staff_change")]
    units = {"A": "PG1", "B": "PG2", "C": "PG2"}
    heads = one_year(2024, units, *before)

    table = changes(before, after, units)

    for column, rows in (("rate_before_now", before), ("rate", after)):
        figures = group_rates(one_year(2025, units, *rows).rates, heads.reference).set_index("peer_group")
        for group in ("", "PG1", "PG2"):
            assert table.loc[group, column] == figures.loc[group, "pooled_rate"]


STONES = [rate("A", 81, 87), rate("B", 192, 263)], [rate("A", 234, 270), rate("B", 55, 80)]


def test_the_kidney_stones_as_two_peer_groups_are_a_reversal():
    # Charig et al. 1986 (BMJ 292:879): worse in each group, better together
    table = changes(*STONES)

    assert table.loc["", "reversal"]
    assert table.loc["", "signs_differ"]
    assert table.loc["", "within_change"] < 0 < table.loc["", "part_activity"] + table.loc["", "part_headcount"]
    assert table["reversal"].iloc[1:].isna().all()


def test_units_of_one_peer_group_are_no_reversal():
    table = changes(*STONES, units={"A": "PG1", "B": "PG1"})

    assert not table.loc["", "reversal"]


counts = st.tuples(st.integers(0, 300), st.integers(1, 300)).map(lambda pair: (min(pair), max(pair)))
cities = st.dictionaries(
    st.sampled_from("ABCDEFGH"),
    st.tuples(st.sampled_from(["PG1", "PG2", "PG3"]), st.none() | counts, st.none() | counts),
    min_size=1,
)


def rows_of(city, place):
    return [
        rate(code, *entry[place], "ok") if entry[place] else rate(code, None, None, "not_submitted")
        for code, entry in city.items()
    ]


@given(cities)
def test_parts_add_up_for_every_group_in_both_directions_of_time(city):
    units = {code: entry[0] for code, entry in city.items()}
    forth = changes(rows_of(city, 1), rows_of(city, 2), units)
    back = changes(rows_of(city, 2), rows_of(city, 1), units)
    names = [f"part_{name}" for name in PARTS]

    told = forth["difference"].notna()
    assert (told | (forth["status"] != "compared")).all()
    assert (forth["difference"] - forth[names].sum(axis="columns"))[told].abs().max() < 1e-12 or not told.any()
    assert (forth["rate"] - forth["rate_before"] - forth["difference"])[told].abs().max() < 1e-12 or not told.any()
    assert ((forth[names] + back[names])[told].abs() < 1e-12).all(axis=None)
    assert forth["reversal"].equals(back["reversal"])
    assert (told == back["difference"].notna()).all()

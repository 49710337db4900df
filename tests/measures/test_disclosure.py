"""What is hidden of a unit or a total, and what else must go; limits worked out by hand or by integer programming."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.measures.disclosure import hidden_figures, published_totals
from analysis.measures.disclosure_choice import Cell, protect
from analysis.measures.disclosure_money import hidden_money
from analysis.measures.disclosure_primary import Count, Rules, denominator_cell, numerator_cell
from analysis.measures.disclosure_ranges import Total, ranges
from analysis.measures.disclosure_tables import Figure, hide, median_range, suppressed, told_limits
from tests.attacker import Count as Known
from tests.attacker import Year, limits_left
from tests.measures.hand_tables import rate, rates_table, sample_reference

RULES = Rules(people=5, sensitive=10, donors=5, least=30)


def told(value, size, kind="people", is_total=False, before=float("nan")):
    """Reason and limits of one number."""
    cell = numerator_cell(Count("u", value, size, is_total, before), kind, RULES)
    return (cell.reason, *cell.public) if cell.reason else None


@pytest.mark.parametrize(
    "value, size, expected",
    [
        (0, 40, None),
        (1, 40, ("small", 1, 4)),
        (4, 40, ("small", 1, 4)),
        (5, 40, None),
        (35, 40, None),
        (36, 40, ("nearly_all", 36, 39)),
        (39, 40, ("nearly_all", 36, 39)),
        (40, 40, None),
        (41, 40, None),
        (3, 7, ("small", 1, 6)),  # both windows meet: only that some took part and some did not
        (6, 7, ("small", 1, 6)),
        (7, 7, None),
        (0, 3, ("small", 0, 4)),  # with so few people every number tells about them
        (3, 3, ("small", 0, 4)),
    ],
)
def test_few_people_and_nearly_all_people_are_hidden_but_nobody_and_everybody_are_shown(value, size, expected):
    assert told(value, size) == expected


def test_blood_is_hidden_of_every_unit_and_of_totals_below_ten_or_with_fewer_than_thirty_people():
    assert told(25, 400, "sensitive") == ("sensitive", 0, 400)
    assert told(0, 400, "sensitive") == ("sensitive", 0, 400)
    assert told(9, 400, "sensitive", is_total=True) == ("sensitive", 0, 9)
    assert told(0, 400, "sensitive", is_total=True) == ("sensitive", 0, 9)
    assert told(12, 29, "sensitive", is_total=True) == ("sensitive", 0, 29)
    assert told(10, 400, "sensitive", is_total=True) is None


def test_hours_and_months_are_not_people():
    assert told(2, 12, "open") is None
    assert told(2, 40, "times") == ("small", 1, 4)
    assert told(39, 40, "times") is None


def test_a_total_that_moved_by_fewer_than_five_since_last_year_is_hidden():
    assert told(104, 400, is_total=True, before=100) == ("years", 96, 104)
    assert told(100, 400, is_total=True, before=100) is None
    assert told(105, 400, is_total=True, before=100) is None


def test_a_denominator_of_few_people_is_hidden():
    assert denominator_cell(Count("u", 1, 3), "people", RULES).public == (1, 4)
    assert denominator_cell(Count("u", 1, 5), "people", RULES).reason == ""
    assert denominator_cell(Count("u", 0, 0), "people", RULES).reason == ""


def test_what_a_total_leaves_of_two_hidden_numbers():
    """x in 1..4, y in 0..50, x + y = 30: y in 26..29."""
    limits = {"x": (1, 4), "y": (0, 50), "z": (7, 7), "all": (37, 37)}

    left = ranges(limits, [Total("all", frozenset("xyz"))])

    assert left == {"x": (1, 4), "y": (26, 29), "z": (7, 7), "all": (37, 37)}


def test_overlapping_totals_are_solved_too():
    """x + y = 10 and y + z = 10, each 0..4 or more: x = z, so x is 6..10 when y is at most 4."""
    limits = {"x": (0, 20), "y": (0, 4), "z": (0, 8), "xy": (10, 10), "yz": (10, 10)}

    left = ranges(limits, [Total("xy", frozenset("xy")), Total("yz", frozenset("yz"))])

    assert (left["x"], left["y"], left["z"]) == ((6, 8), (2, 4), (6, 8))


def group_rates(*counts, size=40):
    units = [unit.code for unit in sample_reference().units if unit.peer_group == "PG1" and not unit.lead_of]
    return rates_table(*(rate(code, x, size) for code, x in zip(units, counts, strict=False)))


def the_units(table):
    groups = {unit.code: unit.peer_group for unit in sample_reference().units}
    return pd.DataFrame({"unit_code": table["unit_code"], "peer_group": table["unit_code"].map(groups)})


def test_one_hidden_unit_beside_a_total_takes_a_second_with_it():
    table = group_rates(3, 20, 25, 30)

    hidden = hidden_figures(table, the_units(table), sample_reference())
    alone = hidden_figures(table, the_units(table), sample_reference(), switched_off=True)

    assert list(hidden.loc[hidden["level"] == "unit", "reason"]) == ["small", "complementary"]
    assert list(hidden.loc[hidden["reason"] == "small", ["low", "high"]].iloc[0]) == [1, 4]
    assert list(alone.loc[alone["level"] == "unit", "reason"]) == ["small"]
    assert list(alone.loc[alone["reason"] == "small", ["low", "high"]].iloc[0]) == [3, 3]


def test_without_a_second_unit_to_hide_the_total_goes():
    table = group_rates(3, 0, 40)

    hidden = hidden_figures(table, the_units(table), sample_reference())

    assert list(hidden.loc[hidden["level"] == "unit", "reason"]) == ["small"]
    assert "city" in set(hidden["level"])


def test_the_totals_published_are_those_that_are_not_hidden():
    """Of overall participation only the city is shown (disclosure.csv), not its groups."""
    other = next(unit.code for unit in sample_reference().units if unit.peer_group == "PG2")
    table = pd.concat([group_rates(3, 20, 25, 30), rates_table(rate(other, 30, 50))], ignore_index=True)
    hidden = hidden_figures(table, the_units(table), sample_reference())

    assert published_totals(table, the_units(table), hidden) == {("", "I02", ""): 108}


@st.composite
def cities(draw):
    """Groups of units with people, of whom some take part, as the cells and totals of `protect`."""
    cells, totals = [], []
    everyone: list[str] = []
    for group in range(draw(st.integers(1, 3))):
        members = []
        for unit in range(draw(st.integers(1, 5))):
            size = draw(st.integers(5, 60))
            members.append(f"{group}.{unit}")
            cells.append(numerator_cell(Count(members[-1], draw(st.integers(0, size)), size), "people", RULES))
        totals.append(Total(f"g{group}", frozenset(members)))
        everyone += members
    totals.append(Total("city", frozenset(everyone)))
    sums = [Count(t.key, sum(c.value for c in cells if c.key in t.members), sum(c.size for c in cells if c.key in t.members), True) for t in totals]  # fmt: skip
    unique = {total.members: (total, count) for total, count in zip(totals, sums, strict=True)}
    totals = [total for total, _ in unique.values()]
    return [*cells, *(numerator_cell(count, "people", RULES) for _, count in unique.values())], totals


@given(cities())
def test_integer_programming_finds_every_value_of_a_small_number_still_possible(city):
    cells, totals = city
    choice = protect(cells, totals)
    by_key = {cell.key: cell for cell in cells}

    year = Year()
    for cell in cells:
        if any(cell.key == total.key for total in totals):
            continue
        known = Known(cell.size, cell.value, cell.value, seen=True)
        if cell.key in choice.reasons:
            known.promised = cell.public if cell.reason else (0, cell.size)
            known.low, known.high = known.promised
        year.counts[str(cell.key)] = known
    for total in totals:
        if total.key not in choice.reasons:
            value = by_key[total.key].value
            year.sums.append((frozenset(map(str, total.members)), value, value))

    for unit, left in limits_left(year).items():
        cell = by_key[unit]
        assert left == cell.public if cell.reason else left[0] < left[1]


@given(cities())
def test_what_must_be_hidden_is_hidden_and_the_choice_is_the_same_each_time(city):
    cells, totals = city
    assume(any(cell.reason for cell in cells))

    choice = protect(cells, totals)

    assert {cell.key for cell in cells if cell.reason} <= set(choice.reasons)
    assert protect(cells, totals) == choice


def test_the_smallest_unit_that_gives_enough_room_is_hidden():
    cells = [
        Cell("a", 3, 40, "small", (1, 4)),
        Cell("tiny", 6, 12, spare=(5, 7)),  # one more or less is not enough
        Cell("middle", 20, 50, spare=(5, 45)),
        Cell("large", 50, 100, spare=(5, 95)),
        Cell("all", 79, 202, spare=(5, 197)),
    ]

    choice = protect(cells, [Total("all", frozenset({"a", "tiny", "middle", "large"}))])

    assert choice.reasons == {"a": "small", "middle": "complementary"}


def test_everything_that_tells_a_hidden_number_is_null_and_the_rest_stays():
    table = group_rates(3, 20, 25, 30).assign(ci_low=0.1, flags="out_of_band", short_name="x")
    hidden = hidden_figures(table, the_units(table), sample_reference())

    shown = hide(table, hidden, Figure())

    first = shown.iloc[0]
    assert first[["numerator", "rate", "ci_low", "flags"]].isna().all()
    assert (first["denominator"], first["hidden"], first["people_low"], first["people_high"]) == (40, "small", 1, 4)
    assert shown.iloc[2]["numerator"] == 25
    assert pd.isna(shown.iloc[2]["hidden"])
    assert list(told_limits(shown, 10).iloc[0]) == [1 / 40, 4 / 40]


def test_the_log_names_each_hidden_number_and_no_value():
    table = group_rates(3, 20, 25, 30)
    shown = hide(table, hidden_figures(table, the_units(table), sample_reference()), Figure())

    log = suppressed("C2", table, shown, ["unit_code"])

    assert list(log.columns) == ["table", "row", "column", "reason"]
    assert list(log["column"]) == ["numerator", "rate"] * 2
    assert list(log["reason"]) == ["small", "small", "complementary", "complementary"]


def test_a_median_is_known_as_far_as_the_numbers_that_matter():
    limits = pd.DataFrame({"low": [0.1, 0.5, 0.8], "high": [0.1, 0.5, 0.9]})
    assert median_range(limits) == (0.5, 0.5)
    assert median_range(limits.iloc[:2]) == (pytest.approx(0.3), pytest.approx(0.3))
    assert median_range(limits.iloc[1:]) == (pytest.approx(0.65), pytest.approx(0.7))


def money(donors):
    """What is hidden of the money of four groups that gave 100, 200, 300 and 400 yuan."""
    groups = ("PG1", "PG2", "PG3", "PG4")
    yuan = dict(zip(groups, (100.0, 200.0, 300.0, 400.0), strict=True))
    table = hidden_money(yuan, dict(zip(groups, donors, strict=True)), ("I12", ""), sample_reference())
    return dict(zip(zip(table["level"], table["peer_group"], strict=True), table["reason"], strict=True))


def test_money_of_fewer_than_five_donors_is_hidden_with_the_group_of_fewest_donors_beside_it():
    assert money((20, 4, 9, 30)) == {("group", "PG2"): "few_donors", ("group", "PG3"): "complementary"}
    assert money((20, 5, 9, 30)) == {}
    assert money((20, 0, 9, 30)) == {}


def test_the_log_stands_in_the_order_of_what_is_shown_since_the_true_order_would_tell():
    """The full table is sorted by the true rates: 39, 38 and 37 of 40, all shown as 36 to 39, would follow from it."""
    full = pd.DataFrame({"unit_code": ["U3", "U1", "U2"], "numerator": [39.0, 38.0, 37.0]})
    shown = pd.DataFrame(
        {"unit_code": ["U1", "U2", "U3"], "numerator": [float("nan")] * 3, "hidden": ["nearly_all"] * 3}
    )

    assert suppressed("C2", full, shown, ["unit_code"])["row"].tolist() == ["U1", "U2", "U3"]

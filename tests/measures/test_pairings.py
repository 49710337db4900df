"""I13, I14 and I16 of a unit: typed households in, status, counts and bounds out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from analysis.etl.typed_tables import typed_tables
from analysis.measures.pairing_groups import pairing_groups
from analysis.measures.pairings import pairing_rates
from analysis.records import Fact
from tests.measures.hand_tables import facts_table, queries_table, query, sample_reference

TITLED, OTHER, UNTITLED = "LJ-P01", "LJ-P02", "LJ-G22"
FIELDS = ("household_no", "household_location", "hardship_type", "paired_date", "visits", "out_of_hardship",
          "exit_date", "exit_proof", "remark")  # fmt: skip
TOWN = {"household_no": "H-101", "household_location": "urban", "hardship_type": "dibao", "paired_date": "2023-05-01",
        "visits": 4, "out_of_hardship": "no"}  # fmt: skip
LAND = {**TOWN, "household_no": "H-102", "household_location": "rural"}
LEFT = {"out_of_hardship": "yes", "exit_date": "2025-06-01", "exit_proof": "民政(街道)退出低保通知"}


def queried(rule="M46"):
    return ("queried", rule)


def facts_of(unit, lines):
    """One fact per value; None is a blank, `queried()` a value that is asked about, a pair of numbers bounds."""
    made = []
    for row, line in enumerate(lines, start=1):
        for measure in FIELDS:
            said = line.get(measure)
            if said is None:
                continue
            fact = Fact(2025, unit, "F5", row, "", measure, None, None, None, None, "reported", None, "", f"{unit}.xlsx",
                        "表5", f"{measure}{row}")  # fmt: skip
            if said == "/":
                fact = replace(fact, status="not_applicable")
            elif isinstance(said, tuple) and said[0] == "queried":
                fact = replace(fact, status="queried", rule=said[1])
            elif isinstance(said, tuple):
                fact = replace(fact, low=said[0], high=said[1], status="bounded")
            elif measure == "visits":
                fact = replace(fact, value=float(said))
            else:
                fact = replace(fact, text=said)
            made.append(fact)
    return made


def tables(lines, sent=None, queries=(), year=2025):
    """The tables that the functions take; `sent` are the units whose form came, those with lines if not given."""
    reference = sample_reference(year)
    facts = [fact for unit, own in lines.items() for fact in facts_of(unit, own)]
    forms = dict.fromkeys(lines if sent is None else sent, "F1;F5")
    units = pd.DataFrame(
        [(unit.code, unit.peer_group, unit.title_level, float(unit.headcount), forms.get(unit.code, ""))
         for unit in reference.units],
        columns=["unit_code", "peer_group", "title_level", "hc_register", "forms"],
    )  # fmt: skip
    frame = facts_table(*({name: getattr(fact, name) for name in Fact.__dataclass_fields__} for fact in facts))
    return typed_tables(facts, reference)["pairings"], units, frame, queries_table(*queries)


def rates_of(lines, unit=TITLED, rule="both", **more):
    reference = replace(sample_reference(more.get("year", 2025)), pairing_rule=rule)
    table = pairing_rates(*tables({unit: lines}, **more), reference)
    return table[table["unit_code"] == unit].set_index("indicator")


def seen(row):
    """Numerator, denominator, rate, status and bounds, with None for null."""
    names = ("numerator", "denominator", "rate", "status", "rate_low", "rate_high")
    return tuple(None if pd.isna(row[name]) else row[name] for name in names)


def coverage(lines, **more):
    return seen(rates_of(lines, **more).loc["I13"])


MET, UNMET, OPEN = (1, 1, 1, "ok", None, None), (0, 1, 0, "ok", None, None), (None, 1, None, "queried", 0, 1)


@pytest.mark.parametrize(
    "lines, both, any_",
    [
        ([TOWN, LAND], MET, MET),
        ([TOWN], UNMET, MET),
        ([LAND, LAND], UNMET, MET),
        ([], UNMET, UNMET),
        ([TOWN, {**LAND, "household_location": queried()}], OPEN, MET),
        ([TOWN, {**LAND, "household_location": None}], OPEN, MET),
        ([{**LAND, "household_location": queried()}], UNMET, MET),  # one household is not in town and country
        ([{**TOWN, "household_location": None}, {**LAND, "household_location": None}], OPEN, MET),
        ([TOWN, {**LAND, "household_no": queried("M69")}], OPEN, MET),
        ([{**TOWN, "household_no": queried("M69")}], UNMET, OPEN),
        ([TOWN, {**LAND, "paired_date": queried("G17")}], OPEN, MET),
        ([TOWN, {**LAND, "paired_date": None}], MET, MET),
        ([TOWN, {**LAND, "paired_date": "2025-12-31"}], MET, MET),
        ([TOWN, {**LAND, "paired_date": "2026-01-01"}], UNMET, MET),
        ([TOWN, {**LAND, **LEFT}], MET, MET),
        ([TOWN, {**LAND, "household_location": "/"}], UNMET, MET),
    ],
)
def test_i13_under_both_readings(lines, both, any_):
    assert coverage(lines, sent=[TITLED]) == both
    assert coverage(lines, sent=[TITLED], rule="any") == any_


def test_i13_a_pairing_of_a_month_across_the_end_of_the_year_is_between():
    late = {**LAND, "paired_date": "2025-12/2026-01"}

    assert coverage([TOWN, late]) == (None, 1, None, "bounded", 0, 1)


def test_a_unit_without_title_has_no_figure_even_when_it_pairs():
    table = rates_of([TOWN, LAND], unit=UNTITLED)

    assert [seen(row) for _, row in table.iterrows()] == [(None, None, None, "not_applicable", None, None)] * 3


def test_a_titled_unit_without_the_form_is_not_submitted_and_not_zero():
    table = rates_of([], sent=[])

    assert seen(table.loc["I13"]) == (None, 1, None, "not_submitted", None, None)
    assert seen(table.loc["I14"])[:4] == seen(table.loc["I16"])[:4] == (None, None, None, "not_submitted")


def missing(state):
    return query(TITLED, "F5", "", rule="M75", state=state, cell="B5")


def test_a_titled_unit_whose_question_for_the_form_is_still_open_is_not_submitted_and_counts_the_question():
    table = rates_of([], sent=[], queries=[missing("open")])

    assert table.loc["I13", "status"] == "not_submitted"
    assert table.loc["I13", "n_open_queries"] == 1


def test_m75_a_titled_unit_that_was_asked_and_sent_none_counts_as_not_paired():
    row = rates_of([], sent=[], queries=[missing("answered")]).loc["I13"]

    assert seen(row) == UNMET
    assert row["flags"] == "counted_as_unpaired"


def test_m75_a_question_asked_again_is_still_open():
    assert rates_of([], sent=[], queries=[missing("answered"), missing("open")]).loc["I13", "status"] == "not_submitted"


def test_m16_a_nil_return_says_none_and_an_empty_form_without_a_word_is_asked():
    nil = query(TITLED, "F5", "", rule="M16", treatment="NOTE", state="closed")

    assert coverage([], sent=[TITLED], queries=[nil]) == UNMET
    assert coverage([], sent=[TITLED], queries=[query(TITLED, "F5", "", rule="M16")]) == OPEN


def exits(*lines, **more):
    return seen(rates_of(list(lines), **more).loc["I14"])


FIVE = [LAND] * 5


@pytest.mark.parametrize(
    "change, counts",
    [
        ({"paired_date": "2024-12-31"}, (1, 6)),  # twelve months to the day
        ({"paired_date": "2025-01-01"}, (0, 5)),
        ({"paired_date": "2024-12"}, (1, 6)),
        ({"paired_date": "2025-01"}, (0, 5)),
        ({"paired_date": "2024-02-29", "exit_date": "2025-02-28"}, (1, 6)),
        ({"exit_date": "2025-12-31"}, (1, 6)),
        ({"exit_date": "2025-12"}, (1, 6)),
        ({"exit_date": "2026-01-01"}, (0, 6)),
        ({"exit_date": None}, (0, 6)),
        ({"exit_date": "/"}, (0, 6)),
        ({"exit_proof": None}, (0, 6)),
        ({"exit_proof": "无"}, (0, 6)),
        ({"out_of_hardship": queried("G20"), "exit_proof": None}, (0, 6)),
        ({"out_of_hardship": queried("G20"), "exit_date": queried("G20")}, (0, 6)),
        ({"out_of_hardship": "no"}, (0, 6)),
        ({"out_of_hardship": None, "exit_date": None, "exit_proof": None}, (0, 6)),
        ({"exit_date": "2023-04-30"}, (0, 6)),  # before the pairing
        ({"exit_date": "2023-05-01"}, (1, 6)),  # on the same day
        ({"exit_date": "2023-05"}, (1, 6)),
        ({"exit_date": "2023-04/2023-06"}, (1, 6)),  # not surely before it: no contradiction
        ({"hardship_type": "tekun"}, (0, 5)),
        ({"hardship_type": "/"}, (1, 6)),
        ({"remark": "该户2025年已自然消亡"}, (0, 5)),
    ],
)
def test_i14_counts_a_household_in_both_sides_only_as_its_line_proves(change, counts):
    numerator, denominator = counts

    assert exits(*FIVE, {**TOWN, **LEFT, **change}) == (
        numerator,
        denominator,
        numerator / denominator,
        "ok",
        None,
        None,
    )


@pytest.mark.parametrize(
    "change, low, high, status",
    [
        ({"out_of_hardship": queried()}, 0 / 6, 1 / 6, "queried"),
        ({"out_of_hardship": None}, 0 / 6, 1 / 6, "queried"),
        ({"exit_date": queried("M50")}, 0 / 6, 1 / 6, "queried"),
        ({"exit_proof": queried("M62")}, 0 / 6, 1 / 6, "queried"),
        ({"hardship_type": queried()}, 0 / 5, 1 / 6, "queried"),
        ({"paired_date": None}, 0 / 5, 1 / 6, "queried"),
        ({"household_no": queried("M69")}, 0 / 5, 1 / 6, "queried"),
        ({"household_no": queried("M69"), "out_of_hardship": "no"}, 0 / 6, 0 / 5, "queried"),
        ({"hardship_type": queried(), "out_of_hardship": queried()}, 0 / 6, 1 / 6, "queried"),
        ({"exit_date": "2025-12/2026-01"}, 0 / 6, 1 / 6, "bounded"),
        ({"paired_date": "2024-12/2025-01"}, 0 / 5, 1 / 6, "bounded"),
    ],
)
def test_i14_what_is_open_lies_between_the_rates_of_all_answers(change, low, high, status):
    found = exits(*FIVE, {**TOWN, **LEFT, **change})

    assert (found[0], found[2], found[3]) == (None, None, status)
    assert found[4:] == pytest.approx((low, high))


def test_i14_bounds_move_the_known_exits_too():
    """Two of five left; a sixth may be excluded or not: 2/5 if so, else 2/6."""
    left = {**LAND, **LEFT}

    assert exits(left, left, LAND, LAND, LAND, {**TOWN, "hardship_type": queried()})[4:] == pytest.approx(
        (2 / 6, 2 / 5)
    )


def test_i14_below_five_households_has_counts_only():
    assert exits(*FIVE[:3], {**TOWN, **LEFT}) == (1, 4, None, "undefined", None, None)
    assert exits(*FIVE[:4], {**TOWN, **LEFT}) == (1, 5, 0.2, "ok", None, None)
    assert exits(sent=[TITLED]) == (0, 0, None, "undefined", None, None)


def test_i14_a_household_that_may_make_five_is_open_without_bounds():
    assert exits(*FIVE[:4], {**TOWN, "hardship_type": queried()}) == (None, None, None, "queried", None, None)


def visits(*lines, **more):
    return seen(rates_of(list(lines), **more).loc["I16"])


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"visits": 7}, (11, 2, 5.5, "ok", None, None)),
        ({"visits": 0}, (4, 2, 2, "ok", None, None)),
        ({"visits": "/"}, (4, 2, 2, "ok", None, None)),
        ({"visits": queried()}, (None, 2, None, "queried", 2, None)),
        ({"visits": None}, (None, 2, None, "queried", 2, None)),
        ({"visits": (6, 8)}, (None, 2, None, "bounded", 5, 6)),
        ({"visits": (6, None)}, (None, 2, None, "bounded", 5, None)),
        ({"visits": 7, "household_no": queried("M69")}, (None, None, None, "queried", 4, 5.5)),
        ({"visits": 1, "household_no": queried("M69")}, (None, None, None, "queried", 2.5, 4)),
        ({"visits": 7, **LEFT}, (11, 2, 5.5, "ok", None, None)),
        ({"visits": 7, "hardship_type": "tekun"}, (11, 2, 5.5, "ok", None, None)),
    ],
)
def test_i16_visits_per_household(change, expected):
    assert visits(TOWN, {**LAND, **change}) == expected


def test_i16_of_no_household_is_undefined():
    assert visits(sent=[TITLED]) == (0, 0, None, "undefined", None, None)


def test_every_unit_of_the_register_has_a_row_of_each_indicator_in_its_order():
    table = pairing_rates(*tables({TITLED: [TOWN]}), sample_reference())
    codes = [unit.code for unit in sample_reference().units]

    assert table["unit_code"].tolist() == [code for code in codes for _ in range(3)]
    assert table["indicator"].tolist() == ["I13", "I14", "I16"] * len(codes)


def test_open_questions_count_for_the_indicators_whose_fields_they_are_about():
    asked = [query(TITLED, "F5", field, cell=field) for field in ("household_no", "visits", "exit_proof", "remark")]
    table = rates_of([TOWN], queries=[*asked, query(TITLED, "F5", "visits", cell="I9", state="closed")])

    assert table["n_open_queries"].to_dict() == {"I13": 1, "I14": 2, "I16": 2}


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

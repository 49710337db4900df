"""Which lines of two units are one event for the city, which only come near, and what the city then has (M69)."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.etl.typed_tables import day_span
from analysis.measures.joint import joint_activities
from analysis.measures.joint_city import city_activities, city_months
from tests.measures.hand_tables import sample_reference

SCIENCE, EDUCATION, FINANCE, FORESTRY = "LJ-G04", "LJ-G03", "LJ-G09", "LJ-G31"
VOLUNTEERS, GIVING = "lei_feng_volunteer", "one_day_donation"
COLUMNS = ("unit_code", "row", "category", "activity_name", "activity_date", "place", "partner_units", "person_times",
           "hours", "amount_yuan", "queried_fields", "inexact_fields", "file", "sheet")  # fmt: skip


def line(unit, name, date, place=None, partner=None, **more):
    base = {"unit_code": unit, "category": VOLUNTEERS, "activity_name": name, "activity_date": date, "place": place}
    return {**base, "partner_units": partner, "person_times": 10.0, "hours": 20.0, "amount_yuan": None, **more}


def activities(*lines):
    """The table of these lines; each unit's are numbered as they come."""
    rows, count = [], {}
    for said in lines:
        count[said["unit_code"]] = count.get(said["unit_code"], 0) + 1
        row = {"row": count[said["unit_code"]], "file": f"{said['unit_code']}.xlsx", "sheet": "表2", **said}
        first, last = day_span(said["activity_date"]) if said["activity_date"] else (pd.NaT, pd.NaT)
        rows.append({**dict.fromkeys(COLUMNS), **row, "activity_date_from": first, "activity_date_to": last})
    numbers = dict.fromkeys(("person_times", "hours", "amount_yuan"), "float64")
    return pd.DataFrame(rows).astype(numbers)


def found(*lines):
    """Event and proposals: state -> set of (reason, lines as unit and row)."""
    table = joint_activities(activities(*lines), sample_reference())
    groups = {}
    for (event, state), own in table.groupby(["event_id", "state"]):
        groups.setdefault(state, []).append(
            (set(own["reason"]), list(zip(own["unit_code"], own["row"], strict=True)), event)
        )
    return groups


def joint_lines(*lines):
    return [places for _, places, _ in found(*lines).get("joint", [])]


def proposals(*lines):
    return [(reasons.pop(), places) for reasons, places, _ in found(*lines).get("proposed", [])]


CLEANING = line(SCIENCE, "江堤清洁日", "2025-06-08", "滨江公园")
BOTH = [(SCIENCE, 1), (EDUCATION, 1)]


@pytest.mark.parametrize(
    "other, reason",
    [
        (line(EDUCATION, "江堤 清洁日", "2025-06-08", "滨江公園"), "name_date_place"),
        (line(EDUCATION, "护河行动", "2025-06-08", "北湖", "市科技局"), "partner_date"),
        (line(EDUCATION, "江堤清洁日", "2025-06-07/2025-06-09", "北湖", "市科技局"), "partner_name"),
    ],
)
def test_two_lines_are_one_event_by_name_day_and_place_or_by_a_named_partner(other, reason):
    table = joint_activities(activities(CLEANING, other), sample_reference())

    assert table["state"].tolist() == ["joint", "joint"]
    assert table["reason"].tolist() == [reason, reason]
    assert table["event_id"].tolist() == ["J001", "J001"]
    assert table["n_units"].tolist() == [2, 2]


@pytest.mark.parametrize(
    "other",
    [
        line(EDUCATION, "江堤清洁日", "2025-06-09", "滨江公园"),
        line(EDUCATION, "江堤清洁日", "2025-06-08", "北湖公园"),
        line(EDUCATION, "江堤绿化日", "2025-06-08", "滨江公园"),
        line(EDUCATION, "护河行动", "2025-06-08", "北湖", "市财政局"),
        line(EDUCATION, "护河行动", "2025-06-08", "北湖", "滨江社区"),
        line(EDUCATION, "护河行动", "2025-06-09", "北湖", "市科技局"),
        line(EDUCATION, "护河行动", "2025-06-08", "北湖", "市科技局", category=GIVING),
        line(EDUCATION, None, None, "滨江公园"),
        line(SCIENCE, "江堤清洁日", "2025-06-08", "滨江公园"),
    ],
    ids=[
        "day",
        "place",
        "name",
        "other partner",
        "community",
        "partner, day",
        "partner, category",
        "blank",
        "own line",
    ],
)
def test_what_differs_in_one_of_these_is_neither_merged_nor_proposed(other):
    assert found(CLEANING, other) == {}


@pytest.mark.parametrize(
    "other, reason",
    [
        (line(EDUCATION, "江堤清洁日", "2025-06-08", "滨江公园", category=GIVING), "category"),
        (line(EDUCATION, "江堤清洁日", "2025-06-08", "滨江公园", category=None), "category"),
        (line(EDUCATION, "江堤清洁日", "2025-06-08"), "place"),
        (line(EDUCATION, "江堤清洁日", "2025-06-07/2025-06-08", "滨江公园"), "date"),
        (line(EDUCATION, "江堤清洁日", "2025-06", "滨江公园"), "date"),
        (line(EDUCATION, "江堤清洁日", "2025-06-15", "北湖", "市科技局"), "date"),
        (line(EDUCATION, "江堤清洁日", "2025-06", "北湖", "市科技局"), "date"),
        (line(EDUCATION, "江堤清洁日", None, "北湖", "市科技局"), "date"),
    ],
)
def test_what_comes_near_is_proposed_and_never_merged(other, reason):
    assert proposals(CLEANING, other) == [(reason, BOTH)]
    assert joint_lines(CLEANING, other) == []


def test_three_units_with_the_same_name_day_and_place_are_one_event():
    three = [{**CLEANING, "unit_code": unit} for unit in (EDUCATION, SCIENCE, FINANCE)]

    assert joint_lines(*three) == [[(EDUCATION, 1), (SCIENCE, 1), (FINANCE, 1)]]


def test_a_unit_that_names_both_others_holds_three_lines_together():
    host = line(SCIENCE, "科普进校园", "2025-05-20", "一中", "市教育局、市财政局")
    guests = [line(unit, "青少年科普", "2025-05-20", place) for unit, place in ((EDUCATION, "二中"), (FINANCE, "三中"))]

    assert joint_lines(host, *guests) == [[(SCIENCE, 1), (EDUCATION, 1), (FINANCE, 1)]]


def test_two_lines_of_one_unit_are_never_one_event_through_a_third():
    """The host names the school board, which has two activities of that day: which one is not said."""
    host = line(SCIENCE, "科普进校园", "2025-05-20", "一中", "市教育局")
    two = [line(EDUCATION, name, "2025-05-20", "一中") for name in ("青少年科普", "文明交通劝导")]

    assert joint_lines(host, *two) == []
    assert proposals(host, *two) == [
        ("several", [(SCIENCE, 1), (EDUCATION, 1)]),
        ("several", [(SCIENCE, 1), (EDUCATION, 2)]),
    ]


def test_of_two_lines_of_a_partner_the_one_with_the_same_name_is_the_event():
    host = line(SCIENCE, "科普进校园", "2025-05-20", "一中", "市教育局")
    two = [line(EDUCATION, name, "2025-05-20", "二中") for name in ("科普进校园", "文明交通劝导")]

    assert joint_lines(host, *two) == [[(SCIENCE, 1), (EDUCATION, 1)]]


def test_a_chain_whose_ends_share_no_day_is_not_one_event():
    chain = [
        line(EDUCATION, "护河行动", "2025-06-01/2025-06-03", "北湖", "市科技局"),
        line(SCIENCE, "护河行动", "2025-06-03/2025-06-05", "南湖", "市财政局"),
        line(FINANCE, "护河行动", "2025-06-05/2025-06-07", "东湖"),
    ]

    assert joint_lines(*chain) == []
    assert {reason for reason, _ in proposals(*chain)} == {"several"}


def test_a_line_that_has_its_event_with_a_unit_is_not_proposed_with_it_again():
    host = line(SCIENCE, "江堤清洁日", "2025-06-08", "滨江公园", "市教育局")
    same = line(EDUCATION, "江堤清洁日", "2025-06-08", "滨江公园")
    later = line(EDUCATION, "江堤清洁日", "2025-07-08", "滨江公园")

    assert list(found(host, same, later)) == ["joint"]


def city(*lines):
    table = activities(*lines)
    joint = joint_activities(table, sample_reference())
    return city_activities(table, joint, sample_reference()).set_index("category"), city_months(table, joint)


def test_the_city_counts_a_joint_event_once_and_the_people_of_each_unit():
    other = line(EDUCATION, "江堤清洁日", "2025-06-08", "滨江公园", person_times=7.0, hours=14.0)
    alone = line(FINANCE, "旧衣整理", "2025-03-05", "机关")
    totals, months = city(CLEANING, other, alone)

    assert totals.loc[VOLUNTEERS, ["n_lines", "n_events", "n_proposed"]].tolist() == [3, 2, 0]
    assert totals.loc[VOLUNTEERS, ["person_times", "hours"]].tolist() == [27, 54]
    assert months.set_index("month").loc[[3, 6, 7], ["n_lines", "n_events"]].to_numpy().tolist() == [
        [1, 1],
        [2, 1],
        [0, 0],
    ]
    assert months.set_index("month").loc[6, "person_times"] == 17


def test_a_proposed_pair_counts_twice_and_is_told():
    totals, _ = city(CLEANING, line(EDUCATION, "江堤清洁日", "2025-06-08"))

    assert totals.loc[VOLUNTEERS, ["n_lines", "n_events", "n_proposed"]].tolist() == [2, 2, 1]


def test_what_is_queried_bounded_or_missing_is_counted_beside_the_sum():
    lines = [
        line(SCIENCE, "甲", "2025-01-01", person_times=None, queried_fields="person_times;hours", hours=None),
        line(SCIENCE, "乙", "2025-01-02", hours=None, inexact_fields="hours"),
        line(SCIENCE, "丙", "2025-01-03", hours=None),
        line(SCIENCE, "丁", "2025-01-04", person_times=None),
        line(SCIENCE, "戊", "2025-01-05", inexact_fields="person_times"),
    ]
    row = city(*lines)[0].loc[VOLUNTEERS]

    assert row[["person_times", "person_times_unknown", "person_times_rough"]].tolist() == [30, 2, 1]
    assert row[["hours", "hours_unknown", "hours_rough"]].tolist() == [40, 2, 0]
    assert pd.isna(row["amount_yuan"])
    assert row["amount_yuan_unknown"] == 0


def test_the_same_money_of_two_units_is_asked_about_and_stays_in_the_sum():
    giving = [
        line(unit, "慈善一日捐", "2025-09-05", "机关", category=GIVING, amount_yuan=yuan)
        for unit, yuan in ((EDUCATION, 5000.0), (SCIENCE, 5000.0), (FINANCE, 800.0))
    ]
    table = joint_activities(activities(*giving), sample_reference())
    totals, _ = city(*giving)

    assert table["same_amount"].tolist() == [True, True, False]
    assert totals.loc[GIVING, ["amount_yuan", "amount_twice"]].tolist() == [10800, 5000]


def test_no_money_on_both_sides_is_not_the_same_money():
    nothing = [{**CLEANING, "unit_code": unit, "amount_yuan": 0.0} for unit in (SCIENCE, EDUCATION)]

    assert not joint_activities(activities(*nothing), sample_reference())["same_amount"].any()


def test_lines_without_category_stand_last_under_no_category():
    totals, _ = city(CLEANING, line(FINANCE, "旧衣整理", "2025-03-05", category=None))

    assert totals.index[-1] == ""
    assert totals.loc["", "n_lines"] == 1
    assert totals["n_lines"].sum() == 2


def test_a_year_without_activities_in_common_has_an_empty_table_with_its_columns():
    table = joint_activities(activities(CLEANING), sample_reference())

    assert table.empty
    assert city(CLEANING)[0].loc[VOLUNTEERS, "n_events"] == 1


def test_a_joint_event_stands_in_the_month_in_which_the_first_unit_began():
    _, months = city(
        line(SCIENCE, "护河行动", "2025-06-01/2025-06-02", "北湖", "市教育局"),
        line(EDUCATION, "护河行动", "2025-05-31/2025-06-02", "南湖"),
    )

    assert months.set_index("month").loc[[5, 6], ["n_lines", "n_events"]].to_numpy().tolist() == [[2, 1], [0, 0]]


def test_an_activity_over_two_months_stands_in_the_month_of_its_first_day_and_one_of_the_year_in_none():
    _, months = city(line(SCIENCE, "甲", "2025-02-27/2025-03-02"), line(SCIENCE, "乙", "2025"))

    assert months.set_index("month")["n_events"].to_dict() == {month: int(month == 2) for month in range(1, 13)}

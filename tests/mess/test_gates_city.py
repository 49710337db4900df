"""What two units report: a household is asked about on both sides, a joint activity is noted and kept (G19, M69)."""

from dataclasses import replace

import pytest

from analysis.etl.asking import Asker
from analysis.etl.gates import apply_gates
from analysis.etl.gates_city import CITY_GATES
from tests.returns import clean, list_sheet, reference

HEADS = {"科技局": {"unit": "澜江市科学技术局", "code": "LJ-G04"}, "教育局": {"unit": "澜江市教育局", "code": "LJ-G03"},
         "林业和园林局": {"unit": "澜江市林业和园林局", "code": "LJ-G31"}, "财政局": {"unit": "澜江市财政局", "code": "LJ-G09"}}  # fmt: skip


def returns(form, lines, confirmed=()):
    """The queries and facts of one return per unit; `confirmed` are units that stand by what they wrote."""
    facts, askers = [], {}
    for unit, own in lines.items():
        file = f"{unit}.xlsx"
        result = clean(list_sheet(form, own, **HEADS[unit]), file=file)
        assert result.submission.unit_code == HEADS[unit]["code"]
        facts += [replace(f, status="confirmed") if unit in confirmed else f for f in result.facts]
        askers[file] = Asker(reference(), file, file, result.submission.unit_code)
    after, queries = apply_gates(facts, CITY_GATES, reference(), askers)
    return {(query.file, query.cell, query.treatment): query for query in queries}, after


def households(*numbers):
    return [
        {"household_no": number, "household_location": "城镇", "hardship_type": "低保户", "visits": 4,
         "paired_date": "2023-05-01", "out_of_hardship": "否"}
        for number in numbers
    ]  # fmt: skip


def test_m69_a_household_of_two_units_is_asked_about_on_both_sides_and_each_is_told_of_the_other():
    queries, facts = returns(
        "F5", {"科技局": households("LJ-G04-01", "LJ-G04-02"), "教育局": households("lj－g04－02")}
    )

    assert set(queries) == {("科技局.xlsx", "B6", "ASK"), ("教育局.xlsx", "B5", "ASK")}
    assert "市教育局" in queries["科技局.xlsx", "B6", "ASK"].message_zh
    assert "表5!B6=LJ-G04-02" in queries["教育局.xlsx", "B5", "ASK"].message_zh
    assert [f.status for f in facts if f.measure == "household_no"] == ["reported", "queried", "queried"]
    assert [f.value for f in facts if f.measure == "visits"] == [4, 4, 4]


def test_m69_a_household_of_three_units_names_both_others():
    queries, _ = returns("F5", {unit: households("帮扶2025-0317") for unit in ("科技局", "教育局", "财政局")})

    assert len(queries) == 3
    assert all(word in queries["财政局.xlsx", "B5", "ASK"].message_zh for word in ("市科技局", "市教育局"))


@pytest.mark.parametrize("number", ["1", "02", "户3", "2025-01", "第12户", "A1", "■"])
def test_m69_a_serial_number_that_every_unit_counts_by_itself_is_no_shared_household(number):
    queries, _ = returns("F5", {"科技局": households(number), "教育局": households(number)})

    assert queries == {}


def test_m69_households_with_numbers_of_their_own_are_not_asked_about():
    queries, _ = returns("F5", {"科技局": households("LJ-G04-01"), "教育局": households("LJ-G03-01")})

    assert queries == {}


def test_m69_a_unit_that_has_confirmed_its_household_is_not_asked_again_but_the_other_is():
    both = {"科技局": households("LJ-G04-01"), "教育局": households("LJ-G04-01")}
    queries, _ = returns("F5", both, confirmed={"科技局"})

    assert set(queries) == {("教育局.xlsx", "B5", "ASK")}


def activity(name, date, place=None, partner=None, category="学雷锋志愿者服务行动"):
    return {"category": category, "activity_name": name, "activity_date": date, "place": place,
            "partner_units": partner, "persons": 8, "person_times": 8, "hours": 16}  # fmt: skip


def test_m69_an_event_with_the_same_name_day_and_place_in_two_returns_is_noted_and_kept():
    queries, facts = returns(
        "F2",
        {
            "科技局": [activity("江堤清洁日", "2025-06-08", "滨江公园")],
            "教育局": [activity("迎新座谈", "2025-01-08", "机关"), activity("江堤 清洁日", "2025年6月8日", "滨江公園")],
        },
    )

    assert set(queries) == {("科技局.xlsx", "C6", "NOTE"), ("教育局.xlsx", "C7", "NOTE")}
    assert {query.state for query in queries.values()} == {"closed"}
    assert "市教育局" in queries["科技局.xlsx", "C6", "NOTE"].message_zh
    assert [f.value for f in facts if f.measure == "persons"] == [8, 8, 8]


@pytest.mark.parametrize(
    "other",
    [activity("江堤清洁日", "2025-06-09", "滨江公园"), activity("江堤清洁日", "2025-06-08", "北湖公园"),
     activity("江堤清洁日", "2025-06-08"), activity("江堤绿化日", "2025-06-08", "滨江公园")],
    ids=["another day", "another place", "no place", "another name"],
)  # fmt: skip
def test_m69_an_event_that_differs_in_one_of_the_three_is_another_event(other):
    queries, _ = returns("F2", {"科技局": [activity("江堤清洁日", "2025-06-08", "滨江公园")], "教育局": [other]})

    assert queries == {}


@pytest.mark.parametrize("partner", ["市教育局", "临江社区、澜江市教育局", "教育局团委和市财政局"])
def test_m69_a_unit_named_as_joint_holder_that_reports_the_same_day_and_category_is_noted(partner):
    queries, _ = returns(
        "F2",
        {
            "科技局": [activity("科普进校园", "2025-05-20", "一中", partner)],
            "教育局": [activity("青少年科普活动", "2025-05-20", "市第一中学")],
        },
    )

    assert set(queries) == {("科技局.xlsx", "C6", "NOTE"), ("教育局.xlsx", "C6", "NOTE")}


@pytest.mark.parametrize(
    "partner, other",
    [("市财政局", activity("青少年科普活动", "2025-05-20")), ("临江社区", activity("青少年科普活动", "2025-05-20")),
     ("市教育局", activity("青少年科普活动", "2025-05-21")),
     ("市教育局", activity("义务献血", "2025-05-20", category="无偿献血"))],
    ids=["another unit named", "no unit named", "another day", "another category"],
)  # fmt: skip
def test_m69_a_partner_without_an_activity_of_that_day_and_category_is_not_noted(partner, other):
    queries, _ = returns("F2", {"科技局": [activity("科普进校园", "2025-05-20", "一中", partner)], "教育局": [other]})

    assert queries == {}


def test_m69_a_joint_holder_with_and_in_its_name_is_one_unit():
    queries, _ = returns(
        "F2",
        {
            "科技局": [activity("植树", "2025-03-12", "北山", "市林业和园林局")],
            "林业和园林局": [activity("全民植树", "2025-03-12", "北山林场")],
        },
    )

    assert len(queries) == 2


def test_m69_two_lines_of_one_unit_are_no_joint_activity():
    line = activity("江堤清洁日", "2025-06-08", "滨江公园")
    queries, _ = returns("F2", {"科技局": [line, {**line, "persons": 9, "person_times": 9}]})

    assert queries == {}

"""Gates of the list of activities (F2): each line against the staff, within itself, and two lines with each other."""

import pytest

from tests.mess.gate_sheets import asked, gated, message, staff
from tests.returns import list_sheet

LINE = {"category": "学雷锋志愿者服务行动", "activity_name": "交通劝导", "activity_date": "2025-03-05", "place": "人民路口",
        "persons": 20, "persons_pm": 12, "persons_registered": 18, "person_times": 30, "hours": 60}  # fmt: skip
GIVING = {"category": "一日助(一日捐)", "activity_name": "慈善一日捐", "activity_date": "2025-09-05", "persons": 40,
          "person_times": 40, "amount_yuan": 8000}  # fmt: skip
BLOOD = {"category": "无偿献血", "activity_name": "团体献血", "activity_date": "2025-06-14", "persons": 5,
         "person_times": 6, "blood_ml": 1800}  # fmt: skip


def lines(*written, **changed):
    return gated(staff(**changed), list_sheet("F2", list(written)))


def test_lines_without_contradiction_are_not_asked_about():
    facts, queries = lines(LINE, GIVING, BLOOD)

    assert asked(queries) == set()
    assert facts["F2", 1, "", "persons"].value == 20


def test_more_people_in_an_activity_than_worked_here_in_the_year_are_withheld():
    """G01, M46: 45 people, 44 in the year; the message names both numbers of F1."""
    facts, queries = lines(LINE, {**LINE, "activity_name": "文明实践", "persons": 45, "person_times": 50, "hours": 100})

    assert facts["F2", 2, "", "persons"].status == "queried"
    assert facts["F2", 1, "", "persons"].value == 20
    assert asked(queries) == {("M46", "G7")}
    assert "表1基本情况!D5“年初在职在岗人数”=41" in message(queries, "M46", "G7")


def test_a_surplus_over_the_end_of_the_year_that_leavers_explain_is_noted():
    """G02"""
    facts, queries = lines({**LINE, "persons": 44, "person_times": 44, "hours": 88})

    assert facts["F2", 1, "", "persons"].value == 44
    assert asked(queries) == set()
    assert ("G02", "G6") in asked(queries, "NOTE")


@pytest.mark.parametrize("blank", [{"joined": None}, {"hc_start": "约40"}])
def test_with_the_start_unknown_the_end_and_the_leavers_bound_the_people(blank):
    """G01: one side of the year cannot be read, the other can."""
    facts, _ = lines({**LINE, "persons": 44, "person_times": 44, "hours": 88}, **blank)

    assert facts["F2", 1, "", "persons"].value == 44


def test_without_any_headcount_nothing_is_claimed_of_the_people():
    """G01: F1 was not sent."""
    _, queries = gated(list_sheet("F2", [{**LINE, "persons": 900, "person_times": 900, "hours": 900}]))

    assert asked(queries) == set()


def test_fewer_attendances_than_people_leave_both_open():
    """G03"""
    facts, queries = lines({**LINE, "person_times": 19, "hours": 38})

    assert {facts["F2", 1, "", measure].status for measure in ("persons", "person_times")} == {"queried"}
    assert {("G03", "G6"), ("G03", "J6")} <= asked(queries)
    assert "表2!G6“参加人数(人)·合计”=20" in message(queries, "G03", "J6")


@pytest.mark.parametrize("measure, cell", [("persons_pm", "H6"), ("persons_registered", "I6")])
def test_a_part_above_the_people_of_the_line_is_withheld(measure, cell):
    """G07"""
    facts, queries = lines({**LINE, measure: 21})

    assert facts["F2", 1, "", measure].status == "queried"
    assert facts["F2", 1, "", "persons"].value == 20
    assert asked(queries) == {("G07", cell)}
    assert "参加人数(人)·合计”=20" in message(queries, "G07", cell)


@pytest.mark.parametrize("people", ["20余", "约20", "20-30", "全体", None, "—"])
def test_a_part_is_not_compared_with_people_that_are_not_exact(people):
    """G07, G03: one side unreadable, blank or not applicable."""
    _, queries = lines({**LINE, "persons": people, "persons_pm": 21, "person_times": 3, "hours": 6})

    assert {rule for rule, _ in asked(queries)} <= {"M37", "M38", "M52"}


@pytest.mark.parametrize(
    "line, measure, cell, rule",
    [
        ({**BLOOD, "blood_ml": 18000}, "blood_ml", "N6", "G10"),
        ({**BLOOD, "blood_ml": 18}, "blood_ml", "N6", "G10"),
        ({**BLOOD, "person_times": 11, "blood_ml": 3300}, "person_times", "J6", "G10"),
        ({**LINE, "hours": 2.5}, "hours", "K6", "G11"),
        ({**LINE, "hours": 400}, "hours", "K6", "G11"),
        ({**LINE, "persons": 1, "persons_pm": 1, "persons_registered": 1, "person_times": 60, "hours": 400}, "hours", "K6", "G11"),
        ({**GIVING, "amount_yuan": 8}, "amount_yuan", "L6", "G12"),
        ({**GIVING, "amount_yuan": 2000000}, "amount_yuan", "L6", "G12"),
    ],
)  # fmt: skip
def test_what_one_donation_attendance_or_donor_cannot_amount_to_is_withheld(line, measure, cell, rule):
    """G10, G11, G12, M43, M44, M45, M68"""
    facts, queries = lines(LINE if line["category"] != LINE["category"] else GIVING, line)
    cell = cell[:-1] + "7"

    assert facts["F2", 2, "", measure].status == "queried"
    assert asked(queries) == {(rule, cell)}


def test_giving_without_hours_and_service_without_money_are_natural():
    """G11, G12: 0 hours at a donation, 0 yuan at a service."""
    _, queries = lines({**GIVING, "hours": 0, "blood_ml": 0}, {**LINE, "amount_yuan": 0, "goods_yuan": 0})

    assert asked(queries) == set()


def test_blood_given_at_another_activity_may_be_less_than_its_attendances():
    """G10: at a service with 30 attendances two people also gave blood."""
    _, queries = lines({**LINE, "blood_ml": 600})

    assert asked(queries) == set()


TWICE = {**LINE, "category": "敬老爱老助老", "activity_name": "重阳节志愿服务", "activity_date": "2025-10-29",
         "amount_yuan": 2000}  # fmt: skip


def test_one_activity_in_two_categories_leaves_hours_and_money_open_and_keeps_the_people():
    """M70"""
    facts, queries = lines(TWICE, GIVING, {**TWICE, "category": "学雷锋志愿者服务行动"})

    assert asked(queries) == {("M70", "K6"), ("M70", "L6"), ("M70", "K8"), ("M70", "L8")}
    assert facts["F2", 1, "", "persons"].value == facts["F2", 3, "", "persons"].value == 20
    assert facts["F2", 3, "", "person_times"].value == 30
    assert "表2!B8“活动类别”=学雷锋志愿者服务行动" in message(queries, "M70", "K6")


@pytest.mark.parametrize(
    "other",
    [
        {"activity_date": "2025-10-30"},
        {"activity_name": "重阳节慰问"},
        {"place": "西苑小区"},
        {"persons": 21},
        {"hours": 50},
        {"category": "敬老爱老助老", "host_office": "办公室"},
        {"category": "爱心助学"},
        {"hours": "约60"},
    ],
)
def test_lines_that_differ_in_name_date_place_or_number_are_two_activities(other):
    """M70: also the same category twice, a category in doubt, a number that is not exact."""
    _, queries = lines(TWICE, {**TWICE, "category": "学雷锋志愿者服务行动", **other})

    assert "M70" not in {rule for rule, _ in asked(queries)}

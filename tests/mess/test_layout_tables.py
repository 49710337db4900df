"""M25: several tables on one sheet, below or beside each other, ours and not ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from analysis.records import FileResult, Sheet, Span
from tests.mess.grid_sheets import grid_sheet
from tests.returns import clean, f3_sheet, list_sheet, place, sheet

OFFICES: tuple[Mapping[str, Any], ...] = (
    {"office_name": "办公室", "hc_end": 9, "elder_care.persons": 3, "elder_care.person_times": 4, "elder_care.hours": 8, "distinct_any": 3},
    {"office_name": "财务科", "hc_end": 6, "elder_care.persons": 2, "elder_care.person_times": 2, "elder_care.hours": 5, "distinct_any": 2},
)  # fmt: skip
TARGETS = (
    ("序号", "目标任务", "类别(精神文明/重点项目/服务承诺)", "责任处(科)室", "责任人", "完成时限", "完成情况", "备注"),
    (1, "服务承诺上墙", "服务承诺", "办公室", "王芳", "2025-12-01", "已完成", None),
    (2, "办好道德讲堂", "精神文明", "宣传科", "李强", "2025-12-20", "进行中", None),
)
PROBLEM = {"problem": "办文周期偏长", "problem_source": "自查", "problem_audience": "企业", "rect_target": "压减到5个工作日",
           "rect_measures": "建立台账", "office": "办公室", "responsible_named": "周国栋", "due_date": "2025-10-20",
           "rect_status": "整改中"}  # fmt: skip


def asked(result: FileResult) -> list[tuple[str, str]]:
    return [(query.rule, query.treatment) for query in result.queries if query.state == "open"]


def told(result: FileResult, rule: str) -> list[str]:
    return [query.treatment for query in result.queries if query.rule == rule]


def people(result: FileResult) -> list[float | None]:
    return [one.value for one in result.facts if (one.item, one.measure) == ("elder_care", "persons")]


def put(made: Sheet, other: Sheet, rows: int, columns: int, first_row: int = 1) -> Sheet:
    """A sheet with another one on it, shifted by rows and columns; `first_row` leaves out the head of the other."""
    cells = dict(made.cells)
    for (row, column), one in other.cells.items():
        if row >= first_row:
            cells[row + rows, column + columns] = replace(one, row=row + rows, column=column + columns)
    spans = [
        Span(s.first_row + rows, s.first_column + columns, s.last_row + rows, s.last_column + columns)
        for s in other.merges
        if s.first_row >= first_row
    ]
    return replace(made, cells=cells, merges=(*made.merges, *spans))


def targets(at: str, title: str | None = "乙、目标任务分解") -> Sheet:
    row, column = place(at)
    cells = {}
    for number, line in enumerate(TARGETS):
        for offset, value in enumerate(line):
            cells[f"{chr(64 + column + offset)}{row + 1 + number}"] = value
    return sheet("表7", {at: title, **cells})


@pytest.mark.parametrize(
    "at", ["A24", "K4", "K5", "L7"], ids=["below", "beside", "beside, one lower", "beside, far lower"]
)
@pytest.mark.parametrize("title", ["乙、目标任务分解", None], ids=["titled", "bare"])
def test_both_blocks_of_a_form_are_read_wherever_the_second_stands(at, title):
    """M25: 甲 and 乙 of F7."""
    first = grid_sheet("F7", {"matter_report.times_due": 4, "matter_report.times_done": 3}, 5, A4="甲、制度与机制")
    result = clean(put(first, targets(at, title), 0, 0))

    done = [one.value for one in result.facts if (one.item, one.measure) == ("matter_report", "times_done")]
    assert done == [3]
    assert [one.text for one in result.facts if one.measure == "target"] == ["服务承诺上墙", "办好道德讲堂"]
    assert [one.text for one in result.facts if one.measure == "target_status"] == ["done", "in_progress"]
    assert asked(result) == []


def test_a_block_that_is_not_there_is_asked_about():
    """M20"""
    result = clean(grid_sheet("F7", {}, 5, A4="甲、制度与机制"))

    assert asked(result) == [("M20", "ASK")]


@pytest.mark.parametrize("rows, columns", [(12, 0), (0, 47)], ids=["below", "beside"])
def test_a_named_second_table_with_our_header_is_noted_and_not_read(rows, columns):
    """M25: 附:下属单位情况."""
    made = f3_sheet(OFFICES)
    second = f3_sheet([{**OFFICES[0], "elder_care.persons": 99}])
    title = place("A1")
    whole = put(made, second, rows, columns, 4)
    at = (title[0] + rows + 2, title[1] + columns)
    cells = {
        **whole.cells,
        at: replace(made.cells[title], row=at[0], column=at[1], value="附:下属单位情况", text="附:下属单位情况"),
    }
    result = clean(replace(whole, cells=cells))

    assert people(result) == [3, 2]
    assert told(result, "M25") == ["NOTE"]
    assert asked(result) == []


def test_our_header_again_without_a_name_below_the_foot_is_asked_about():
    """M25"""
    made = list_sheet("F6", [PROBLEM])
    foot = sheet("表6", {"A6": "填报说明:1.一个问题填一行。", "A7": "单位负责人:张三  填表人:李四"})
    again = list_sheet("F6", [{**PROBLEM, "problem": "会议偏多"}])
    result = clean(put(put(made, foot, 0, 0), again, 6, 0, 4))

    assert [one.text for one in result.facts if one.measure == "problem"] == ["办文周期偏长"]
    assert asked(result) == [("M25", "ASK")]


def test_a_list_that_goes_on_under_its_header_is_one_list():
    """M28"""
    made = list_sheet("F6", [PROBLEM])
    again = list_sheet("F6", [{**PROBLEM, "problem": "会议偏多"}])
    result = clean(put(made, again, 3, 0, 4))

    assert [(one.row, one.text) for one in result.facts if one.measure == "problem"] == [
        (1, "办文周期偏长"),
        (2, "会议偏多"),
    ]


def test_a_grid_whose_header_is_said_again_is_one_grid():
    """M28"""
    made = grid_sheet("F4", {"finance.sessions": 2, "law.sessions": 3}, 4)
    cells = {}
    for (row, column), one in made.cells.items():
        target = row + 2 if row > 8 else row
        cells[target, column] = replace(one, row=target)
    for (row, column), one in made.cells.items():
        if row == 4:
            cells[10, column] = replace(one, row=10)
    result = clean(replace(made, cells=cells))

    sessions = {one.item: one.value for one in result.facts if one.measure == "sessions"}
    assert (sessions["law"], sessions["finance"]) == (3, 2)
    assert asked(result) == []


def test_a_table_of_another_kind_below_ours_is_noted():
    """M25"""
    extra = {"A12": "志愿者名册", "A13": "姓别", "B13": "人数", "C13": "年龄段", "D13": "占比", "A14": "男", "B14": 5, "C14": "青年", "D14": 50,
             "A15": "女", "B15": 6, "C15": "青年", "D15": 50}  # fmt: skip
    result = clean(put(f3_sheet(OFFICES), sheet("表", extra), 0, 0))

    assert people(result) == [3, 2]
    assert told(result, "M25") == ["NOTE"]
    assert asked(result) == []


def test_a_number_merged_over_rows_of_a_grid_belongs_to_no_row():
    """M22"""
    made = grid_sheet("F4", {}, 4)
    cells = {at: one for at, one in made.cells.items() if at not in ((7, 3), (8, 3))}
    result = clean(replace(made, cells=cells, merges=(Span(6, 3, 8, 3),)))

    sessions = {one.item: one.value for one in result.facts if one.measure == "sessions"}
    assert [sessions[item] for item in ("modern_economy", "science_tech", "law")] == [None, None, None]
    assert asked(result) == [("M22", "ASK")]


def test_a_number_merged_over_columns_of_a_grid_is_asked_about():
    """M23"""
    made = grid_sheet("F4", {}, 4)
    cells = {at: one for at, one in made.cells.items() if at != (6, 4)}
    result = clean(replace(made, cells=cells, merges=(Span(6, 3, 6, 4),)))

    assert ("M23", "ASK") in asked(result)
    assert [one.value for one in result.facts if (one.item, one.measure) == ("modern_economy", "sessions")] == [None]


def test_a_row_of_the_units_own_in_a_grid_is_noted_and_not_read():
    """M20"""
    made = grid_sheet("F4", {}, 4)
    cells = {}
    for (row, column), one in made.cells.items():
        target = row + 1 if row > 8 else row
        cells[target, column] = replace(one, row=target)
    for column, value in ((2, "公文写作"), (3, 55), (4, 66)):
        cells[9, column] = replace(made.cells[8, column], row=9, value=value, text=str(value))
    result = clean(replace(made, cells=cells))

    assert 55 not in {one.value for one in result.facts}
    assert told(result, "M20") == ["NOTE", "NOTE"]
    assert asked(result) == []


def test_a_number_joined_over_two_fields_opens_both_and_asks_once():
    """M23: the second field is not blank, nobody knows its share."""
    line = {
        "persons": 12,
        "person_times": None,
        "activity_name": "清洁日",
        "activity_date": "2025-06-08",
        "category": "其他民心工程",
    }
    plain = list_sheet("F2", [line])
    column = next(at[1] for at, one in plain.cells.items() if one.value == 12)
    row = next(at[0] for at, one in plain.cells.items() if one.value == 12)
    times = column + 3
    cells = {at: one for at, one in plain.cells.items() if not (at[0] == row and column < at[1] <= times)}
    result = clean(replace(plain, cells=cells, merges=(*plain.merges, Span(row, column, row, times))))
    joined = {fact.measure: fact.status for fact in result.facts if fact.measure in ("persons", "person_times")}
    questions = [(q.rule, q.cell) for q in result.queries if q.state == "open"]

    assert joined == {"persons": "queried", "person_times": "queried"}
    assert questions == [("M23", f"{chr(64 + column)}{row}")]

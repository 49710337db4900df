"""M10, M20, M21, M24, M74: columns moved, inserted, lost, renamed, of last year, or with another unit in the header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.etl.clean_file import FileTask, clean_workbook
from analysis.records import FileResult, Sheet, Workbook
from analysis.reference import load_reference
from tests.mess.grid_sheets import grid_sheet
from tests.reference_folder import add_line, change, copy_reference
from tests.returns import clean, f3_sheet, list_sheet, place

LINE: Mapping[str, Any] = {"office_name": "办公室", "hc_end": 9, "elder_care.persons": 3, "elder_care.person_times": 4,
    "elder_care.hours": 8, "hope_project.persons": 2, "hope_project.amount_yuan": 300, "distinct_any": 4}  # fmt: skip
ACTIVITY = {"category": "敬老爱老助老", "activity_name": "重阳节慰问", "activity_date": "2025-10-29", "persons": 12,
            "person_times": 12, "hours": 30, "amount_yuan": 500}  # fmt: skip


def asked(result: FileResult) -> list[tuple[str, str]]:
    return [(query.rule, query.treatment) for query in result.queries if query.state == "open"]


def told(result: FileResult, rule: str) -> list[str]:
    return [query.treatment for query in result.queries if query.rule == rule]


def values(result: FileResult, measure: str, item: str = "") -> list[float | None]:
    return [one.value for one in result.facts if (one.item, one.measure) == (item, measure)]


def renamed(made: Sheet, **texts: str) -> Sheet:
    """The sheet with the texts of some cells changed."""
    cells = dict(made.cells)
    for at, text in texts.items():
        cells[place(at)] = replace(cells[place(at)], value=text, text=text, kind="text")
    return replace(made, cells=cells)


def with_column(made: Sheet, before: int, header_row: int, header: str, value: Any, first: int = 7) -> Sheet:
    """The sheet with a column put in before another; merges are undone, as some programs leave them."""
    cells = {}
    for (row, column), one in made.cells.items():
        target = column + 1 if column >= before else column
        cells[row, target] = replace(one, column=target)
    last = max(row for row, _ in made.cells)
    for row in range(header_row, last + 1):
        text = header if row == header_row else value if row > first - 1 else ""
        if not text:
            continue
        some = next(iter(made.cells.values()))
        cells[row, before] = replace(some, row=row, column=before, value=text, text=str(text),
                                     kind="number" if isinstance(text, int) else "text")  # fmt: skip
    return replace(made, cells=cells, merges=())


def in_order(made: Sheet, *columns: int) -> Sheet:
    """The sheet with the first columns in another order (new place of each)."""
    cells = {}
    for (row, column), one in made.cells.items():
        target = columns[column - 1] if row > 3 and column <= len(columns) else column
        cells[row, target] = replace(one, column=target)
    return replace(made, cells=cells)


@pytest.mark.parametrize("value", ["张三", 7])
@pytest.mark.parametrize("before", [4, 6, 7])
def test_a_column_of_the_units_own_is_noted_and_shifts_nothing(before, value):
    """M20"""
    result = clean(with_column(f3_sheet([LINE]), before, 5, "防疫志愿服务", value))

    assert values(result, "persons", "hope_project") == [2]
    assert values(result, "hours", "elder_care") == [8]
    assert asked(result) == []


def test_columns_in_another_order_are_read_and_told():
    """M20"""
    result = clean(in_order(list_sheet("F2", [ACTIVITY]), 1, 3, 2, 5, 4))

    assert [one.text for one in result.facts if one.measure == "activity_date"] == ["2025-10-29"]
    assert told(result, "M20") == ["FIX"]
    assert asked(result) == []


def test_columns_in_the_order_of_the_form_are_not_told():
    """M20, the other way round"""
    assert told(clean(list_sheet("F2", [ACTIVITY])), "M20") == []


def test_two_columns_that_claim_one_field_are_asked_about_and_neither_is_taken():
    """M20"""
    made = with_column(list_sheet("F2", [ACTIVITY]), 11, 4, "参加人次", 99, 6)
    result = clean(made)

    assert values(result, "person_times") == []
    assert values(result, "persons") == [12]
    assert asked(result) == [("M20", "ASK"), ("M20", "ASK")]


def test_a_column_of_the_units_own_with_the_name_of_one_of_a_group_is_asked_about_with_it():
    """M20, M21: with the merged header undone nobody knows which of the two belongs to the group."""
    result = clean(with_column(f3_sheet([LINE]), place("H1")[1], 5, "金额", 77))

    assert values(result, "amount_yuan", "hope_project") == []
    assert values(result, "persons", "hope_project") == [2]
    assert ("M20", "ASK") in asked(result)


def test_a_required_column_that_is_gone_sends_the_form_back():
    """M20"""
    made = list_sheet("F2", [ACTIVITY])
    result = clean(replace(made, cells={at: one for at, one in made.cells.items() if at[1] != 10}))

    assert (result.submission.state, result.submission.rule) == ("returned", "M20")


def test_a_whole_group_that_is_gone_is_asked_about_once_and_the_rest_read():
    """M20, decision 9"""
    made = f3_sheet([LINE])
    gone = {place(f"{letters}1")[1] for letters in ("Z", "AA", "AB")}
    result = clean(replace(made, cells={at: one for at, one in made.cells.items() if at[1] not in gone}))

    assert asked(result) == [("M20", "ASK")]
    assert values(result, "persons", "hope_project") == [2]


@pytest.mark.parametrize(
    "cell, text", [("D4", "活动开展时间"), ("Q4", "证明材料"), ("J4", "全年参加人次"), ("R4", "备注说明")]
)
def test_a_header_with_a_word_before_it_or_other_words_for_it_is_known(cell, text):
    """M20"""
    result = clean(renamed(list_sheet("F2", [ACTIVITY]), **{cell: text}))

    assert values(result, "persons") == [12]
    assert values(result, "person_times") == [ACTIVITY["person_times"]]
    assert asked(result) == []


@pytest.mark.parametrize(
    "cell, text",
    [("B4", "活动\n类 别"), ("G5", "合  计"), ("K4", "服务时长(小时)"), ("J4", "参 加 人 次"), ("E4", "活动地点")],
)
def test_blanks_breaks_and_widths_in_a_header_change_nothing(cell, text):
    """M24"""
    result = clean(renamed(list_sheet("F2", [ACTIVITY]), **{cell: text}))

    assert values(result, "persons") == [12]
    assert asked(result) == []


def test_merged_headers_undone_are_put_back_by_their_order_and_told():
    """M21"""
    made = f3_sheet([LINE])
    bare = {at: one for at, one in made.cells.items() if at not in (place("G4"), place("J4"))}
    result = clean(replace(made, cells=bare, merges=()))

    assert values(result, "amount_yuan", "hope_project") == [300]
    assert asked(result) == []
    assert told(result, "M21") == ["FIX"]


@pytest.mark.parametrize(
    "cell, text, expected",
    [("L5", "捐款(万元)", 5_000_000), ("L5", "捐款(千元)", 500_000), ("L5", "捐款(元)", 500), ("L5", "捐款", 500)],
)
def test_money_under_a_header_with_another_unit_is_converted(cell, text, expected):
    """M74"""
    result = clean(renamed(list_sheet("F2", [ACTIVITY]), **{cell: text}))

    assert values(result, "amount_yuan") == [expected]


@pytest.mark.parametrize(
    "form, cell, text", [("F2", "K4", "服务时长(学时)"), ("F3", "F5", "学时"), ("F3", "F6", "学时")]
)
def test_class_hours_in_a_column_of_hours_are_asked_about(form, cell, text):
    """M44, decision 14"""
    made = list_sheet("F2", [ACTIVITY]) if form == "F2" else f3_sheet([LINE])
    result = clean(renamed(made, **{cell: text}))

    assert result.submission.state == "accepted"
    assert values(result, "hours", "" if form == "F2" else "elder_care") == [None]
    assert all(how == "ASK" for _, how in asked(result))


@pytest.mark.parametrize("text", ["小时", "学时(小时)", "学习时长(小时)"])
def test_hours_in_a_column_of_class_hours_are_asked_about(text):
    """M44, decision 14"""
    result = clean(grid_sheet("F4", {"law.class_hours": 6, "law.sessions": 2}, 4, D4=text))

    assert values(result, "class_hours", "law") == [None]
    assert values(result, "sessions", "law") == [2]


@pytest.mark.parametrize("text", ["学时", "课时", "学时(课时)"])
def test_class_hours_under_their_own_name_are_read(text):
    """M44, the other way round"""
    result = clean(grid_sheet("F4", {"law.class_hours": 6}, 4, D4=text))

    assert values(result, "class_hours", "law") == [6]
    assert asked(result) == []


NEW = "F5,list,Q5,,帮扶成效自评,,partner_units,text,,,1,added this year,2025-01-01,"
GONE = "F5,list,R5,,帮扶计划编号,,evidence,text,,,1,asked until last year,,2024-12-31"
HOUSE = {"household_no": "LJ-G04-01", "household_location": "城镇", "hardship_type": "低保户", "paired_date": "2024-05-10",
         "visits": 4, "out_of_hardship": "否"}  # fmt: skip


def clean_versions(folder: Path, *sheets: Sheet, lines: tuple[str, ...] = (NEW,)) -> FileResult:
    """What a return gives where this year's form of F5 has other columns than last year's."""
    data = copy_reference(folder)
    for line in lines:
        add_line(data, "forms.csv", line)
    return clean_workbook(FileTask("报表.xlsx", b"x", load_reference(data, 2025)), Workbook("xlsx", tuple(sheets)))


def test_a_return_on_last_years_form_is_read_and_the_new_column_counts_as_not_asked(tmp_path):
    """M10"""
    result = clean_versions(tmp_path, list_sheet("F5", [HOUSE]))

    assert result.submission.state == "accepted"
    assert values(result, "visits") == [4]
    assert [one for one in result.facts if one.measure == "partner_units"] == []
    assert told(result, "M10") == ["FIX"]
    assert asked(result) == []


def test_a_column_of_last_year_that_is_gone_is_noted(tmp_path):
    """M10"""
    made = with_column(list_sheet("F5", [HOUSE]), 17, 4, "帮扶计划编号", "B-7", 5)
    result = clean_versions(tmp_path, made, lines=(NEW, GONE))

    assert sorted(told(result, "M10")) == ["FIX", "NOTE"]
    assert asked(result) == []


def test_a_form_that_is_neither_this_years_nor_last_years_goes_back(tmp_path):
    """M10: the new column is missing, and so is one that both years have."""
    made = list_sheet("F5", [HOUSE])
    bare = replace(made, cells={at: one for at, one in made.cells.items() if at[1] != place("I1")[1]})
    result = clean_versions(tmp_path, bare)

    assert result.submission.state == "returned"


def test_this_years_form_without_a_column_is_not_taken_for_last_years(tmp_path):
    """M10, the other way round: the column that is missing was there last year."""
    data = copy_reference(tmp_path)
    change(data, "forms.csv", "F5,list,P5,,备注,,remark,text,,,0,", "F5,list,P5,,备注,,remark,text,,,1,")
    made = list_sheet("F5", [HOUSE])
    bare = replace(made, cells={at: one for at, one in made.cells.items() if at[1] != place("P1")[1]})
    result = clean_workbook(FileTask("报表.xlsx", b"x", load_reference(data, 2025)), Workbook("xlsx", (bare,)))

    assert result.submission.state == "returned"

"""M18, M25, M26, M28, M29: lines of a table that are no data: examples, sub-totals, repeated headers, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from analysis.records import Cell, FileResult, Sheet
from tests.returns import cell, clean, f3_sheet, list_sheet, place

OFFICES: tuple[Mapping[str, Any], ...] = (
    {"office_name": "办公室", "hc_end": 9, "elder_care.persons": 3, "elder_care.person_times": 4, "elder_care.hours": 8,
     "lei_feng_volunteer.persons": 5, "lei_feng_volunteer.person_times": 15, "lei_feng_volunteer.registered": 7, "distinct_any": 6},
    {"office_name": "财务科", "hc_end": 6, "elder_care.persons": 2, "elder_care.person_times": 2, "elder_care.hours": 5,
     "lei_feng_volunteer.persons": 4, "lei_feng_volunteer.person_times": 13, "lei_feng_volunteer.registered": 6, "distinct_any": 5},
)  # fmt: skip
THIRD = {**OFFICES[0], "office_name": "人事科", "hc_end": 7, "elder_care.persons": 1}
ACTIVITY = {"category": "敬老爱老助老", "activity_name": "重阳节慰问", "activity_date": "2025-10-29", "persons": 12,
            "person_times": 12, "hours": 30}  # fmt: skip


def summed(*lines: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A line that adds up others."""
    keys = {key for line in lines for key, value in line.items() if isinstance(value, int)}
    return {**{key: sum(line.get(key, 0) for line in lines) for key in keys}, "serial": None, **more}


def asked(result: FileResult) -> list[tuple[str, str, str | None]]:
    return [(query.rule, query.treatment, query.cell) for query in result.queries if query.state == "open"]


def column(result: FileResult, measure: str, item: str = "") -> list[tuple[int, float | None]]:
    return [(one.row, one.value) for one in result.facts if (one.item, one.measure) == (item, measure)]


def with_rows(made: Sheet, below: int, *rows: Mapping[str, Any]) -> Sheet:
    """The sheet with rows put in below a row, given by column letters."""
    cells: dict[tuple[int, int], Cell] = {}
    for (row, col), one in made.cells.items():
        target = row + len(rows) if row > below else row
        cells[target, col] = replace(one, row=target)
    for number, row in enumerate(rows, start=1):
        for letters, value in row.items():
            cells[place(f"{letters}{below + number}")] = cell(f"{letters}{below + number}", value)
    return replace(made, cells=cells)


@pytest.mark.parametrize(
    "word", ["例:重阳节慰问", "示例", "(例)重阳节慰问", "如:重阳节慰问", "【示例】看望老党员", "例如:慰问", "范例"]
)
def test_the_example_line_of_the_form_is_left_out_and_asked_about_once(word):
    """M18"""
    result = clean(list_sheet("F2", [{**ACTIVITY, "activity_name": word, "persons": 30}, ACTIVITY]))

    assert column(result, "persons") == [(1, 12.0)]
    assert asked(result) == [("M18", "DROP", "A6")]
    assert {row.role for row in result.ledger if row.cell in ("A6", "C6", "G6")} == {"example"}


@pytest.mark.parametrize("name", ["例会学习", "如东路义务劳动", "示范岗评选", "榜样宣讲"])
def test_an_activity_whose_name_only_begins_like_an_example_is_data(name):
    """M18, the other way round"""
    result = clean(list_sheet("F2", [{**ACTIVITY, "activity_name": name}]))

    assert column(result, "persons") == [(1, 12.0)]
    assert asked(result) == []


@pytest.mark.parametrize("label", ["小计", "第一季度小计", "小 计", "机关本级小计", "汇总", "一片区", None])
def test_a_subtotal_in_the_middle_is_no_line_whatever_it_is_called(label):
    """M26"""
    lines = [*OFFICES, summed(*OFFICES, office_name=label), THIRD]
    result = clean(f3_sheet(lines, summed(*OFFICES, THIRD)))

    assert column(result, "persons", "elder_care") == [(1, 3.0), (2, 2.0), (3, 1.0)]
    assert {row.role for row in result.ledger if row.cell in ("C9", "D9")} == {"total"}
    assert asked(result) == []


@pytest.mark.parametrize("label", ["小计", "其中甲片", None])
def test_a_subtotal_at_the_head_of_its_group_is_no_line(label):
    """M26"""
    lines = [summed(*OFFICES, office_name=label), *OFFICES, THIRD]
    result = clean(f3_sheet(lines))

    assert column(result, "persons", "elder_care") == [(1, 3.0), (2, 2.0), (3, 1.0)]


def test_a_subtotal_of_one_line_is_no_line():
    """M26: without a number of its own it repeats what stands above."""
    result = clean(
        f3_sheet([OFFICES[0], {**OFFICES[0], "office_name": "机关本级", "serial": None}, *OFFICES[1:], THIRD])
    )

    assert column(result, "persons", "elder_care") == [(1, 3.0), (2, 2.0), (3, 1.0)]


def test_an_office_that_stands_twice_without_a_number_is_a_repeat_and_no_subtotal():
    """M34"""
    result = clean(f3_sheet([OFFICES[0], {**OFFICES[0], "serial": None}, OFFICES[1], THIRD]))

    assert asked(result) == [("M34", "DROP", "B8")]


def test_an_office_whose_people_happen_to_be_as_many_as_two_others_is_an_office():
    """M26, the other way round"""
    fourth = {"office_name": "信息科", "hc_end": 15, "elder_care.persons": 5, "elder_care.person_times": 6, "elder_care.hours": 9,
              "distinct_any": 5}  # fmt: skip
    result = clean(f3_sheet([*OFFICES, fourth]))

    assert column(result, "persons", "elder_care") == [(1, 3.0), (2, 2.0), (3, 5.0)]
    assert asked(result) == []


def test_a_line_below_the_total_is_asked_about():
    """M26: whether it counts cannot be told."""
    made = f3_sheet(OFFICES, summed(*OFFICES))
    line = dict.fromkeys(("C", "D", "E", "F", "AR"), 1)
    result = clean(with_rows(made, 9, {"B": "另:借调人员", **line}))

    assert column(result, "persons", "elder_care")[:2] == [(1, 3.0), (2, 2.0)]
    assert all(one.value is None for one in result.facts if one.row > 2)
    assert result.submission.state == "accepted"


def test_a_header_pasted_again_in_the_middle_is_no_line():
    """M28"""
    made = f3_sheet([*OFFICES, THIRD])
    names = {letters: made.text(4, place(f"{letters}4")[1]) for letters in ("A", "B", "C", "D", "G", "AR", "AS")}
    tier = {letters: made.text(5, place(f"{letters}5")[1]) for letters in ("D", "E", "F", "G", "H", "I", "J")}
    result = clean(with_rows(made, 8, names, tier))

    assert column(result, "persons", "elder_care") == [(1, 3.0), (2, 2.0), (3, 1.0)]
    assert {row.role for row in result.ledger if row.cell in ("A9", "B9", "D10")} == {"header"}
    assert asked(result) == []


@pytest.mark.parametrize("note", ["注:以上为机关本级", "填表人:张某  审核人:李某", "说明:下列为派驻机构"])
def test_a_note_or_a_signature_inside_the_data_is_no_line(note):
    """M29"""
    result = clean(with_rows(f3_sheet([*OFFICES, THIRD]), 8, {"A": note}))

    assert column(result, "persons", "elder_care") == [(1, 3.0), (2, 2.0), (3, 1.0)]
    assert asked(result) == []


def test_a_blank_line_changes_nothing():
    """M19"""
    result = clean(with_rows(f3_sheet([*OFFICES, THIRD]), 8, {}, {}))

    assert column(result, "persons", "elder_care") == [(1, 3.0), (2, 2.0), (3, 1.0)]
    assert asked(result) == []

"""M30, M31, M32: what a person sees on the sheet and a number does not say: hidden, struck, coloured, drawn, commented."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook as Book
from openpyxl.styles import Font, PatternFill

from analysis.intake.reader import read_workbook
from analysis.records import FileResult, Sheet
from tests.returns import clean, f3_sheet, list_sheet, place

OFFICES: tuple[Mapping[str, Any], ...] = (
    {"office_name": "办公室", "hc_end": 9, "elder_care.persons": 3, "elder_care.person_times": 4, "elder_care.hours": 8, "distinct_any": 3},
    {"office_name": "财务科", "hc_end": 6, "elder_care.persons": 2, "elder_care.person_times": 2, "elder_care.hours": 5, "distinct_any": 2},
    {"office_name": "人事科", "hc_end": 5, "elder_care.persons": 1, "elder_care.person_times": 1, "elder_care.hours": 2, "distinct_any": 1},
)  # fmt: skip
ACTIVITY = {"category": "敬老爱老助老", "activity_name": "重阳节慰问", "activity_date": "2025-10-29", "persons": 12,
            "person_times": 12, "hours": 30}  # fmt: skip


def summed(*lines: Mapping[str, Any]) -> dict[str, Any]:
    keys = {key for line in lines for key, value in line.items() if isinstance(value, int)}
    return {key: sum(line[key] for line in lines) for key in keys}


def changed(made: Sheet, at: str, **how: Any) -> Sheet:
    cells = dict(made.cells)
    cells[place(at)] = replace(cells[place(at)], **how)
    return replace(made, cells=cells)


def hidden_row(made: Sheet, row: int) -> Sheet:
    cells = {at: replace(one, hidden=one.hidden or at[0] == row) for at, one in made.cells.items()}
    return replace(made, cells=cells, hidden_rows=frozenset({row}))


def asked(result: FileResult) -> list[tuple[str, str, str | None]]:
    return [(query.rule, query.treatment, query.cell) for query in result.queries if query.state == "open"]


def told(result: FileResult, rule: str) -> list[tuple[str, str | None]]:
    return [(query.treatment, query.cell) for query in result.queries if query.rule == rule]


def people(result: FileResult) -> list[float | None]:
    return [one.value for one in result.facts if (one.item, one.measure) == ("elder_care", "persons")]


def test_a_hidden_line_is_read_and_noted_once():
    """M30"""
    result = clean(hidden_row(f3_sheet(OFFICES, summed(*OFFICES)), 8))

    assert people(result) == [3, 2, 1]
    assert [how for how, _ in told(result, "M30")] == ["NOTE"]
    assert asked(result) == []


def test_a_total_that_fits_only_without_the_hidden_line_is_asked_about():
    """M30"""
    result = clean(hidden_row(f3_sheet(OFFICES, summed(OFFICES[0], OFFICES[2])), 8))

    assert people(result) == [3, 2, 1]
    assert ("M30", "ASK", "D10") in asked(result)
    assert {rule for rule, _, _ in asked(result)} == {"M30"}


def test_a_hidden_column_is_read():
    """M30"""
    made = f3_sheet(OFFICES)
    column = place("D1")[1]
    cells = {at: replace(one, hidden=at[1] == column) for at, one in made.cells.items()}
    result = clean(replace(made, cells=cells, hidden_columns=frozenset({column})))

    assert people(result) == [3, 2, 1]
    assert [how for how, _ in told(result, "M30")] == ["NOTE"]


def test_a_number_struck_through_is_asked_about():
    """M31"""
    result = clean(changed(f3_sheet(OFFICES), "D8", struck=True))

    assert people(result) == [3, None, 1]
    assert asked(result) == [("M31", "ASK", "D8")]


def test_a_text_struck_through_is_read_and_noted():
    """M31"""
    result = clean(changed(list_sheet("F2", [ACTIVITY]), "C6", struck=True))

    assert [one.text for one in result.facts if one.measure == "activity_name"] == ["重阳节慰问"]
    assert told(result, "M31") == [("NOTE", "C6")]


def test_coloured_values_are_read_and_noted_once_for_the_sheet():
    """M31"""
    result = clean(changed(changed(f3_sheet(OFFICES), "D8", marked=True), "E9", marked=True))

    assert people(result) == [3, 2, 1]
    assert told(result, "M31") == [("NOTE", "D8")]
    assert asked(result) == []


def test_a_form_whose_every_value_is_coloured_is_not_noted():
    """M31, the other way round: there the colour is the form's own."""
    made = f3_sheet(OFFICES)
    result = clean(replace(made, cells={at: replace(one, marked=True) for at, one in made.cells.items()}))

    assert told(result, "M31") == []


@pytest.mark.parametrize(
    "look, marked",
    [
        ({"font": Font(color="FFFF0000")}, True),
        ({"fill": PatternFill("solid", fgColor="FFFFFF00")}, True),
        ({"font": Font(color="FF000000")}, False),
        ({"fill": PatternFill("solid", fgColor="FFFFFFFF")}, False),
        ({"font": Font(bold=True)}, False),
    ],
    ids=["red letters", "yellow ground", "black letters", "white ground", "bold"],
)
def test_the_reader_knows_coloured_cells(look, marked):
    """M31"""
    book = Book()
    book.active["A1"] = 5
    for name, value in look.items():
        setattr(book.active["A1"], name, value)
    stream = io.BytesIO()
    book.save(stream)

    assert read_workbook(stream.getvalue(), "x.xlsx").sheets[0].cells[1, 1].marked is marked


@pytest.mark.parametrize("comment", ["含退休3人", "此数不含借调人员", "应为5", "待核实"])
def test_a_comment_that_speaks_of_the_number_is_asked_about(comment):
    """M32"""
    result = clean(changed(f3_sheet(OFFICES), "D8", comment=comment))

    assert people(result) == [3, None, 1]
    assert asked(result) == [("M32", "ASK", "D8")]


def test_any_other_comment_is_noted():
    """M32"""
    result = clean(changed(f3_sheet(OFFICES), "D8", comment="王科长提供"))

    assert people(result) == [3, 2, 1]
    assert told(result, "M32") == [("NOTE", "D8")]


def test_pictures_and_text_boxes_on_a_form_are_noted_for_their_sheet():
    """M32"""
    result = clean(replace(f3_sheet(OFFICES), drawings=True))

    assert [(query.sheet, query.treatment) for query in result.queries if query.rule == "M32"] == [
        ("表3参与情况", "NOTE")
    ]
    assert "图片" in next(query.message_zh for query in result.queries if query.rule == "M32")
    assert people(result) == [3, 2, 1]


def test_a_sheet_without_any_of_this_raises_nothing():
    """M30, M31, M32, the other way round"""
    result = clean(f3_sheet(OFFICES, summed(*OFFICES)))

    assert [query for query in result.queries if query.rule != "M72"] == []

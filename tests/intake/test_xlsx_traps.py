"""xlsx workbooks that are damaged, hostile or oddly built."""

from __future__ import annotations

import pytest

from analysis.intake import limits
from analysis.intake.reader import read_workbook
from tests.intake.files import LINKS, MAIN, cell_at, only_sheet, raw_xlsx, relations, row_of, xlsx, zipped

ONE = '<c r="A1"><v>1</v></c>'


def problem(data: bytes) -> tuple[str | None, str]:
    workbook = read_workbook(data, "x.xlsx")
    return workbook.problem, workbook.detail


def test_a_file_that_is_cut_off_is_damaged() -> None:
    data = xlsx({"A1": 1})

    assert {problem(data[:length])[0] for length in (3, 4, 60, len(data) // 2, len(data) - 1)} == {"M07"}


def test_xml_that_is_cut_off_is_damaged_and_gives_no_cells() -> None:
    """Half a sheet is never read as a whole one."""
    whole = raw_xlsx(row_of(ONE))
    parts = {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{ONE}'}

    assert read_workbook(whole, "x.xlsx").problem is None
    assert problem(raw_xlsx("", more=parts))[0] == "M07"


def test_entities_and_document_types_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    sheet = f'{bomb}<worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'

    rule, detail = problem(raw_xlsx("", more={"xl/worksheets/sheet1.xml": sheet}))

    assert rule == "M07"
    assert "document type" in detail


def test_a_part_packed_a_thousand_times_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.intake.package.RATIO_FROM_BYTES", 100_000)

    rule, detail = problem(raw_xlsx(row_of(ONE) + " " * 2_000_000))

    assert (rule, "packed more than" in detail) == ("M07", True)


def test_a_container_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.intake.package.MAX_UNPACKED_BYTES", 100_000)

    assert problem(raw_xlsx(row_of(ONE) + " " * 60_000, strings=" " * 60_000))[0] == "M07"


@pytest.mark.parametrize(
    "limit, sheet",
    [
        ("MAX_CELLS", row_of('<c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="C1"><v>1</v></c>')),
        ("MAX_WORKBOOK_CELLS", row_of('<c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="C1"><v>1</v></c>')),
        ("MAX_TEXT", row_of('<c r="A1" t="str"><v>abc</v></c>')),
        ("MAX_ALL_TEXT", row_of('<c r="A1" t="str"><v>ab</v></c><c r="B1" t="str"><v>c</v></c>')),
        (
            "MAX_MERGES",
            '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:C2"/></mergeCells>',
        ),
    ],
)
def test_a_file_beyond_a_limit_is_refused_as_a_whole(limit: str, sheet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"analysis.intake.draft.{limit}", 2)
    workbook = read_workbook(raw_xlsx(sheet), "x.xlsx")

    assert (workbook.problem, workbook.sheets) == ("M07", ())
    assert workbook.detail.startswith("more than 2 ")


def test_too_many_sheets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.intake.xlsx_reader.MAX_SHEETS", 0)

    assert problem(xlsx({"A1": 1})) == ("M07", "more than 0 sheets")


def test_a_file_that_is_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.intake.reader.MAX_FILE_BYTES", 10)

    assert problem(xlsx({"A1": 1}))[0] == "M07"


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1" t="s"><v>7</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A0"><v>1</v></c>',
        '<c r="XFE1"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
    ],
)
def test_a_cell_that_cannot_be_told_makes_the_file_damaged(cells: str) -> None:
    """A text that is not in the file, a place outside the sheet, a place that is taken."""
    assert problem(raw_xlsx(row_of(cells)))[0] == "M07"


def test_a_missing_sheet_makes_the_file_damaged() -> None:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        '<sheets><sheet name="S" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "gone.xml")),
    }

    assert problem(zipped(parts)) == ("M07", "part xl/gone.xml is missing in the file")


def test_paths_with_backslashes_capitals_and_roots_are_followed() -> None:
    """Some programs on Windows write all three."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("rId1", "officeDocument", "/XL/Workbook.xml")),
        "xl\\workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        '<sheets><sheet name="S" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets\\Sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>5</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>",
    }

    assert cell_at(zipped(parts)).value == 5


def test_utf_16_parts_are_read() -> None:
    sheet = f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}">{row_of(ONE)}</worksheet>'

    assert cell_at(raw_xlsx("", more={"xl/worksheets/sheet1.xml": sheet.encode("utf-16")})).value == 1


def test_a_number_that_is_none_is_kept_as_text() -> None:
    cell = cell_at(raw_xlsx(row_of('<c r="A1"><v>五十</v></c>')))

    assert (cell.kind, cell.value) == ("text", "五十")


def test_charts_and_modules_among_the_sheets_are_passed_over() -> None:
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="C" r:id="rId9"/>'
        '<sheet name="M" r:id=""/><sheet name="S" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "chartsheet", "chartsheets/sheet1.xml")
        ),
    }

    assert only_sheet(raw_xlsx(row_of(ONE), more=parts)).name == "S"


def test_the_limits_leave_room_for_any_real_return() -> None:
    """The widest form has 24 x 8 columns and a row per office; a unit has below 100 offices."""
    assert limits.MAX_CELLS > 10 * 24 * 8 * 100

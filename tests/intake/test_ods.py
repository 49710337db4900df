"""OpenDocument spreadsheets, written by odfpy or by hand."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from analysis.intake.formulas import plain_open_formula
from analysis.intake.reader import read_workbook
from tests.intake.files import cell_at, only_sheet, zipped

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "manifest")
)
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'


def ods(table: str, *, styles: str = "", table_attributes: str = 'table:name="S"', before: str = "") -> bytes:
    """Spreadsheet by hand. `table` is the XML inside `<table:table>`."""
    content = (
        f"<office:document-content {NAMES} {CALCEXT} {DRAW}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{before}<table:table {table_attributes}>{table}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def number(value: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}/>'


def by_odfpy(**cell: Any) -> bytes:
    """Spreadsheet with one cell."""
    document = OpenDocumentSpreadsheet()
    table, line = Table(name="表3"), TableRow()
    written = TableCell(**{key: value for key, value in cell.items() if key != "text"})
    if "text" in cell:
        written.addElement(P(text=cell["text"]))
    line.addElement(written)
    table.addElement(line)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "cell, kind, value",
    [
        ({"valuetype": "float", "value": 42, "text": "42"}, "number", 42),
        ({"valuetype": "percentage", "value": 0.85, "text": "85%"}, "number", 0.85),
        ({"valuetype": "string", "text": "约50人"}, "text", "约50人"),
        ({"valuetype": "date", "datevalue": "2025-03-05", "text": "3月5日"}, "date", dt.date(2025, 3, 5)),
        (
            {"valuetype": "date", "datevalue": "2025-03-05T08:30:00", "text": "x"},
            "date",
            dt.datetime(2025, 3, 5, 8, 30),
        ),
        ({"valuetype": "time", "timevalue": "PT08H30M00S", "text": "8:30"}, "time", dt.time(8, 30)),
        ({"valuetype": "time", "timevalue": "PT30H00M00S", "text": "30:00"}, "time", dt.timedelta(hours=30)),
        ({"valuetype": "boolean", "booleanvalue": "true", "text": "TRUE"}, "bool", True),
    ],
)
def test_each_kind_of_value_has_its_kind(cell: dict[str, Any], kind: str, value: object) -> None:
    read = cell_at(by_odfpy(**cell), name="x.ods")

    assert (read.kind, read.value) == (kind, value)


def test_a_percentage_tells_its_format() -> None:
    assert cell_at(by_odfpy(valuetype="percentage", value=0.85), name="x.ods").number_format == "0%"


def test_a_formula_without_result_is_told_as_formula() -> None:
    cell = cell_at(by_odfpy(formula="of:=SUM([.B1:.B3];[.C1])"), name="x.ods")

    assert (cell.kind, cell.value, cell.text) == ("formula", None, "=SUM(B1:B3,C1)")


@pytest.mark.parametrize(
    "written, read",
    [
        ("of:=SUM([.A1:.A3])", "=SUM(A1:A3)"),
        ("of:=[$Sheet2.$A$1]+1", "=Sheet2!$A$1+1"),
        ("of:=SUM([Sheet2.A1:.A3])", "=SUM(Sheet2!A1:A3)"),
        ("=A1", "=A1"),
    ],
)
def test_formulas_are_told_in_the_spelling_of_excel(written: str, read: str) -> None:
    assert plain_open_formula(written) == read


def test_an_error_is_a_cell_of_its_own_kind() -> None:
    cell = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    read = cell_at(ods(row(cell)), name="x.ods")

    assert (read.kind, read.text) == ("error", "#DIV/0!")


def test_repeats_are_counted_and_filled_cells_repeated() -> None:
    """A sheet ends with rows repeated to the last row: they cost nothing."""
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    rows = (
        row(blank, 'table:number-rows-repeated="4"')
        + row(blank + number("7", 'table:number-columns-repeated="2"'), 'table:number-rows-repeated="2"')
        + row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048570"')
    )

    assert [cell.address for cell in only_sheet(ods(rows), "x.ods").cells.values()] == ["D5", "E5", "D6", "E6"]


def test_a_filled_row_repeated_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.intake.draft.MAX_CELLS", 100)
    data = ods(row(number("7", 'table:number-columns-repeated="16000"'), 'table:number-rows-repeated="1048576"'))

    assert read_workbook(data, "x.ods").problem == "M07"


def test_lines_blanks_tabs_and_comments_of_a_text_are_kept_apart() -> None:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>含退休</text:p><text:p>3人</text:p>'
        '</office:annotation><text:p>参加<text:s text:c="2"/>人<text:tab/>数</text:p><text:p>第二行</text:p>'
        "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame></table:table-cell>"
    )
    data = ods(row(cell))
    read = cell_at(data, name="x.ods")

    assert (read.text, read.comment) == ("参加  人\t数\n第二行", "含退休\n3人")
    assert read_workbook(data, "x.ods").notes == ("M32",)


def test_merged_ranges_are_told() -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="S")
    for line in (
        [TableCell(valuetype="string", numbercolumnsspanned=2, numberrowsspanned=2), CoveredTableCell()],
        [CoveredTableCell(), CoveredTableCell(), TableCell(valuetype="float", value=1)],
    ):
        made = TableRow()
        for cell in line:
            made.addElement(cell)
        table.addElement(made)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.save(target)

    sheet = only_sheet(target.getvalue(), "x.ods")

    assert [str(span) for span in sheet.merges] == ["A1:B2"]
    assert sheet.text(2, 3) == "1"


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    style = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    table = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + row(number("1") + number("2"))
        + row(number("3"), 'table:visibility="filter"')
    )
    sheet = only_sheet(ods(table, styles=style, table_attributes='table:name="草稿" table:style-name="ta1"'), "x.ods")

    assert (sheet.hidden, sheet.hidden_rows, sheet.hidden_columns) == (True, {2}, {2})
    assert [cell.hidden for cell in sheet.cells.values()] == [False, True, True]


def test_a_struck_through_cell_is_told() -> None:
    style = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )

    assert cell_at(ods(row(number("5", 'table:style-name="ce1"')), styles=style), name="x.ods").struck


def test_former_values_and_copies_of_other_files_are_no_cells() -> None:
    change = f"<table:tracked-changes><table:previous>{number('9')}</table:previous></table:tracked-changes>"
    copy = f"<table:table table:name=\"'file:///a'#S\"><table:table-source/>{row(number('8'))}</table:table>"
    data = ods(row(number("1")), before=change + copy)

    assert [cell.value for cell in only_sheet(data, "x.ods").cells.values()] == [1]
    assert read_workbook(data, "x.ods").notes == ("M06",)


def test_a_password_is_told() -> None:
    manifest = (
        f'<manifest:manifest {NAMES}><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "?"}

    assert read_workbook(zipped(parts | {"META-INF/manifest.xml": manifest}), "x.ods").problem == "M05"

"""Pages to .xls, .ods and CSV as old or foreign programs save them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from functools import cache

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from tests.builder.grid import Page, Value, address, covered
from tests.builder.packing import repacked
from tests.builder.places import Placed, merges, placed

XLS_FONTS = {"title": "name 宋体, bold on, height 320", "header": "name 宋体, bold on", "total": "name 宋体, bold on"}


@cache
def xls_style(look: str) -> xlwt.XFStyle:
    """The style of a look in an .xls file."""
    font = f"font: {XLS_FONTS.get(look, 'name 宋体')};"
    place = (
        "align: horiz left, vert center" if look in ("head", "notes", "sign") else "align: horiz center, vert center"
    )
    box = (
        "" if look in ("title", "head", "notes", "sign") else "; borders: left thin, right thin, top thin, bottom thin"
    )
    return xlwt.easyxf(font + place + box, num_format_str="yyyy/m/d" if look == "date" else "General")


def to_xls(pages: Sequence[Page]) -> bytes:
    """The pages as BIFF8; totals are typed, since this writer stores no results of formulas."""
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.name)
        over = covered(page)
        for row, column, last_row, last_column in merges(page):
            cell = page.at(row, column)
            sheet.write_merge(
                row - 1, last_row - 1, column - 1, last_column - 1, xls_value(cell.value), xls_style(cell.look)
            )
        for row, column, cell in page.cells():
            if cell.span == (1, 1) and (row, column) not in over:
                sheet.write(row - 1, column - 1, xls_value(cell.value), xls_style(cell.look))
        for column, width in enumerate(page.widths):
            sheet.col(column).width = int(width * 256)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls_value(value: Value) -> object:
    return dt.datetime(value.year, value.month, value.day) if isinstance(value, dt.date) else value


def ods_cell(cell: Placed, span: tuple[int, int]) -> TableCell:
    """One cell with its type, and its formula beside the result."""
    shown = cell.stored if cell.formula else cell.value
    marks: dict[str, object] = {}
    if cell.formula:
        marks["formula"] = "of:=" + cell.formula.removeprefix("=").replace("(", "([.").replace(":", ":.").replace(
            ")", "])"
        )
    if isinstance(shown, dt.date):
        marks |= {"valuetype": "date", "datevalue": shown.isoformat()}
    elif isinstance(shown, (int, float)):
        marks |= {"valuetype": "float", "value": shown}
    elif shown is not None:
        marks["valuetype"] = "string"
    if span != (1, 1):
        marks |= {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]}
    made = TableCell(**marks)
    if shown is not None:
        for line in (shown.isoformat() if isinstance(shown, dt.date) else str(shown)).split("\n"):
            made.addElement(P(text=line))
    return made


def to_ods(pages: Sequence[Page], totals: str) -> bytes:
    """The pages as an OpenDocument spreadsheet."""
    book = OpenDocumentSpreadsheet()
    for page in pages:
        table = Table(name=page.name)
        over = covered(page)
        cells = {(cell.row, cell.column): cell for cell in placed(page, totals)}
        for row in range(1, len(page.rows) + 1):
            line = TableRow()
            last = max((column for r, column in cells if r == row), default=0)
            for column in range(1, last + 1):
                if (row, column) in over:
                    line.addElement(CoveredTableCell())
                elif (row, column) in cells:
                    line.addElement(ods_cell(cells[row, column], page.at(row, column).span))
                else:
                    line.addElement(TableCell())
            table.addElement(line)
        book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue(), lambda name, content: content)


def csv_text(value: Value) -> str:
    """A value as a spreadsheet program shows it."""
    if isinstance(value, dt.date):
        return f"{value.year}/{value.month}/{value.day}"
    return "" if value is None else str(value)


def to_csv_file(page: Page, encoding: str = "gb18030") -> bytes:
    """One page as CSV: the first cell of a merged range holds its text, the others are empty."""
    shown = {c.address: c.stored if c.formula else c.value for c in placed(page, "cached")}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    width = max(column for _, column, _ in page.cells())
    for row in range(1, len(page.rows) + 1):
        writer.writerow([csv_text(shown.get(address(row, column))) for column in range(1, width + 1)])
    return out.getvalue().encode(encoding)

"""Pages to the bytes of an .xlsx file, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from copy import copy

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OfSheet
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from tests.builder.grid import Cell, Page
from tests.builder.packing import repacked
from tests.builder.places import Placed, merges, placed

SIDE = Side(style="thin", color="FF7F7F7F")
BOXED = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)
PLAIN = ("title", "head", "notes", "sign")
FILLS = {"header": "FFDDEBF7", "total": "FFF2F2F2", "label": "FFF2F2F2"}
CREATOR = re.compile(rb"(<dc:creator[^>]*>)openpyxl(</dc:creator>)")
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
WITHOUT_RESULT = re.compile(rb'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?><f>([^<]*)</f><v ?/?>(?:</v>)?</c>')


def style(look: str) -> NamedStyle:
    """The style of a look, in the fonts of the issued workbook."""
    bold = look in ("title", "header", "total")
    side = "left" if look in ("head", "notes", "label", "sign") else "center"
    return NamedStyle(
        name=f"x_{look}",
        font=Font(name="宋体", size=16 if look == "title" else 9 if look == "notes" else 10, bold=bold),
        alignment=Alignment(horizontal=side, vertical="center", wrap_text=look not in ("title", "head")),
        border=Border() if look in PLAIN else BOXED,
        fill=PatternFill("solid", fgColor=FILLS[look]) if look in FILLS else PatternFill(),
        number_format="yyyy/m/d" if look == "date" else "General",
    )


def results_of(cells: Sequence[Placed]) -> dict[str, object]:
    """The stored results of the formulas by address."""
    return {cell.address: cell.stored for cell in cells if cell.formula and cell.stored is not None}


def with_results(xml: bytes, results: Mapping[str, object]) -> bytes:
    """The XML of a sheet with the results of its formulas, as a spreadsheet program stores them."""

    def stored(hit: re.Match[bytes]) -> bytes:
        result = results.get(hit[1].decode())
        if result is None:
            return hit[0]
        kind = b"" if isinstance(result, (int, float)) else b' t="str"'
        value = str(result).encode()
        return b'<c r="%s"%s%s><f>%s</f><v>%s</v></c>' % (hit[1], hit[2] or b"", kind, hit[3], value)

    return WITHOUT_RESULT.sub(stored, xml)


def normalised(data: bytes, stamp: dt.datetime, results: Mapping[str, Mapping[str, object]]) -> bytes:
    """The workbook with fixed times and properties, and with the results of formulas (by part and address)."""
    when = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()

    def edited(name: str, content: bytes) -> bytes:
        if name == "docProps/core.xml":
            content = STAMP.sub(rb"\g<1>" + when + rb"\g<2>", content)
            return CREATOR.sub(rb"\g<1>\g<2>", content)
        return with_results(content, results[name]) if name in results else content

    return repacked(data, edited)


def mark(target: OfSheet, cell: Cell) -> None:
    """Puts the comment, the strike-through or the colour of a cell on it."""
    if cell.comment:
        target.comment = Comment(cell.comment, "")
    if cell.mark == "struck":
        struck = copy(target.font)
        struck.strike = True
        target.font = struck
    if cell.mark == "red":
        target.fill = PatternFill("solid", fgColor="FFFFC7CE")


def to_xlsx(pages: Sequence[Page], totals: str, stamp: dt.datetime) -> bytes:
    """The pages as a workbook; `stamp` is when it was made, for its properties."""
    book = Workbook()
    book.remove(book.active)
    for look in ("title", "head", "label", "body", "date", "header", "total", "notes", "sign"):
        book.add_named_style(style(look))
    results = {}
    for number, page in enumerate(pages, 1):
        sheet = book.create_sheet(page.name)
        cells = list(placed(page, totals))
        for cell in cells:
            target = sheet.cell(cell.row, cell.column, cell.formula or cell.value)
            target.style = f"x_{cell.look}"
            mark(target, page.at(cell.row, cell.column))
        for first_row, first_column, last_row, last_column in merges(page):
            sheet.merge_cells(None, first_row, first_column, last_row, last_column)
        for column, width in enumerate(page.widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        for row, one in enumerate(page.rows, 1):
            if one.height:
                sheet.row_dimensions[row].height = one.height
            if one.hidden:
                sheet.row_dimensions[row].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        sheet.sheet_state = "hidden" if page.hidden else "visible"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        results[f"xl/worksheets/sheet{number}.xml"] = results_of(cells)
    out = io.BytesIO()
    book.save(out)
    return normalised(out.getvalue(), stamp, results)

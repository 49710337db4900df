"""Small files made in memory for the tests of `analysis.intake`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl
import xlwt

from analysis.intake.reader import read_workbook
from analysis.records import Cell, Sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def only_sheet(data: bytes, name: str = "return.xlsx") -> Sheet:
    """The one sheet of a file that can be read."""
    workbook = read_workbook(data, name)
    assert workbook.problem is None, workbook.detail
    assert len(workbook.sheets) == 1
    return workbook.sheets[0]


def cell_at(data: bytes, place: str = "A1", name: str = "return.xlsx") -> Cell:
    """The cell at an address such as `A1` on the one sheet."""
    return {cell.address: cell for cell in only_sheet(data, name).cells.values()}[place]


def saved(workbook: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def xlsx(cells: Mapping[str, Any]) -> bytes:
    """Workbook with one sheet, written by openpyxl."""
    workbook = openpyxl.Workbook()
    for place, value in cells.items():
        workbook.active[place] = value
    return saved(workbook)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return target.getvalue()


def relations(*links: tuple[str, str, str]) -> str:
    """A part of relations: id, last piece of the type, target."""
    lines = (f'<Relationship Id="{one}" Type="{LINKS}/{kind}" Target="{target}"/>' for one, kind, target in links)
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def raw_xlsx(
    sheet: str,
    *,
    strings: str = "",
    styles: str = "",
    workbook: str = "",
    links: tuple[tuple[str, str, str], ...] = (),
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Workbook by hand. `sheet` is the XML inside `<worksheet>`, `strings` inside `<sst>`, `styles` inside `<styleSheet>`.

    `workbook` is XML before the list of sheets, `links` are relations of the sheet, `more` are further parts.
    """
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{workbook}'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    if links:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(*links)
    return zipped(parts | dict(more or {}))


def row_of(cells: str) -> str:
    """Sheet data of one row."""
    return f'<sheetData><row r="1">{cells}</row></sheetData>'


def styled(number_format: str = "", *, number: int = 164, font: str = "<font/>") -> str:
    """Styles with a plain style 0 and a style 1 of that number format and font."""
    known = f'<numFmts><numFmt numFmtId="{number}" formatCode="{number_format}"/></numFmts>' if number_format else ""
    return (
        f"{known}<fonts><font/>{font}</fonts>"
        f'<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="{number}" fontId="1"/></cellXfs>'
    )


def xls(cells: Mapping[tuple[int, int], Any], **options: Any) -> bytes:
    """Old workbook with one sheet; places are 1-based. A value may be a pair of value and xlwt style."""
    workbook = xlwt.Workbook(**options)
    sheet = workbook.add_sheet("S")
    for (row, column), value in cells.items():
        parts = value if isinstance(value, tuple) else (value,)
        sheet.write(row - 1, column - 1, *parts)
    return saved_xls(workbook)


def saved_xls(workbook: xlwt.Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()

"""An old .xls workbook (Excel 2 to 2003, WPS .et) -> sheets, by xlrd; by calamine where xlrd gives up.

xlrd tells what calamine does not (errors, hidden rows, formats, strike-through) and decodes the code pages of the
editions before Excel 97 rightly. It is given the bare stream, since its reader of the container is too strict.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import xlrd
import xlrd.book
import xlrd.sheet

from analysis.intake.biff import SheetLook, error_text, is_encrypted, links_elsewhere, look_at_sheets, old_code_page
from analysis.intake.calamine_reader import read_with_calamine
from analysis.intake.cells import date_of_serial, error_cell, formula_cell, make_cell
from analysis.intake.draft import SheetDraft, Tally
from analysis.intake.formats import GENERAL, format_kind, telling_format
from analysis.intake.limits import MAX_SHEETS, Unreadable, broken, check_limit
from analysis.intake.ole import SIGNATURE, OleFile
from analysis.records import Cell, CellValue, Sheet

_CHINESE_CODE_PAGES = {0, 936}  # 0: the file does not say
_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT")
_CHINESE_CODEC = "gb18030"  # gbk lacks characters that occur in names


def workbook_stream(data: bytes) -> bytes:
    """The stream of records of an .xls file.

    Raises:
        Unreadable: when the container is damaged (M07) or the stream is encrypted (M05).
    """
    stream = OleFile(data).stream("Workbook", "Book") if data.startswith(SIGNATURE) else data
    if not stream:
        raise broken("the old Excel file holds no workbook")
    if is_encrypted(stream):
        raise Unreadable("M05", "the file is protected by a password")
    return stream


def read_xls(data: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Sheets in order, and the rules to be told about the file (`M06` links to other files or macros).

    Raises:
        Unreadable: when the file is damaged, protected or beyond a limit.
    """
    stream = workbook_stream(data)
    macros = data.startswith(SIGNATURE) and OleFile(data).has(*_MACROS)
    return _read_sheets(data, stream), ("M06",) if macros or links_elsewhere(stream) else ()


def _read_sheets(data: bytes, stream: bytes) -> tuple[Sheet, ...]:
    looks = look_at_sheets(stream)
    try:
        book = _open_book(stream)
    except Unreadable:
        raise
    except Exception as fault:  # noqa: BLE001 - xlrd raises anything on odd files, AssertionError and struct.error too
        return _read_by_calamine(data, looks, fault)
    check_limit(book.nsheets, MAX_SHEETS, "sheets")
    tally = Tally()
    empty = SheetLook()
    return tuple(
        _read_sheet(book, sheet, looks[number] if number < len(looks) else empty, tally)
        for number, sheet in enumerate(book.sheets())
    )


def _open_book(stream: bytes) -> xlrd.book.Book:
    """The workbook; texts of editions before Unicode are Chinese unless the file says otherwise."""
    chinese = old_code_page(stream) in _CHINESE_CODE_PAGES
    return xlrd.open_workbook(
        file_contents=stream,
        formatting_info=True,
        ragged_rows=True,
        logfile=io.StringIO(),
        encoding_override=_CHINESE_CODEC if chinese else None,
    )


def _read_by_calamine(data: bytes, looks: list[SheetLook], fault: Exception) -> tuple[Sheet, ...]:
    try:
        sheets = read_with_calamine(data)
    except Unreadable as second:
        raise broken(f"the old Excel file is damaged ({type(fault).__name__}: {fault})") from second
    if len(looks) != len(sheets):
        return sheets
    return tuple(_with_look(sheet, look) for sheet, look in zip(sheets, looks, strict=True))


def _with_look(sheet: Sheet, look: SheetLook) -> Sheet:
    errors = {place: error_cell(*place, text) for place, text in look.errors.items()}
    unworked = {place: formula_cell(*place, formula) for place, formula in look.unworked.items()}
    return replace(sheet, cells=dict(sorted((unworked | errors | dict(sheet.cells)).items())))


def _read_sheet(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, look: SheetLook, tally: Tally) -> Sheet:
    draft = SheetDraft(sheet.name, tally, hidden=sheet.visibility != 0)
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        for column in range(len(types)):
            cell = _read_cell(book, sheet, row, column, look)
            if cell is not None:
                draft.add(cell)
    for first_row, row_end, first_column, column_end in sheet.merged_cells:
        draft.merge(first_row + 1, first_column + 1, row_end, column_end)
    draft.hidden_rows.update(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    draft.hidden_columns.update(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden)
    comments = {(row + 1, column + 1): note.text.strip() for (row, column), note in sheet.cell_note_map.items()}
    return draft.finish({place: text for place, text in comments.items() if text})


def _read_cell(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, row: int, column: int, look: SheetLook) -> Cell | None:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    place = (row + 1, column + 1)
    if kind == xlrd.XL_CELL_ERROR:
        return error_cell(*place, error_text(int(value)))
    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} or value == "":
        return formula_cell(*place, look.unworked[place]) if place in look.unworked else None
    code, struck = _look_of(book, sheet.cell_xf_index(row, column))
    cell = make_cell(*place, _value_of(book, kind, value, code), number_format=_told(kind, code))
    return replace(cell, struck=True) if cell and (struck or _run_struck(book, sheet, row, column)) else cell


def _told(kind: int, code: str) -> str | None:
    return telling_format(code) if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE} else None


def _value_of(book: xlrd.book.Book, kind: int, value: Any, code: str) -> CellValue:
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind not in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        return str(value)
    shown = format_kind(code)
    if shown == "number" and kind == xlrd.XL_CELL_DATE:
        shown = "date"
    dated: CellValue | dt.date = date_of_serial(value, shown, since_1904=book.datemode == 1)
    return value if dated is None else dated


def _look_of(book: xlrd.book.Book, number: int | None) -> tuple[str, bool]:
    """Format code and strike-through of a cell style."""
    if number is None or not 0 <= number < len(book.xf_list):
        return GENERAL, False
    style = book.xf_list[number]
    shown = book.format_map.get(style.format_key)
    struck = 0 <= style.font_index < len(book.font_list) and bool(book.font_list[style.font_index].struck_out)
    return (shown.format_str if shown else GENERAL), struck


def _run_struck(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, row: int, column: int) -> bool:
    """Whether a part of the text of the cell is struck through."""
    runs = sheet.rich_text_runlist_map.get((row, column)) or []
    return any(font < len(book.font_list) and book.font_list[font].struck_out for _, font in runs)

"""Sheets of an xlsb (or an odd xls) workbook, read by calamine."""

from __future__ import annotations

import io

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from analysis.intake.cells import make_cell
from analysis.intake.draft import SheetDraft, Tally
from analysis.intake.limits import MAX_AREA, MAX_SHEETS, Unreadable, broken, check_limit
from analysis.records import Sheet

_PANIC = "PanicException"


def read_with_calamine(data: bytes) -> tuple[Sheet, ...]:
    """Sheets of cells in order. Errors and formulas without result are blank here: the caller adds them.

    Raises:
        Unreadable: when calamine cannot read the file, or a limit is passed.
    """
    try:
        return _read(data)
    except PasswordError as fault:
        raise Unreadable("M05", "the file is protected by a password") from fault
    except (CalamineError, OSError, ValueError, OverflowError) as fault:
        raise broken(f"the workbook is damaged ({fault})") from fault
    except BaseException as fault:
        # a panic inside calamine arrives as a BaseException that cannot be imported, so it is known by its name
        if type(fault).__name__ != _PANIC:
            raise
        raise broken("the workbook is damaged (its reader gave up)") from fault


def _read(data: bytes) -> tuple[Sheet, ...]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    listed = [entry for entry in workbook.sheets_metadata if entry.typ == SheetTypeEnum.WorkSheet]
    check_limit(len(listed), MAX_SHEETS, "sheets")
    tally = Tally()
    sheets = []
    for entry in listed:
        draft = SheetDraft(entry.name, tally, hidden=entry.visible != SheetVisibleEnum.Visible)
        source = workbook.get_sheet_by_name(entry.name)
        check_limit(source.height * source.width, MAX_AREA, "places between the first and the last filled cell")
        # iter_rows begins at the first row of the sheet, but each row at the first filled column
        _, left = source.start or (0, 0)
        for row, values in enumerate(source.iter_rows(), 1):
            for column, value in enumerate(values, left + 1):
                cell = None if value == "" else make_cell(row, column, value)
                if cell is not None:
                    draft.add(cell)
        for (first_row, first_column), (last_row, last_column) in source.merged_cell_ranges or ():
            draft.merge(first_row + 1, first_column + 1, last_row + 1, last_column + 1)
        sheets.append(draft.finish())
    return tuple(sheets)

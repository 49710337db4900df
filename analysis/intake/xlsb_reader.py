"""An xlsb workbook -> sheets: values by calamine, errors, merged ranges and hidden lines from its records."""

from __future__ import annotations

from dataclasses import replace

from analysis.intake.calamine_reader import read_with_calamine
from analysis.intake.cells import error_cell
from analysis.intake.draft import covered_places
from analysis.intake.limits import MAX_CELLS, MAX_MERGES, check_limit
from analysis.intake.package import Package
from analysis.intake.xlsb_scan import BinarySheetLook, look_at_binary_sheets
from analysis.records import Sheet


def read_xlsb(data: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Sheets in order, and the rules to be told about the file (`M06` links to other files or macros).

    Raises:
        Unreadable: when the file is damaged, protected or beyond a limit.
    """
    package = Package(data)
    looks = look_at_binary_sheets(package)
    sheets = tuple(_joined(sheet, looks.get(sheet.name, BinarySheetLook())) for sheet in read_with_calamine(data))
    return sheets, ("M06",) if package.has_links_or_macros() else ()


def _joined(sheet: Sheet, look: BinarySheetLook) -> Sheet:
    errors = {place: error_cell(*place, text) for place, text in look.errors.items()}
    cells = dict(sorted((errors | dict(sheet.cells)).items()))
    check_limit(len(cells), MAX_CELLS, "filled cells in one sheet")
    check_limit(len(look.merges), MAX_MERGES, "merged ranges in one sheet")
    covered = covered_places(cells, look.merges)
    hidden = {
        place: replace(cell, hidden=place[0] in look.hidden_rows or place[1] in look.hidden_columns or place in covered)
        for place, cell in cells.items()
    }
    rows = frozenset(row for row in look.hidden_rows if row <= max((row for row, _ in cells), default=0))
    columns = frozenset(one for one in look.hidden_columns if one <= max((column for _, column in cells), default=0))
    return replace(sheet, cells=hidden, merges=tuple(look.merges), hidden_rows=rows, hidden_columns=columns)

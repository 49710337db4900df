"""How we see the sheets of a workbook, as the object that `civility inspect --json` prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from analysis.etl.layout import find_tables
from analysis.etl.layout_words import Words
from analysis.etl.wrong_totals import wrong_totals
from analysis.records import Sheet, Table, Workbook

FormOf = Callable[[Sheet, Table], str | None]


def inspect_workbook(workbook: Workbook, file: str, words: Words, recognise: FormOf | None = None) -> dict[str, Any]:
    """File, problem and the tables of each sheet; rows are 1-based rows of the sheet.

    `problem` is the rule that says why nothing could be read, else null. `recognise` says which of our forms a table
    is; without it `form` is null. Hidden sheets are shown and marked. `wrong_totals` are printed totals that are not
    the sums of their lines.
    """
    sheets = [
        {
            "sheet": sheet.name,
            "hidden": sheet.hidden,
            "tables": [_table(sheet, table, words, recognise) for table in find_tables(sheet, words)],
        }
        for sheet in workbook.sheets
    ]
    return {"file": file, "problem": workbook.problem, "sheets": sheets}


def _table(sheet: Sheet, table: Table, words: Words, recognise: FormOf | None) -> dict[str, Any]:
    rows = [row for record in table.records for row in record]
    return {
        "range": str(table.span),
        "header_rows": list(table.header_rows),
        "first_data_row": min(rows, default=None),
        "last_data_row": max(rows, default=None),
        "n_data_rows": len(table.records),
        "total_rows": list(table.total_rows),
        "note_rows": list(table.note_rows),
        "form": recognise(sheet, table) if recognise else None,
        "confidence": table.confidence,
        "wrong_totals": [asdict(wrong) for wrong in wrong_totals(sheet, table, words)],
    }

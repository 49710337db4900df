"""Answers of `corrections.csv` made in a test, and what a workbook gives with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from analysis.etl.clean_file import FileTask, clean_workbook
from analysis.records import FileResult, Query, Sheet, Workbook
from analysis.reference import Correction, Reference
from tests.returns import reference

FILE = "报表.xlsx"


def answer(cell: str, action: str, new_value: str = "", expected: str = "", **more: Any) -> Correction:
    """One line about a cell of 表3 unless said otherwise."""
    given = {
        "line": 2, "file": FILE, "sheet": "表3参与情况", "cell": cell, "expected": expected, "action": action,
        "new_value": new_value, "field": "", "query_id": "", "reason": "电话核实", "told_on": dt.date(2026, 1, 20),
        "by_whom": "市科技局",
    }  # fmt: skip
    return Correction(**(given | more))


def with_corrections(*answers: Correction, year: int = 2025) -> Reference:
    """The reference data with these answers."""
    files = {entry.file for entry in answers}
    by_file = {file: tuple(entry for entry in answers if entry.file == file) for file in files}
    return replace(reference(year), corrections=by_file)


def answered(*sheets: Sheet, answers: tuple[Correction, ...]) -> FileResult:
    """What the cleaning of one workbook gives with the answers, before the gates."""
    task = FileTask(FILE, FILE.encode(), with_corrections(*answers))
    return clean_workbook(task, Workbook("xlsx", tuple(sheets)))


def at(result: FileResult, cell: str, state: str | None = None) -> list[Query]:
    """The queries at a cell, those of one state when it is given."""
    return [query for query in result.queries if query.cell == cell and state in (None, query.state)]

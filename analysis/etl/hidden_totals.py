"""Total lines that no label names: told by arithmetic, since one of them read as a line doubles every figure (M26)."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from analysis.etl.formulas import sums_rows
from analysis.records import Sheet

Record = tuple[int, ...]
_FEWEST_OTHERS = 2
_FEWEST_EQUAL = 3
_SHARE_EQUAL = 0.75


def hidden_totals(sheet: Sheet, records: Sequence[Record], columns: Collection[int]) -> tuple[Record, ...]:
    """Records that add up all the others.

    `columns` are those of numbers. A record counts as a total when it equals the sum of the others (or is a SUM over
    their rows) in at least three columns that are not zero, and in three quarters of all that can be compared, so
    that one slip does not hide it. With fewer than two other records nothing can be told.
    """
    if len(records) <= _FEWEST_OTHERS:
        return ()
    numbers = {record: _numbers(sheet, record, columns) for record in records}
    return tuple(record for record in records if _adds_up(sheet, record, numbers, columns))


def _numbers(sheet: Sheet, record: Record, columns: Collection[int]) -> dict[int, float | None]:
    """Column -> number of the record, 0 for a blank, null for what is no plain number."""
    found: dict[int, float | None] = {}
    for column in columns:
        cell = sheet.cell(record[0], column)
        plain = cell is not None and isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        found[column] = 0.0 if cell is None else float(str(cell.value)) if plain else None
    return found


def _adds_up(
    sheet: Sheet, record: Record, numbers: Mapping[Record, Mapping[int, float | None]], columns: Collection[int]
) -> bool:
    others = [other for other in numbers if other != record]
    rows = {row for other in others for row in other}
    equal = compared = 0
    for column in columns:
        cell = sheet.cell(record[0], column)
        if cell and cell.formula and sums_rows(cell, rows):
            equal, compared = equal + 1, compared + 1
            continue
        own, parts = numbers[record][column], [numbers[other][column] for other in others]
        known = [part for part in parts if part is not None]
        if own is None or len(known) < len(parts):
            continue
        total = math.fsum(known)
        if own or total:
            equal, compared = equal + math.isclose(own, total, rel_tol=0, abs_tol=1e-6), compared + 1
    return equal >= _FEWEST_EQUAL and equal >= _SHARE_EQUAL * compared

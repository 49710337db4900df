"""Total lines that no label names: told by arithmetic, since one of them read as a line doubles every figure (M26)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from analysis.etl.formulas import sums_rows
from analysis.records import Sheet

Record = tuple[int, ...]
Numbers = Mapping[int, float | None]
_FEWEST_OTHERS = 2
_FEWEST_EQUAL = 3
_FEWEST_EQUAL_OF_A_LINE = 6
_SHARE_EQUAL = 0.75
_MOST_LINES = 60


def hidden_totals(
    sheet: Sheet, records: Sequence[Record], columns: Collection[int], unnamed: Collection[Record] = ()
) -> tuple[Record, ...]:
    """Records that add up all the others, or the lines just above or just below them.

    `columns` are those of numbers, `unnamed` the records without what every line must have (serial number, date ...).
    A record counts as a total of all when it equals the sum of the others (or is a SUM over their rows) in at least
    three columns that are not zero, and in three quarters of all that can be compared, so that one slip does not hide
    it. A total of some lines must agree in every column; where it looks like a line, in at least six that are not
    zero. With fewer than two other records nothing can be told, but for an unnamed record that repeats all numbers of
    the only line above it.
    """
    numbers = {record: _numbers(sheet, record, columns) for record in records}
    if len(records) > _FEWEST_OTHERS:
        whole = tuple(record for record in records if _adds_up(sheet, record, numbers, columns))
        if whole:
            return whole
    texts = sorted({column for _, column in sheet.cells} - set(columns))
    copies = {record for before, record in pairwise(records) if _says_the_same(sheet, before, record, texts)}
    return tuple(_partial(records, numbers, set(unnamed) - copies))


def _says_the_same(sheet: Sheet, before: Record, record: Record, columns: Sequence[int]) -> bool:
    """Whether a record names nothing but what the one above names: a line that stands twice, not a total."""
    said = [
        {text for row in rows for column in columns if (text := sheet.text(row, column))} for rows in (before, record)
    ]
    return bool(said[1]) and said[1] <= said[0]


def _partial(records: Sequence[Record], numbers: Mapping[Record, Numbers], unnamed: set[Record]) -> Iterable[Record]:
    """Sub-totals: of the lines since the last one, or, at the head of a group, of the lines that follow."""
    since: list[Record] = []
    for index, record in enumerate(records):
        need = _FEWEST_EQUAL if record in unnamed else _FEWEST_EQUAL_OF_A_LINE
        below = records[index + 1 : index + 1 + _MOST_LINES]
        fewest = 1 if record in unnamed else _FEWEST_OTHERS
        if _sums_some(record, [since], numbers, need, fewest) or (
            record in unnamed and _sums_some(record, _starts(below), numbers, need, _FEWEST_OTHERS)
        ):
            yield record
            since = []
        else:
            since.append(record)


def _starts(records: Sequence[Record]) -> Iterable[Sequence[Record]]:
    return (records[:length] for length in range(_FEWEST_OTHERS, len(records) + 1))


def _sums_some(
    record: Record, groups: Iterable[Sequence[Record]], numbers: Mapping[Record, Numbers], need: int, fewest: int
) -> bool:
    own = numbers[record]
    if sum(bool(value) for value in own.values()) < need:
        return False
    return any(len(group) >= fewest and _is_sum(own, [numbers[one] for one in group]) for group in groups)


def _is_sum(own: Numbers, parts: Sequence[Numbers]) -> bool:
    """Whether every column is the sum of the parts."""
    for column, value in own.items():
        known = [part for numbers in parts if (part := numbers[column]) is not None]
        if value is None or len(known) < len(parts) or not _same(value, math.fsum(known)):
            return False
    return True


def _same(value: float, other: float) -> bool:
    return math.isclose(value, other, rel_tol=0, abs_tol=1e-6)


def _numbers(sheet: Sheet, record: Record, columns: Collection[int]) -> dict[int, float | None]:
    """Column -> number of the record, 0 for a blank, null for what is no plain number."""
    found: dict[int, float | None] = {}
    for column in columns:
        cell = sheet.cell(record[0], column)
        plain = cell is not None and isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        found[column] = 0.0 if cell is None else float(str(cell.value)) if plain else None
    return found


def _adds_up(sheet: Sheet, record: Record, numbers: Mapping[Record, Numbers], columns: Collection[int]) -> bool:
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
            equal, compared = equal + _same(own, total), compared + 1
    return equal >= _FEWEST_EQUAL and equal >= _SHARE_EQUAL * compared

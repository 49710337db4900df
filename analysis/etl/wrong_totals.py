"""Totals of any table whose printed number is not the sum of the lines that they add up, by label and by outline.

Nothing is said of a line that may be no sum at all: most of its numbers must be sums, and the column of the wrong one
must be one that is added up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.etl.layout_words import LayoutWords, Words
from analysis.etl.text import normal_form
from analysis.records import Sheet, Table, address

_LABEL_COLUMNS = 4
_MOSTLY = 2 / 3
_FEWEST_AGREEING = 2
_FEWEST_PARTS = 2
_ROUNDING = 0.011

Numbers = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class WrongTotal:
    """A total as printed, and the sum of its lines."""

    cell: str
    printed: float
    sum: float


@dataclass(frozen=True, slots=True)
class _Sum:
    """A line, and the lines that it adds up: column -> sum of the parts."""

    row: int
    printed: Numbers
    sums: Numbers
    largest: Numbers

    def agreeing(self) -> list[int]:
        return [column for column, value in self.printed.items() if value and _same(value, self.sums[column])]

    def told(self) -> list[int]:
        return [column for column, value in self.printed.items() if value or self.sums[column]]

    @property
    def is_a_sum(self) -> bool:
        right, told = len(self.agreeing()), len(self.told())
        return right >= _FEWEST_AGREEING and right >= _MOSTLY * told


def wrong_totals(sheet: Sheet, table: Table, words: Words) -> list[WrongTotal]:
    """The totals of a table that are not the sums of their lines, from top to bottom."""
    lexicon = LayoutWords(words)
    columns = [column for column in table.headers if not _is_ratio(table, column, words)]
    numbers = {row: _numbers(sheet, row, columns) for rows in table.records for row in rows}
    numbers |= {row: _numbers(sheet, row, columns) for row in table.total_rows}
    found = [*_by_outline(sheet, table, numbers, lexicon), *_by_label(sheet, table, numbers, lexicon)]
    sums = [one for one in found if one.is_a_sum]
    added_up = {column for one in sums for column in one.agreeing()}
    wrong: dict[str, WrongTotal] = {}
    for one in sorted(sums, key=lambda one: one.row):
        others = {column for other in sums if other.row != one.row for column in other.agreeing()}
        for column in one.told():
            printed, total = one.printed[column], one.sums[column]
            known = column in others or (column not in added_up and _is_count(one, column))
            if known and not _same(printed, total):
                cell = address(one.row, column)
                wrong.setdefault(cell, WrongTotal(cell, printed, round(total, 9)))
    return list(wrong.values())


def _same(one: float, other: float) -> bool:
    whole = one == int(one) and other == int(other)
    return math.isclose(one, other, rel_tol=0 if whole else 1e-6, abs_tol=1e-9 if whole else _ROUNDING)


def _is_count(one: _Sum, column: int) -> bool:
    """Whether a number that no other line adds up may be a sum: whole, and not below its largest part."""
    values = (one.printed[column], one.sums[column])
    return all(value == int(value) for value in values) and one.printed[column] >= one.largest[column]


def _is_ratio(table: Table, column: int, words: Words) -> bool:
    """Columns that nobody adds up, by their headings: shares, means, distinct people."""
    said = normal_form("".join((*table.headers.get(column, ()), table.column_units.get(column, ""))))
    return any(normal_form(word) in said for word in words.get("not_added_up", {}))


def _numbers(sheet: Sheet, row: int, columns: Iterable[int]) -> dict[int, float | None]:
    """Column -> number, 0 for a blank, null for anything else."""
    found: dict[int, float | None] = {}
    for column in columns:
        cell = sheet.cell(row, column)
        value = cell.value if cell else 0
        plain = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        found[column] = float(str(value)) if plain else None
    return found


def _sum_of(row: int, parts: Sequence[int], numbers: Mapping[int, Mapping[int, float | None]]) -> _Sum | None:
    if len(parts) < _FEWEST_PARTS:
        return None
    printed: dict[int, float] = {}
    sums: dict[int, float] = {}
    largest: dict[int, float] = {}
    for column, value in numbers[row].items():
        known = [part for one in parts if (part := numbers[one][column]) is not None]
        if value is not None and len(known) == len(parts) and any(known):
            printed[column], sums[column], largest[column] = value, math.fsum(known), max(known)
    return _Sum(row, printed, sums, largest)


def _by_outline(
    sheet: Sheet, table: Table, numbers: Mapping[int, Mapping[int, float | None]], lexicon: LayoutWords
) -> Iterable[_Sum]:
    """Lines 一、 that add up the lines (一) below them, and those that add up 1. 2. 3."""
    levels = [(rows[0], _level(sheet, rows[0], table, lexicon)) for rows in table.records]
    for index, (row, level) in enumerate(levels):
        if not level:
            continue
        below: list[tuple[int, int]] = []
        for other, deeper in levels[index + 1 :]:
            if deeper <= level:
                break
            below.append((other, deeper))
        first = below[0][1] if below else 0
        one = _sum_of(row, [other for other, deeper in below if deeper == first], numbers)
        if one:
            yield one


def _level(sheet: Sheet, row: int, table: Table, lexicon: LayoutWords) -> int:
    first = table.span.first_column
    texts = (sheet.text(row, column) for column in range(first, first + _LABEL_COLUMNS))
    return next((level for text in texts if text and (level := lexicon.outline_level(normal_form(text)))), 0)


def _by_label(
    sheet: Sheet, table: Table, numbers: Mapping[int, Mapping[int, float | None]], lexicon: LayoutWords
) -> Iterable[_Sum]:
    """Lines called totals, with the lines since the last one, all lines, or the totals above as their parts."""
    records = [rows[0] for rows in table.records if not _is_part(sheet, rows[0], table, lexicon)]
    totals = sorted(table.total_rows)
    for index, row in enumerate(totals):
        before = totals[index - 1] if index else 0
        after = totals[index + 1] if index + 1 < len(totals) else math.inf
        choices = [
            [one for one in records if before < one < row],
            [one for one in records if one < row],
            [one for one in records if row < one < after],
            records,
            totals[:index],
        ]
        sums = [one for parts in choices if (one := _sum_of(row, parts, numbers))]
        if sums:
            yield max(sums, key=lambda one: len(one.agreeing()))


def _is_part(sheet: Sheet, row: int, table: Table, lexicon: LayoutWords) -> bool:
    first = table.span.first_column
    texts = (normal_form(sheet.text(row, column)) for column in range(first, first + _LABEL_COLUMNS))
    return any(lexicon.among(text) for text in texts if text)

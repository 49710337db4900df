"""How far a header reaches down, and what it calls each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from analysis.etl.layout_grid import Marks, View
from analysis.etl.layout_rows import (
    ends_table,
    is_auxiliary,
    is_footer,
    is_meta,
    is_note,
    is_number_row,
    is_sentence,
    is_unit_row,
    plain_values,
    total_label,
)
from analysis.etl.text import has_chinese

MOST_TIERS = 6
_LOOK_AHEAD = 40


@dataclass(frozen=True)
class Header:
    """A header block. `paths` gives the texts of each column from top to bottom, `keys` the same in normal form."""

    first_row: int
    last_row: int
    tiers: tuple[int, ...]
    number_rows: tuple[int, ...] = ()
    unit_rows: tuple[int, ...] = ()
    paths: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    keys: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    score: float = 0.0

    @property
    def rows(self) -> tuple[int, ...]:
        return tuple(range(self.first_row, self.last_row + 1))

    @property
    def columns(self) -> tuple[int, int]:
        return min(self.paths), max(self.paths)

    def within(self, first_column: int, last_column: int) -> Header:
        """The part of the header that stands over some columns."""
        inside = [column for column in self.paths if first_column <= column <= last_column]
        return replace(
            self,
            paths={column: self.paths[column] for column in inside},
            keys={column: self.keys[column] for column in inside},
            units={column: unit for column, unit in self.units.items() if column in inside},
        )

    def leaf(self, column: int) -> str:
        """Normal form of the lowest text of a column, empty without one."""
        return self.keys.get(column, ("",))[-1]


def _are_fields(marks: Marks) -> bool:
    """Names with their values beside them: 制表人: | 王一 | 审核: | 李二."""
    ends = [mark.text.endswith(":") for mark in marks]
    return ends[0] and not ends[-1] and sum(ends) * 2 >= len(marks)


def can_start(marks: Marks, view: View) -> bool:
    """Whether a row can be the first of a header: at least two names, nothing that must be something else."""
    named = sum(mark.kind != "empty" for mark in marks)
    if len(marks) < 2 or named * 2 < len(marks) or plain_values(marks, view.first_column) or _are_fields(marks):
        return False
    if sum(is_sentence(mark) for mark in marks) * 4 >= len(marks):
        return False
    words = view.words
    if is_note(marks, words) or is_footer(marks, words) or is_meta(marks, words):
        return False
    if is_auxiliary(marks, words) or total_label(marks, words, view.first_column):
        return False
    return len(marks) > 2 or not words.is_total(marks[0].text)


def _value_columns(view: View, after: int) -> tuple[set[int], int | None]:
    """Columns that mostly hold numbers from the first row with numbers below `after`, and that row."""
    first: int | None = None
    numbers: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for row in view.between(after + 1, after + _LOOK_AHEAD):
        marks = view.marks(row)
        if first is None and (row > after + 2 * MOST_TIERS or ends_table(marks, view.words)):
            break
        if first is None and (is_number_row(marks, view.words) or not plain_values(marks, view.first_column)):
            continue
        first = row if first is None else first
        numbers.update(mark.column for mark in marks if mark.kind in ("number", "date"))
        filled.update(mark.column for mark in marks if mark.kind != "empty")
    return {column for column, count in numbers.items() if count * 5 >= filled[column] * 2}, first


def _speaks_chinese(view: View, rows: list[int]) -> bool:
    return any(has_chinese(mark.text) for row in rows for mark in view.marks(row))


@dataclass
class _Extent:
    """The tiers taken so far, while a header is followed down."""

    tiers: list[int]
    merged_to: int
    named: set[int]
    spans: list[tuple[int, int]]

    def take(self, row: int, marks: Marks) -> None:
        self.tiers.append(row)
        heights = [mark.last_row for mark in marks if mark.last_row - mark.row < MOST_TIERS]
        self.merged_to = max([self.merged_to, *heights])
        self.named = self.named | {mark.column for mark in marks if mark.width == 1 or mark.tall}
        self.spans = _groups(marks)


def _groups(marks: Marks) -> list[tuple[int, int]]:
    """First and last column of each name that stands over several columns: merged, or with blanks to its right."""
    groups = [(mark.column, mark.last_column) for mark in marks if mark.width > 1]
    for mark, following in pairwise(marks):
        if following.column > mark.last_column + 1:
            groups.append((mark.column, following.column - 1))
    if marks:
        groups.append((marks[-1].column, 1 << 20))
    return groups


def _is_sub_tier(marks: Marks, extent: _Extent, first_column: int) -> bool:
    """Names that stand under groups, or where no name stood yet, while the first column stays blank."""
    if marks[0].column <= first_column and first_column in extent.named:
        return False
    fresh = 0
    shared = False
    for low, high in extent.spans:
        below = [mark for mark in marks if low <= mark.column <= high]
        shared = shared or len(below) >= 2
        fresh += len(below)
    lone = [mark for mark in marks if mark.column not in extent.named]
    return (shared and fresh * 5 >= len(marks) * 3) or len(lone) * 5 >= len(marks) * 4


def _is_field(marks: Marks, extent: _Extent) -> bool:
    """Whether a row is a name with its value (站点:东站) left of all columns named so far."""
    return len(marks) == 1 and ":" in marks[0].text[1:-1] and marks[0].last_column < min(extent.named, default=0)


def _is_tier(view: View, row: int, extent: _Extent, values: tuple[set[int], int | None], first_column: int) -> bool:
    marks = view.marks(row)
    value_columns, first_value_row = values
    if plain_values(marks, first_column) or any(is_sentence(mark) for mark in marks) or _is_field(marks, extent):
        return False
    if is_note(marks, view.words) or is_footer(marks, view.words):
        return False
    if total_label(marks, view.words, first_column) or view.words.example(marks[0].text):
        return False
    if _is_sub_tier(marks, extent, first_column):
        return True
    if first_value_row is None or row >= first_value_row:
        return False
    if (
        len(marks) > 1
        and not any(has_chinese(mark.text) for mark in marks)
        and all(mark.kind == "text" for mark in marks)
    ):
        return _speaks_chinese(view, extent.tiers)  # the same names in English
    over = [mark for mark in marks if mark.column in value_columns and mark.kind in ("text", "period")]
    if marks[0].column <= first_column and first_column in extent.named:
        inner = value_columns - {first_column}
        return len(marks) > 1 and bool(inner) and len(over) * 10 >= 7 * len(inner)
    return len(over) * 2 >= len(marks)


def follow_down(view: View, start: int) -> Header:
    """The header that begins in the row `start`, without names and score."""
    marks = view.marks(start)
    first_column = min(view.first_column, marks[0].column)
    extent = _Extent([], start, set(), [])
    extent.take(start, marks)
    values = _value_columns(view, start)
    number_rows: list[int] = []
    unit_rows: list[int] = []
    last = start
    for row in view.between(start + 1, start + 2 * MOST_TIERS):
        if row > max(last, extent.merged_to) + 1:
            break
        below = view.marks(row)
        if is_unit_row(below, view.words):
            unit_rows.append(row)
        elif is_auxiliary(below, view.words):
            number_rows.append(row)
        elif not number_rows and len(extent.tiers) < MOST_TIERS and _belongs(view, row, extent, values, first_column):
            extent.take(row, below)
        else:
            break
        last = row
    last = max(last, min(extent.merged_to, start + MOST_TIERS))
    return Header(start, last, tuple(extent.tiers), tuple(number_rows), tuple(unit_rows))


def _belongs(view: View, row: int, extent: _Extent, values: tuple[set[int], int | None], first_column: int) -> bool:
    if row <= extent.merged_to and not plain_values(view.marks(row), first_column):
        return True
    return _is_tier(view, row, extent, values, first_column)

"""What the columns of a table are for: serial numbers, labels, values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.etl.layout_body import look_below
from analysis.etl.layout_grid import Mark, Marks, View
from analysis.etl.layout_header import Header
from analysis.etl.layout_rows import is_year

_TEXT_LABELS = 3  # columns of a table without numbers in which a total may be named


@dataclass(frozen=True)
class Profile:
    """Roles of columns. `key_columns` name the line, `value_columns` hold its numbers; a table of texts has none of these."""

    columns: tuple[int, ...]
    serial: int | None
    key_columns: tuple[int, ...]
    value_columns: frozenset[int]

    @property
    def last_label(self) -> int:
        """The last column in which a line may be named."""
        if self.value_columns:
            return max(self.key_columns, default=self.columns[0])
        return self.columns[min(_TEXT_LABELS, len(self.columns)) - 1]

    def label_columns(self) -> tuple[int, ...]:
        """The key columns without the serial number."""
        return tuple(column for column in self.key_columns if column != self.serial)


def _by_column(rows: Sequence[Marks]) -> dict[int, list[Mark]]:
    columns: dict[int, list[Mark]] = defaultdict(list)
    for mark in (mark for marks in rows for mark in marks if mark.kind != "empty"):
        columns[mark.column].append(mark)
    return columns


def _is_serial(view: View, leaf: str, marks: Sequence[Mark], following: Sequence[Mark] | None) -> bool:
    numbers = [mark.value for mark in marks if mark.kind == "number" and mark.value is not None]
    if view.words.serial(leaf):
        return not marks or len(numbers) * 2 >= len(marks) or len(numbers) >= 3
    if leaf or following is None or len(numbers) < 2 or numbers[0] != 1:
        return False
    steps = sum(after - before == 1 for before, after in pairwise(numbers))
    return steps + 1 >= len(numbers) * 0.8 and sum(mark.kind == "text" for mark in following) * 2 > len(following)


def _is_key(view: View, leaf: str, marks: Sequence[Mark], is_value: bool) -> bool:
    """Whether a column names lines: texts, codes, years, months."""
    if view.words.code(leaf):
        return True
    if not marks:
        return False
    return not is_value or all(is_year(mark) or mark.kind in ("period", "date", "text") for mark in marks)


def profile_of(view: View, header: Header) -> Profile:
    """The roles of the columns of a table, from its header and its first lines."""
    body = look_below(view, header.last_row)
    columns = tuple(sorted({*header.paths, *body.columns()}))
    following = columns[1] if len(columns) > 1 else None
    marks = _by_column(body.rows)
    beside = None if following is None else marks[following]
    serial = columns[0] if _is_serial(view, header.leaf(columns[0]), marks[columns[0]], beside) else None
    keys: list[int] = []
    for column in columns:
        if column != serial and not _is_key(view, header.leaf(column), marks[column], body.is_value_column(column)):
            break
        keys.append(column)
    keys = keys or [columns[0]]
    named = set(keys)
    values = frozenset(
        column
        for column in columns
        if column not in named and body.is_value_column(column) and any(mark.kind == "number" for mark in marks[column])
    )
    if not values:
        keys = [
            column
            for column in columns
            if column == serial or column == columns[0] or (serial == columns[0] and column == following)
        ]
    return Profile(columns, serial, tuple(keys), values)

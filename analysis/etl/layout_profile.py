"""What the columns of a table are for: serial numbers, labels, values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.etl.layout_grid import Mark, Marks, View
from analysis.etl.layout_header import Header
from analysis.etl.layout_rows import is_year
from analysis.etl.layout_score import Body, look_below

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


def _column(rows: Sequence[Marks], column: int) -> list[Mark]:
    return [mark for marks in rows for mark in marks if mark.column == column and mark.kind != "empty"]


def _is_serial(view: View, header: Header, rows: Sequence[Marks], column: int, following: int | None) -> bool:
    marks = _column(rows, column)
    numbers = [mark.value for mark in marks if mark.kind == "number" and mark.value is not None]
    if view.words.serial(header.leaf(column)):
        return not marks or len(numbers) * 2 >= len(marks) or len(numbers) >= 3
    if header.leaf(column) or following is None or len(numbers) < 2 or numbers[0] != 1:
        return False
    texts = _column(rows, following)
    steps = sum(after - before == 1 for before, after in zip(numbers, numbers[1:], strict=False))
    return steps + 1 >= len(numbers) * 0.8 and sum(mark.kind == "text" for mark in texts) * 2 > len(texts)


def _is_key(view: View, header: Header, body: Body, column: int) -> bool:
    """Whether a column names lines: texts, codes, years, months."""
    if body.filled[column] == 0:
        return bool(header.leaf(column)) and view.words.code(header.leaf(column))
    marks = _column(body.rows, column)
    if view.words.code(header.leaf(column)) or not body.is_value_column(column):
        return True
    return all(is_year(mark) or mark.kind in ("period", "date", "text") for mark in marks)


def profile_of(view: View, header: Header) -> Profile:
    """The roles of the columns of a table, from its header and its first lines."""
    body = look_below(view, header.last_row)
    columns = tuple(sorted({*header.paths, *body.columns()}))
    following = columns[1] if len(columns) > 1 else None
    serial = columns[0] if _is_serial(view, header, body.rows, columns[0], following) else None
    keys: list[int] = []
    for column in columns:
        if column != serial and not _is_key(view, header, body, column):
            break
        keys.append(column)
    keys = keys or [columns[0]]
    values = frozenset(
        column
        for column in columns
        if column not in keys
        and body.is_value_column(column)
        and any(mark.kind == "number" for mark in _column(body.rows, column))
    )
    if not values:
        keys = [
            column
            for column in columns
            if column == serial or column == columns[0] or (serial == columns[0] and column == following)
        ]
    return Profile(columns, serial, tuple(keys), values)

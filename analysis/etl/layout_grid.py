"""A sheet made ready for looking at its layout: rows of marks, with merged ranges known by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from analysis.etl.layout_words import LayoutWords
from analysis.etl.text import normal_form, plain_number
from analysis.records import Cell, Sheet, Span

Kind: TypeAlias = Literal["text", "number", "date", "period", "empty"]
_NUMERIC_KINDS = ("number", "error", "formula")
_LARGEST = 1e300
_FIRST_CHARACTER = re.compile(r"[-+约近]?\d")


class Mark(NamedTuple):
    """A cell, or a merged range, that says something. `kind` is what it looks like, `text` its normal form.

    `empty` is a word for nothing (—, 无), `period` a year, month or quarter, which may be a value or a header.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    kind: Kind
    text: str
    value: float | None
    raw: str

    @property
    def width(self) -> int:
        return self.last_column - self.column + 1

    @property
    def columns(self) -> range:
        """The columns that the mark stands over."""
        return range(self.column, self.last_column + 1)

    @property
    def tall(self) -> bool:
        return self.last_row > self.row


Marks: TypeAlias = Sequence[Mark]


@dataclass(frozen=True)
class View:
    """A rectangle of a sheet. `rows` are the numbers of its rows that are not blank, ascending."""

    by_row: Mapping[int, tuple[Mark, ...]]
    rows: tuple[int, ...]
    first_column: int
    last_column: int
    words: LayoutWords

    def marks(self, row: int) -> tuple[Mark, ...]:
        return self.by_row.get(row, ())

    def between(self, first_row: int, last_row: int) -> tuple[int, ...]:
        """The rows from `first_row` to `last_row` that are not blank."""
        return self.rows[bisect_left(self.rows, first_row) : bisect_right(self.rows, last_row)]

    def below(self, row: int) -> tuple[int, ...]:
        """The rows below the row that are not blank."""
        return self.rows[bisect_right(self.rows, row) :]

    def cut(self, first_row: int, last_row: int, columns: tuple[int, int] | None = None) -> View:
        """The part of the view between two rows and, if given, two columns."""
        rows = self.between(first_row, last_row)
        if columns is None or columns == (self.first_column, self.last_column):
            return replace(self, rows=rows)
        low, high = columns
        parts = {row: _between_columns(self.by_row[row], low, high) for row in rows}
        kept = {row: marks for row, marks in parts.items() if marks}
        return View(kept, tuple(row for row in rows if row in kept), low, high, self.words)


def _between_columns(marks: tuple[Mark, ...], low: int, high: int) -> tuple[Mark, ...]:
    start = bisect_left(marks, low, key=_column_of)
    return marks[start : bisect_right(marks, high, lo=start, key=_column_of)]


def _column_of(mark: Mark) -> int:
    return mark.column


def _text_kind(text: str, words: LayoutWords) -> tuple[Kind, float | None]:
    if words.empty(text):
        return "empty", None
    if _FIRST_CHARACTER.match(text) is None:
        return ("period" if words.period(text) else "text"), None
    number = plain_number(text)
    if number is not None:
        return "number", number
    if words.period(text):
        return "period", None
    if words.date(text):
        return "date", None
    united = words.number_with_unit.fullmatch(text)
    return ("number", plain_number(united.group(1))) if united else ("text", None)


def _as_float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < _LARGEST else None


def _kind_of(
    cell: Cell, words: LayoutWords, seen: dict[str, tuple[Kind, float | None, str]]
) -> tuple[Kind, float | None, str]:
    if cell.kind in _NUMERIC_KINDS:
        return "number", _as_float(cell.value), cell.text
    if cell.kind in ("date", "time"):
        return "date", None, cell.text
    if cell.text not in seen:
        text = normal_form(cell.text)
        seen[cell.text] = (*_text_kind(text, words), text)
    return seen[cell.text]


class Merges:
    """The merged ranges of a sheet by place, cut to the part of the sheet that is used."""

    def __init__(self, merges: Iterable[Span], last_row: int, columns: Sequence[int]) -> None:
        by_column: dict[int, list[Span]] = defaultdict(list)
        for span in merges:
            clipped = Span(span.first_row, span.first_column, min(span.last_row, last_row), span.last_column)
            for column in columns[bisect_left(columns, span.first_column) : bisect_right(columns, span.last_column)]:
                by_column[column].append(clipped)
        self._by_column = {
            column: sorted(spans, key=lambda span: span.first_row) for column, spans in by_column.items()
        }
        self._starts = {column: [span.first_row for span in spans] for column, spans in self._by_column.items()}

    def at(self, row: int, column: int) -> Span | None:
        """The merged range that covers the place, if any."""
        starts = self._starts.get(column)
        if not starts:
            return None
        index = bisect_right(starts, row) - 1
        span = self._by_column[column][index] if index >= 0 else None
        return span if span and row <= span.last_row else None


def _marks(sheet: Sheet, words: LayoutWords) -> Iterator[Mark]:
    columns = sorted({column for _, column in sheet.cells})
    last_row = max((row for row, _ in sheet.cells), default=0)
    merges = Merges(sheet.merges, last_row, columns)
    last_column = columns[-1] if columns else 0
    seen: dict[str, tuple[Kind, float | None, str]] = {}
    for (row, column), cell in sheet.cells.items():
        span = merges.at(row, column)
        if span and (span.first_row, span.first_column) != (row, column):
            continue
        kind, value, text = _kind_of(cell, words, seen)
        if not text:
            continue
        if span:
            yield Mark(row, column, span.last_row, min(span.last_column, last_column), kind, text, value, cell.text)
        else:
            yield Mark(row, column, row, column, kind, text, value, cell.text)


def view_of(sheet: Sheet, words: LayoutWords) -> View:
    """The whole sheet. Cells below a merged range that is not theirs, and cells of spaces only, are left out."""
    by_row: dict[int, list[Mark]] = defaultdict(list)
    for mark in _marks(sheet, words):
        by_row[mark.row].append(mark)
    ordered = {row: tuple(sorted(marks, key=lambda mark: mark.column)) for row, marks in by_row.items()}
    columns = [mark.column for marks in ordered.values() for mark in marks]
    last = max((mark.last_column for marks in ordered.values() for mark in marks), default=0)
    return View(ordered, tuple(sorted(ordered)), min(columns, default=1), last, words)

"""A look at the rows below a header, or around it: what their columns hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.etl.layout_grid import Mark, Marks, View
from analysis.etl.layout_header import Header
from analysis.etl.layout_rows import ends_table, total_label
from analysis.etl.layout_words import LayoutWords

_SAMPLE_ROWS = 40
_SAMPLE_MARKS = 1200  # of wide rows fewer suffice
_FEWEST_ROWS = 12
_NEAR = 10  # rows above


@dataclass(frozen=True)
class Body:
    """What stands below a header in its first rows: how often each column is filled, and with what."""

    rows: tuple[Marks, ...]
    filled: Counter[int]
    numbers: Counter[int]
    hints: Counter[int]

    def columns(self) -> list[int]:
        """Columns that are filled in a tenth of the rows or more."""
        return sorted(column for column, count in self.filled.items() if count * 10 >= len(self.rows))

    def is_value_column(self, column: int) -> bool:
        return self.numbers[column] * 2 >= self.filled[column] > 0


def look_below(view: View, after: int) -> Body:
    """The first rows below the row `after` that can be lines of a table."""
    return _body_of(view, view.between(after + 1, after + 10 * _SAMPLE_ROWS))


def look_until_gap(view: View, after: int) -> Body:
    """The first rows below the row `after`, until a blank row follows two of them."""
    rows: list[int] = []
    for row in view.between(after + 1, after + _SAMPLE_ROWS):
        if len(rows) > 1 and row > rows[-1] + 1:
            break
        rows.append(row)
    return _body_of(view, rows)


def look_around(view: View, header: Header) -> Body:
    """The rows above and below the first row of a header that can be lines of a table."""
    first = header.first_row
    above: list[Marks] = []
    for row in range(first - 1, first - _NEAR, -1):
        marks = view.marks(row)
        if len(marks) < 2 or ends_table(marks, view.words):
            break
        above.append(marks)
    below = _body_of(view, view.between(first + 1, first + _SAMPLE_ROWS))
    return _count((*above, *below.rows), view.words)


def _body_of(view: View, candidates: Sequence[int]) -> Body:
    rows: list[Marks] = []
    sample = max(_FEWEST_ROWS, min(_SAMPLE_ROWS, _SAMPLE_MARKS // max(1, view.last_column)))
    for row in candidates:
        marks = view.marks(row)
        ends = ends_table(marks, view.words)
        if ends or (len(marks) == 1 and not view.between(row - 1, row - 1)):
            break
        if len(marks) > 1:
            rows.append(marks)
        if len(rows) >= sample:
            break
    return _count(rows, view.words)


def _count(rows: Sequence[Marks], words: LayoutWords) -> Body:
    filled: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    hints: Counter[int] = Counter()
    seen: set[tuple[int, str]] = set()
    for mark in (mark for marks in rows for mark in marks if mark.kind != "empty"):
        filled[mark.column] += 1
        numbers[mark.column] += mark.kind in ("number", "date", "period")
        hints[mark.column] += _is_hint(mark, seen, words)
    return Body(tuple(rows), filled, numbers, hints)


def _is_hint(mark: Mark, seen: set[tuple[int, str]], words: LayoutWords) -> bool:
    """Whether a cell of the body reads like the name of a column. Labels differ, so what is said again does not count."""
    if mark.kind != "text" or words.header_value(mark.text) or (mark.column, mark.text) in seen:
        return False
    seen.add((mark.column, mark.text))
    return words.names_column(mark.text)


def is_break(view: View, row: int) -> bool:
    """Whether the row begins something new: a blank row, a single text, a total, a note or a footer stands before it."""
    before = view.between(row - 1, row - 1)
    if not before:
        return True
    marks = view.marks(before[0])
    ends = len(marks) == 1 or ends_table(marks, view.words)
    return ends or total_label(marks, view.words, view.last_column) is not None

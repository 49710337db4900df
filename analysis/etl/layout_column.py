"""A list of one column: a name, and lines below it."""

from __future__ import annotations

from analysis.etl.layout_grid import Mark, View
from analysis.etl.layout_rows import is_footer, is_meta, is_note, is_sentence
from analysis.records import Span, Table

_CONFIDENCE = 0.55  # a word that heads columns above short texts is all the evidence there can be
_REFUSED = 0.3
_FEWEST_LINES = 2


def _head(view: View, marks: list[Mark]) -> int | None:
    """Index of the mark that names the column: a word that heads columns, with other kinds of texts below."""
    words = view.words
    for index, mark in enumerate(marks[:10]):
        below = marks[index + 1 :]
        named = (
            mark.kind == "text" and mark.width == 1 and words.names_column(mark.text) and not mark.text.endswith(":")
        )
        if not named or len(below) < _FEWEST_LINES or mark.row + 1 != below[0].row:
            continue
        again = sum(words.names_column(other.text) or is_sentence(other) for other in below)
        if again * 4 <= len(below):
            return index
    return None


def single_column_table(view: View) -> Table | None:
    """The table of a view in which every row is one mark in the same column; None when it is not such a list."""
    if any(len(view.marks(row)) > 1 for row in view.rows):
        return None
    marks = [view.marks(row)[0] for row in view.rows]
    lines = [mark for mark in marks if not is_sentence(mark) and mark.width == 1]
    if len(lines) < _FEWEST_LINES + 1 or len({mark.column for mark in lines}) > 1:
        return None
    head = _head(view, marks)
    column = lines[0].column
    if head is None:
        prose = len(lines) * 2 < len(marks)
        span = Span(marks[0].row, column, marks[-1].row, column)
        return None if prose else Table("", span, (), {}, (), confidence=_REFUSED)
    totals, notes, records = _sorted_lines(view, marks[head + 1 :])
    named = marks[head]
    return Table(
        sheet="",
        span=Span(named.row, column, max([named.row, *records, *totals]), column),
        header_rows=(named.row,),
        headers={column: (named.raw.strip(),)},
        records=tuple((row,) for row in records),
        total_rows=tuple(totals),
        note_rows=tuple(notes),
        title_rows=tuple(mark.row for mark in marks[:head]),
        confidence=_CONFIDENCE,
    )


def _sorted_lines(view: View, below: list[Mark]) -> tuple[list[int], list[int], list[int]]:
    totals: list[int] = []
    notes: list[int] = []
    records: list[int] = []
    for mark in below:
        words = view.words
        if words.is_total(mark.text):
            totals.append(mark.row)
        elif (
            is_note((mark,), words)
            or is_footer((mark,), words)
            or is_meta((mark,), words)
            or is_sentence(mark)
            or notes
        ):
            notes.append(mark.row)
        else:
            records.append(mark.row)
    return totals, notes, records

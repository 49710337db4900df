"""Finds the tables of any sheet by what its rows look like, not by where they stand.

A header is told by evidence (`layout_score`), and all else from the header: records, totals, notes. When no header
can be told, the table is given without header and records rather than with a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.etl.layout_body import look_below
from analysis.etl.layout_column import single_column_table
from analysis.etl.layout_grid import View, view_of
from analysis.etl.layout_header import Header, follow_down
from analysis.etl.layout_lines import LineKind, lines_of
from analysis.etl.layout_names import named
from analysis.etl.layout_profile import profile_of
from analysis.etl.layout_records import Record, is_unfilled, records_of
from analysis.etl.layout_score import ACCEPTED
from analysis.etl.layout_search import Segment, first_header, segments
from analysis.etl.layout_split import Columns, column_groups, said_again, stands_alone
from analysis.etl.layout_totals import edge_totals, unlabelled_totals
from analysis.etl.layout_words import LayoutWords, Words
from analysis.records import Sheet, Span, Table

_DEEPEST = 4  # tables beside tables beside tables
_MOST_REFUSED = 0.49
_SHORTEST_TITLE = 4  # characters of a text over all columns of a block; shorter ones (收入, 资产) are groups


def find_tables(sheet: Sheet, words: Words) -> tuple[Table, ...]:
    """The tables of a sheet, from top to bottom and left to right.

    `words` are the lists of the reference data (list -> word -> meaning), of which the lists `layout_...` are used.
    `confidence` is the share of the evidence for a header that was found (names above all columns, names above numbers,
    known words, groups, units, numbering ...), 0 to 1. From 0.5 on header and records are told. Below, the table
    says only where something like a table stands: `header_rows` and `records` are empty.
    """
    view = view_of(sheet, LayoutWords(words))
    return tuple(replace(table, sheet=sheet.name) for table in _tables(view, 0))


def _tables(view: View, depth: int) -> list[Table]:
    if not view.rows:
        return []
    single = single_column_table(view)
    if single is not None:
        return [single]
    header, seen = first_header(view)
    if header is None:
        return _refused(view, seen)
    found: list[Table] = []
    for segment in segments(view, header):
        begin = (*segment.title_rows, segment.header.first_row)[0]
        if not found:
            found.extend(_refused(view.cut(1, begin - 1)))
        found.extend(_segment_tables(view, segment, depth))
    return found


def _segment_tables(view: View, segment: Segment, depth: int) -> list[Table]:
    groups = column_groups(view, segment) if depth < _DEEPEST else []
    titled = [part for part in groups if _is_titled_only(view, segment.header, part)]
    if titled and len(titled) < len(groups):
        return _beside_lower_tables(view, segment, groups, titled, depth)
    parts = _parts(view, segment, groups)
    if len(parts) > 1:
        return [table for part in parts for table in _part_tables(view, segment, part, depth)]
    mine = [part for part in groups if any(part[0] <= column <= part[1] for column in segment.header.paths)]
    aside = [part for part in groups if part not in mine] if mine else []
    columns = (mine[0][0], mine[-1][1]) if aside else (view.first_column, view.last_column)
    first_row = (*segment.title_rows, segment.header.first_row)[0]
    own = view.cut(first_row, segment.last_row, columns)
    tables = [_table(own, segment)]
    tables.extend(_refused(_rest(own, tables[0])))
    for part in aside:
        beside = _tables(view.cut(first_row, segment.last_row, part), depth + 1)
        tables.extend(table for table in beside if table.header_rows)
    return tables


def _is_titled_only(view: View, header: Header, part: Columns) -> bool:
    """Whether a header has nothing above some columns but the title of a block that begins lower (乙、目标任务分解)."""
    marks = [mark for row in header.rows for mark in view.marks(row) if part[0] <= mark.column <= part[1]]
    return part[1] > part[0] and len(marks) == 1 and view.words.outline_level(marks[0].text) == 1


def _beside_lower_tables(
    view: View, segment: Segment, groups: Sequence[Columns], titled: Sequence[Columns], depth: int
) -> list[Table]:
    """The table of a header, and beside it tables whose titles stand in the rows of that header."""
    first_row = (*segment.title_rows, segment.header.first_row)[0]
    mine = [part for part in groups if part not in titled]
    columns = (mine[0][0], mine[-1][1])
    own = replace(segment, header=segment.header.within(*columns))
    tables = _segment_tables(view.cut(first_row, segment.last_row, columns), own, depth + 1)
    for part in titled:
        tables.extend(_tables(view.cut(segment.header.first_row, segment.last_row, part), depth + 1))
    return tables


def _rest(view: View, table: Table) -> View:
    """What stands below a table and belongs to none of its parts."""
    taken = {*table.note_rows, *table.title_rows, *table.repeated_header_rows, *table.example_rows}
    left = [row for row in view.below(table.span.last_row) if row not in taken]
    return view.cut(left[0], left[-1]) if left else view.cut(1, 0)


def _parts(view: View, segment: Segment, groups: Sequence[Columns]) -> list[Columns]:
    """The columns of each table that begins with this header."""
    if not groups:
        return []
    header = segment.header
    body = look_below(view, header.last_row)
    whole: list[Columns] = []
    for group in groups:
        if not any(group[0] <= column <= group[1] for column in header.paths):
            continue
        if whole and not stands_alone(view, segment, body, whole[-1], group):
            whole[-1] = (whole[-1][0], group[1])
        else:
            whole.append(group)
    return [part for group in whole for part in said_again(view, header, body, group)]


def _part_tables(view: View, segment: Segment, part: Columns, depth: int) -> list[Table]:
    """The tables of one of the blocks beside each other; the head of the sheet belongs to each."""
    piece = view.cut(segment.header.first_row, segment.last_row, part)
    header = _refitted(piece, segment.header, part)
    titles = (*segment.title_rows, *piece.between(segment.header.first_row, header.first_row - 1))
    found: list[Table] = []
    for inner in segments(piece, header):
        if inner.header is header:
            found.append(_table(piece.cut(header.first_row, inner.last_row), replace(inner, title_rows=titles)))
        else:
            found.extend(_segment_tables(piece, inner, depth + 1))
    return found


def _refitted(piece: View, header: Header, part: Columns) -> Header:
    """The header of one block: it may begin lower than that of its neighbour, and reach less or farther down."""
    start = header.first_row
    if header.last_row > start and _is_block_title(piece, start):
        start += 1
    if piece.marks(start):
        own = named(piece, follow_down(piece, start))
        if own.paths:
            return replace(own, score=header.score)
    return header.within(*part)


def _is_block_title(piece: View, row: int) -> bool:
    """Whether all that a row says above a block is its title (甲、制度与机制), not a group of its columns (收入)."""
    marks = piece.marks(row)
    if len(marks) != 1:
        return False
    words, text = piece.words, marks[0].text
    over_all = marks[0].column <= piece.first_column and marks[0].last_column >= piece.last_column
    return words.outline_level(text) > 0 or words.title(text) or (over_all and len(text) >= _SHORTEST_TITLE)


def _table(view: View, segment: Segment) -> Table:
    header = segment.header
    profile = profile_of(view, header)
    lines = lines_of(view, header, profile, segment.title_rows)
    for row in unlabelled_totals(view, lines, profile) | edge_totals(view, lines, profile):
        lines[row] = "total"
    records = records_of(view, lines, profile)
    headings = _rows(lines, "title")
    return Table(
        sheet="",
        span=_span(view, header, lines, records),
        header_rows=header.rows,
        headers=header.paths,
        records=() if is_unfilled(view, header, profile, records) else records,
        column_units=header.units,
        total_rows=_rows(lines, "total"),
        note_rows=_rows(lines, "note"),
        title_rows=(*segment.title_rows, *headings),
        repeated_header_rows=_rows(lines, "header"),
        example_rows=_rows(lines, "example"),
        confidence=round(header.score, 3),
    )


def _rows(lines: dict[int, LineKind], kind: LineKind) -> tuple[int, ...]:
    return tuple(row for row, found in lines.items() if found == kind)


def _span(view: View, header: Header, lines: dict[int, LineKind], records: Sequence[Record]) -> Span:
    body = [row for row, kind in lines.items() if kind in ("record", "total")]
    last = max([header.last_row, *body, *(record[-1] for record in records)])
    marks = [mark for row in body for mark in view.marks(row)]
    first_column = min([min(header.paths), *(mark.column for mark in marks)])
    last_column = max([max(header.paths), *(mark.column for mark in marks)])
    return Span(header.first_row, first_column, last, last_column)


def _refused(view: View, seen: float | None = None) -> list[Table]:
    """A grid of which no header could be told, if there is any. `seen` is the best score, when it is known already."""
    rows = [row for row in view.rows if len(view.marks(row)) > 1]
    if len(rows) < 2:
        return []
    seen = first_header(view)[1] if seen is None else seen
    marks = [mark for row in rows for mark in view.marks(row)]
    span = Span(rows[0], min(mark.column for mark in marks), rows[-1], max(mark.last_column for mark in marks))
    return [Table("", span, (), {}, (), confidence=round(min(seen, _MOST_REFUSED, ACCEPTED), 3))]

"""Tables that stand beside each other: apart by a blank column, or with the same names of columns again."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.etl.layout_body import Body
from analysis.etl.layout_grid import View
from analysis.etl.layout_header import Header
from analysis.etl.layout_rows import is_footer, is_meta, is_note
from analysis.etl.layout_search import Segment

Columns = tuple[int, int]


def _used(view: View, first_row: int, last_row: int) -> list[bool]:
    """For each column up to the last whether anything but a title, meta or note stands in it."""
    used = [False] * (view.last_column + 2)
    for row in view.between(first_row, last_row):
        marks = view.marks(row)
        words = view.words
        if len(marks) == 1 and (marks[0].width > 1 or len(marks[0].text) > 15):
            continue
        if is_note(marks, words) or is_footer(marks, words) or is_meta(marks, words):
            continue
        for mark in marks:
            for column in mark.columns:
                used[column] = True
    return used


def column_groups(view: View, segment: Segment) -> list[Columns]:
    """Runs of columns with something in them, from the head of a segment to its end."""
    used = _used(view, segment.header.first_row, segment.last_row)
    groups: list[Columns] = []
    for column, is_used in enumerate(used):
        if is_used and groups and groups[-1][1] == column - 1:
            groups[-1] = (groups[-1][0], column)
        elif is_used:
            groups.append((column, column))
    return groups


def _names_lines(view: View, header: Header, body: Body, column: int) -> bool:
    """Whether a column can be the first of a table: it holds labels, serial numbers or codes."""
    if any(view.words.serial(key) or view.words.code(key) for key in header.keys.get(column, ())):
        return True
    return body.filled[column] > 0 and not body.is_value_column(column)


def stands_alone(view: View, segment: Segment, body: Body, left: Columns, right: Columns) -> bool:
    """Whether the columns right of a blank one are a table of their own, rather than more columns of the same lines.

    They begin with labels of lines, and either repeat the first name, have numbers on both sides, or end in another row.
    """
    header = segment.header
    first = right[0]
    names = [[column for column in header.paths if low <= column <= high] for low, high in (left, right)]
    if min(map(len, names)) < 2 or first not in header.paths:
        return False
    if set(header.keys[first]) & set(header.keys[names[0][0]]) or any(map(view.words.serial, header.keys[first])):
        return True
    if not body.rows or not _names_lines(view, header, body, first):
        return False
    numbers = [any(body.is_value_column(column) for column in side[1:]) for side in names]
    return all(numbers) or _last_row(view, segment, left) != _last_row(view, segment, right)


def _last_row(view: View, segment: Segment, columns: Columns) -> int:
    """The last row of a segment in which the first of the columns is filled."""
    for row in reversed(view.between(segment.header.last_row + 1, segment.last_row)):
        marks = view.marks(row)
        ends = len(marks) == 1 or is_note(marks, view.words) or is_footer(marks, view.words)
        if not ends and any(mark.column == columns[0] for mark in marks):
            return row
    return 0


def said_again(view: View, header: Header, body: Body, group: Columns) -> list[Columns]:
    """The blocks of a run of columns whose names are said again from some column on (代码 项目 金额 代码 项目 金额).

    The name of the first column begins each block; or all other names repeat and the first columns hold labels, as in a
    balance sheet (资产 行次 金额 负债 行次 金额).
    """
    columns = [column for column in header.paths if group[0] <= column <= group[1]]
    leaves = [header.leaf(column) for column in columns]
    starts = [index for index, leaf in enumerate(leaves) if leaf == leaves[0]] if leaves else []
    if len(starts) == 1:
        starts = _balanced(leaves)
    if (
        len(starts) < 2
        or min(after - before for before, after in zip(starts, [*starts[1:], len(leaves)], strict=True)) < 2
    ):
        return [group]
    if not all(_starts_block(view, header, body, columns[index], leaves, starts) for index in starts):
        return [group]
    bounds = [columns[index] for index in starts[1:]]
    return list(zip([group[0], *bounds], [*(bound - 1 for bound in bounds), group[1]], strict=True))


def _balanced(leaves: Sequence[str]) -> list[int]:
    """Two halves with the same names but for the first."""
    half = len(leaves) // 2
    same = len(leaves) % 2 == 0 and half >= 2 and leaves[1:half] == leaves[half + 1 :]
    return [0, half] if same and len(set(leaves[1:half])) == half - 1 else []


def _starts_block(
    view: View, header: Header, body: Body, column: int, leaves: Sequence[str], starts: Sequence[int]
) -> bool:
    if body.rows and body.filled[column]:
        return _names_lines(view, header, body, column)
    size = starts[1]
    whole = len(starts) * size == len(leaves) and list(leaves) == list(leaves[:size]) * len(starts)
    return whole or view.words.serial(leaves[0])

"""Which rows make one record, and whether a form holds any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.etl.layout_grid import Marks, View
from analysis.etl.layout_header import Header
from analysis.etl.layout_lines import LineKind
from analysis.etl.layout_profile import Profile

Record = tuple[int, ...]


def _joined_to(marks: Marks, profile: Profile) -> int:
    """The last row of the record that begins with these marks: where the merged cells that carry it end."""
    row = marks[0].row
    key = profile.serial if profile.serial is not None else profile.columns[0]
    first = next((mark for mark in marks if mark.column == key and mark.tall), None)
    if first is None:
        return row
    if profile.serial is not None:
        return first.last_row
    together = sum(mark.last_row == first.last_row for mark in marks)
    return first.last_row if together * 2 >= len(profile.columns) and together * 2 > len(marks) else row


def _continues(marks: Marks, profile: Profile, previous: Record | None) -> bool:
    """A line below a numbered one without number and name, with a few texts only: merged cells that came undone."""
    if previous is None or profile.serial is None or marks[0].row != previous[-1] + 1:
        return False
    names = {profile.serial, *profile.label_columns()[:1]}
    blank = not any(mark.column in names for mark in marks)
    return blank and len(marks) * 2 <= len(profile.columns) and all(mark.kind == "text" for mark in marks)


def records_of(view: View, lines: Mapping[int, LineKind], profile: Profile) -> tuple[Record, ...]:
    """The records in order, each as the rows it occupies."""
    records: list[Record] = []
    reach = 0
    for row in (row for row, kind in lines.items() if kind == "record"):
        marks = view.marks(row)
        if records and (row <= reach or _continues(marks, profile, records[-1])):
            records[-1] = tuple(range(records[-1][0], max(row, records[-1][-1]) + 1))
            continue
        reach = _joined_to(marks, profile)
        records.append((row,))
        if reach > row:
            records[-1] = tuple(range(row, _end(lines, row, reach) + 1))
    return tuple(records)


def _end(lines: Mapping[int, LineKind], row: int, reach: int) -> int:
    others = [other for other, kind in lines.items() if row < other <= reach and kind != "record"]
    return min(others) - 1 if others else reach


def is_unfilled(view: View, header: Header, profile: Profile, records: Sequence[Record]) -> bool:
    """A form whose lines are printed but not filled: every column of values is blank.

    Printed are the serial number, codes and the first text of a line. A column of remarks may be blank in a filled list.
    """
    words = view.words
    printed = {column for column in header.paths if column == profile.serial or words.code(header.leaf(column))}
    texts = [column for column in profile.columns if column not in printed]
    if not records or not texts:
        return False
    printed.add(texts[0])
    to_fill = [column for column in header.paths if column not in printed and not words.remark(header.leaf(column))]
    filled = {mark.column for record in records for row in record for mark in view.marks(row)}
    return bool(to_fill) and not filled & set(to_fill) and len(filled & set(header.paths)) < len(header.paths)

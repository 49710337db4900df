"""How sure we are that a block of rows is a header: evidence from the block and from the rows below it.

The score is the weighted share of evidence found, from 0 to 1. Half of it is the line: below `ACCEPTED` no header is told.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.etl.layout_body import Body, is_break, look_around, look_below
from analysis.etl.layout_grid import View
from analysis.etl.layout_header import Header, can_start, follow_down
from analysis.etl.layout_names import named
from analysis.etl.text import plain_number, without_brackets

ACCEPTED = 0.5
_SHORT = 15
_MOST_KNOWN = 0.75

# What each piece of evidence is worth. The first three hold for any grid of short texts and do not suffice together.
_COVERS = 0.2  # the columns of the body have names
_DISTINCT = 0.1  # no two columns have the same name
_BRIEF = 0.1  # the names are short
_CONTRAST = 0.3  # names above numbers and dates
_WORDS = 0.25  # words that head columns
_STRUCTURE = 0.15  # groups, units of measure, column numbers, serial numbers from 1
_LABELS_ASIDE = 0.45  # taken off: labels stand beside their values, not above them
_NOTHING_BELOW = 0.3  # taken off: the last of several rows, none of which is a title
_LONE_PAIR = 0.3  # taken off: two texts apart from all else, such as a filter above a table
_LOOSE_TOP = 0.15  # taken off: a top tier that groups nothing


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _coverage(header: Header, body: Body) -> float:
    columns = body.columns()
    if not columns:
        return 1.0
    misses = [column for column in columns if column not in header.paths]
    if misses and misses[0] == columns[0]:  # the corner above the labels is often blank
        misses, columns = misses[1:], columns[1:]
    return 1 - _share(len(misses), len(columns)) if columns else 0.0


def _contrast(header: Header, body: Body) -> float:
    columns = [column for column in body.columns() if column in header.paths]
    values = [column for column in columns if body.is_value_column(column)]
    return min(1.0, 0.5 + _share(len(values), len(columns))) if values else 0.0


def _known(view: View, header: Header) -> float:
    """Share of the columns whose lowest or any name is a word that heads columns."""
    hits = sum(any(_is_name(view, key) for key in keys) for keys in header.keys.values())
    return _share(hits, len(header.keys))


def _is_name(view: View, key: str) -> bool:
    """A known word, or a number: numbers in a header are years, or days from 1 on."""
    return view.words.names_column(key) or plain_number(key) is not None


def _serial_starts(view: View, header: Header, body: Body) -> bool:
    first = next(iter(body.rows), ())
    column, _ = header.columns
    return bool(first) and view.words.serial(header.leaf(column)) and first[0].column == column and first[0].value == 1


def _structured(view: View, header: Header, body: Body) -> bool:
    if header.number_rows or header.unit_rows or _serial_starts(view, header, body):
        return True
    marks = [mark for row in header.tiers for mark in view.marks(row)]
    return any(mark.width > 1 for mark in marks) and len(header.tiers) > 1


def _labels_aside(view: View, header: Header) -> bool:
    """Whether labels stand beside their values.

    A column of the rows around names things as a header does, and the columns at its right have values but no names.
    The first column of a table may well list names of measures, so that one only counts in a pair of columns, when what
    stands beside it is a mixture of numbers and texts.
    """
    around = (
        look_around(view, header)
        if len(header.tiers) == 1 or len(header.paths) == 2
        else look_below(view, header.last_row)
    )
    columns = around.columns()
    labels = [
        column for column in columns if around.filled[column] >= 2 and around.hints[column] * 2 >= around.filled[column]
    ]
    if not labels:
        return False
    values = [column for column in header.paths if column not in (*labels, columns[0])]
    unnamed = [column for column in values if not _names_values(view, header, column)]
    mixed = [column for column in values if 0 < around.numbers[column] < around.filled[column]]
    if labels[-1] != columns[0]:
        return max(len(unnamed), len(mixed)) * 2 >= len(values) and len(around.rows) >= 2
    return len(columns) == 2 and bool(mixed and unnamed)


def _is_grouped(view: View, header: Header) -> bool:
    """Whether merged cells show that the header has tiers."""
    return len(header.tiers) > 1 and any(mark.width > 1 or mark.tall for mark in view.marks(header.tiers[0]))


def _is_certain(view: View, header: Header, body: Body) -> bool:
    """Whether the form of the header leaves no doubt that its names stand above, not beside, their values."""
    if header.number_rows or header.unit_rows or _is_grouped(view, header):
        return True
    return _known(view, header) >= _MOST_KNOWN and _serial_starts(view, header, body)


def _names_values(view: View, header: Header, column: int) -> bool:
    return any(view.words.names_column(key) for key in header.keys[column])


def _loose_top(view: View, header: Header) -> bool:
    """A top tier that groups nothing: every column has its own name below it, all different."""
    if len(header.tiers) < 2 or any(mark.width > 1 for mark in view.marks(header.tiers[0])):
        return False
    top = {mark.column for mark in view.marks(header.tiers[0])}
    lower = [mark for row in header.tiers[1:] for mark in view.marks(row)]
    named_below = {column for mark in lower for column in mark.columns}
    texts = [mark.text for mark in lower]
    return set(header.paths) <= named_below and len(top) * 2 <= len(header.paths) and len(set(texts)) == len(texts)


def _stands_apart(view: View, header: Header) -> bool:
    """Whether a blank row follows the header, and something else below that."""
    below = view.below(header.last_row)[:1]
    return bool(below) and below[0] > header.last_row + 1


def score_of(view: View, header: Header, body: Body) -> float:
    """The share of evidence, 0 to 1, that the block is a header."""
    if len(header.paths) < 2:
        return 0.0
    keys = list(header.keys.values())
    texts = [without_brackets(path[-1]) for path in keys]
    evidence = (
        _COVERS * _coverage(header, body)
        + _DISTINCT * _share(len(set(keys)), len(keys))
        + _BRIEF * _share(sum(len(text) <= _SHORT for text in texts), len(texts))
        + _CONTRAST * _contrast(header, body)
        + _WORDS * _known(view, header)
        + _STRUCTURE * _structured(view, header, body)
    )
    if not body.rows and not is_break(view, header.first_row):
        evidence -= _NOTHING_BELOW
    if len(header.paths) == 2 and _stands_apart(view, header):
        evidence -= _LONE_PAIR
    if _loose_top(view, header):
        evidence -= _LOOSE_TOP
    if evidence >= ACCEPTED and not _is_certain(view, header, body) and _labels_aside(view, header):
        evidence -= _LABELS_ASIDE
    return max(0.0, min(1.0, evidence))


def header_at(view: View, row: int) -> Header | None:
    """The header that begins in a row, with names and score; None when nothing can begin there.

    A lone group name right above, merged over some of the columns, is the first tier of it.
    """
    if not can_start(view.marks(row), view):
        return None
    start = row - 1 if _is_group_above(view, row) else row
    header = named(view, follow_down(view, start))
    if not header.paths:
        return None
    body = look_below(view, header.last_row)
    return replace(header, score=score_of(view, header, body))


def _is_group_above(view: View, row: int) -> bool:
    above, marks = view.marks(row - 1), view.marks(row)
    if len(above) != 1 or above[0].width < 2 or above[0].kind != "text":
        return False
    below = [mark for mark in marks if mark.column in above[0].columns]
    inside = above[0].column > marks[0].column and above[0].last_column <= marks[-1].last_column
    known = view.words.meta(above[0].text) or view.words.title(above[0].text)
    return inside and not known and len(below) == above[0].width and len(below) < len(marks)

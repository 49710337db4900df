"""Label-value pairs of a sheet: each label found once, its value where the sheet as a whole puts values.

A sheet puts its values right of the labels (blank columns in between do not matter) or, when the labels stand side
by side, below them. A row that does not keep to that is read as doubtful, never with a shift.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.etl.templates import stem
from analysis.etl.text import normal_form
from analysis.records import Cell, Sheet
from analysis.reference.types import FieldDef

_COLON = re.compile(r"^(.{2,20}?)[::]\s*(\S.*)$", re.DOTALL)
_DASHES = re.compile("[\\-\u2010-\u2015~]+")
_MOST_BLANK = 3
_MOSTLY = 0.5
_FEWEST_SHARE = 1 / 6

Place = tuple[int, int]
Labels = Mapping[Place, FieldDef]
Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the place of its value. `inside` is the value's text when both stand in one cell.

    `doubtful` says that the row keeps another order than the sheet, so that the value may belong to another label.
    """

    field: FieldDef
    label: Cell
    row: int
    column: int
    inside: str = ""
    doubtful: bool = False


class _Labels:
    """Every way of writing the labels of a form -> their fields; a writing that two fields share is left out.

    The lists `label_synonym`, `label_prefix` (其中) and `label_suffix` (人数) of the reference data are used.
    """

    def __init__(self, fields: Iterable[FieldDef], words: Words) -> None:
        self._prefixes = tuple(words.get("label_prefix", {}))
        self._suffixes = tuple(words.get("label_suffix", {}))
        by_measure = {entry.measure: entry for entry in fields}
        ways: dict[str, set[str]] = {}
        for entry in by_measure.values():
            printed = normal_form(entry.header_zh)
            others = [word for word, meant in words.get("label_synonym", {}).items() if normal_form(meant) == printed]
            for text in (entry.header_zh, *others):
                for form in self._forms(text):
                    ways.setdefault(form, set()).add(entry.measure)
        self._known = {form: by_measure[next(iter(found))] for form, found in ways.items() if len(found) == 1}

    def _forms(self, text: str) -> tuple[str, ...]:
        """Writings of a label from the fullest to the barest: without brackets, 其中 and 人数 at the end."""
        whole = _DASHES.sub("-", normal_form(text).rstrip(":"))
        bare = _DASHES.sub("-", stem(text).rstrip(":"))
        prefix = next((word for word in self._prefixes if bare.startswith(word)), "")
        part = bare.removeprefix(prefix).lstrip(":")
        suffix = next((word for word in self._suffixes if part.endswith(word)), "")
        return whole, bare, part, part.removesuffix(suffix) or part

    def field(self, text: str) -> FieldDef | None:
        return next((self._known[form] for form in self._forms(text) if form in self._known), None)


def find_pairs(sheet: Sheet, fields: Iterable[FieldDef], words: Words) -> tuple[Pair, ...]:
    """The pairs of a sheet; a label that stands there twice gives none."""
    known = _Labels(fields, words)
    labels = _own_rows(
        sheet, {place: entry for place, cell in sheet.cells.items() if (entry := known.field(cell.text))}
    )
    pairs = _placed(sheet, labels)
    there = {entry.measure for entry in labels.values()}
    for place in sorted(sheet.cells):
        cell = sheet.cells[place]
        match = _COLON.match(cell.text) if isinstance(cell.value, str) and place not in labels else None
        entry = known.field(match.group(1)) if match else None
        if match and entry and entry.measure not in there:
            pairs.append(Pair(entry, cell, cell.row, cell.column, match.group(2)))
    said = [pair.field.measure for pair in pairs]
    return tuple(pair for pair in pairs if said.count(pair.field.measure) == 1)


def _own_rows(sheet: Sheet, labels: Labels) -> Labels:
    """The labels without those in the heads of other tables, where one word such as 备注 may be the same."""
    filled = Counter(row for row, _ in sheet.cells)
    mine = Counter(row for row, _ in labels)
    return {place: entry for place, entry in labels.items() if mine[place[0]] >= _FEWEST_SHARE * filled[place[0]]}


def _placed(sheet: Sheet, labels: Labels) -> list[Pair]:
    beside = {place: _right_place(sheet, place) for place in labels}
    side_by_side = [place for place, right in beside.items() if right in labels]
    if len(side_by_side) > _MOSTLY * len(labels):
        return _values_below(sheet, labels)
    blank = _blank_columns(sheet, labels, beside)
    beside = {place: (row, blank.get(column, column)) for place, (row, column) in beside.items()}
    torn = {row for row, _ in side_by_side} | _shifted_rows(sheet, labels, beside)
    return [_pair(sheet, labels, place, beside[place], place[0] in torn) for place in sorted(labels)]


def _pair(sheet: Sheet, labels: Labels, place: Place, value: Place, doubtful: bool) -> Pair:
    return Pair(labels[place], sheet.cells[place], *value, doubtful=doubtful or value in labels)


def _right_place(sheet: Sheet, place: Place) -> Place:
    span = sheet.merge_at(*place)
    return place[0], (span.last_column if span else place[1]) + 1


def _values_below(sheet: Sheet, labels: Labels) -> list[Pair]:
    """Labels side by side with their values in the next row; doubtful when the last row of labels has none."""
    below = {}
    for row, column in labels:
        span = sheet.merge_at(row, column)
        below[row, column] = ((span.last_row if span else row) + 1, column)
    last = max(row for row, _ in labels)
    ends = [place for place in labels if place[0] == last]
    filled = [place for place in ends if below[place] in sheet.cells]
    doubtful = len(filled) < _MOSTLY * len(ends)
    return [_pair(sheet, labels, place, below[place], doubtful) for place in sorted(labels)]


def _blank_columns(sheet: Sheet, labels: Labels, beside: Mapping[Place, Place]) -> dict[int, int]:
    """Column right of labels that is blank beside all of them -> the first column that is not, if values stand there."""
    rows = {row for row, _ in labels}
    used = {column for row, column in sheet.cells if row in rows}
    label_columns = {column for _, column in labels}
    found = {}
    for column in {column for _, column in beside.values()}:
        after = next((c for c in range(column, column + _MOST_BLANK + 1) if c in used), None)
        if after is not None and after > column and after not in label_columns:
            found[column] = after
    return found


def _shifted_rows(sheet: Sheet, labels: Labels, beside: Mapping[Place, Place]) -> set[int]:
    """Rows that end with a label, where rows begin with a value: there the values stand left of their labels."""
    open_ended, led = set(), False
    for row in {row for row, _ in labels}:
        here = sorted(column for r, column in labels if r == row)
        if beside[row, here[-1]] not in sheet.cells:
            open_ended.add(row)
            led = led or any(r == row and column < here[0] for r, column in sheet.cells)
    return open_ended if led else set()


def with_text(pair: Pair) -> Cell:
    """The cell of a pair whose label and value stand together, with the value alone as its content."""
    return replace(pair.label, value=pair.inside)

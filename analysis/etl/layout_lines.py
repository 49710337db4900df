"""What each row below a header is: a line of data, a total, a note, a heading, a header said again ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, TypeAlias

from analysis.etl.layout_grid import Mark, Marks, View
from analysis.etl.layout_header import Header
from analysis.etl.layout_profile import Profile
from analysis.etl.layout_rows import (
    is_example,
    is_footer,
    is_meta,
    is_note,
    is_number_row,
    is_sentence,
    is_unit_row,
    total_label,
)
from analysis.etl.layout_search import is_repeat

LineKind: TypeAlias = Literal["record", "total", "note", "title", "header", "example", "blank", "stray", "beyond"]
Lines: TypeAlias = Mapping[int, LineKind]
_DEEP_OUTLINE = 3  # from this level on, a line without values is a line, not a heading


@dataclass(frozen=True)
class Setting:
    """What a row is judged against."""

    view: View
    header: Header
    profile: Profile
    titles: frozenset[str]

    @property
    def key(self) -> int:
        """The column whose merged cells join rows to one record."""
        return self.profile.serial if self.profile.serial is not None else self.profile.columns[0]

    @property
    def width(self) -> int:
        return len(self.profile.columns)


def _repeated(marks: Marks, setting: Setting, previous: LineKind | None) -> bool:
    if is_repeat(marks, setting.header):
        return True
    words = setting.view.words
    return previous == "header" and len(marks) > 1 and (is_number_row(marks, words) or is_unit_row(marks, words))


def _naming_column(profile: Profile) -> int:
    """The last of the columns in which a heading may stand: the first one, or the first label behind the serial number."""
    return max((profile.columns[0], *profile.label_columns()[:1]))


def _is_heading(mark: Mark, setting: Setting, following: Marks) -> bool:
    """Whether a row of one text only is the heading of the lines below it rather than a line without values."""
    words, profile = setting.view.words, setting.profile
    if mark.width > 1 and mark.width * 2 >= setting.width:
        return True
    if mark.column < profile.columns[0] or mark.column == profile.serial:
        return True
    if mark.text.endswith(":") or words.continued(mark.text):
        return True
    if mark.column > _naming_column(profile):
        return False
    level = words.outline_level(mark.text)
    if level:
        return level < _DEEP_OUTLINE
    if not profile.value_columns:
        return setting.width >= 3 and len(following) > 1
    return bool(following) and _indent(mark) < _indent(following[0])


def _indent(mark: Mark) -> int:
    return len(mark.raw) - len(mark.raw.lstrip()) if mark.kind == "text" else 0


def _single(mark: Mark, setting: Setting, following: Marks) -> LineKind:
    words, profile = setting.view.words, setting.profile
    if mark.text in setting.titles or words.meta(mark.text):
        return "title"
    if mark.column == profile.serial and mark.kind in ("number", "empty"):
        return "blank"
    if mark.kind in ("number", "empty", "date"):
        return "record" if mark.column in (*profile.key_columns, *profile.value_columns) else "stray"
    if mark.kind == "period" and mark.column == profile.columns[0]:
        return "record" if _mostly_periods(setting) else "title"
    if is_sentence(mark) and (mark.width > 1 or mark.column <= _naming_column(profile)):
        return "note"
    return "title" if _is_heading(mark, setting, following) else "record"


def _mostly_periods(setting: Setting) -> bool:
    column = setting.profile.columns[0]
    rows = setting.view.between(setting.header.last_row + 1, setting.header.last_row + 60)
    first = [marks[0] for marks in map(setting.view.marks, rows) if marks[0].column == column and len(marks) > 1]
    return sum(mark.kind in ("period", "number", "date") for mark in first) * 2 >= len(first)


def _kind(marks: Marks, setting: Setting, previous: LineKind | None, following: Marks) -> LineKind:
    words, profile = setting.view.words, setting.profile
    if _repeated(marks, setting, previous):
        return "header"
    if is_footer(marks, words) or is_note(marks, words):
        return "note"
    if is_example(marks, words):
        return "example"
    if total_label(marks, words, profile.last_label) is not None:
        return "total"
    if len(marks) == 1:
        return _single(marks[0], setting, following)
    if _is_numbered_heading(marks, profile):
        return "title"
    if is_meta(marks, words) and not any(mark.column in profile.value_columns for mark in marks):
        return "title"
    return "record"


def _is_numbered_heading(marks: Marks, profile: Profile) -> bool:
    """Whether a row has nothing but a text in the column of serial numbers and a label: 一 | 政治建设."""
    if len(marks) != 2 or marks[0].column != profile.serial or marks[0].kind != "text":
        return False
    return marks[1].kind == "text" and marks[1].column in profile.label_columns()[:1] and len(profile.columns) > 2


def _goes_on_as_note(marks: Marks, setting: Setting) -> bool:
    """Whether a row below a note still belongs to the notes: it does not look like a line of the table."""
    if len(marks) == 1:
        return marks[0].kind != "number"
    numbers = sum(mark.column in setting.profile.value_columns and mark.kind == "number" for mark in marks)
    return numbers == 0 and len(marks) * 2 < setting.width


def _is_stray(marks: Marks, setting: Setting, following: Marks) -> bool:
    """Texts below the end of a table, apart from it: they fill none of its columns of values, or stand alone."""
    values = setting.profile.value_columns
    if len(marks) == 1 and not following:
        return marks[0].kind == "text" and setting.width > 1
    return bool(values) and not any(mark.column in values for mark in marks) and len(marks) * 2 < setting.width


@dataclass
class _Walk:
    """What is remembered from row to row on the way down."""

    kinds: dict[int, LineKind]
    noted: bool = False  # the row above is a note
    signed: bool = False  # a signature line stands somewhere above
    reach: int = 0  # the last row of the record that merged cells hold together

    @property
    def previous(self) -> LineKind | None:
        return next(reversed(self.kinds.values()), None)

    def take(self, marks: Marks, following: Marks, setting: Setting, apart: bool) -> None:
        """Tell the kind of the next row. `apart`: a blank row stands above it."""
        row = marks[0].row
        kind = self._corrected(_kind(marks, setting, self.previous, following), marks, following, setting, apart)
        if kind == "record":
            self.reach = max([self.reach, *(mark.last_row for mark in marks if mark.column == setting.key)])
        self.signed = self.signed or (kind == "note" and is_footer(marks, setting.view.words))
        self.noted = kind == "note" or (self.noted and kind == "stray")
        self.kinds[row] = kind

    def _corrected(self, kind: LineKind, marks: Marks, following: Marks, setting: Setting, apart: bool) -> LineKind:
        if kind in ("title", "record") and marks[0].row <= self.reach:
            return "record"
        if kind in ("record", "total", "title") and apart and self.signed and not self._counts_on(marks, setting):
            return "beyond"
        if self.previous == "beyond" and kind in ("record", "total", "title"):
            return "beyond"
        said_again = kind == "title" and marks[0].text in setting.titles
        if kind in ("record", "title", "blank") and self.noted and not said_again and _goes_on_as_note(marks, setting):
            return "note"
        ended = apart or self.previous in ("total", "stray")
        if kind == "record" and ended and self.kinds and _is_stray(marks, setting, following):
            return "stray"
        return kind

    def _counts_on(self, marks: Marks, setting: Setting) -> bool:
        """Whether the serial number goes on from the last line, as after the foot of a page."""
        line = next((row for row, kind in reversed(self.kinds.items()) if kind == "record"), None)
        last = setting.view.marks(line)[0] if line else None
        if last is None or last.column != setting.profile.serial or marks[0].column != last.column:
            return False
        return last.value is not None and marks[0].value == last.value + 1


def lines_of(view: View, header: Header, profile: Profile, title_rows: Sequence[int]) -> dict[int, LineKind]:
    """The kind of every row below the header, in order."""
    titles = frozenset(mark.text for row in title_rows for mark in view.marks(row))
    setting = Setting(view, header, profile, titles)
    walk = _Walk({})
    rows = view.below(header.last_row)
    for row, next_row in zip_longest(rows, rows[1:], fillvalue=0):
        walk.take(view.marks(row), view.marks(next_row), setting, not view.between(row - 1, row - 1))
    return _settle_end(walk.kinds)


def _settle_end(kinds: Mapping[int, LineKind]) -> dict[int, LineKind]:
    """Headings below the last line head nothing: they are notes. Stray rows above the last line are lines."""
    settled = dict(kinds)
    below = False
    for row in reversed(list(kinds)):
        if kinds[row] in ("record", "total"):
            below = True
        elif kinds[row] == "title" and not below:
            settled[row] = "note"
        elif kinds[row] == "stray" and below:
            settled[row] = "record"
    return settled

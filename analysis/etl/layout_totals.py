"""Totals that no word names: lines without a label whose numbers are the sums of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from analysis.etl.layout_grid import Mark, Marks, View
from analysis.etl.layout_lines import LineKind
from analysis.etl.layout_profile import Profile

_ROUNDING = 0.011  # sums of values rounded to two decimals
_MOST = 0.6  # share of the sums of an unlabelled line that must agree
_SOME = 0.3  # the same when it is the last line and all others have labels
_ALMOST_ALL = 0.7  # share for a labelled line at the top or the end
_FEWEST_PARTS = 3  # lines that a labelled total must add up
_FEWEST_SUMS = 2  # columns in which it must do so

Values = Mapping[int, float]


def _values(marks: Marks, profile: Profile) -> dict[int, float]:
    return {
        mark.column: mark.value
        for mark in marks
        if mark.kind == "number" and mark.value is not None and mark.column > profile.last_label
    }


def _agreeing(values: Values, sums: Mapping[int, float]) -> tuple[int, int]:
    """How many values other than zero are the sums of their columns, and how many there are."""
    told = {column: value for column, value in values.items() if value}
    hits = 0
    for column, value in told.items():
        total = sums.get(column, 0.0)
        whole = value == int(value) and total == int(total) if abs(value) + abs(total) < 1e15 else False
        allowed = 1e-9 * abs(value) if whole else max(_ROUNDING, 1e-6 * abs(value))
        hits += abs(value - total) <= allowed
    return hits, len(told)


def _is_unlabelled(marks: Marks, profile: Profile) -> bool:
    return all(mark.column > profile.last_label or mark.kind == "empty" for mark in marks) and any(
        mark.kind == "number" for mark in marks
    )


def _label(marks: Marks, profile: Profile) -> Mark | None:
    columns = profile.label_columns()
    return next((mark for mark in marks if mark.kind == "text" and mark.column in columns), None)


class _Sum:
    """Sums by column over lines, without those that are part of another (其中), and the number of lines."""

    def __init__(self) -> None:
        self.columns: dict[int, float] = defaultdict(float)
        self.lines = 0

    def add(self, marks: Marks, view: View, profile: Profile) -> None:
        label = _label(marks, profile)
        if label is not None and view.words.among(label.text):
            return
        self.lines += 1
        for column, value in _values(marks, profile).items():
            self.columns[column] += value

    def is_told_by(self, values: Values, least: float) -> bool:
        """Whether enough of the values are these sums; of a single line all must be, and more than one."""
        hits, told = _agreeing(values, self.columns) if self.lines else (0, 0)
        return hits > 0 and hits >= least * told and (self.lines > 1 or (hits == told and told > 1))


def _sum(rows: Sequence[int], view: View, profile: Profile) -> _Sum:
    total = _Sum()
    for row in rows:
        total.add(view.marks(row), view, profile)
    return total


def unlabelled_totals(view: View, lines: Mapping[int, LineKind], profile: Profile) -> set[int]:
    """Lines without a label whose numbers are sums of other lines.

    Of those above since the last total, of all above, or, at the top, of those below.
    """
    records = [row for row, kind in lines.items() if kind == "record"]
    candidates = {row for row in records if _is_unlabelled(view.marks(row), profile)}
    found: set[int] = set()
    if not candidates or len(candidates) * 2 > max(len(records), 3):
        return found
    since, above = _Sum(), _Sum()
    for row, kind in lines.items():
        if kind not in ("record", "total"):
            continue
        marks = view.marks(row)
        least = _SOME if row == records[-1] and len(candidates) == 1 else _MOST
        told = row in candidates and _is_told(marks, (since, above), records, candidates, view, profile, least)
        if told:
            found.add(row)
        if told or kind == "total":
            since = _Sum()
        else:
            since.add(marks, view, profile)
            above.add(marks, view, profile)
    return found


def _is_told(
    marks: Marks,
    sums: tuple[_Sum, _Sum],
    records: Sequence[int],
    candidates: set[int],
    view: View,
    profile: Profile,
    least: float,
) -> bool:
    values = _values(marks, profile)
    if any(part.is_told_by(values, least) for part in sums):
        return True
    if marks[0].row != records[0]:
        return False
    below = [row for row in records if row not in candidates]
    return _sum(below, view, profile).is_told_by(values, least)


def edge_totals(view: View, lines: Mapping[int, LineKind], profile: Profile) -> set[int]:
    """The first or the last line when it is a total by a word such as 全市, or because it adds up all others.

    It is none by its numbers alone when a line that is called a total adds up all lines, it among them.
    """
    records = [row for row, kind in lines.items() if kind == "record"]
    if len(records) <= _FEWEST_PARTS or not profile.value_columns:
        return set()
    told = [_values(view.marks(row), profile) for row, kind in lines.items() if kind == "total"]
    whole = _sum(records, view, profile) if told else _Sum()
    complete = any(whole.is_told_by(values, _ALMOST_ALL) for values in told)
    for row, others in ((records[0], records[1:]), (records[-1], records[:-1])):
        label = _label(view.marks(row), profile)
        if label is None or view.words.outline_level(label.text) or view.words.among(label.text):
            continue
        if view.words.total_edge(label.text) or (not complete and _adds_up(view, row, others, profile)):
            return {row}
    return set()


def _adds_up(view: View, row: int, others: Sequence[int], profile: Profile) -> bool:
    values = _values(view.marks(row), profile)
    if len(values) < _FEWEST_SUMS:
        return False
    labels = [_label(view.marks(other), profile) for other in others]
    if any(label is not None and _is_part(view, label) for label in labels):
        return False
    hits, told = _agreeing(values, _sum(others, view, profile).columns)
    return hits >= _FEWEST_SUMS and hits >= _ALMOST_ALL * told


def _is_part(view: View, label: Mark) -> bool:
    """Whether a line says that it belongs to another: 其中, an ordinal, an indent."""
    return view.words.among(label.text) or view.words.outline_level(label.text) > 0 or label.raw[:1].isspace()

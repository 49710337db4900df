"""The name of each column from the tiers of its header, merged or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.etl.layout_grid import Mark, Marks, View
from analysis.etl.layout_header import Header

Tier = Mapping[int, Mark]


def _as_written(tiers: Sequence[Marks]) -> list[dict[int, Mark]]:
    """For each tier the mark that stands over each column, as merged."""
    return [{column: mark for mark in marks for column in mark.columns} for marks in tiers]


def _group_above(tiers: Sequence[Tier], level: int, column: int) -> Mark | None:
    return next((tiers[above][column] for above in range(level - 1, -1, -1) if column in tiers[above]), None)


def _stretch(tiers: Sequence[Tier], level: int, mark: Mark, stop: int) -> list[int]:
    """Columns right of an unmerged name that belong to it: blank here, named below, under the same group.

    It ends where the names below begin anew, since a group names each of its columns once.
    """
    below = tiers[level + 1 :]
    group = _group_above(tiers, level, mark.column)
    seen = {tier[mark.column].text for tier in below if mark.column in tier}
    if not seen:
        return []
    taken: list[int] = []
    for column in range(mark.last_column + 1, stop):
        names = {tier[column].text for tier in below if column in tier}
        if not names or _group_above(tiers, level, column) != group or (len(below) == 1 and names & seen):
            break
        seen |= names
        taken.append(column)
    return taken


def _filled(tiers: Sequence[Tier], last_column: int) -> list[dict[int, Mark]]:
    """The tiers with unmerged group names carried to the right."""
    result: list[dict[int, Mark]] = []
    for level, tier in enumerate(tiers):
        filled = dict(tier)
        starts = sorted({mark.column for mark in tier.values()})
        stops = [*starts[1:], last_column + 1][: len(starts)]
        for start, stop in zip(starts, stops, strict=True):
            mark = tier[start]
            if mark.width == 1 and level + 1 < len(tiers):
                filled.update(dict.fromkeys(_stretch([*result, *tiers[level:]], level, mark, stop), mark))
        result.append(filled)
    return result


def _path(tiers: Sequence[Tier], column: int) -> list[Mark]:
    """The marks over a column from top to bottom, each text once in a row."""
    path: list[Mark] = []
    for tier in tiers:
        mark = tier.get(column)
        if mark is not None and (not path or mark.text != path[-1].text):
            path.append(mark)
    return path


def _units(view: View, rows: Sequence[int]) -> dict[int, str]:
    return {column: mark.raw for row in rows for mark in view.marks(row) for column in mark.columns}


def named(view: View, header: Header) -> Header:
    """The header with `paths`, `keys` and `units` filled."""
    rows = [view.marks(row) for row in header.tiers]
    last_column = max((mark.last_column for marks in rows for mark in marks), default=view.last_column)
    tiers = _filled(_as_written(rows), min(last_column, view.last_column))
    columns = sorted({column for tier in tiers for column in tier})
    paths = {column: _path(tiers, column) for column in columns}
    return replace(
        header,
        paths={column: tuple(mark.raw.strip() for mark in path) for column, path in paths.items()},
        keys={column: tuple(mark.text for mark in path) for column, path in paths.items()},
        units=_units(view, header.unit_rows),
    )

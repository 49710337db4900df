"""Further ways to what is hidden: medians of groups (C4 and the site), exemplars by level and kind (S2), households (C8)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.published_counts import promise
from tests.published_tables import ALL, EXACT, Count, Figure, Published, Row, Year, number

MEDIAN, RATED = "中位数（单位）", "有比率的单位数"
SUM = "合计"
LEAST_RATED = 10  # below so many people there is no rate
OPEN_LEFT = 10  # so many values must be left where nothing is told of a sensitive number
Left = tuple[str, float, float, tuple[float, float]]


def is_rebuilt(promised: tuple[float, float], low: float, high: float, enough: float = math.inf) -> bool:
    """Whether fewer values are left than promised, and fewer than are enough."""
    return high - low < min(promised[1] - promised[0], enough - 1)


def by_group_medians(table: Published, book: Mapping[tuple[int, Figure], Year]) -> Iterator[tuple[Figure, Left]]:
    """Hidden counts of which the median of a group, or of all units, leaves too few values."""
    for row in table.rows:
        figure = table.figure(row)
        shown, rated = number(row.get(MEDIAN, "")), number(row.get(RATED, ""))
        if not (shown and rated and figure) or row.get("单位简称") or (table.year, figure) not in book:
            continue
        group = row.get("同类组", ALL)
        counts = {
            unit: count
            for unit, count in book[table.year, figure].counts.items()
            if count.seen and count.size >= LEAST_RATED and group in (ALL, "", count.group)
        }
        for chosen in _of_so_many(counts, int(rated[0])):
            for left in _medians_left(chosen, shown):
                yield figure, left


def _of_so_many(counts: Mapping[str, Count], n: int) -> Iterator[dict[str, Count]]:
    """The units that the median may be of: all, or those that are compared."""
    peers = {unit: count for unit, count in counts.items() if count.is_peer}
    for chosen in (dict(counts), peers):
        if len(chosen) == n:
            yield chosen
            return


def _medians_left(counts: Mapping[str, Count], shown: tuple[float, float]) -> Iterator[Left]:
    for unit, count in counts.items():
        if count.promised is None:
            continue
        fits = []
        for value in range(int(count.low), int(count.high) + 1):
            ends = [
                np.median([(value if name == unit else getattr(one, end)) / one.size for name, one in counts.items()])
                for end in ("low", "high")
            ]
            if ends[0] <= shown[1] + EXACT and ends[1] >= shown[0] - EXACT:
                fits.append(value)
        if fits and is_rebuilt(count.promised, fits[0], fits[-1]):
            yield unit, fits[0], fits[-1], count.promised


def by_exemplars(table: Published) -> Iterator[Left]:
    """Cells of level and kind of which the totals leave less than is told of them."""
    rows = {(row["层次"], row["类型"]): row for row in table.rows if {"层次", "类型", "先进典型（个）"} <= row.keys()}
    cells = [key for key in rows if SUM not in key]
    sums = [
        ([cell for cell in cells if key[0] in (SUM, cell[0]) and key[1] in (SUM, cell[1])], rows[key])
        for key in rows
        if SUM in key
    ]
    limits = [_limits(rows[cell], "先进典型（个）", 1e6) for cell in cells]
    known = [(members, value) for members, row in sums if (value := number(row["先进典型（个）"]))]
    for place, (low, high) in solve(limits, [([cells.index(m) for m in members], *value) for members, value in known]):
        told = rows[cells[place]].get("不列的数字", "")
        promised = promise(told, 1e6)
        if promised != (0.0, 1e6) and is_rebuilt(promised, low, high):
            yield " ".join(cells[place]), low, high, promised


def by_households(table: Published) -> Iterator[Left]:
    """Households out of hardship by title level: what the total leaves of the levels."""
    name, whole = "已解困（户）", "结对满一年（户）"
    rows = [row for row in table.rows if {name, whole} <= row.keys()]
    if len(rows) < 2 or not all(number(row[whole]) for row in rows):
        return
    parts = rows[:-1]
    sizes = [number(row[whole]) or (0.0, 0.0) for row in parts]
    limits = [_limits(row, name, size[1]) for row, size in zip(parts, sizes, strict=True)]
    total = number(rows[-1][name])
    for place, (low, high) in solve(limits, [(list(range(len(parts))), *total)] if total else []):
        if not number(parts[place][name]) and is_rebuilt((0.0, sizes[place][1]), low, high, OPEN_LEFT):
            yield next(iter(parts[place].values())), low, high, (0.0, sizes[place][1])


def _limits(row: Row, name: str, most: float) -> tuple[float, float]:
    """The number itself, else what is told of it."""
    return number(row[name]) or promise(row.get("不列的数字", ""), most)


def solve(
    limits: Sequence[tuple[float, float]], sums: Sequence[tuple[Sequence[int], float, float]]
) -> Iterator[tuple[int, tuple[float, float]]]:
    """Least and greatest whole number of each place that is not fixed, with the sums of some of them."""
    bounds = Bounds([low for low, _ in limits], [high for _, high in limits])
    rows = np.array([[place in members for place in range(len(limits))] for members, _, _ in sums], dtype=float)
    rule = [LinearConstraint(rows, [low for _, low, _ in sums], [high for _, _, high in sums])] if sums else []
    for place, (low, high) in enumerate(limits):
        if low == high:
            continue
        goal = np.zeros(len(limits))
        goal[place] = 1
        ends = [milp(way * goal, integrality=np.ones(len(limits)), bounds=bounds, constraints=rule) for way in (1, -1)]
        assert all(end.x is not None for end in ends), "what is published contradicts itself"
        yield place, (round(ends[0].fun), round(-ends[1].fun))

"""The smallest set of steps that brings the points asked for: fewest items first, then fewest steps in all.

Exact for any gains that never fall with more steps: Bellman's recursion over the items, one table of the most points by
number of items and of steps (Bellman 1957, Dynamic Programming, ch. 1: allocation of one resource).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ENOUGH = 1e-9


@dataclass(frozen=True, slots=True)
class Step:
    """So many more of what an item counts (`count` is 1 for a yes)."""

    item: str
    count: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What an item can still bring in a year: points gained by the number of steps, at most `most` of them."""

    item: str
    most: int
    gain: Callable[[int], float]


def least_count(gain: Callable[[int], float], most: int, points: float) -> int:
    """The least number of steps, at most `most`, that brings the points; gains never fall with more steps."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if gain(middle) >= points - ENOUGH:
            high = middle
        else:
            low = middle + 1
    return low


def fewest_steps(reaches: Sequence[Reach], gap: float) -> tuple[Step, ...] | None:
    """The steps on the fewest items that bring at least `gap` points, and among those the fewest steps in all.

    Of several such sets the one that brings most, and then the one on the earlier items. Null when even all items
    together do not bring the gap.
    """
    if gap <= ENOUGH:
        return ()
    best = sorted((reach.gain(reach.most) for reach in reaches), reverse=True)
    size = next((n for n in range(1, len(best) + 1) if sum(best[:n]) >= gap - ENOUGH / 2), None)
    if size is None:
        return None
    budget = size
    tables = _most_points(reaches, size, budget)
    while tables[0][size, budget] < gap - ENOUGH:
        budget *= 2
        tables = _most_points(reaches, size, budget)
    steps = int(np.argmax(tables[0][size] >= gap - ENOUGH))
    return _chosen(reaches, tables, size, steps)


def _most_points(reaches: Sequence[Reach], size: int, budget: int) -> list[Floats]:
    """For each item: the most points that it and the later ones bring, on at most k of them (row), in at most s steps."""
    tables = [np.zeros((size + 1, budget + 1))]
    for reach in reversed(reaches):
        later = tables[-1]
        table = later.copy()
        for count in range(1, min(reach.most, budget) + 1):
            with_it = later[:-1, : budget + 1 - count] + reach.gain(count)
            table[1:, count:] = np.maximum(table[1:, count:], with_it)
        tables.append(table)
    return tables[::-1]


def _chosen(reaches: Sequence[Reach], tables: Sequence[Floats], size: int, steps: int) -> tuple[Step, ...]:
    """The steps behind the first table's most points on `size` items in so many steps, as many as may be on the earlier."""
    found = []
    for reach, table, later in zip(reaches, tables, tables[1:], strict=False):
        for count in range(min(reach.most, steps) if size else 0, 0, -1):
            if later[size - 1, steps - count] + reach.gain(count) == table[size, steps]:
                found.append(Step(reach.item, count))
                size, steps = size - 1, steps - count
                break
    return tuple(found)

"""The best of the units that take part (标兵): at most a share of them, and from a line of the term on (domain 5.5)."""

from __future__ import annotations

from collections.abc import Mapping

LAST_DIGIT = 1e-9


def exemplars(bounds: Mapping[str, tuple[float, float]], share: float, from_points: float) -> frozenset[str]:
    """The units that are surely among the best `share` and surely reach `from_points`.

    `bounds` are the lowest and the highest possible total of each unit that takes part; equal where nothing is open.
    The number of places is rounded down; units that are equal at the edge, and would be too many, get none of them.
    """
    places = int(share * len(bounds) + LAST_DIGIT)
    found = set()
    for code, (low, _) in bounds.items():
        others = sum(1 for other, (_, high) in bounds.items() if other != code and high >= low - LAST_DIGIT)
        if low >= from_points - LAST_DIGIT and others < places:
            found.add(code)
    return frozenset(found)

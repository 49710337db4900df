"""What a reader can work out about hidden numbers from the totals that stay shown: limits of each, by whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

Key: TypeAlias = Hashable
Limits: TypeAlias = tuple[float, float]


class Total(NamedTuple):
    """A published or hidden sum: its own key and the keys of the single cells that it adds up."""

    key: Key
    members: frozenset[Key]


class Sum(NamedTuple):
    """One equation: the parts add up to the whole."""

    whole: Key
    parts: tuple[Key, ...]


def ranges(limits: Mapping[Key, Limits], totals: Sequence[Total]) -> dict[Key, Limits]:
    """The least and greatest value that each number can have, given the limits of all of them and the sums.

    A shown number has equal limits. Nested sums (unit, peers, group, city) are solved by passing limits up and down,
    which is exact where no two of them overlap in part; overlapping ones by integer programming.

    Raises:
        ValueError: the limits contradict the sums.
    """
    tree = nested_sums(totals)
    return dict(limits) | (_by_passing(limits, tree) if tree is not None else _by_programming(limits, totals))


def nested_sums(totals: Sequence[Total]) -> tuple[Sum, ...] | None:
    """The totals as a tree in which each is the sum of the largest totals inside it and of what they leave out.

    None when two totals overlap without one lying in the other.
    """
    ordered = sorted(totals, key=lambda total: len(total.members))
    sums = []
    for place, whole in enumerate(ordered):
        free, parts = set(whole.members), []
        for part in reversed(ordered[:place]):
            if part.members <= free:
                parts.append(part.key)
                free -= part.members
            elif part.members & free:
                return None
        sums.append(Sum(whole.key, (*parts, *sorted(free, key=str))))
    return tuple(sums)


def _by_passing(limits: Mapping[Key, Limits], sums: Collection[Sum]) -> dict[Key, Limits]:
    found = dict(limits)
    changed = True
    while changed:
        changed = False
        for whole, parts in sums:
            low, high = (sum(found[part][side] for part in parts) for side in (0, 1))
            least, most = found[whole]
            tighter = {whole: (max(least, low), min(most, high))}
            for part in parts:
                own_low, own_high = found[part]
                tighter[part] = (max(own_low, least - high + own_high), min(own_high, most - low + own_low))
            for key, (new_low, new_high) in tighter.items():
                if new_low > new_high:
                    raise ValueError(f"the sums leave no value for {key!r}")
                changed |= (new_low, new_high) != found[key]
            found.update(tighter)
    return found


def _by_programming(limits: Mapping[Key, Limits], totals: Sequence[Total]) -> dict[Key, Limits]:
    from scipy.optimize import Bounds, LinearConstraint, milp

    keys = list(limits)
    place = {key: index for index, key in enumerate(keys)}
    rows = np.zeros((len(totals), len(keys)))
    for row, total in zip(rows, totals, strict=True):
        row[[place[key] for key in total.members]] = 1
        row[place[total.key]] -= 1
    low, high = (np.array([limits[key][side] for key in keys]) for side in (0, 1))
    found = {}
    for key in keys:
        if limits[key][0] == limits[key][1]:
            continue
        goal = np.zeros(len(keys))
        goal[place[key]] = 1
        ends = []
        for sign in (1, -1):
            result = milp(
                sign * goal,
                constraints=LinearConstraint(rows, 0, 0),
                bounds=Bounds(low, high),
                integrality=np.ones(len(keys), dtype=np.int64),
            )
            if result.x is None:
                raise ValueError(f"the sums leave no value for {key!r}")
            ends.append(float(round(sign * result.fun)))
        found[key] = (ends[0], ends[1])
    return found

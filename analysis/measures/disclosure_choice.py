"""Which further numbers must be hidden so that nobody can work out the hidden ones from the totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from analysis.measures.disclosure_ranges import Key, Limits, Total, ranges

COMPLEMENTARY = "complementary"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table, of a unit or a total.

    `reason` is why it must be hidden, empty when it may be shown; `public` are the limits that its reader is told
    then, `width` how far apart the limits that the totals leave must be at least. `spare` are the limits that a
    reader may assume when it is hidden for the sake of another (null: it must not be used for that), and `size` orders
    such cells: the smallest are hidden first.
    """

    key: Key
    value: float
    size: float
    reason: str = ""
    public: Limits = (0.0, 0.0)
    width: float = 0.0
    spare: Limits | None = None


@dataclass(frozen=True)
class Choice:
    """What is hidden: the reason of each key, and the limits that the shown numbers leave of it."""

    reasons: Mapping[Key, str]
    left: Mapping[Key, Limits]


def protect(cells: Sequence[Cell], totals: Sequence[Total], switched_off: bool = False) -> Choice:
    """The cells that must be hidden by their own reason, and those that protect them, with what a reader can know.

    Every total has a cell of its own. As long as the totals tell more about a hidden number than its reason allows, it
    gets a partner: a unit that could have so many more as it has fewer, with every total hidden that has one of the two
    only. Of the partners that make the number safe the one is taken that hides the fewest people, in the order given; first of
    those with room for all that is told of it.
    `switched_off` leaves out this second step (for tests of the attack).
    """
    by_key = _clipped(cells, totals)
    hidden = {cell.key: cell.reason for cell in cells if cell.reason}
    given_up: set[Key] = set()
    while True:
        left = ranges(_limits(by_key, hidden), totals)
        unsafe = [key for key in hidden.keys() - given_up if not _is_safe(by_key[key], hidden[key], left[key])]
        unsafe.sort(key=list(hidden).index)
        if not unsafe or switched_off:
            return Choice(hidden, {key: left[key] for key in hidden})
        further = _further(unsafe[0], by_key, hidden, totals)
        hidden |= dict.fromkeys((key for key in by_key if key in further), COMPLEMENTARY)  # a set has no fixed order
        given_up |= set() if further else {unsafe[0]}


def _clipped(cells: Sequence[Cell], totals: Sequence[Total]) -> dict[Key, Cell]:
    """The cells by key; of a hidden total no more can be unknown than of its parts together."""
    by_key = {cell.key: cell for cell in cells}
    for total in totals:
        cell = by_key[total.key]
        parts = [by_key[key] for key in total.members]
        low = sum(part.public[0] if part.reason else 0.0 for part in parts)
        high = sum(part.public[1] if part.reason else max(part.size, part.value) for part in parts)
        public = (max(cell.public[0], low), min(cell.public[1], high))
        by_key[total.key] = replace(cell, public=public, width=min(cell.width, public[1] - public[0]))
    return by_key


def _limits(cells: Mapping[Key, Cell], hidden: Mapping[Key, str]) -> dict[Key, Limits]:
    return {key: _told(cell, hidden[key]) if key in hidden else (cell.value, cell.value) for key, cell in cells.items()}


def _told(cell: Cell, reason: str) -> Limits:
    """What a reader is told about a hidden cell."""
    if reason != COMPLEMENTARY or cell.reason == COMPLEMENTARY:
        return cell.public
    return cell.spare if cell.spare is not None else (0.0, inf)


def _is_safe(cell: Cell, reason: str, left: Limits) -> bool:
    """Whether the limits left are as wide as the reason of the cell asks; one that only protects must not be a single value."""
    if reason == COMPLEMENTARY:
        return left[0] < left[1]
    return left == cell.public or 0 < cell.width <= left[1] - left[0]


def _further(
    unsafe: Key, cells: Mapping[Key, Cell], hidden: Mapping[Key, str], totals: Sequence[Total]
) -> frozenset[Key]:
    """The cells to hide for an unsafe one; none for a total all of whose parts must be shown, which is then no secret.

    Where no unit can give room, as with households, one further total is hidden if that is enough, else all.
    """
    order = {key: place for place, key in enumerate(cells)}
    found = {(keys.difference(hidden), sure) for keys, sure in _partners(unsafe, cells, hidden, totals)}
    ordered = sorted(
        ((keys, sure) for keys, sure in found if keys),
        key=lambda one: (not one[1], sum(cells[key].size for key in one[0]), sorted(map(order.__getitem__, one[0]))),
    )
    for keys, _ in ordered:
        left = ranges(_limits(cells, {**hidden, **dict.fromkeys(keys, COMPLEMENTARY)}), totals)
        if _is_safe(cells[unsafe], hidden[unsafe], left[unsafe]):
            return keys
    shown = sorted((total.key for total in totals if total.key not in hidden), key=lambda key: cells[key].size)
    for one in shown:  # no unit gives room: one shown total, the smallest first
        left = ranges(_limits(cells, {**hidden, one: COMPLEMENTARY}), totals)
        if _is_safe(cells[unsafe], hidden[unsafe], left[unsafe]):
            return frozenset({one})
    return frozenset(total.key for total in totals if hidden.get(total.key) != COMPLEMENTARY)


def _partners(
    unsafe: Key, cells: Mapping[Key, Cell], hidden: Mapping[Key, str], totals: Sequence[Total]
) -> Iterator[tuple[frozenset[Key], bool]]:
    """Sets of cells that give room when hidden: pairs of units, and single units that no total shows.

    Also whether a set is sure to give enough: its shown units have room for all that is told of the unsafe number. That
    follows from what stood there to be read, so that being passed over tells nothing about the hidden number itself.
    """
    cell = cells[unsafe]
    width = 1.0 if hidden[unsafe] == COMPLEMENTARY else cell.width or cell.public[1] - cell.public[0]
    members = next((total.members for total in totals if total.key == unsafe), frozenset({unsafe}))
    single = {key for total in totals for key in total.members}
    able = [key for key in cells if key in single and (key in hidden or cells[key].spare is not None)]
    roomy = {key for key in able if key == unsafe or (key not in hidden and _room(cells[key]) >= width)}
    for own in (key for key in able if key in members):
        yield frozenset((own, *(total.key for total in totals if own in total.members))), own in roomy
        for other in (key for key in able if key not in members):
            between = (total.key for total in totals if (own in total.members) != (other in total.members))
            yield frozenset((own, other, *between)), own in roomy and other in roomy


def _room(cell: Cell) -> float:
    """How far the number could lie lower and higher, the smaller of both."""
    assert cell.spare is not None
    return min(cell.value - cell.spare[0], cell.spare[1] - cell.value)

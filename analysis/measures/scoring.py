"""What share of its points an item earns by its value: the rules of a scheme, pure and without tables.

Every rule rises (or falls) with the value, so that the lowest and the highest possible value give the lowest and the
highest possible points. A value that is queried or missing is never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import floor
from types import MappingProxyType

from analysis.reference.scheme_types import DEDUCTIONS, LINEAR, PEOPLE, SchemeItem

KNOWN, UNDEFINED, OPEN = "known", "undefined", "open"
NEAR_WHOLE = 1e-9  # 0.6 x 15 is 9 people, not 8.999999999999998


@dataclass(frozen=True, slots=True)
class Measured:
    """The value of one item in one year.

    `status`: `known` (value is filled), `undefined` (there is nothing to measure) or `open` (queried, bounded or not
    submitted): then `low` and `high` are the ends of what it can be, null where there is no end. `numerator` and
    `denominator` are people of a share of people, for the rounding in the unit's favour; `n_open` open questions.
    `by_chance` says that it is a share of people with both counts known, which chance can move.
    """

    value: float | None
    status: str = KNOWN
    low: float | None = None
    high: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    n_open: int = 0
    by_chance: bool = False


@dataclass(frozen=True, slots=True)
class Earned:
    """The share of the points that is earned, and the least and most it can be; `share` is null while it is open."""

    share: float | None
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low - NEAR_WHOLE <= self.high:
            raise ValueError(f"low {self.low} above high {self.high}")


NOTHING_KNOWN = Earned(None, 0.0, 1.0)
NOTHING = Earned(0.0, 0.0, 0.0)


def earned(item: SchemeItem, measured: Measured) -> Earned:
    """The share of the item's points by its rule; for a deduction the share that is taken off.

    An undefined value earns nothing known here: what happens to its points is said by `when_undefined`.
    """
    if measured.status == KNOWN and measured.value is not None:
        people = measured.denominator
        if _rounds(item) and measured.numerator is not None and people is not None and people >= 1:
            exact = _people_share(item, measured.numerator, people)
        else:
            exact = RULES[item.rule](item, measured.value)
        return Earned(exact, exact, exact)
    if measured.status == UNDEFINED:
        return NOTHING_KNOWN
    ends = [_end(item, measured, end, other) for end, other in ((measured.low, 0.0), (measured.high, 1.0))]
    return Earned(None, min(ends), max(ends))


def _end(item: SchemeItem, measured: Measured, end: float | None, unbounded: float) -> float:
    """The share at one end of what the value can be. Without an end it is the worst, or the best, that can be.

    Rounding in the unit's favour never gives less than the plain rule; where its people are not known, the upper end
    allows for it.
    """
    falling = item.low is not None and item.high is not None and item.high < item.low and item.is_linear
    if end is None:
        return 1.0 - unbounded if falling or item.rule == "below" else unbounded
    people = measured.denominator
    if _rounds(item) and people is not None and people >= 1:
        return _people_share(item, end * people, people)
    if _rounds(item) and unbounded:
        return 1.0
    return RULES[item.rule](item, end)


def _rounds(item: SchemeItem) -> bool:
    """Whether people needed are rounded down; of problems, targets and times none is given away."""
    return item.rule == PEOPLE


def _people_share(item: SchemeItem, numerator: float, denominator: float) -> float:
    """Linear in people, with the people needed rounded down: in the favour of small units (domain 4.3)."""
    assert item.low is not None
    assert item.high is not None
    none, full = (floor(edge * denominator + NEAR_WHOLE) for edge in (item.low, item.high))
    full = max(full, 1)
    none = min(none, full - 1)
    return _clip((numerator - none) / (full - none))


def _linear(item: SchemeItem, value: float) -> float:
    assert item.low is not None
    assert item.high is not None
    return _clip((value - item.low) / (item.high - item.low))


def _clip(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _below(item: SchemeItem, value: float) -> float:
    return 1.0 if item.low is not None and value < item.low - NEAR_WHOLE else 0.0


def _from(item: SchemeItem, value: float) -> float:
    return 1.0 if item.low is not None and value >= item.low - NEAR_WHOLE else 0.0


RULES: Mapping[str, Callable[[SchemeItem, float], float]] = MappingProxyType(
    {
        LINEAR: _linear,
        PEOPLE: _linear,
        "yes": lambda _, value: 1.0 if value >= 1 else 0.0,
        "share": lambda _, value: _clip(value),
        "scaled": lambda _, value: _clip(value),
        "below": _below,
        "from": _from,
        "yes_deducts": lambda _, value: 1.0 if value >= 1 else 0.0,
    }
)


def points(item: SchemeItem, full: float, share: Earned) -> tuple[float | None, float, float]:
    """Points, least and most points of an item that is worth `full` points here."""
    if item.rule in DEDUCTIONS:
        off = item.least
        return (None if share.share is None else off * share.share), off * share.high, off * share.low
    return (None if share.share is None else full * share.share), full * share.low, full * share.high

"""How long something lasts when some of it is not over: calendar months and the median of Kaplan and Meier. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from math import inf, isfinite, nextafter
from typing import NamedTuple

HALF = 0.5
_TOLERANCE = 1e-9  # survival is a product of fractions: a half is met within this


class Span(NamedTuple):
    """Least and most months, both included; `high` is infinite when nothing bounds it."""

    low: float
    high: float


class Spell(NamedTuple):
    """One household from its pairing on.

    `left`: how long it took when it may have left hardship, else null. `still`: how long it has been watched when it
    may not have left, else null. One of the two is given when it is known which. `optional`: it may not count at all.
    """

    left: Span | None
    still: Span | None
    optional: bool = False


def months_between(first: dt.date, last: dt.date) -> float:
    """Calendar months from one day to another, 0 when the last is not after the first.

    A whole month ends on the same day of a later month, or on its last day when it is shorter: 29 February 2024 to
    28 February 2025 is 12. The days left over count as a share of the month that has begun: 15 January to 20 March is
    2 + 5/31.
    """
    if last <= first:
        return 0.0
    whole = (last.year - first.year) * 12 + last.month - first.month
    if later_by(first, whole) > last:
        whole -= 1
    begun, end = later_by(first, whole), later_by(first, whole + 1)
    return whole + (last - begun).days / (end - begun).days


def later_by(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later, or the last day of that month when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def survival_median(left: Sequence[float], still: Sequence[float]) -> float | None:
    """Median time until leaving, by the product-limit estimate; null when more than half stay throughout.

    `left` are times of those who left, `still` how long those who have not were watched; one who was watched just as
    long as another took counts as there at that time. Where the estimate is exactly a half for a while, the median is
    the middle of that while (R's survfit), so that without anybody still there it is the ordinary median.

    Source: Kaplan and Meier (1958), Journal of the American Statistical Association 53, 457-481.
    """
    from scipy import stats

    if not left:
        return None
    curve = stats.ecdf(stats.CensoredData(uncensored=list(left), right=list(still))).sf
    steps = list(zip(map(float, curve.quantiles), map(float, curve.probabilities), strict=True))
    reached = next((time for time, share in steps if share <= HALF + _TOLERANCE), None)
    passed = next((time for time, share in steps if share < HALF - _TOLERANCE), None)
    if reached is None or passed is None:
        return reached
    return (reached + passed) / 2


def median_bounds(spells: Sequence[Spell]) -> tuple[float | None, float | None]:
    """Least and greatest median that any reading of the spells gives; null for one that is never reached.

    At each time the estimate is lowest when those who can have left have, as late as they can, the others were
    watched as short as can be, and nobody counts who need not; highest the other way round. Found by exchange of one
    spell at a time in the product-limit estimate; the tests compare with all readings.
    """
    times = sorted({end for spell in spells for span in spell[:2] if span for end in span if isfinite(end)})
    lowest = ((t, min(_share(spells, when, _soon) for when in (t, nextafter(t, inf)))) for t in times)
    low = next((t for t, share in lowest if share <= HALF + _TOLERANCE), None)
    high = next((t for t in times if _share(spells, t, _late) < HALF - _TOLERANCE), None)
    return low, high


_Choice = Callable[[Spell, float], tuple[float, bool] | None]


def _share(spells: Sequence[Spell], time: float, choose: _Choice) -> float:
    """The product-limit estimate at a time, each spell read as `choose` says: (duration, left) or not at all."""
    read = [found for spell in spells if (found := choose(spell, time)) is not None]
    at_risk, share = len(read), 1.0
    # a spell that ends by leaving comes before one of the same length that is still there
    for end, has_left in sorted(read, key=lambda one: (one[0], not one[1])):
        if end > time:
            break
        if has_left:
            share *= 1 - 1 / at_risk
        at_risk -= 1
    return share


def _soon(spell: Spell, time: float) -> tuple[float, bool] | None:
    """How a spell makes the share of those who are still there at a time least."""
    if spell.left and spell.left.low <= time:
        return min(spell.left.high, time), True
    if spell.optional:
        return None
    return (spell.still.low, False) if spell.still else (inf, True)


def _late(spell: Spell, time: float) -> tuple[float, bool] | None:
    """How a spell makes the share of those who are still there at a time greatest."""
    if spell.left and spell.left.high > time:
        return inf, True
    if spell.still:
        return spell.still.high, False
    assert spell.left
    return None if spell.optional else (spell.left.low, True)

"""From numerator and denominator to the line of a rate, a second time: small numbers, bounds and limits (4.1, 4.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

from tests.second_rates_source import Amount

Z = NormalDist().inv_cdf(0.975)
COUNTS_ONLY_BELOW, MARKED_BELOW = 10, 30


@dataclass(frozen=True)
class Line:
    """One line of `rates` or of the group rates; a number that must not be shown is None."""

    status: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    rate: Fraction | None = None
    ci: tuple[float, float] | None = None
    rate_low: Fraction | None = None
    rate_high: Fraction | None = None


def wilson(successes: Fraction, n: Fraction) -> tuple[float, float]:
    """Wilson's 95 % limits from the quadratic that defines them: (p - x/n)^2 = z^2 p (1 - p) / n."""
    share, size = float(successes / n), float(n)
    middle = share + Z * Z / (2 * size)
    half = Z * math.sqrt(share * (1 - share) / size + Z * Z / (4 * size * size))
    whole = 1 + Z * Z / size
    return (max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole))


def share_of_people(part: Amount, whole: Amount, pooled_only_below: int = 0) -> Line:
    """A share of people: counts only below ten, marked below thirty, an interval where only bounds are known."""
    unclear = _unclear(part, whole)
    if unclear:
        return unclear
    size = whole.value or Fraction(0)
    if size < pooled_only_below:
        return Line("undefined", part.value, size)
    status = "small" if size < MARKED_BELOW else "ok"
    if part.state == "bounded":
        return _bounded(part, size)
    if size < COUNTS_ONLY_BELOW:
        return Line("small", part.value, size)
    if "approximate" in (part.state, whole.state) and status == "ok":
        status = "approximate"
    assert part.value is not None
    limits = wilson(part.value, size) if part.value <= size else None
    return Line(status, part.value, size, part.value / size, limits)


def ratio(part: Amount, whole: Amount, unknown_below: int = 0) -> Line:
    """A quotient that is no share of people: no limits, no marks; below a least denominator the counts only."""
    if part.value is not None and whole.value is not None and whole.value < unknown_below:
        return Line("undefined", part.value, whole.value)
    unclear = _unclear(part, whole)
    if unclear:
        return unclear
    size = whole.value or Fraction(0)
    if part.state == "bounded":
        return _bounded(part, size)
    assert part.value is not None
    status = "approximate" if "approximate" in (part.state, whole.state) else "ok"
    return Line(status, part.value, size, part.value / size)


def count(number: Amount) -> Line:
    """A number of things with nothing to divide it by."""
    if number.state in ("queried", "absent"):
        return Line("queried")
    return Line("ok", number.value)


def _bounded(part: Amount, size: Fraction) -> Line:
    low, high = (None if bound is None else bound / size for bound in (part.low, part.high))
    return Line("bounded", None, size, None, None, low, high)


def _unclear(part: Amount, whole: Amount) -> Line | None:
    if whole.value is None:
        return Line("queried", part.value)
    if whole.value == 0:
        return Line("undefined")
    if part.state == "not_applicable":
        return Line("not_applicable", None, whole.value)
    if part.state in ("queried", "absent"):
        return Line("queried", None, whole.value)
    return None

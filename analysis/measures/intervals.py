"""The statistics of the project in one place: limits, funnels, ranks, shrinkage, trend, many comparisons at once.

Pure functions on floats or NumPy arrays. A NaN in gives a NaN out, impossible input raises ValueError, confidence is
two-sided and limits come as (low, high). The figures are full counts, not samples: the limits say how far a figure
could move by chance if nothing real changed, no more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import (
    FloatOrArray,
    Floats,
    Limits,
    as_floats,
    check_confidence,
    check_counts,
    plain,
    plain_limits,
    refuse,
    two_sided_z,
)
from analysis.measures.discovery import benjamini_hochberg
from analysis.measures.funnel import funnel_limits, overdispersion, poisson_funnel_limits
from analysis.measures.ranks import rank_interval, top_set
from analysis.measures.shrinkage import beta_binomial_shrinkage
from analysis.measures.trend import trend_test

__all__ = [
    "benjamini_hochberg",
    "beta_binomial_shrinkage",
    "byar_interval",
    "funnel_limits",
    "newcombe_difference",
    "overdispersion",
    "poisson_funnel_limits",
    "rank_interval",
    "top_set",
    "trend_test",
    "wilson_interval",
]

EXACT_BELOW = 10  # the Public Health England package changes from exact Poisson to Byar here


def wilson_interval(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Limits:
    """Limits of a proportion by Wilson's score method, without continuity correction.

    (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)). Source: Wilson 1927 (J Am Stat Assoc 22:209);
    Newcombe 1998 (Stat Med 17:857), method 3. Confidence 1 gives (0, 1). x need not be whole.

    Raises:
        ValueError: x < 0, n <= 0, x > n or confidence outside (0, 1].
    """
    x, total = as_floats("successes", successes), as_floats("n", n)
    check_counts(x, total)
    low, high = _wilson(x, total, confidence)
    return plain_limits(low, high, x, total)


def byar_interval(count: ArrayLike, confidence: float = 0.95) -> Limits:
    """Limits of a count: exact Poisson below 10, else Byar's approximation.

    Exact: chi2inv(a/2, 2x)/2 and chi2inv(1 - a/2, 2x + 2)/2. Byar: x(1 - 1/(9x) - z/(3 sqrt x))^3 and
    (x + 1)(1 - 1/(9(x + 1)) + z/(3 sqrt(x + 1)))^3. Source: Breslow and Day 1987, Statistical Methods in Cancer
    Research II, page 69; the change at 10 as in the package PHEindicatormethods. For attendances and rates above
    100 %, which are no proportions. Confidence 1 gives (0, infinity).

    Raises:
        ValueError: a negative count or confidence outside (0, 1].
    """
    from scipy.stats import chi2

    x = as_floats("count", count)
    refuse(x < 0, "count must not be negative")
    z = two_sided_z(confidence)
    if np.isinf(z):
        return plain_limits(np.zeros_like(x), np.full_like(x, np.inf), x)
    tail = (1 - confidence) / 2
    exact_low = np.where(x > 0, chi2.ppf(tail, 2 * np.maximum(x, np.finfo(float).tiny)) / 2, 0.0)
    exact_high = chi2.ppf(1 - tail, 2 * x + 2) / 2
    y = np.maximum(x, EXACT_BELOW)  # the branch of Byar is not used below, and must not divide by 0 there
    byar_low = y * (1 - 1 / (9 * y) - z / (3 * np.sqrt(y))) ** 3
    byar_high = (y + 1) * (1 - 1 / (9 * (y + 1)) + z / (3 * np.sqrt(y + 1))) ** 3
    exact = x < EXACT_BELOW
    return plain_limits(np.where(exact, exact_low, byar_low), np.where(exact, exact_high, byar_high), x)


def newcombe_difference(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, confidence: float = 0.95) -> Limits:
    """Limits of the difference of two independent proportions p1 - p2, from their Wilson limits.

    d - sqrt((p1 - l1)^2 + (u2 - p2)^2) and d + sqrt((u1 - p1)^2 + (p2 - l2)^2). Source: Newcombe 1998
    (Stat Med 17:873), method 10. Confidence 1 gives (-1, 1).

    Raises:
        ValueError: in either proportion x < 0, n <= 0 or x > n; confidence outside (0, 1].
    """
    a, m, b, n = as_floats("x1", x1), as_floats("n1", n1), as_floats("x2", x2), as_floats("n2", n2)
    check_counts(a, m)
    check_counts(b, n)
    p1, p2 = a / m, b / n
    if confidence == 1:
        return plain_limits(np.full_like(p1 - p2, -1.0), np.ones_like(p1 - p2), a, m, b, n)
    low1, high1 = _wilson(a, m, confidence)
    low2, high2 = _wilson(b, n, confidence)
    low = p1 - p2 - np.hypot(p1 - low1, high2 - p2)
    high = p1 - p2 + np.hypot(high1 - p1, p2 - low2)
    return plain_limits(low, high, a, m, b, n)


def wilson_standard_error(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> FloatOrArray:
    """Half the width of the Wilson interval, divided by z: a standard error that is not 0 at rates of 0 and 100 %.

    Raises:
        ValueError: as `wilson_interval`, and confidence 1.
    """
    x, total = as_floats("successes", successes), as_floats("n", n)
    check_counts(x, total)
    if confidence == 1:
        raise ValueError("a standard error needs a confidence below 1")
    low, high = _wilson(x, total, confidence)
    return plain(np.asarray((high - low) / (2 * two_sided_z(confidence))))


def _wilson(x: Floats, n: Floats, confidence: float) -> tuple[Floats, Floats]:
    check_confidence(confidence)
    z = two_sided_z(confidence)
    if np.isinf(z):
        return np.zeros_like(x / n), np.ones_like(x / n)
    middle = 2 * x + z**2
    half = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    low = np.clip((middle - half) / (2 * (n + z**2)), 0.0, 1.0)
    high = np.clip((middle + half) / (2 * (n + z**2)), 0.0, 1.0)
    # rounding must not move the two ends that are exact
    return np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)

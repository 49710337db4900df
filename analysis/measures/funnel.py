"""Funnel limits: how far a unit of a given size may lie from the group by chance, and how much wider groups spread."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import (
    Floats,
    Limits,
    as_floats,
    as_vector,
    plain_limits,
    refuse,
    same_length,
    two_sided_z,
)


def funnel_limits(
    n: ArrayLike,
    centre: ArrayLike,
    confidence: float = 0.95,
    tau2: float = 0.0,
    method: Literal["score", "exact", "arcsine"] = "score",
) -> Limits:
    """Limits of a proportion at size n around the centre a, clamped to 0..1.

    `score`: a -/+ z sqrt(a(1 - a)/n + tau2). `exact`: the binomial quantiles at (1 - confidence)/2 and
    (1 + confidence)/2, divided by n. `arcsine`: sin(asin(sqrt a) -/+ z sqrt(1/(4n) + tau2))^2, with the angle kept
    between 0 and 90 degrees. `tau2` is the variance between units, on the scale of the method. Source:
    Spiegelhalter 2005 (Stat Med 24:1185). Confidence 1 gives (0, 1).

    Raises:
        ValueError: n <= 0, a outside 0..1, tau2 < 0, confidence outside (0, 1], an unknown method; for `exact` also
            tau2 > 0 or an n that is not whole.
    """
    size, a = as_floats("n", n), as_floats("centre", centre)
    refuse(size <= 0, "n must be above 0")
    refuse((a < 0) | (a > 1), "centre must lie between 0 and 1")
    if not 0 <= tau2 < np.inf:
        raise ValueError(f"tau2 must be 0 or more, found {tau2!r}")
    z = two_sided_z(confidence)
    if method == "exact":
        low, high = _binomial_quantiles(size, a, confidence, tau2)
    elif method == "score":
        spread = np.sqrt(a * (1 - a) / size + tau2)
        low, high = (a - z * spread, a + z * spread) if np.isfinite(z) else (np.zeros_like(a), np.ones_like(a))
    elif method == "arcsine":
        angle, spread = np.arcsin(np.sqrt(a)), np.sqrt(1 / (4 * size) + tau2)
        low = np.sin(np.clip(angle - z * spread, 0.0, np.pi / 2)) ** 2
        high = np.sin(np.clip(angle + z * spread, 0.0, np.pi / 2)) ** 2
    else:
        raise ValueError(f"method must be score, exact or arcsine, found {method!r}")
    return plain_limits(np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0), size, a)


def poisson_funnel_limits(expected: ArrayLike, confidence: float = 0.95, tau2: float = 0.0) -> Limits:
    """Limits of observed/expected around 1 at an expected count E.

    Exact at tau2 = 0: chi2inv(a/2, 2E)/2/E and chi2inv(1 - a/2, 2(E + 1))/2/E; else exp(-/+ z sqrt(1/E + tau2)).
    Source: Spiegelhalter 2005 (Stat Med 24:1185), as in the package FunnelPlotR. Confidence 1 gives (0, infinity).

    Raises:
        ValueError: E <= 0, tau2 < 0 or confidence outside (0, 1].
    """
    from scipy.stats import chi2

    e = as_floats("expected", expected)
    refuse(e <= 0, "expected must be above 0")
    if not 0 <= tau2 < np.inf:
        raise ValueError(f"tau2 must be 0 or more, found {tau2!r}")
    z = two_sided_z(confidence)
    if tau2 > 0:
        spread = np.sqrt(1 / e + tau2)
        return plain_limits(np.exp(-z * spread), np.exp(z * spread), e)
    tail = (1 - confidence) / 2
    low = np.asarray(chi2.ppf(tail, 2 * e) / 2 / e)
    high = np.asarray(chi2.ppf(1 - tail, 2 * (e + 1)) / 2 / e)
    return plain_limits(low, high, e)


def overdispersion(
    z: ArrayLike,
    weights: ArrayLike,
    trim: float = 0.1,
    method: Literal["winsorise", "truncate"] = "winsorise",
) -> tuple[float, float]:
    """How much more than by chance the units of a group spread: (phi, tau2).

    `z` are the unadjusted standardised differences from the centre, `weights` 1/s^2 of their standard errors. The z
    whose rank r (average ranks, N values) has floor(r k/(N + 1)) = 0 or k - 1 or more, with k = 1/trim, are dropped
    with their weights (`truncate`) or pulled to the nearest kept z (`winsorise`, all N count). phi = mean z^2, 1 for
    chance alone; tau2 = max(0, (n phi - (n - 1)) / (sum w - sum w^2 / sum w)), the variance between units by the
    moments of DerSimonian and Laird. Source: Spiegelhalter 2005 (Stat Med 24:1185) and the package FunnelPlotR.
    `trim` 0 keeps all. A NaN anywhere gives (NaN, NaN); a single value tells nothing of a spread: tau2 is NaN.

    Raises:
        ValueError: lists empty or of different lengths, a weight <= 0, trim outside 0..0.5, an unknown method, or so
            much trimming that nothing is kept.
    """
    from scipy.stats import rankdata

    scores, w = as_vector("z", z), as_vector("weights", weights)
    same_length(z=scores, weights=w)
    refuse(w <= 0, "weights must be above 0")
    if method not in ("winsorise", "truncate"):
        raise ValueError(f"method must be winsorise or truncate, found {method!r}")
    if not 0 <= trim < 0.5:
        raise ValueError(f"trim must be at least 0 and below 0.5, found {trim!r}")
    if np.isnan(scores).any() or np.isnan(w).any():
        return float("nan"), float("nan")
    kept = keeps_rank(np.asarray(rankdata(scores, method="average")), scores.size, trim)
    if not kept.any():
        raise ValueError(f"trim = {trim!r} leaves none of the {scores.size} values")
    if method == "truncate":
        scores, w = scores[kept], w[kept]
    else:
        scores = np.clip(scores, scores[kept].min(), scores[kept].max())
    n = scores.size
    phi = float(np.mean(scores**2))
    if n < 2:
        return phi, float("nan")
    tau2 = (n * phi - (n - 1)) / (w.sum() - (w**2).sum() / w.sum())
    return phi, max(0.0, float(tau2))


def keeps_rank(rank: Floats, size: int, trim: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which ranks among `size` values stay as they are: floor(r k/(size + 1)) neither 0 nor k - 1 or more, k = 1/trim."""
    if trim == 0:
        return np.ones(rank.size, dtype=np.bool_)
    groups = 1 / trim
    group = np.floor(rank * groups / (size + 1))
    return np.asarray((group > 0) & (group < groups - 1), dtype=np.bool_)


def _binomial_quantiles(n: Floats, centre: Floats, confidence: float, tau2: float) -> tuple[Floats, Floats]:
    from scipy.stats import binom

    if tau2 > 0:
        raise ValueError("exact limits cannot be widened: use the method score or arcsine with tau2")
    refuse(n != np.floor(n), "exact limits need whole n")
    tail = (1 - confidence) / 2
    low = np.asarray(binom.ppf(tail, n, centre) / n)
    high = np.asarray(binom.ppf(1 - tail, n, centre) / n)
    return low, high

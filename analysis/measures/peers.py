"""One peer group, one indicator: where its units stand beside each other. Arrays in, arrays out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.measures.arrays import Floats
from analysis.measures.intervals import funnel_limits, overdispersion, rank_interval, wilson_standard_error

Flags = NDArray[np.bool_]


class Spread(NamedTuple):
    """How the peers lie around their centre.

    `phi` is 1 when chance alone explains it, null when everyone or nobody takes part; `tau2` is the variance between
    units that widens the limits, 0 unless phi exceeds 1.
    """

    centre: float
    phi: float
    tau2: float


def spread_of(successes: Floats, n: Floats, trim: float) -> Spread:
    """Pooled rate of the peers and how much wider than by chance they lie around it."""
    centre = float(successes.sum() / n.sum())
    chance = centre * (1 - centre)
    if chance == 0:
        return Spread(centre, np.nan, 0.0)
    z = standardise(successes / n, n, Spread(centre, 1.0, 0.0))
    phi, tau2 = overdispersion(z, n / chance, trim)
    return Spread(centre, phi, tau2 if phi > 1 else 0.0)


def standardise(rate: Floats, n: Floats, spread: Spread) -> Floats:
    """(rate - centre) / sqrt(centre (1 - centre)/n + tau2); null where the centre is 0 or 1."""
    chance = spread.centre * (1 - spread.centre)
    if chance == 0:
        return np.full(rate.shape, np.nan)
    return (rate - spread.centre) / np.sqrt(chance / n + spread.tau2)


def limits_at(n: Floats, spread: Spread, confidence: float, exact_below: float) -> tuple[Floats, Floats]:
    """Funnel limits at each n: binomial quantiles below `exact_below`, else score limits widened by tau2.

    An n of NaN, such as that of a unit that sent nothing, has no limits.
    """
    low, high = (np.asarray(limit) for limit in funnel_limits(n, spread.centre, confidence, spread.tau2))
    few = (n < exact_below) & (n == np.floor(n))
    if few.any():
        low[few], high[few] = funnel_limits(n[few], spread.centre, confidence, method="exact")
    return low, high


def classify(rate: Floats, low: Floats, high: Floats, candidates: Flags) -> NDArray[np.str_]:
    """Class of each unit: higher or lower outside the limits, near within; not_ranked for all but candidates."""
    cases = [~candidates, rate > high, rate < low]
    return np.select(cases, ["not_ranked", "higher", "lower"], default="near")


def rank_limits(successes: Floats, n: Floats, candidates: Flags, confidence: float) -> tuple[Floats, Floats]:
    """Best and worst rank of each candidate among the candidates, 1 = highest rate; null for the others."""
    best, worst = np.full(n.shape, np.nan), np.full(n.shape, np.nan)
    x, size = successes[candidates], n[candidates]
    best[candidates], worst[candidates] = rank_interval(
        x / size, wilson_standard_error(x, size, confidence), confidence
    )
    return best, worst

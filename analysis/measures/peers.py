"""One peer group, one indicator: where its units stand beside each other. Arrays in, arrays out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.measures.arrays import Floats, two_sided_z
from analysis.measures.intervals import funnel_limits, overdispersion, rank_interval, wilson_standard_error
from analysis.measures.widening import GroupCounts, SharedSpread, shared_spread

Flags = NDArray[np.bool_]
EDGE = float(np.finfo(np.float64).eps)  # nearer to 0 or 1 a rate is 0 or 1
SMALLEST_TAIL = 1e-12  # beyond it no quantile of the beta distribution is computed: everything is within


class Spread(NamedTuple):
    """How the peers lie around their centre.

    `phi` and `tau2` are of the group alone: phi 1 when chance alone explains it, null when everyone or nobody takes
    part; tau2 the variance between units, 0 unless phi exceeds 1. `tau2_used` is what widens the limits and
    `freedom` the degrees of freedom of Student's t for them, infinite where nothing is widened.
    """

    centre: float
    phi: float
    tau2: float
    tau2_used: float
    freedom: float


def spread_of(successes: Floats, n: Floats, trim: float) -> Spread:
    """Pooled rate of the peers and how much wider than by chance they lie around it, by this group alone."""
    centre = float(successes.sum() / n.sum())
    chance = centre * (1 - centre)
    if chance == 0:
        return Spread(centre, np.nan, 0.0, 0.0, np.inf)
    z = standardise(successes / n, n, centre, 0.0)
    phi, tau2 = overdispersion(z, n / chance, trim)
    tau2 = tau2 if phi > 1 else 0.0
    return Spread(centre, phi, tau2, tau2, np.inf)


def widen(spread: Spread, group: GroupCounts, city: SharedSpread, trim: float) -> Spread:
    """The spread of the group with what all groups of the city tell about it: the larger variance between units.

    Where it is 0, chance alone explains the group and nothing was estimated: the limits are those of the normal
    distribution; else those of Student's t.
    """
    rho = max(shared_spread([group], trim).rho, city.rho)
    tau2 = rho * spread.centre * (1 - spread.centre)
    return spread._replace(tau2_used=tau2, freedom=city.freedom if tau2 > 0 and city.freedom > 0 else np.inf)


def standardise(rate: Floats, n: Floats, centre: float, tau2: float) -> Floats:
    """(rate - centre) / sqrt(centre (1 - centre)/n + tau2); null where the centre is 0 or 1."""
    chance = centre * (1 - centre)
    if chance == 0:
        return np.full(rate.shape, np.nan)
    return np.asarray((rate - centre) / np.sqrt(chance / n + tau2))


def inner_limits(n: Floats, spread: Spread, confidence: float, exact_below: float) -> tuple[Floats, Floats]:
    """Limits to look at, by which nothing is called: exact below `exact_below`, else score limits widened by tau2."""
    low, high = (np.asarray(limit) for limit in funnel_limits(n, spread.centre, confidence, spread.tau2_used))
    return _exact_where_few(n, low, high, spread.centre, confidence, exact_below)


def outer_limits(n: Floats, spread: Spread, confidence: float, exact_below: float) -> tuple[Floats, Floats]:
    """Limits outside which a unit is called higher or lower: exact below `exact_below`, else the wider of two.

    The score limits widened by tau2, with the quantile of t; and the same quantile of the beta distribution with
    this centre and variance, which follows the long tail of rates near 0 or 100 %. An n of NaN, such as that of a
    unit that sent nothing, has no limits.
    """
    quantile = _quantile(confidence, spread.freedom)
    reach = 1 - 2 * _normal_tail(quantile)
    low, high = (np.asarray(limit) for limit in funnel_limits(n, spread.centre, reach, spread.tau2_used))
    beta_low, beta_high = _beta_quantiles(n, spread, _normal_tail(quantile))
    low, high = np.minimum(low, beta_low), np.maximum(high, beta_high)
    return _exact_where_few(n, low, high, spread.centre, confidence, exact_below)


def p_values(successes: Floats, n: Floats, spread: Spread, exact_below: float) -> Floats:
    """Two-sided p of each unit by the limits above: below 1 - confidence exactly where it lies outside them.

    The larger p of the score and the beta limits; of few people also not below that of the exact binomial. Null
    where the centre is 0 or 1: then all are equal and there is nothing to test.
    """
    from scipy.stats import binom, norm, t

    if spread.centre * (1 - spread.centre) == 0:
        return np.full(n.shape, np.nan)
    z = np.abs(standardise(successes / n, n, spread.centre, spread.tau2_used))
    a, b = _beta_shape(n, spread)
    z_beta = norm.isf(_smaller_tail(successes / n, a, b))
    p = 2 * t.sf(np.maximum(np.minimum(z, z_beta), 0.0), spread.freedom)
    tails = np.minimum(binom.cdf(successes, n, spread.centre), binom.sf(successes - 1, n, spread.centre))
    return np.asarray(np.minimum(np.where(n < exact_below, np.maximum(p, 2 * tails), p), 1.0))


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


def _quantile(confidence: float, freedom: float) -> float:
    """The quantile of t for a two-sided confidence, of the normal distribution where the freedom is infinite."""
    from scipy.stats import t

    return two_sided_z(confidence) if np.isinf(freedom) else float(t.ppf(0.5 + confidence / 2, freedom))


def _normal_tail(quantile: float) -> float:
    from scipy.stats import norm

    return float(norm.sf(quantile))


def _beta_shape(n: Floats, spread: Spread) -> tuple[Floats, Floats]:
    """Both counts of the beta distribution with the centre and the variance of a unit of n people.

    So large a variance that no beta distribution has it (that of a single person) is taken as just below.
    """
    chance = spread.centre * (1 - spread.centre)
    weight = np.maximum(chance / (chance / n + spread.tau2_used) - 1, 1e-9)
    return spread.centre * weight, (1 - spread.centre) * weight


def _beta_quantiles(n: Floats, spread: Spread, tail: float) -> tuple[Floats, Floats]:
    from scipy.stats import beta

    if spread.centre * (1 - spread.centre) == 0:
        return np.full(n.shape, spread.centre), np.full(n.shape, spread.centre)
    if tail < SMALLEST_TAIL:
        return np.zeros(n.shape), np.ones(n.shape)
    a, b = _beta_shape(n, spread)
    low, high = np.asarray(beta.ppf(tail, a, b)), np.asarray(beta.isf(tail, a, b))
    return np.where(low < EDGE, 0.0, low), np.where(high > 1 - EDGE, 1.0, high)


def _smaller_tail(rate: Floats, a: Floats, b: Floats) -> Floats:
    from scipy.stats import beta

    inside = np.clip(rate, EDGE, 1 - EDGE)
    return np.maximum(np.minimum(beta.cdf(inside, a, b), beta.sf(inside, a, b)), SMALLEST_TAIL)


def _exact_where_few(
    n: Floats, low: Floats, high: Floats, centre: float, confidence: float, exact_below: float
) -> tuple[Floats, Floats]:
    """The limits with the binomial quantiles in place of them below `exact_below`."""
    few = (n < exact_below) & (n == np.floor(n))
    low, high = low.copy(), high.copy()
    if few.any():
        low[few], high[few] = funnel_limits(n[few], centre, confidence, method="exact")
    return low, high

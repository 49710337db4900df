"""Rates drawn towards their group, the more the smaller the unit: what a small unit's rate is worth."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import Floats, as_vector, check_counts, same_length

LARGEST_WEIGHT = 1e7  # a group worth more people than this is one rate for all
SMALLEST_WEIGHT = 1e-4


def beta_binomial_shrinkage(successes: ArrayLike, n: ArrayLike) -> Floats:
    """Shrunken rates (x + a)/(n + a + b) of the units of one group.

    a and b, the counts the group is worth, by maximum likelihood of the beta-binomial distribution; by moments
    (Kleinman 1973, J Am Stat Assoc 68:46) when that fails. Where the rates spread no wider than by chance, a + b
    grows without bound and every unit gets the pooled rate. A unit with a NaN gets NaN and is left out.

    Raises:
        ValueError: lists empty or of different lengths, x < 0, n <= 0 or x > n.
    """
    x, size = as_vector("successes", successes), as_vector("n", n)
    same_length(successes=x, n=size)
    check_counts(x, size)
    shrunken = np.full(x.size, np.nan)
    known = ~(np.isnan(x) | np.isnan(size))
    if known.any():
        rate, weight = _fit(x[known], size[known])
        pull = 1.0 if np.isinf(weight) else weight / (size[known] + weight)
        shrunken[known] = pull * rate + (1 - pull) * (x[known] / size[known])
    return shrunken


def _fit(x: Floats, n: Floats) -> tuple[float, float]:
    """Mean a/(a + b) and weight a + b of the group; the weight is infinite when the units do not differ."""
    pooled = float(x.sum() / n.sum())
    if pooled in (0.0, 1.0) or x.size < 2 or float(n.max()) <= 1:
        return pooled, np.inf
    start = _moments(x, n, pooled)
    likely = _maximum_likelihood(x, n, pooled, start if np.isfinite(start) else float(n.sum()))
    return likely if likely is not None else (pooled, start)


def _moments(x: Floats, n: Floats, pooled: float) -> float:
    """The weight a + b whose variance between units is the one seen; infinite when chance alone explains it."""
    free = x.size - 1
    chance = pooled * (1 - pooled)
    seen = float((n * (x / n - pooled) ** 2).sum())
    share = (seen - chance * free) / (chance * (n.sum() - (n**2).sum() / n.sum() - free))
    if not share > 0:
        return np.inf
    return float(1 / min(share, 1.0) - 1) or SMALLEST_WEIGHT


def _maximum_likelihood(x: Floats, n: Floats, pooled: float, start: float) -> tuple[float, float] | None:
    from scipy.optimize import minimize
    from scipy.special import betaln, digamma, expit, logit

    def minus_log_likelihood(point: Floats) -> tuple[float, Floats]:
        rate, weight = float(expit(point[0])), float(np.exp(point[1]))
        a, b = rate * weight, (1 - rate) * weight
        value = float((betaln(x + a, n - x + b) - betaln(a, b)).sum())
        common = digamma(a + b) - digamma(n + a + b)
        by_a = float((digamma(x + a) - digamma(a) + common).sum())
        by_b = float((digamma(n - x + b) - digamma(b) + common).sum())
        slope = np.array([(by_a - by_b) * weight * rate * (1 - rate), by_a * a + by_b * b])
        return -value, -slope

    bounds = [(-25.0, 25.0), (np.log(SMALLEST_WEIGHT), np.log(LARGEST_WEIGHT))]
    point = np.array([logit(pooled), np.log(np.clip(start, SMALLEST_WEIGHT, LARGEST_WEIGHT))])
    found = minimize(
        minus_log_likelihood,
        point,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 1000},
    )
    if not np.isfinite(found.fun) or not np.all(np.isfinite(found.x)):
        return None
    weight = float(np.exp(found.x[1]))
    if weight >= 0.5 * LARGEST_WEIGHT:
        return pooled, np.inf
    return float(expit(found.x[0])), weight

"""Does a rate rise or fall along an order, such as years or sizes?"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import as_vector, check_counts, same_length


def trend_test(successes: ArrayLike, n: ArrayLike, scores: ArrayLike | None = None) -> tuple[float, float]:
    """(chi2, p) of the test of Cochran and Armitage for a linear trend of proportions, one degree of freedom.

    chi2 = (sum n (s - S)(x/n))^2 / (P(1 - P) sum n (s - S)^2), with P = sum x / sum n and S the mean score weighted
    by n. Source: Cochran 1954, Armitage 1955; the same as prop.trend.test of R. Scores default to 1, 2, 3 and so on.
    (NaN, NaN) when any input is NaN, or when nobody or everybody succeeded, so that no trend can show.

    Raises:
        ValueError: fewer than two groups, lists of different lengths, x < 0, n <= 0, x > n, or all scores equal.
    """
    from scipy.stats import chi2

    x, size = as_vector("successes", successes), as_vector("n", n)
    order = np.arange(1.0, x.size + 1) if scores is None else as_vector("scores", scores)
    same_length(successes=x, n=size, scores=order)
    check_counts(x, size)
    if x.size < 2:
        raise ValueError("a trend needs at least two groups")
    if np.isnan(x).any() or np.isnan(size).any() or np.isnan(order).any():
        return float("nan"), float("nan")
    if np.all(order == order[0]):
        raise ValueError("a trend needs at least two different scores")
    pooled = x.sum() / size.sum()
    if pooled in (0.0, 1.0):
        return float("nan"), float("nan")
    centred = order - (size * order).sum() / size.sum()
    statistic = float((centred * x).sum() ** 2 / (pooled * (1 - pooled) * (size * centred**2).sum()))
    return statistic, float(chi2.sf(statistic, 1))

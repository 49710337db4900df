"""Many comparisons at once: how many of the cells that stand out may do so by chance alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import FloatOrArray, Floats, as_floats, plain, refuse


def benjamini_hochberg(p_values: ArrayLike) -> FloatOrArray:
    """The q of each p: the share of false discoveries to be expected among all cells with this p or a smaller one.

    q = min over all p' >= p of (m p' / rank of p'), m the number of p that are known. Calling all cells with q at
    most 5 % keeps the expected share of false ones among them at 5 %, for independent or positively dependent cells.
    Source: Benjamini and Hochberg 1995 (J R Stat Soc B 57:289), by scipy.stats.false_discovery_control. A NaN is no
    test: its q is NaN and it is not counted in m. The shape is that of the input.

    Raises:
        ValueError: a p outside 0..1.
    """
    from scipy.stats import false_discovery_control

    p = as_floats("p_values", p_values)
    refuse((p < 0) | (p > 1), "p must lie between 0 and 1")
    q: Floats = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        q[known] = false_discovery_control(p[known], method="bh")
    return plain(q)

"""Which ranks a unit may have, given how uncertain the figures are: intervals in place of league tables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.measures.arrays import Floats, as_vector, check_confidence, refuse, same_length

DRAWS = 2000
BLOCK = 2_000_000  # differences held in memory at a time

Flags = NDArray[np.bool_]


def rank_interval(
    estimates: ArrayLike,
    standard_errors: ArrayLike,
    confidence: float = 0.95,
    simultaneous: bool = False,
    seed: int = 0,
) -> tuple[Floats, Floats]:
    """Limits of the rank of each unit, 1 = largest.

    A unit ranks behind all that are surely larger and before all that are surely smaller. Surely: the difference
    exceeds its standard error times the quantile of the largest studentised difference, found by 2000 draws of
    independent normal errors (parametric bootstrap); pairs found different leave the family and the quantile is
    taken again until nothing changes (stepdown). Each interval holds for its unit alone, or with `simultaneous` for
    all units together. Source: Mogstad, Romano, Shaikh and Wilhelm 2023 (Rev Econ Stud, doi 10.1093/restud/rdad006);
    the same choices as their package csranks. A unit with a NaN gets (NaN, NaN) and is left out of the others' ranks.

    Raises:
        ValueError: lists empty or of different lengths, a standard error < 0, confidence outside (0, 1].
    """
    values, errors = as_vector("estimates", estimates), as_vector("standard_errors", standard_errors)
    same_length(estimates=values, standard_errors=errors)
    refuse(errors < 0, "standard errors must not be negative")
    check_confidence(confidence)
    low, high = np.full(values.size, np.nan), np.full(values.size, np.nan)
    known = ~(np.isnan(values) | np.isnan(errors))
    if known.any():
        count = _count_all if simultaneous else _count_each
        n_larger, n_smaller = count(values[known], errors[known], confidence, seed)
        low[known] = 1.0 + n_larger
        high[known] = known.sum() - n_smaller
    return low, high


def top_set(estimates: ArrayLike, standard_errors: ArrayLike, k: int, confidence: float = 0.95, seed: int = 0) -> Flags:
    """Who may be among the k best: true where the best rank, by the simultaneous intervals, is k or better.

    The set holds all of the truly k best with the given confidence (the projection set of Mogstad, Romano, Shaikh
    and Wilhelm 2023, `cstaubest` in csranks). A unit with a NaN is not judged: false.

    Raises:
        ValueError: as `rank_interval`; k is not a whole number from 1 to the number of units.
    """
    best, _ = rank_interval(estimates, standard_errors, confidence, simultaneous=True, seed=seed)
    if k != int(k) or not 1 <= k <= best.size:
        raise ValueError(f"k must be a whole number from 1 to {best.size}, found {k!r}")
    return np.asarray(best <= k, dtype=np.bool_)


def _count_all(values: Floats, errors: Floats, confidence: float, seed: int) -> tuple[Floats, Floats]:
    """For each unit how many are surely larger and surely smaller, one family of pairs for all units."""
    draws = _draw(errors, seed)
    spread = np.hypot(errors[:, None], errors[None, :])
    gap = _studentise(values[:, None] - values[None, :], spread)

    def largest(pairs: Flags) -> Floats:
        step = max(1, BLOCK // pairs.size)
        found = np.empty(DRAWS)
        for start in range(0, DRAWS, step):
            block = draws[start : start + step]
            noise = _studentise(block[:, :, None] - block[:, None, :], spread)
            found[start : start + step] = np.where(pairs, noise, -np.inf).max(axis=(1, 2))
        return found

    larger = _stepdown(gap, ~np.eye(values.size, dtype=np.bool_), largest, confidence)
    return larger.sum(axis=0).astype(np.float64), larger.sum(axis=1).astype(np.float64)


def _count_each(values: Floats, errors: Floats, confidence: float, seed: int) -> tuple[Floats, Floats]:
    """The same with a family of its own for each unit: its differences to all others, in both directions."""
    draws = _draw(errors, seed)
    n_larger, n_smaller = np.zeros(values.size), np.zeros(values.size)
    for unit in range(values.size):
        spread = np.hypot(errors, errors[unit])
        gap = _studentise(values - values[unit], spread)
        noise = _studentise(draws - draws[:, [unit]], spread)
        others = np.arange(values.size) != unit
        n_larger[unit], n_smaller[unit] = _count_one(gap, noise, others, confidence)
    return n_larger, n_smaller


def _count_one(gap: Floats, noise: Floats, others: Flags, confidence: float) -> tuple[int, int]:
    def largest(pairs: Flags) -> Floats:
        both = np.stack([noise, -noise], axis=1)
        return np.asarray(np.where(pairs, both, -np.inf).max(axis=(1, 2)), dtype=np.float64)

    found = _stepdown(np.stack([gap, -gap]), np.stack([others, others]), largest, confidence)
    return int(found[0].sum()), int(found[1].sum())


def _stepdown(gap: Floats, family: Flags, largest: Callable[[Flags], Floats], confidence: float) -> Flags:
    """The pairs of the family whose first unit is surely larger."""
    pairs, found = family.copy(), np.zeros_like(family)
    while pairs.any():
        critical = np.inf if confidence == 1 else float(np.quantile(largest(pairs), confidence))
        new = pairs & (gap > critical)
        if not new.any():
            break
        found |= new
        pairs &= ~new
    return found


def _draw(errors: Floats, seed: int) -> Floats:
    return np.random.default_rng(seed).standard_normal((DRAWS, errors.size)) * errors


def _studentise(difference: Floats, spread: Floats) -> Floats:
    """The difference in standard errors; two figures without any error differ infinitely, or not at all."""
    exact = np.where(difference == 0, 0.0, np.copysign(np.inf, difference))
    return np.where(spread > 0, difference / np.where(spread > 0, spread, 1.0), exact)

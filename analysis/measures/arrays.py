"""How the statistics take and give numbers: floats or arrays, NaN kept, impossible input refused."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
FloatOrArray: TypeAlias = float | Floats
Limits: TypeAlias = tuple[FloatOrArray, FloatOrArray]


def as_floats(name: str, values: ArrayLike) -> Floats:
    """The values as float array, of dimension 0 for a single number.

    Raises:
        ValueError: they are no numbers, or infinite.
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers, found {values!r}") from error
    refuse(np.isinf(array), f"{name} must be finite")
    return array


def as_vector(name: str, values: ArrayLike) -> Floats:
    """The values as float array of one dimension.

    Raises:
        ValueError: they are no numbers, infinite, none at all, or a table.
    """
    array = np.atleast_1d(as_floats(name, values))
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"{name} must be a list of at least one number, found the shape {array.shape}")
    return array


def same_length(**vectors: Floats) -> None:
    """Check that the vectors speak of the same units.

    Raises:
        ValueError: the lengths differ.
    """
    lengths = {name: vector.size for name, vector in vectors.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"lists of different lengths: {lengths}")


def refuse(impossible: NDArray[np.bool_] | np.bool_, message: str) -> None:
    """Stop when any element is impossible; NaN compares as false and so passes.

    Raises:
        ValueError: with the message.
    """
    if np.any(impossible):
        raise ValueError(message)


def check_counts(successes: Floats, n: Floats) -> None:
    """Check that the successes may be a part of n.

    Raises:
        ValueError: x < 0, n <= 0 or x > n.
    """
    refuse(successes < 0, "successes must not be negative")
    refuse(n <= 0, "n must be above 0")
    refuse(successes > n, "successes must not exceed n: a count that may do so is no proportion, use byar_interval")


def check_confidence(confidence: float) -> None:
    """Check a two-sided confidence.

    Raises:
        ValueError: it is not above 0 and at most 1.
    """
    if not 0 < confidence <= 1:
        raise ValueError(f"confidence must be above 0 and at most 1, found {confidence!r}")


def two_sided_z(confidence: float) -> float:
    """Quantile of the normal distribution for a two-sided confidence: 0.95 gives 1.959964, 1 gives infinity."""
    from scipy.stats import norm

    check_confidence(confidence)
    return float(norm.ppf(0.5 + confidence / 2))


def plain(array: Floats) -> FloatOrArray:
    """A float for an array of dimension 0, else the array."""
    return float(array) if array.ndim == 0 else array


def plain_limits(low: Floats, high: Floats, *inputs: Floats) -> Limits:
    """Limits as the caller gave the input: floats or arrays; NaN in both where any input is NaN."""
    missing = np.zeros(np.broadcast_shapes(low.shape, *(array.shape for array in inputs)), dtype=bool)
    for array in inputs:
        missing = missing | np.isnan(array)
    return plain(np.where(missing, np.nan, low)), plain(np.where(missing, np.nan, high))

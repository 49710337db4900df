"""Cities as the sample has them, with units whose true rates we know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import expit, logit

from analysis.measures.arrays import Floats
from analysis.measures.peers import Flags, Spread, classify, outer_limits, p_values, spread_of, widen
from analysis.measures.widening import GroupCounts, shared_spread
from tests.measures.hand_tables import sample_reference

CONFIDENCE, RANKED_FROM, TRIM, TRIM_CITY = 0.998, 30, 0.1, 0.05


@cache
def group_sizes() -> Mapping[str, Floats]:
    """The people of the units of each peer group of the sample register; `city` are all 80 as one group."""
    units = sample_reference().units
    groups = sorted({unit.peer_group for unit in units})
    sizes = {
        code: np.array([unit.headcount for unit in units if unit.peer_group == code], dtype="float64")
        for code in groups
    }
    return {**sizes, "city": np.array([unit.headcount for unit in units], dtype="float64")}


@dataclass(frozen=True, slots=True)
class World:
    """How the true rates of the units lie around `rate`.

    `shape` equal: all are the same. beta: a beta distribution in which `spread` is the part of a person's variance
    between units (rho). logit: a normal distribution of this standard deviation on the logit scale, as in the sample
    (habit 0.6 and noise 0.4 make 0.72).
    """

    rate: float
    shape: str = "equal"
    spread: float = 0.0

    def draw(self, n: Floats, rng: np.random.Generator) -> Floats:
        """True rates of units of n people."""
        if self.shape == "beta":
            weight = 1 / self.spread - 1
            return rng.beta(self.rate * weight, (1 - self.rate) * weight, n.size)
        if self.shape == "logit":
            return np.asarray(expit(logit(self.rate) + self.spread * rng.standard_normal(n.size)))
        return np.full(n.size, self.rate)

    def __str__(self) -> str:
        how = {
            "equal": "no over-dispersion",
            "beta": f"beta, rho {self.spread:g}",
            "logit": f"logit sd {self.spread:g}",
        }
        return f"rate {self.rate:g}, {how[self.shape]}"


def counts_of(n: Floats, true_rates: Floats, rng: np.random.Generator) -> GroupCounts:
    """What the units of one group report."""
    return GroupCounts(rng.binomial(n.astype(int), true_rates).astype("float64"), n)


def spreads(counts: Sequence[GroupCounts]) -> list[Spread]:
    """The spread of each group of one city, corrected as `comparison` does it."""
    city = shared_spread(counts, TRIM_CITY)
    return [widen(spread_of(*group, TRIM), group, city, TRIM) for group in counts]


def outside(group: GroupCounts, spread: Spread) -> tuple[Flags, Flags]:
    """Which classed units stand out: by the spread of the group alone and the normal quantile, and as corrected."""
    x, n = group
    candidates = n >= RANKED_FROM
    return (
        _outside(x, n, candidates, *_plain_limits(n, spread)),
        _outside(x, n, candidates, *outer_limits(n, spread, CONFIDENCE, RANKED_FROM)),
    )


def p_of(group: GroupCounts, spread: Spread) -> Floats:
    """The p of the classed units of a group, null for the others."""
    return np.where(group.n >= RANKED_FROM, p_values(group.successes, group.n, spread, RANKED_FROM), np.nan)


def _plain_limits(n: Floats, own: Spread) -> tuple[Floats, Floats]:
    """The funnel without correction: a -/+ 3.09 sqrt(a(1 - a)/n + tau2), by the formula and not by our function."""
    half = 3.090232306167813 * np.sqrt(own.centre * (1 - own.centre) / n + own.tau2)
    return np.clip(own.centre - half, 0, 1), np.clip(own.centre + half, 0, 1)


def _outside(x: Floats, n: Floats, candidates: Flags, low: Floats, high: Floats) -> Flags:
    return np.isin(classify(x / n, low, high, candidates), ["higher", "lower"])

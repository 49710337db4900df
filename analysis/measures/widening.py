"""How much wider than by chance the units of a city lie around their peer groups, from all groups together.

The moments of one group of nine units tell little of its spread, and pulling the ends of a list to the next value
(winsorising) takes away a third of the spread of an ordinary group. Both make limits too narrow: by the moments of
each group alone (Spiegelhalter 2005) one to four units in a hundred of such groups lie outside 99.8 % limits, not two
in a thousand (docs/simulations.csv). So the groups of one indicator share one measure of spread, what winsorising
takes away is given back, and the limits use Student's t with the degrees of freedom that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.measures.arrays import Floats
from analysis.measures.funnel import keeps_rank

ENDS_FROM = 9  # of so many values or more at least one is pulled in at either end, however small the trim


class GroupCounts(NamedTuple):
    """The peers of one group: how many of their people take part, and how many there are."""

    successes: Floats
    n: Floats


class SharedSpread(NamedTuple):
    """What the peer groups of one indicator share.

    `rho` is the part of a person's variance that lies between units, tau2 = rho * a(1 - a) in a group with centre a;
    0 when chance alone explains all. `freedom` are the degrees of freedom behind it: peers less groups.
    """

    rho: float
    freedom: float


def shared_spread(groups: Sequence[GroupCounts], trim: float) -> SharedSpread:
    """The spread that the groups share, by the moments of the winsorised z of all their peers.

    With M peers in G groups and N people in each: rho = max(0, (M phi / c - (M - G)) / sum over groups of
    (sum N - sum N^2 / sum N)), phi the winsorised mean of z^2 and c what phi is for M values that differ by chance
    alone. This is tau2 of DerSimonian and Laird per a(1 - a), as of a beta-binomial distribution (Kleinman 1973,
    J Am Stat Assoc 68:46), summed over groups. As many values are pulled in at one end as at the other, or else the
    lowest of nine would widen the limits until it lies within. Groups in which everyone or nobody takes part and
    single units tell nothing and are left out; without any other, rho is 0 and nothing is free.

    Raises:
        ValueError: trim outside 0..0.5.
    """
    telling = [group for group in groups if group.n.size > 1 and 0 < group.successes.sum() < group.n.sum()]
    if not telling:
        return SharedSpread(0.0, 0.0)
    z = np.sort(np.concatenate([_standardise(group) for group in telling]))
    phi = float((z[_pulled(z.size, trim)] ** 2).mean())
    free = float(z.size - len(telling))
    people = sum(float(group.n.sum() - (group.n**2).sum() / group.n.sum()) for group in telling)
    rho = (z.size * phi / winsorised_chance(z.size, trim) - free) / people
    return SharedSpread(max(0.0, rho), free)


def _standardise(group: GroupCounts) -> Floats:
    centre = group.successes.sum() / group.n.sum()
    return np.asarray((group.successes / group.n - centre) / np.sqrt(centre * (1 - centre) / group.n))


@lru_cache(maxsize=512)
def winsorised_chance(size: int, trim: float) -> float:
    """The mean of z^2 after winsorising that `size` independent standard normal values have: 1 without any trimming.

    By the squares of the normal order statistics, E z(i)^2 = integral of z^2 i C(n, i) P^(i-1) (1 - P)^(n-i) p dz
    with P and p the distribution and density of z; an end that is pulled counts as the kept value it is pulled to.
    Source: David and Nagaraja 2003, Order Statistics, chapter 3.
    """
    from scipy.stats import binom, norm

    z = np.linspace(-9.0, 9.0, 3601)
    below = norm.cdf(z)
    weight = z**2 * norm.pdf(z) * (z[1] - z[0])
    wanted, times = np.unique(_pulled(size, trim), return_counts=True)
    squares = [size * float((binom.pmf(rank, size - 1, below) * weight).sum()) for rank in wanted]
    return float((times * squares).sum() / size)


def _pulled(size: int, trim: float) -> NDArray[np.intp]:
    """For each value in order the place of the value that it counts as: at both ends the nearest one that is kept."""
    if not 0 <= trim < 0.5:
        raise ValueError(f"trim must be at least 0 and below 0.5, found {trim!r}")
    kept = keeps_rank(np.arange(1.0, size + 1), size, trim)
    both = np.flatnonzero(kept & kept[::-1])
    first = int(both[0]) if both.size else (size - 1) // 2
    if trim > 0 and size >= ENDS_FROM:
        first = max(first, 1)
    return np.clip(np.arange(size), first, size - 1 - first)

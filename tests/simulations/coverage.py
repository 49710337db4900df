"""How often the limits of one figure hold the truth: exact, by summing the distribution, nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from scipy.stats import binom, poisson

from analysis.measures.intervals import byar_interval, newcombe_difference, wilson_interval
from tests.simulations.figures import Shown

RATES = np.linspace(0, 1, 4001)[1:-1]
PAIRS = ((10, 10), (10, 40), (31, 47), (50, 50), (47, 312), (100, 100), (312, 298))


def wilson_coverage(n: int, rates: np.ndarray = RATES) -> np.ndarray:
    """The chance, at each true rate, that the 95 % limits of n people hold it."""
    people = np.arange(n + 1)
    low, high = wilson_interval(people, np.full(n + 1, n))
    first = np.searchsorted(high, rates - 1e-12)  # both limits grow with the number: what holds the rate is a range
    last = np.searchsorted(low, rates + 1e-12) - 1
    return binom.cdf(last, n, rates) - binom.cdf(first - 1, n, rates)


def wilson_figures(sizes: Iterable[int] = range(10, 501)) -> list[Shown]:
    """Mean over the rates for each n, and the worst of all."""
    found = {n: wilson_coverage(n) for n in sizes}
    means = {n: float(by_rate.mean()) for n, by_rate in found.items()}
    least = {n: float(by_rate.min()) for n, by_rate in found.items()}
    worst_mean, worst = min(means, key=means.__getitem__), min(least, key=least.__getitem__)
    at = float(RATES[found[worst].argmin()])
    rates = f"{RATES.size} rates from {RATES[0]:g} to {RATES[-1]:g}"
    every = f"n {min(found)} to {max(found)}, {rates}"
    common = np.array([by_rate[(RATES >= 0.05) & (RATES <= 0.95)].min() for by_rate in found.values()])
    return [
        Shown("wilson_95", every, f"least mean coverage, at n {worst_mean}", means[worst_mean], None, ">= 0.945"),
        *(
            Shown("wilson_95", f"n {n}, {rates}", "mean coverage", means[n], None, ">= 0.945")
            for n in (10, 30, 50, 100, 500)
            if n in means
        ),
        Shown("wilson_95", f"n {worst}, rate {at:g}", "least coverage of any n and rate", least[worst]),
        Shown("wilson_95", "the same, rates 0.05 to 0.95", "least coverage of any n and rate", float(common.min())),
    ]


def newcombe_coverage(m: int, n: int, rates: np.ndarray) -> np.ndarray:
    """The chance, at each pair of true rates, that the 95 % limits of the difference hold it."""
    x, y = np.meshgrid(np.arange(m + 1), np.arange(n + 1), indexing="ij")
    low, high = newcombe_difference(x, m, y, n)
    first = binom.pmf(np.arange(m + 1)[:, None], m, rates)  # by number and rate
    second = binom.pmf(np.arange(n + 1)[:, None], n, rates)
    found = np.empty((rates.size, rates.size))
    for i, one in enumerate(rates):
        for j, other in enumerate(rates):
            holds = (low <= one - other + 1e-12) & (one - other - 1e-12 <= high)
            found[i, j] = first[:, i] @ holds @ second[:, j]
    return found


def newcombe_figures(pairs: Iterable[tuple[int, int]] = PAIRS) -> Iterator[Shown]:
    """Mean and least over pairs of rates, for pairs of sizes as units have."""
    rates = np.linspace(0.02, 0.98, 25)
    for m, n in pairs:
        found = newcombe_coverage(m, n, rates)
        setting = f"n {m} and {n}, {rates.size}^2 pairs of rates 0.02 to 0.98"
        yield Shown("newcombe_95", setting, "mean coverage", float(found.mean()), None, ">= 0.945")
        yield Shown("newcombe_95", setting, "least coverage", float(found.min()))


def byar_figures() -> Iterator[Shown]:
    """Mean and least over true counts, below and above the change from exact limits to Byar's."""
    counts = np.arange(2001)
    low, high = byar_interval(counts)
    for first, last, required in ((0.1, 10, ">= 0.95"), (10, 100, ">= 0.945"), (100, 1000, ">= 0.945")):
        means = np.linspace(first, last, 1991)
        begins = np.searchsorted(high, means - 1e-12)
        ends = np.searchsorted(low, means + 1e-12) - 1
        found = poisson.cdf(ends, means) - poisson.cdf(begins - 1, means)
        setting = f"true counts {first:g} to {last:g}"
        yield Shown("byar_95", setting, "mean coverage", float(found.mean()), None, required)
        yield Shown("byar_95", setting, "least coverage", float(found.min()))

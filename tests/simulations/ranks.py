"""How often rank intervals hold the true rank, and how near shrunken rates come to the true ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.measures.intervals import beta_binomial_shrinkage, top_set, wilson_standard_error
from analysis.measures.peers import rank_limits
from tests.simulations.cities import RANKED_FROM, World, counts_of, group_sizes
from tests.simulations.figures import Shown
from tests.simulations.funnels import mean_and_error

GROUPS = {"PG6": 9, "PG4": 12, "PG2": 19, "city": 80}
WORLDS = (World(0.65, "beta", 0.002), World(0.65, "beta", 0.1), World(0.15, "logit", 0.72), World(0.92, "logit", 0.72))
SEED, BEST = 20251125, 3
DRAWS = {"PG6": 1000, "PG4": 1000, "PG2": 600, "city": 120}


def rank_figures(world: World, group: str, n_draws: int, seed: int = SEED) -> Iterator[Shown]:
    """Coverage of the rank of each unit, their width, and whether the three truly best are all in the set of them."""
    rng = np.random.default_rng(seed)
    n = group_sizes()[group]
    n = n[n >= RANKED_FROM]
    everyone = np.ones(n.size, dtype=bool)
    held, width, best = [], [], []
    for _ in range(n_draws):
        true_rates = world.draw(n, rng)
        counts = counts_of(n, true_rates, rng)
        rank = 1.0 + (true_rates[:, None] < true_rates[None, :]).sum(axis=1)
        low, high = rank_limits(counts.successes, n, everyone, 0.95)
        held.append(((low <= rank) & (rank <= high)).mean())
        width.append((high - low + 1).mean() / n.size)
        chosen = top_set(counts.successes / n, wilson_standard_error(counts.successes, n), BEST)
        best.append(chosen[rank <= BEST].all())
    setting = f"{n.size} ranked of {GROUPS[group]}, {world}"
    yield Shown("rank_95", setting, "coverage", *mean_and_error(np.array(held)), ">= 0.93")
    yield Shown("rank_95", setting, "mean width as share of the ranks", *mean_and_error(np.array(width)))
    yield Shown(
        "top_set_95", setting, f"all {BEST} best are in the set", *mean_and_error(np.array(best, float)), ">= 0.93"
    )


def shrinkage_figures(world: World, group: str, n_draws: int = 1500, seed: int = SEED) -> Iterator[Shown]:
    """Mean square error of shrunken rates as share of that of raw rates, over all units of a group."""
    rng = np.random.default_rng(seed)
    n = group_sizes()[group]
    raw, shrunk = np.empty(n_draws), np.empty(n_draws)
    for draw in range(n_draws):
        true_rates = world.draw(n, rng)
        counts = counts_of(n, true_rates, rng)
        raw[draw] = ((counts.successes / n - true_rates) ** 2).mean()
        shrunk[draw] = ((beta_binomial_shrinkage(*counts) - true_rates) ** 2).mean()
    ratio = float(shrunk.mean() / raw.mean())
    error = float((shrunk - ratio * raw).std(ddof=1) / np.sqrt(n_draws) / raw.mean())
    setting = f"group of {GROUPS[group]}, {world}"
    yield Shown("shrinkage", setting, "mean square error, shrunken / raw", ratio, error, "<= 1.0")

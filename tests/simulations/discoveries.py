"""False discoveries of the whole table of units and categories, with the p of the comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from analysis.measures.intervals import benjamini_hochberg
from tests.simulations.cities import World, counts_of, group_sizes, p_of, spreads
from tests.simulations.figures import Shown
from tests.simulations.funnels import SIX, mean_and_error

CATEGORY_RATES = (0.15, 0.3, 0.65, 0.9)
ALPHA, SHIFT, SEED, DRAWS = 0.05, 2.5, 20251126, 800


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of 80 units and four categories: most lie as `shape` says, a share `odd` far off by 2.5 on the logit scale.

    `habit` is the standard deviation of what a unit shares over its categories (logit scale).
    """

    shape: str
    spread: float
    odd: float
    habit: float = 0.0

    def __str__(self) -> str:
        around = "no over-dispersion" if self.shape == "equal" else str(World(0.5, self.shape, self.spread))[10:]
        shared = f", habit sd {self.habit:g}" if self.habit else ""
        return f"80 units, 4 categories, {around}{shared}, {self.odd:.0%} of cells far off"

    def test(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The p of every cell, and whether it is truly far off."""
        sizes = group_sizes()
        habits = [self.habit * rng.standard_normal(sizes[group].size) for group in SIX]
        p, odd = [], []
        for rate in CATEGORY_RATES:
            world, counts = World(rate, self.shape, self.spread), []
            for group, habit in zip(SIX, habits, strict=True):
                n = sizes[group]
                far = rng.random(n.size) < self.odd
                usual = world.draw(n, rng)
                moved = logit(np.clip(usual, 1e-9, 1 - 1e-9)) + habit
                shift = np.where(far, rng.choice([-SHIFT, SHIFT], n.size), 0.0)
                counts.append(counts_of(n, expit(moved + shift), rng))
                odd.append(far)
            p += [p_of(group, spread) for group, spread in zip(counts, spreads(counts), strict=True)]
        return np.concatenate(p), np.concatenate(odd)


TABLES = (
    Table("equal", 0.0, 0.0),
    Table("equal", 0.0, 0.05),
    Table("beta", 0.02, 0.0),
    Table("beta", 0.02, 0.05),
    Table("beta", 0.1, 0.0),
    Table("logit", 0.4, 0.05, habit=0.6),
    Table("logit", 0.4, 0.0, habit=0.6),
)


def discovery_figures(table: Table, n_tables: int = DRAWS, seed: int = SEED) -> Iterator[Shown]:
    """The expected share of false ones among all cells with q of at most 5 %, and how many of the odd are found."""
    rng = np.random.default_rng(seed)
    false, found = np.empty(n_tables), np.full(n_tables, np.nan)
    for number in range(n_tables):
        p, odd = table.test(rng)
        called = np.nan_to_num(benjamini_hochberg(p), nan=1.0) <= ALPHA
        false[number] = (called & ~odd).sum() / max(called.sum(), 1)
        tested = odd & ~np.isnan(p)
        found[number] = called[tested].mean() if tested.any() else np.nan
    yield Shown("bh_05", str(table), "false discovery rate", *mean_and_error(false), "<= 0.055")
    if table.odd:
        yield Shown("bh_05", str(table), "far cells found", *mean_and_error(found[~np.isnan(found)]))


def independent_figures(n_tables: int = 20000, seed: int = SEED) -> Iterator[Shown]:
    """The method alone: 320 independent p, a tenth of them from tests of a shift by three standard errors."""
    from scipy.stats import norm

    rng = np.random.default_rng(seed)
    shift = np.where(np.arange(320) < 32, 3.0, 0.0)
    false = np.empty(n_tables)
    for number in range(n_tables):
        p = 2 * norm.sf(np.abs(rng.standard_normal(320) + shift))
        called = benjamini_hochberg(p) <= ALPHA
        false[number] = (called & (shift == 0)).sum() / max(called.sum(), 1)
    yield Shown(
        "bh_05", "320 independent z, 10% shifted by 3", "false discovery rate", *mean_and_error(false), "<= 0.055"
    )

"""False alarms of the funnel: how many units that belong to their group are called higher or lower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.special import expit, logit

from tests.simulations.cities import RANKED_FROM, World, counts_of, group_sizes, outside, spreads
from tests.simulations.figures import Shown

NOMINAL = 0.002
SIX = ("PG1", "PG2", "PG3", "PG4", "PG5", "PG6")
SHOWN_GROUPS = {"PG6": 9, "PG4": 12, "PG2": 19}  # PG3 has 12 units too, all of them large
CITIES, SEED = 1500, 20251124
RATES = (0.15, 0.3, 0.65, 0.9)
WORLDS = tuple(
    World(rate, shape, spread)
    for shape, spread in (("equal", 0.0), ("beta", 0.02), ("beta", 0.1), ("logit", 0.72))
    for rate in RATES
)
UNEVEN = {**dict.fromkeys(SIX[:5], World(0.65, "beta", 0.02)), "PG6": World(0.65, "beta", 0.08)}
SHIFT = 2.5  # on the logit scale: from 65 % to 13 % or 96 %
Shares = dict[str, np.ndarray]


def alarms(worlds: Mapping[str, World], n_cities: int, seed: int) -> Shares:
    """For each group and city: the share of its classed units called outside, plain and corrected."""
    rng = np.random.default_rng(seed)
    sizes = group_sizes()
    found: dict[str, list[tuple[float, float]]] = {group: [] for group in worlds}
    for _ in range(n_cities):
        counts = [counts_of(sizes[group], world.draw(sizes[group], rng), rng) for group, world in worlds.items()]
        for name, group, spread in zip(worlds, counts, spreads(counts), strict=True):
            plain, corrected = outside(group, spread)
            classed = (group.n >= RANKED_FROM).sum()
            found[name].append((plain.sum() / classed, corrected.sum() / classed))
    return {group: np.array(shares) for group, shares in found.items()}


def mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """Mean of one value per city, with its Monte Carlo standard error."""
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(values.size))


def both(name: str, setting: str, what: str, shares: np.ndarray, required: str = "") -> Iterator[Shown]:
    """The figure before and after the correction; the requirement is of the latter."""
    yield Shown(name, setting, f"{what}, plain", *mean_and_error(shares[:, 0]))
    yield Shown(name, setting, f"{what}, corrected", *mean_and_error(shares[:, 1]), required)


def funnel_figures(world: World, n_cities: int = CITIES, seed: int = SEED) -> Iterator[Shown]:
    """A city of six peer groups, of which three are shown, and one group of all 80 units."""
    six = alarms(dict.fromkeys(SIX, world), n_cities, seed)
    one = alarms({"city": world}, n_cities, seed + 1)
    equal = world.shape == "equal"
    for size, shares in ({size: six[code] for code, size in SHOWN_GROUPS.items()} | {80: one["city"]}).items():
        required = f"<= {NOMINAL}" if equal else f"<= {2 * NOMINAL}" if size == 80 else ""
        name = "funnel_998_equal" if equal else "funnel_998_spread"
        yield from both(name, f"group of {size}, {world}", "false alarms", shares, required)


def uneven_figures(n_cities: int = CITIES, seed: int = SEED) -> Iterator[Shown]:
    """One group of nine spreads twice as wide as the five others: what sharing a spread with them costs."""
    shares = alarms(UNEVEN, n_cities, seed)["PG6"]
    yield from both("funnel_998_uneven", f"group of 9, {UNEVEN['PG6']}; others rho 0.02", "false alarms", shares)


def found_figures(n_cities: int = CITIES, seed: int = SEED) -> Iterator[Shown]:
    """How often a unit of 98 that is far from its eight peers is called so, in a city that spreads moderately."""
    sizes = group_sizes()
    place = int(np.flatnonzero(sizes["PG6"] == 98)[0])
    for sign, word in ((-1, "lower"), (1, "higher")):
        world = World(0.65, "beta", 0.02)
        rate = float(expit(logit(world.rate) + sign * SHIFT))
        rng = np.random.default_rng(seed)
        found = np.array([_is_found(world, SIX, place, rate, rng) for _ in range(n_cities)])
        setting = f"group of 9, {world}; one unit at {rate:.2f}"
        yield from both("funnel_998_found", setting, f"the unit is called {word}", found)


def _is_found(
    world: World, groups: Sequence[str], place: int, rate: float, rng: np.random.Generator
) -> tuple[float, float]:
    sizes = group_sizes()
    true_rates = [world.draw(sizes[group], rng) for group in groups]
    true_rates[-1][place] = rate
    counts = [counts_of(sizes[group], rates, rng) for group, rates in zip(groups, true_rates, strict=True)]
    plain, corrected = outside(counts[-1], spreads(counts)[-1])
    return float(plain[place]), float(corrected[place])

"""What the order of the units hangs on: first and total order indices, and ranks with an item or a scheme changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
UNIT_AND_ITEM = ["unit_code", "item"]
RANK_COLUMNS = ("item", "first", "total", "change")
WITHOUT_COLUMNS = ("unit_code", "item", "rank", "rank_without", "change")
RANK_DRAWS = 256
SHARED = 2  # letters of a code that name its group


@dataclass(frozen=True, slots=True)
class Indices:
    """Variance-based sensitivity of a function of independent inputs.

    `first` is the share of the variance that goes with an input alone, `total` with it and all it acts with. Both are
    estimates: small negative numbers stand for 0.
    """

    names: tuple[str, ...]
    first: Floats
    total: Floats


def sensitivity(
    function: Callable[[Floats], Floats],
    lows: Sequence[float],
    highs: Sequence[float],
    names: Sequence[str] = (),
    draws: int = 4096,
    seed: int = 0,
) -> Indices:
    """Sobol' indices of a function of uniform inputs between `lows` and `highs`.

    `function` takes an array of one column per draw and one row per input, and gives one value per draw. Estimated by
    scipy.stats.sobol_indices (Saltelli 2010, Comput Phys Commun 181:259) from `draws` scrambled Sobol' points.

    Raises:
        ValueError: lists of different lengths, an input that does not vary, draws that are no power of two.
    """
    from scipy.stats import sobol_indices, uniform

    spans = [high - low for low, high in zip(lows, highs, strict=True)]
    if any(span <= 0 for span in spans):
        raise ValueError(f"every input must vary, found spans {spans}")
    inputs = [uniform(loc=low, scale=span) for low, span in zip(lows, spans, strict=True)]
    generator = np.random.default_rng(seed)
    # the stubs do not know that a frozen distribution has ppf
    found = sobol_indices(func=function, n=draws, dists=inputs, rng=generator)  # type: ignore[arg-type]
    labels = tuple(names) or tuple(f"x{place}" for place in range(1, len(inputs) + 1))
    return Indices(labels, np.asarray(found.first_order), np.asarray(found.total_order))


def rank_shift(points: pd.DataFrame, weights: Floats) -> Floats:
    """The mean change of rank over the units for each column of weights, against the ranks with weights of 1.

    `points` has one row per unit and one column per item, `weights` one row per item; ties share their mean rank.
    """
    table = points.to_numpy(dtype="float64")
    before = _ranks(table.sum(axis=1, keepdims=True))
    return np.asarray(np.abs(_ranks(table @ weights) - before).mean(axis=0))


def weight_sensitivity(points: pd.DataFrame, noise: float, draws: int = 1024, seed: int = 0) -> pd.DataFrame:
    """One row per item: the first and total order share of the mean change of rank that its weight brings."""
    n = points.shape[1]
    found = sensitivity(
        lambda weights: rank_shift(points, weights),
        [1 - noise] * n,
        [1 + noise] * n,
        [str(name) for name in points],
        draws,
        seed,
    )
    return pd.DataFrame({"item": found.names, "first": found.first, "total": found.total})


def without_each(points: pd.DataFrame) -> pd.DataFrame:
    """One row per unit and item: its rank as it is and without the item (1 = most points, ties share the mean)."""
    totals = points.sum(axis="columns")
    base = totals.rank(ascending=False)
    rows = [
        pd.DataFrame(
            {
                "unit_code": points.index,
                "item": name,
                "rank": base,
                "rank_without": (totals - points[name]).rank(ascending=False),
            }
        )
        for name in points
    ]
    table = pd.concat(rows, ignore_index=True)
    return table.assign(change=table["rank_without"] - table["rank"])


def scheme_switch(one: pd.Series, other: pd.Series) -> pd.DataFrame:
    """One row per unit in both: its total and rank under two schemes, and how far the rank moves."""
    both = pd.DataFrame({"total": one, "total_other": other}).dropna()
    ranks = both.rank(ascending=False).rename(columns={"total": "rank", "total_other": "rank_other"})
    return both.join(ranks).assign(change=ranks["rank_other"] - ranks["rank"]).rename_axis("unit_code").reset_index()


def points_table(assessment: pd.DataFrame) -> pd.DataFrame:
    """One row per unit and one column per item with its points; the middle of the bounds where they are open.

    Items that only some units are scored on (with or without a title) stand in for each other, so they are added up
    under the beginning that their codes share: `B4a` and `B4u` under `B4`.
    """
    middle = (assessment["points_low"] + assessment["points_high"]) / 2
    scored = assessment.groupby("item")["unit_code"].nunique()
    partial = set(scored[scored < assessment["unit_code"].nunique()].index)
    items = [code[:SHARED] if code in partial else code for code in assessment["item"]]
    table = assessment.assign(points=assessment["points"].fillna(middle), item=items)
    wide = table.groupby(UNIT_AND_ITEM, sort=False)["points"].sum().unstack("item")  # noqa: PD010
    return wide.fillna(0.0)


def _ranks(columns: Floats) -> Floats:
    return pd.DataFrame(columns).rank(ascending=False).to_numpy(dtype="float64")


def rank_sensitivity(assessment: pd.DataFrame, noise: float, seed: int) -> pd.DataFrame:
    """One row per item, most first: what the order of the units hangs on.

    `first` and `total` are the indices of the mean change of rank when the weights of the items move up or down by
    `noise`, `change` is the mean change of rank without the item.
    """
    points = points_table(assessment)
    found = weight_sensitivity(points, noise, RANK_DRAWS, seed)
    change = without_each(points).assign(change=lambda moved: moved["change"].abs()).groupby("item")["change"].mean()
    table = found.assign(change=found["item"].map(change))[list(RANK_COLUMNS)]
    return table.sort_values(["total", "item"], ascending=[False, True], kind="stable").reset_index(drop=True)

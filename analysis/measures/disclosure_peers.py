"""The comparison with peers as it may be shown: everything in it follows from numbers that are shown.

Dispersion, limits and ranks depend on every unit of a group; computed from the true numbers they would tell the hidden
ones. So hidden numbers are replaced by stand-ins: each lies as far between its limits as all those of its group do
together, so that the pooled rate stays what it is. Where nothing is hidden the comparison is the true one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.comparison import comparison
from analysis.measures.disclosure import PEERS, UNIT, peers_compared
from analysis.measures.disclosure_tables import Key, by_key, rate_limits
from analysis.measures.medians import has_median, told_median
from analysis.reference import Reference

CLASSED = ("higher", "near", "lower")
OF_GROUP = (
    "funnel_95_low",
    "funnel_95_high",
    "funnel_998_low",
    "funnel_998_high",
    "phi",
    "tau2",
    "tau2_used",
    "freedom",
)
OF_UNIT = ("z", "z_widened", "shrunk", "rank_low", "rank_high", "p_value", "q_value")


def public_comparison(
    compared: pd.DataFrame, rates: pd.DataFrame, hidden: pd.DataFrame, units: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """The rows of `comparison` for the same indicators, with what may be shown, and `peer_median_low`, `peer_median_high`.

    `peer_pooled` is null where it is hidden, `peer_median` where it depends on hidden numbers: then the two columns
    added have the limits of what it can be. All three are null for giving and blood. A unit whose number is hidden has a class only when all that its limits
    allow are of that class. Where the class of a shown unit is not that of the true limits, the group has no limits.
    """
    shown = set(map(tuple, compared[["indicator", "category"]].itertuples(index=False, name=None)))
    own = rates.loc[[place in shown for place in rates[["indicator", "category"]].itertuples(index=False, name=None)]]
    own = own.reset_index(drop=True).assign(peer=peers_compared(own.reset_index(drop=True), reference))
    known = by_key(hidden)
    told = comparison(_with_stand_ins(own, known, units).drop(columns="peer"), units, reference)
    table = told.merge(
        compared[["unit_code", "indicator", "category", "class"]],
        on=["unit_code", "indicator", "category"],
        suffixes=("", "_true"),
        validate="one_to_one",
    )
    table = table.merge(
        pd.concat(
            [own[["unit_code", "indicator", "category", "peer", "denominator"]], rate_limits(own, hidden)], axis=1
        ),
        on=["unit_code", "indicator", "category"],
        validate="one_to_one",
    )
    parts = [
        _shown_group(group, known.get((PEERS, str(code), str(indicator), str(category)), {}), known, reference)
        for (indicator, category, code), group in table.groupby(["indicator", "category", "peer_group"], sort=False)
    ]
    columns = [*told.columns, "peer_median_low", "peer_median_high"]
    return pd.concat(parts).sort_index()[columns].reset_index(drop=True)


def _shown_group(
    group: pd.DataFrame, pooled: object, known: dict[Key, dict[str, tuple[str, float, float]]], reference: Reference
) -> pd.DataFrame:
    keys = [(UNIT, *key) for key in group[["unit_code", "indicator", "category"]].itertuples(index=False, name=None)]
    gone = np.array(["numerator" in known.get(key, {}) for key in keys])
    figure = (str(group["indicator"].iloc[0]), str(group["category"].iloc[0]))
    least = reference.thresholds["compare_min_peers"] if has_median(*figure, reference) else np.inf
    low, high = told_median(group.loc[group["peer"], ["low", "high"]], least)
    result = group.assign(
        peer_pooled=np.nan if pooled else group["peer_pooled"],
        peer_median=low if low == high else np.nan,
        peer_median_low=np.nan if low == high else low,
        peer_median_high=np.nan if low == high else high,
    )
    allowed = group["class"].where(~gone, _class_told(group))
    differs = (allowed != group["class_true"]) & ~gone
    if pooled or differs.any():
        result[list(OF_GROUP)] = np.nan
    result["class"] = group["class_true"].where(~gone, allowed)
    result.loc[gone, list(OF_UNIT)] = np.nan
    return result


def _class_told(group: pd.DataFrame) -> pd.Series[str]:
    """The class that both ends of what is told share; else not_ranked."""
    above = group["low"] > group["funnel_998_high"]
    below = group["high"] < group["funnel_998_low"]
    near = (group["low"] >= group["funnel_998_low"]) & (group["high"] <= group["funnel_998_high"])
    told = np.select([above, below, near], ["higher", "lower", "near"], default="not_ranked")
    classed = group["class_true"].isin(CLASSED)
    return pd.Series(told, index=group.index).where(classed, "not_ranked")


def _with_stand_ins(
    rates: pd.DataFrame, known: dict[Key, dict[str, tuple[str, float, float]]], units: pd.DataFrame
) -> pd.DataFrame:
    """The rates with a stand-in for every hidden numerator."""
    groups = rates["unit_code"].map(units.set_index("unit_code")["peer_group"])
    result = rates.assign(numerator=rates["numerator"])
    for _, rows in rates.groupby([rates["indicator"], rates["category"], groups, rates["peer"]], sort=False):
        first = rows.iloc[0]
        name = (str(first["indicator"]), str(first["category"]))
        found = [known.get((UNIT, code, *name), {}).get("numerator") for code in rows["unit_code"]]
        gone = np.array([cell is not None for cell in found])
        pooled = (PEERS, str(groups.loc[rows.index[0]]), *name) in known
        total = np.nan if pooled or not first["peer"] else float(rows["numerator"][gone].sum())
        values = stand_ins([cell[1:] for cell in found if cell is not None], total)
        result.loc[rows.index[gone], "numerator"] = np.minimum(values, rows["denominator"][gone])
    changed = result["numerator"] / result["denominator"]
    result["rate"] = changed.where(rates["rate"].notna())
    return result


def stand_ins(limits: Sequence[tuple[float, float]], total: float) -> list[float]:
    """A value within the limits of each, the same part of the way up for all; together `total` when it is known."""
    lows, highs = (sum(pair[side] for pair in limits) for side in (0, 1))
    part = 0.5 if np.isnan(total) or highs == lows else (total - lows) / (highs - lows)
    return [low + part * (high - low) for low, high in limits]

"""Every figure of every unit with its whole numbers, for the pages that stay in the office."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.measures.rates import category_behind
from analysis.present.unit_profile import BEFORE
from analysis.reference import Reference

KEYS = ["unit_code", "indicator", "category"]


def unit_figures(tables: Mapping[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    """One row per unit, indicator and category: its row of `rates`, and what it is compared with.

    `peer_median` is the median rate of the other units of its group, without those that lead the category; null for
    programmes that are never ranked. `class` is that of the comparison; `rate_before` and `difference` are those of
    `change`.
    """
    table = _joined(tables["rates"], tables["comparison"], ["class"])
    table = _joined(table, tables["change"], [name for name in BEFORE if name in tables["change"]])
    return table.assign(peer_median=peer_medians(table, tables["units"], reference)).reset_index(drop=True)


def _joined(table: pd.DataFrame, other: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    keys = other[KEYS].fillna("").astype("str")
    added = keys.assign(**{name: other[name] for name in columns})
    return table.assign(category=table["category"].fillna("").astype("str")).merge(added, on=KEYS, how="left")


def peer_medians(rates: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.Series[float]:
    """For each row of `rates` the median of the other units of its peer group; null where there is none."""
    group_of = units.set_index("unit_code")["peer_group"]
    left_out = {programme.code for programme in reference.categories if not programme.ranked}
    result = pd.Series(np.nan, index=rates.index, dtype="float64")
    frame = rates.assign(peer_group=rates["unit_code"].map(group_of))
    for (indicator, category, _), rows in frame.groupby(["indicator", "category", "peer_group"], sort=False):
        if category in left_out:
            continue
        behind = category_behind(str(indicator), str(category), reference)
        leads = {unit.code for unit in reference.units if behind and behind in unit.lead_of}
        counted = rows["rate"].where(~rows["unit_code"].isin(leads))
        for place in rows.index:
            result[place] = counted.drop(place).median()
    return result
